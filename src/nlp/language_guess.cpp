#include "nlp/language_guess.h"

#include <algorithm>
#include <bit>

#include "base/text.h"
#include "nlp/folding.h"

namespace handrail::nlp {

namespace {

constexpr std::size_t most_languages = 32;
/// A text with fewer letters than this is too short to be called unreadable.
constexpr std::uint32_t short_text = 12;

template <class Take> void each_triple(std::string_view word, Take take)
{
    unsigned char a = ' ';
    unsigned char b = static_cast<unsigned char>(word.empty() ? ' ' : word.front());
    for (std::size_t i = 1; i <= word.size(); ++i) {
        const unsigned char c = i < word.size() ? static_cast<unsigned char>(word[i]) : ' ';
        take((std::uint32_t{a} << 16U) | (std::uint32_t{b} << 8U) | c);
        a = b;
        b = c;
    }
}

} // namespace

LanguageGuess LanguageGuess::read(const std::filesystem::path& folder, Lexicon& lexicon, Complaints& complaints)
{
    LanguageGuess made;
    for (const auto& row : read_table(folder / "languages.tsv", {"language", "rules", "frequent_words"}, complaints)) {
        auto found = std::find_if(made.languages_.begin(), made.languages_.end(),
                                  [&](const auto& each) { return each.code == row.cells[0]; });
        if (found == made.languages_.end()) {
            if (made.languages_.size() == most_languages) {
                complaints.add(row.where, "there are more than 32 languages");
                break;
            }
            if (row.cells[1] != "yes" && row.cells[1] != "no")
                complaints.add(row.where, "whether there are rules must be yes or no");
            made.languages_.push_back({row.cells[0], row.cells[1] == "yes"});
            found = made.languages_.end() - 1;
        }
        const auto index = static_cast<unsigned>(found - made.languages_.begin());
        for (const auto part : split(row.cells[2], ' ')) {
            if (part.empty())
                continue;
            const auto word = folded(part);
            lexicon.mark_language(word, index);
            if (found->has_rules)
                each_triple(word, [&](std::uint32_t triple) { made.triples_.insert(triple); });
        }
    }
    return made;
}

void LanguageGuess::learn(const Lexicon& lexicon)
{
    lexicon.each_word(
        [&](std::string_view word) { each_triple(word, [&](std::uint32_t triple) { triples_.insert(triple); }); });
}

double LanguageGuess::familiar(const NormalisedText& text) const
{
    std::size_t known = 0;
    std::size_t all = 0;
    for (const auto& word : text.words) {
        if (word.number >= 0)
            continue;
        each_triple(text.letters_of(word), [&](std::uint32_t triple) {
            ++all;
            known += triples_.contains(triple) ? 1U : 0U;
        });
    }
    return all == 0 ? 1.0 : static_cast<double>(known) / static_cast<double>(all);
}

LanguageGuess::Guess LanguageGuess::guess(const NormalisedText& text, std::string_view hint) const
{
    if (text.replaced > 2 && text.replaced * 10 > text.code_points)
        return {"und", Understood::Unreadable};
    if (text.other_letters >= 2 && text.other_letters > text.latin_letters)
        return {"und", Understood::OtherLanguage};
    std::array<double, most_languages> weight{};
    std::size_t words = 0;
    for (const auto& word : text.words) {
        if (word.number >= 0)
            continue;
        ++words;
        const auto shared = std::popcount(word.languages);
        for (auto left = word.languages; left != 0; left &= left - 1)
            weight[static_cast<std::size_t>(std::countr_zero(left))] += 1.0 / (0.5 + 0.5 * shared);
    }
    const auto primary = hint.substr(0, hint.find_first_of("-_"));
    std::size_t best = 0;
    std::size_t best_ruled = 0;
    bool hint_has_rules = false;
    for (std::size_t i = 0; i < languages_.size(); ++i) {
        if (lower_ascii(primary) == languages_[i].code) {
            weight[i] += 0.75; // what the page knows settles a tie, not more
            hint_has_rules = languages_[i].has_rules;
        }
        if (text.written_in == languages_[i].code && weight[i] > 0)
            weight[i] += 0.5; // "¿", "ã", "ß" beside its words: others may borrow the mark alone
        if (weight[i] > weight[best])
            best = i;
        if (languages_[i].has_rules && (!languages_[best_ruled].has_rules || weight[i] > weight[best_ruled]))
            best_ruled = i;
    }
    if (words == 0)
        return {};
    const auto evidence = weight[best_ruled];
    const auto rival = weight[best];
    if (!languages_[best].has_rules && rival >= 1.9 && rival > 1.5 * evidence)
        return {languages_[best].code, Understood::OtherLanguage};
    if (evidence > 0 && evidence >= 0.12 * static_cast<double>(words) && (evidence >= 0.75 || words <= 3))
        return {languages_[best_ruled].code, Understood::Yes};
    if (!hint.empty() && !hint_has_rules && primary != "und" && evidence == 0)
        return {"und", Understood::OtherLanguage};
    if (text.latin_letters < short_text)
        return {};
    const auto share = familiar(text);
    if (share < 0.3 && evidence == 0)
        return {"und", Understood::Unreadable};
    if (words >= 6 && evidence < 0.5 && share < 0.6)
        return {"und", Understood::OtherLanguage};
    return {};
}

} // namespace handrail::nlp
