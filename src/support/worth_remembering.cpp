#include <algorithm>

#include "support/understanding.h"

namespace handrail::support {

/// A statement about oneself in words the rules know, and the person's own words for it. Nothing that denies, asks,
/// supposes, or could do harm: what is not clear is not offered.
std::optional<Worth> Understanding::worth(std::string_view message, const std::vector<Word>& words) const
{
    for (const auto& rule : remembering_) {
        Phrase::Hit hit;
        if (!rule.phrases.in(words, &hit))
            continue;
        auto begin = hit.end;
        auto end = hit.end;
        if (rule.takes == RememberingRule::Takes::Before) {
            begin = end = hit.begin;
            while (begin > 0 && !words[begin - 1].ends_clause)
                --begin;
            while (begin < end && lead_ins_.count(words[begin].folded) > 0)
                ++begin;
        } else {
            if (rule.takes == RememberingRule::Takes::Whole)
                begin = hit.begin;
            if (words[hit.end - 1].ends_clause && rule.takes == RememberingRule::Takes::After)
                continue;
            while (end < words.size() && !words[end - 1].ends_clause)
                ++end;
        }
        const auto first = words.begin() + static_cast<std::ptrdiff_t>(begin);
        const auto last = words.begin() + static_cast<std::ptrdiff_t>(end);
        if (begin == end || end - begin > rule.most_words || words[std::max(end, hit.end) - 1].asks)
            continue;
        const bool name = rule.kind == "name";
        const bool clear = std::all_of(first, last, [&](const Word& word) {
            return never_remembered_.count(word.folded) == 0 && may_be_repeated(words, static_cast<std::size_t>(&word - words.data())) &&
                   (!name || rule.any_case || word.folded != word.written);
        });
        if (!clear)
            continue;
        return Worth{rule.kind, std::string(message.substr(first->begin, (last - 1)->end - first->begin))};
    }
    return std::nullopt;
}

} // namespace handrail::support
