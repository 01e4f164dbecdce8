#include "language/word_lists.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "language/written.h"

namespace handrail::language {

namespace {

constexpr std::string_view languages[] = {"en", "es", "fr", "de", "pt"};

Result<std::string> whole_file(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return unavailable("content is missing: pseudonyms/" + file.filename().string(), "cannot open " + file.string());
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

/// A phrase as the pieces of a text would read: "name:" is two.
std::vector<std::string> words_of(std::string_view phrase)
{
    std::vector<std::string> out;
    for (const auto& piece : pieces_of(phrase))
        out.push_back(piece.low);
    return out;
}

} // namespace

Result<SortedWords> SortedWords::load(const std::filesystem::path& file)
{
    SortedWords out;
    out.text_ = TRY(whole_file(file));
    for (std::size_t at = 0; at < out.text_.size();) {
        auto end = out.text_.find('\n', at);
        if (end == std::string::npos)
            end = out.text_.size();
        const auto line = std::string_view(out.text_).substr(at, end - at);
        if (!line.empty()) {
            const auto tab = std::min(line.find('\t'), line.size());
            out.entries_.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(tab),
                                    static_cast<std::uint32_t>(line.size())});
        }
        at = end + 1;
    }
    const bool sorted = std::is_sorted(out.entries_.begin(), out.entries_.end(), [&](const Entry& a, const Entry& b) {
        return out.word_of(a) < out.word_of(b);
    });
    if (!sorted || out.entries_.empty())
        return invalid("pseudonyms/" + file.filename().string() + " must hold words sorted by bytes.");
    return out;
}

const SortedWords::Entry* SortedWords::find(std::string_view word) const
{
    const auto at = std::lower_bound(entries_.begin(), entries_.end(), word,
                                     [&](const Entry& entry, std::string_view wanted) { return word_of(entry) < wanted; });
    return at != entries_.end() && word_of(*at) == word ? &*at : nullptr;
}

std::string_view SortedWords::mark(std::string_view word) const
{
    const auto* entry = find(word);
    if (entry == nullptr || entry->line <= entry->word)
        return {};
    return std::string_view(text_).substr(entry->begin + entry->word + 1, entry->line - entry->word - 1);
}

bool SortedWords::goes_on(std::string_view beginning) const
{
    const auto wanted = std::string(beginning) + " ";
    const auto at = std::lower_bound(entries_.begin(), entries_.end(), std::string_view(wanted),
                                     [&](const Entry& entry, std::string_view word) { return word_of(entry) < word; });
    return at != entries_.end() && word_of(*at).substr(0, wanted.size()) == wanted;
}

Result<WordLists> WordLists::load(const std::filesystem::path& folder)
{
    WordLists out;
    out.names_ = TRY(SortedWords::load(folder / "names.tsv"));
    out.places_ = TRY(SortedWords::load(folder / "places.txt"));
    for (const auto language : languages)
        out.ordinary_.emplace(language, TRY(SortedWords::load(folder / ("ordinary_" + std::string(language) + ".txt"))));
    const auto kept = TRY(whole_file(folder / "kept.txt"));
    for (const auto line : split(kept, '\n'))
        if (!line.empty() && line.front() != '#')
            for (const auto word : split(line, ' '))
                out.kept_.emplace(word);
    const auto contexts = TRY(whole_file(folder / "contexts.tsv"));
    for (const auto line : split(contexts, '\n')) {
        if (line.empty() || line.front() == '#')
            continue;
        const auto cells = split(line, '\t');
        if (cells.size() != 3)
            return invalid("pseudonyms/contexts.tsv: a line needs kind, language and words.");
        const std::string kind(cells[0]), language(cells[1]);
        for (const auto phrase : split(cells[2], '|')) {
            if (kind == "street" && phrase.size() > 1 && phrase.front() == '-') {
                out.street_ends_.emplace_back(phrase.substr(1));
                continue;
            }
            out.single_[kind].emplace(phrase);
            if (auto words = words_of(phrase); !words.empty()) {
                // Somebody who writes German may give an address as an English form asks for it.
                for (const auto each : languages)
                    if (language == each || language == "en" || language == "und")
                        out.phrases_[kind][std::string(each)].push_back(words);
            }
        }
    }
    for (const char* needed : {"strong", "title", "place", "address", "street", "unit"})
        if (out.single_.count(needed) == 0)
            return invalid("pseudonyms/contexts.tsv has no line of the kind " + std::string(needed) + ".");
    return out;
}

bool WordLists::ordinary(std::string_view language, std::string_view low) const
{
    const auto own = ordinary_.find(language);
    const auto& list = own == ordinary_.end() ? ordinary_.at("en") : own->second;
    if (list.has(low))
        return true;
    // "sister's", "runs", "walked": a list holds most forms; what stands after an apostrophe is none of them.
    const auto mark = low.rfind('\'');
    return mark != std::string_view::npos && mark > 0 && list.has(low.substr(0, mark));
}

bool WordLists::ordinary_anywhere(std::string_view low) const
{
    return std::any_of(ordinary_.begin(), ordinary_.end(), [&](const auto& each) { return each.second.has(low); });
}

bool WordLists::nearly_ordinary(std::string_view low) const
{
    const auto& list = ordinary_.at("en");
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
    for (const std::string_view front : {"un", "re", "non", "over", "under", "self", "mis", "out", "anti", "pre", "ex", "de", "in"})
        if (low.size() > front.size() + 3 && low.substr(0, front.size()) == front && list.has(low.substr(front.size())))
            return true;
    for (const std::string_view end : {"ed", "ing", "ly", "er", "ers", "ness", "ful", "less", "like", "ish", "able", "ies", "ism", "ist", "ists"})
        if (low.size() > end.size() + 3 && low.substr(low.size() - end.size()) == end && list.has(low.substr(0, low.size() - end.size())))
            return true;
    std::string tried(low);
    for (std::size_t i = 0; i <= low.size(); ++i) {
        if (i < low.size()) {
            if (list.has(std::string(low.substr(0, i)) + std::string(low.substr(i + 1))))
                return true;
            if (i + 1 < low.size()) {
                std::swap(tried[i], tried[i + 1]);
                const bool swapped = list.has(tried);
                std::swap(tried[i], tried[i + 1]);
                if (swapped)
                    return true;
            }
            for (const char letter : letters) {
                tried[i] = letter;
                if (list.has(tried))
                    return true;
            }
            tried[i] = low[i];
        }
        // Two words written as one: "alot", "atleast".
        if (i > 0 && i < low.size() && list.has(low.substr(0, i)) && list.has(low.substr(i)))
            return true;
        for (const char letter : letters) {
            std::string longer(low);
            longer.insert(i, 1, letter);
            if (list.has(longer))
                return true;
        }
    }
    return false;
}

const WordLists::Phrases& WordLists::phrases(std::string_view kind, std::string_view language) const
{
    static const Phrases none;
    const auto of_kind = phrases_.find(kind);
    if (of_kind == phrases_.end())
        return none;
    auto found = of_kind->second.find(language);
    if (found == of_kind->second.end())
        found = of_kind->second.find("en");
    return found == of_kind->second.end() ? none : found->second;
}

bool WordLists::among(std::string_view kind, std::string_view low) const
{
    const auto list = single_.find(kind);
    return list != single_.end() && list->second.count(low) > 0;
}

bool WordLists::street(std::string_view low) const
{
    if (among("street", low))
        return true;
    return std::any_of(street_ends_.begin(), street_ends_.end(), [&](const auto& end) {
        return low.size() > end.size() + 2 && low.substr(low.size() - end.size()) == end;
    });
}

} // namespace handrail::language
