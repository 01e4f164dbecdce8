// Where the patterns stand in a text.
#include <algorithm>
#include <bit>
#include <tuple>

#include "nlp/phrase.h"

namespace handrail::nlp {

/// Most places are told by their first words, before the pattern is gone through.
/// @param laid  what each word meets; empty for a long text, whose words are asked one by one
bool Phrases::may_begin(const Pattern& pattern, std::span<const Word> words, std::size_t at, const Needs::Met& laid) const
{
    return std::all_of(pattern.fixed.begin(), pattern.fixed.end(), [&](const auto& fixed) {
        const auto place = at + fixed.first;
        return place < words.size() &&
               (laid.empty() ? needs_.meets(words[place], fixed.second) : needs_.laid_at(laid, place, fixed.second));
    });
}

std::size_t Phrases::try_anchors(const std::vector<Anchor>& anchors, std::span<const Word> words, std::size_t at,
                                 const Needs::Met& met, const Needs::Met& laid, std::vector<Found>& found) const
{
    std::size_t looked_at = anchors.size();
    for (const auto& anchor : anchors) {
        if (anchor.before_least > at || !Needs::in(met, anchor.rarest))
            continue;
        const auto& pattern = patterns_[anchor.pattern];
        if (!Needs::all_in(met, pattern.needs))
            continue;
        const auto from = at >= anchor.before_most ? at - anchor.before_most : 0;
        for (auto begin = from; begin + anchor.before_least <= at; ++begin) {
            ++looked_at;
            if (!may_begin(pattern, words, begin, laid))
                continue;
            const auto lengths = match(pattern.parts, words, begin);
            if (lengths < 2)
                continue;
            const auto length = static_cast<std::uint32_t>(31 - std::countl_zero(lengths));
            found.push_back(
                {anchor.pattern, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + length)});
            break;
        }
    }
    return looked_at;
}

std::size_t Phrases::find(std::span<const Word> words, std::vector<Found>& found) const
{
    found.clear();
    std::size_t looked_at = words.size();
    constexpr std::size_t most_laid = 256; ///< words: some hundred kilobytes of bits at most
    thread_local Needs::Met met;
    thread_local Needs::Met laid;
    needs_.met(words, met);
    laid.clear();
    if (words.size() <= most_laid)
        needs_.lay_out(words, laid);
    for (std::size_t at = 0; at < words.size(); ++at) {
        const auto id = words[at].id;
        if (id > 0 && id < anchors_.size())
            looked_at += try_anchors(anchors_[id], words, at, met, laid, found);
        if (words[at].number >= 0)
            looked_at += try_anchors(number_anchors_, words, at, met, laid, found);
    }
    if (found.size() < 2)
        return looked_at;
    std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
        return std::tuple(a.pattern, a.begin, b.end) < std::tuple(b.pattern, b.begin, a.end);
    });
    std::size_t kept = 0;
    for (std::size_t i = 1; i < found.size(); ++i)
        if (found[i].pattern != found[kept].pattern || found[i].begin >= found[kept].end)
            found[++kept] = found[i];
    found.resize(kept + 1);
    return looked_at;
}

} // namespace handrail::nlp
