#include "base/tally.h"

#include <algorithm>

namespace handrail {

Tally::Tally(std::span<const double> edges)
    : edges_(edges), counts_(std::make_unique<std::atomic<std::uint64_t>[]>(edges.size() + 1))
{
}

void Tally::count(double value)
{
    const auto step = static_cast<std::size_t>(std::ranges::lower_bound(edges_, value) - edges_.begin());
    counts_[step].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
}

Tally::Steps Tally::read() const
{
    Steps steps{edges_, {}, sum_.load(std::memory_order_relaxed)};
    steps.counts.reserve(edges_.size() + 1);
    for (std::size_t i = 0; i <= edges_.size(); ++i)
        steps.counts.push_back(counts_[i].load(std::memory_order_relaxed));
    return steps;
}

std::uint64_t Tally::Steps::all() const
{
    std::uint64_t sum_of_counts = 0;
    for (const auto count : counts)
        sum_of_counts += count;
    return sum_of_counts;
}

double Tally::Steps::at_most(double share) const
{
    const auto wanted = share * static_cast<double>(all());
    if (edges.empty() || all() == 0)
        return 0;
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < edges.size(); ++i) {
        below += counts[i];
        if (below > 0 && static_cast<double>(below) >= wanted)
            return edges[i];
    }
    return edges.back();
}

Tally::Steps Tally::Steps::since(const Steps& before) const
{
    auto later = *this;
    for (std::size_t i = 0; i < later.counts.size() && i < before.counts.size(); ++i)
        later.counts[i] -= std::min(later.counts[i], before.counts[i]);
    later.sum -= before.sum;
    return later;
}

} // namespace handrail
