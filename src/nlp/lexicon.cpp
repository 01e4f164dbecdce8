#include "nlp/lexicon.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "nlp/folding.h"

namespace handrail::nlp {

namespace {

std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> words;
    for (const auto part : split(text, ' '))
        if (!trimmed(part).empty())
            words.push_back(folded(trimmed(part)));
    return words;
}

} // namespace

WordEntry& Lexicon::entry(std::string_view word)
{
    const auto found = words_.find(word);
    if (found != words_.end())
        return found->second;
    auto& made = words_[std::string(word)];
    made.id = static_cast<WordId>(words_.size());
    return made;
}

WordId Lexicon::add(std::string_view word)
{
    return entry(word).id;
}
void Lexicon::mark_language(std::string_view word, unsigned language)
{
    entry(word).languages |= 1U << language;
}

void Lexicon::mark_critical(std::string_view word)
{
    auto& marked = entry(word);
    if (marked.critical)
        return;
    marked.critical = true;
    critical_.emplace_back(word);
    if (word.size() < 6)
        return;
    slips_[std::string(word)].emplace_back(word);
    for (std::size_t left_out = 0; left_out < word.size(); ++left_out) {
        std::string form(word);
        form.erase(left_out, 1);
        slips_[form].emplace_back(word);
    }
}

const WordEntry* Lexicon::find(std::string_view word) const
{
    const auto found = words_.find(word);
    return found == words_.end() ? nullptr : &found->second;
}

std::int32_t Lexicon::emoji(char32_t code_point) const
{
    const auto found = emoji_.find(code_point);
    return found == emoji_.end() ? -1 : found->second;
}

char32_t Lexicon::latin_double(char32_t code_point) const
{
    const auto found = latin_doubles_.find(code_point);
    return found == latin_doubles_.end() ? U'\0' : found->second;
}

std::string_view Lexicon::one_slip_from(std::string_view word) const
{
    if (word.size() < 5 || word.size() > 24)
        return {};
    const auto among = [&](std::string_view form) -> std::string_view {
        const auto found = slips_.find(form);
        if (found == slips_.end())
            return {};
        for (const auto& meant : found->second)
            if (meant.front() == word.front() && within_one_slip(meant, word))
                return meant;
        return {};
    };
    if (const auto meant = among(word); !meant.empty())
        return meant;
    std::string form;
    for (std::size_t left_out = 0; left_out < word.size(); ++left_out) {
        form.assign(word);
        form.erase(left_out, 1);
        if (const auto meant = among(form); !meant.empty())
            return meant;
    }
    return {};
}

std::string_view Lexicon::uncensored(std::string_view word) const
{
    std::string_view fits;
    for (const auto& meant : critical_) {
        if (meant.size() != word.size())
            continue;
        bool same = true;
        for (std::size_t i = 0; same && i < word.size(); ++i)
            same = word[i] == '*' || word[i] == meant[i];
        if (!same)
            continue;
        if (!fits.empty())
            return {};
        fits = meant;
    }
    return fits;
}

bool within_one_slip(std::string_view a, std::string_view b)
{
    if (a.size() > b.size())
        std::swap(a, b);
    if (b.size() - a.size() > 1)
        return false;
    std::size_t i = 0;
    while (i < a.size() && a[i] == b[i])
        ++i;
    if (a.size() != b.size())
        return a.substr(i) == b.substr(i + 1);
    if (i == a.size() || a.substr(i + 1) == b.substr(i + 1))
        return true;
    return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] && a.substr(i + 2) == b.substr(i + 2);
}

Lexicon Lexicon::read(const std::filesystem::path& folder, Complaints& complaints)
{
    Lexicon lexicon;
    const auto one_code_point = [&](const Row& row) {
        const auto points = code_points_of(row.cells[0]);
        if (points.empty())
            complaints.add(row.where, "names no character");
        return points.empty() ? U'\0' : points.front();
    };
    for (const auto& row : read_table(folder / "confusables.tsv", {"letter", "looks_like"}, complaints)) {
        if (row.cells[1].size() != 1)
            complaints.add(row.where, "must look like one Latin letter");
        else
            lexicon.latin_doubles_[one_code_point(row)] = static_cast<char32_t>(row.cells[1][0]);
    }
    for (const auto& row : read_table(folder / "emoji.tsv", {"emoji", "words"}, complaints)) {
        lexicon.emoji_[one_code_point(row)] = static_cast<std::int32_t>(lexicon.emoji_words_.size());
        lexicon.emoji_words_.push_back(words_of(row.cells[1]));
        for (const auto& word : lexicon.emoji_words_.back())
            lexicon.add(word);
    }
    for (const auto& row : read_table(folder / "numbers.tsv", {"word", "value"}, complaints)) {
        int value = -1;
        const auto& cell = row.cells[1];
        if (std::from_chars(cell.data(), cell.data() + cell.size(), value).ec != std::errc{} || value < 0)
            complaints.add(row.where, "the value must be a whole number");
        lexicon.entry(folded(row.cells[0])).number = value;
    }
    std::vector<std::pair<std::string, std::string>> read_as;
    for (const auto& row : read_table(folder / "aliases.tsv", {"written", "read_as"}, complaints)) {
        auto words = words_of(row.cells[1]);
        if (words.empty()) {
            complaints.add(row.where, "is read as nothing");
            continue;
        }
        for (const auto written : split(row.cells[0], '|')) {
            auto& marked = lexicon.entry(folded(trimmed(written)));
            if (marked.alias >= 0)
                complaints.add(row.where, "'" + std::string(trimmed(written)) + "' stands twice");
            marked.alias = static_cast<std::int32_t>(lexicon.aliases_.size());
            for (const auto& word : words)
                read_as.emplace_back(row.where, word);
        }
        lexicon.aliases_.push_back(std::move(words));
    }
    for (const auto& [where, word] : read_as)
        if (lexicon.entry(word).alias >= 0)
            complaints.add(where, "'" + word + "' is itself read as something else");
    for (const auto& row : read_table(folder / "typos.tsv", {"critical_words"}, complaints))
        for (const auto& word : words_of(row.cells[0]))
            lexicon.mark_critical(word);
    return lexicon;
}

} // namespace handrail::nlp
