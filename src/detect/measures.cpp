#include "detect/measures.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace handrail::detect {

double auroc(std::span<const double> scores, std::span<const std::uint8_t> positive)
{
    std::vector<std::uint32_t> order(scores.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return scores[a] < scores[b]; });
    double won = 0;
    double below = 0;
    double yes = 0;
    for (std::size_t at = 0; at < order.size();) {
        double tied_yes = 0;
        double tied_no = 0;
        const auto score = scores[order[at]];
        for (; at < order.size() && scores[order[at]] == score; ++at)
            (positive[order[at]] != 0 ? tied_yes : tied_no) += 1;
        won += tied_yes * (below + tied_no / 2);
        below += tied_no;
        yes += tied_yes;
    }
    return yes > 0 && below > 0 ? won / (yes * below) : 0.5;
}

double recall_at_specificity(std::span<const double> scores, std::span<const std::uint8_t> positive, double specificity)
{
    std::vector<double> negatives;
    double yes = 0;
    for (std::size_t at = 0; at < scores.size(); ++at)
        if (positive[at] != 0)
            yes += 1;
        else
            negatives.push_back(scores[at]);
    if (negatives.empty() || yes == 0)
        return 0;
    std::sort(negatives.begin(), negatives.end());
    const auto needed = static_cast<std::size_t>(std::ceil(specificity * static_cast<double>(negatives.size())));
    const auto cut = negatives[std::max<std::size_t>(needed, 1) - 1];
    double found = 0;
    for (std::size_t at = 0; at < scores.size(); ++at)
        found += positive[at] != 0 && scores[at] > cut ? 1 : 0;
    return found / yes;
}

} // namespace handrail::detect
