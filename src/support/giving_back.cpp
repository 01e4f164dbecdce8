#include "support/understanding.h"

#include <algorithm>
#include <cctype>

namespace handrail::support {

bool Understanding::may_be_repeated(const std::vector<Word>& words, std::size_t at) const
{
    const std::string_view folded = words[at].folded;
    const auto in = [&](const Words& set) { return set.find(folded) != set.end(); };
    if (folded.empty() || in(never_) || in(negative_) || (in(about_us_) && !in(told_of_us_)))
        return false;
    // No numbers but of what is counted in everyday talk, "12 years"; and nothing beyond the letters of Latin scripts: an
    // emoji or a sign is not given back.
    if (is_number(folded) && folded.size() <= 2 && at + 1 < words.size() && counted_.count(words[at + 1].folded) > 0)
        return true;
    return std::none_of(folded.begin(), folded.end(), [](unsigned char c) { return std::isdigit(c) != 0 || c >= 0xe2; });
}

bool Understanding::holds_verb(const std::vector<Word>& words, Span span) const
{
    if (span.begin < span.end && pronouns_.count(words[span.begin].folded) > 0)
        return true;
    for (auto i = span.begin; i < span.end; ++i) {
        const auto& word = words[i].folded;
        // In a language that turns words a clause's first word is its subject.
        if (i == span.begin && turns_words())
            continue;
        if (turns_words() && i + 1 < span.end && pronouns_.count(word) > 0)
            return true; // "sometimes I hide"
        if (verbs_.count(word) > 0)
            return true;
        if (articles_.count(words[i - (i > span.begin ? 1 : 0)].folded) > 0)
            continue; // "the flipped ones" says nothing that somebody did
        for (const auto& ending : verb_endings_)
            if (word.size() > ending.size() && word.ends_with(ending))
                return true;
    }
    return false;
}

std::optional<Understanding::Span> Understanding::clause(const Heard& heard, std::size_t most_words) const
{
    const auto& words = heard.words;
    const auto in = [&](const Words& set, std::size_t at) { return set.count(words[at].folded) > 0; };
    /// "I was tired, but" is cut at the comma, and before "but I"; before "and she laughed" only where the whole cannot be said.
    const auto end_of = [&](std::size_t from, bool whole) {
        auto to = from;
        while (to < words.size()) {
            const bool ends = words[to].ends_clause;
            ++to;
            if (ends)
                break;
            if (to + 1 < words.size() && to - from >= 3 && in(joins_, to) && in(starts_, to + 1) &&
                !(whole && in(goes_on_, to)))
                break;
        }
        return to;
    };
    /// The part of it that can be said back, if there is one.
    const auto sound = [&](std::size_t from, std::size_t to) -> std::optional<Span> {
        for (auto each = from; each < to; ++each)
            if (words[each].asks || !may_be_repeated(words, each))
                return std::nullopt;
        auto begin = from;
        while (begin < to && in(lead_ins_, begin) && !in(starts_, begin)) // "no" of "no puedo" is never skipped
            ++begin;
        // "it's not that easy, is it": what only hangs on is left.
        if (Phrase::Hit tail; tails_.in(std::span(words).subspan(begin, to - begin), &tail))
            to = begin + tail.begin;
        const auto length = to - begin;
        const bool opinion = begin + 1 < to && opinions_.count({words[begin].folded, words[begin + 1].folded}) > 0;
        // Hard words about oneself that are hard only together: "nobody likes me", "I'm a bad mother".
        const bool hard = unsaid_.in(std::span(words).subspan(begin, to - begin));
        // A clause without a verb is no clause: "my sister maybe".
        if (hard || begin >= to || !in(starts_, begin) || opinion || length < 3 || length > most_words || !holds_verb(words, {begin, to}))
            return std::nullopt;
        return Span{begin, to};
    };
    std::optional<Span> best;
    bool best_turns = false;
    std::size_t from = 0;
    while (from < words.size()) {
        auto to = end_of(from, true);
        auto found = sound(from, to);
        if (!found) {
            to = end_of(from, false);
            found = sound(from, to);
        }
        // What stands after "but" is what somebody came to say.
        const bool turns = in(contrasts_, from);
        if (found && (!best || (turns && !best_turns) ||
                      (turns == best_turns && found->end - found->begin > best->end - best->begin))) {
            best = found;
            best_turns = turns;
        }
        from = to;
    }
    return best;
}

std::string Understanding::given_back(const Heard& heard) const
{
    const auto found = turns_words() ? clause(heard, 14) : std::nullopt;
    if (!found)
        return {};
    const auto& words = heard.words;
    const auto is_i = [&](std::size_t at) { return words[at].folded == "i"; };
    std::string out;
    for (auto i = found->begin; i < found->end; ++i) {
        const auto& word = words[i];
        if (dropped_.count(word.folded) > 0)
            continue;
        const bool after_i = i > found->begin && is_i(i - 1);
        const bool after_i_adverb = i > found->begin + 1 && is_i(i - 2) && words[i - 1].folded.ends_with("ly");
        std::string turned_word;
        if (after_i || after_i_adverb)
            if (const auto entry = turned_after_i_.find(word.folded); entry != turned_after_i_.end())
                turned_word = entry->second;
        if (const auto entry = turned_first_.find(word.folded);
            i == found->begin && entry != turned_first_.end() && word.written.find_first_of("'\xe2") == std::string::npos)
            turned_word = entry->second;
        if (turned_word.empty()) {
            // "I'll" and "ill" fold to the same: written with its apostrophe a word is looked for as it stands.
            auto as_written = word.written;
            std::transform(as_written.begin(), as_written.end(), as_written.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            auto entry = turned_.find(as_written);
            if (entry == turned_.end())
                entry = turned_.find(word.folded);
            if (entry != turned_.end())
                turned_word = entry->second;
            // A name keeps its capital; the first word of a sentence does not.
            else if (i == found->begin && word.written != "I")
                turned_word = word.folded == word.written ? word.written
                                                          : std::string(1, static_cast<char>(std::tolower(
                                                                static_cast<unsigned char>(word.written[0])))) +
                                                                word.written.substr(1);
            else
                turned_word = word.written;
        }
        if (!out.empty())
            out += ' ';
        out += turned_word;
    }
    return out;
}

std::string Understanding::quotable(const Heard& heard) const
{
    const auto found = clause(heard, 10);
    if (!found)
        return {};
    std::string out;
    for (auto i = found->begin; i < found->end; ++i) {
        if (!out.empty())
            out += ' ';
        out += heard.words[i].written;
    }
    return out;
}

} // namespace handrail::support
