#include "monitoring/slowing_down.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace handrail::monitoring {

using std::chrono::days;
using std::chrono::sys_days;

namespace {

constexpr int pairs_needed = 10;

/// Kendall's tau-a: how many more pairs rise than fall.
template <class Windows, class Value> double rise_of(const Windows& windows, Value value)
{
    double rising = 0;
    double pairs = 0;
    for (std::size_t later = 1; later < windows.size(); ++later)
        for (std::size_t i = 0; i < later; ++i) {
            const double change = value(windows[later]) - value(windows[i]);
            rising += change > 0 ? 1 : change < 0 ? -1 : 0;
            ++pairs;
        }
    return pairs > 0 ? rising / pairs : 0;
}

} // namespace

std::optional<SlowingDown::Window> SlowingDown::window(const OwnDays& own, sys_days today) const
{
    const auto from = today - days{protocol_->slowing_window_days};
    const auto& all = own.all();
    std::size_t first = all.size();
    while (first > 0 && all[first - 1].day >= from)
        --first;
    const auto n = static_cast<double>(all.size() - first);
    if (n < protocol_->slowing_filled * protocol_->slowing_window_days || n < 3)
        return std::nullopt;
    double mean_time = 0;
    double mean = 0;
    for (std::size_t i = first; i < all.size(); ++i) {
        mean_time += static_cast<double>((all[i].day - from).count()) / n;
        mean += all[i].value / n;
    }
    double slope_top = 0;
    double slope_under = 0;
    for (std::size_t i = first; i < all.size(); ++i) {
        const double time = static_cast<double>((all[i].day - from).count()) - mean_time;
        slope_top += time * (all[i].value - mean);
        slope_under += time * time;
    }
    const double slope = slope_under > 0 ? slope_top / slope_under : 0;
    const auto left = [&](std::size_t i) {
        return all[i].value - mean - slope * (static_cast<double>((all[i].day - from).count()) - mean_time);
    };
    Window out{today, 0, 0, 0};
    double together = 0;
    for (std::size_t i = first; i < all.size(); ++i) {
        out.variance += left(i) * left(i) / (n - 2);
        if (i > first && all[i].day - all[i - 1].day == days{1}) {
            together += left(i) * left(i - 1);
            ++out.pairs;
        }
    }
    if (out.pairs < pairs_needed || out.variance <= 0)
        return std::nullopt;
    out.correlation = std::clamp(together / out.pairs / out.variance, -0.99, 0.99);
    return out;
}

std::optional<SlowingDown::Noticed> SlowingDown::look(const OwnDays& own, sys_days today)
{
    if (const auto newest = window(own, today))
        windows_.push_back(*newest);
    while (!windows_.empty() && windows_.front().before < today - days{protocol_->slowing_trend_days})
        windows_.pop_front();
    const auto needed = static_cast<std::size_t>(std::ceil(protocol_->slowing_filled * protocol_->slowing_trend_days));
    if (windows_.size() < needed || windows_.back().before != today)
        return std::nullopt;
    Noticed out;
    out.correlation_rise = rise_of(windows_, [](const Window& each) { return each.correlation; });
    out.variance_rise = rise_of(windows_, [](const Window& each) { return each.variance; });
    const double both = std::min(out.correlation_rise, out.variance_rise);
    if (both < protocol_->slowing_rise) {
        told_ = told_ && both >= protocol_->slowing_rise / 2;
        return std::nullopt;
    }
    if (told_)
        return std::nullopt;
    told_ = true;
    out.correlation = windows_.back().correlation;
    out.variance = windows_.back().variance;
    // Fisher's transformation gives the interval.
    const double middle = std::atanh(out.correlation);
    const double half = 1.96 / std::sqrt(std::max(1, windows_.back().pairs - 3));
    out.low = std::tanh(middle - half);
    out.high = std::tanh(middle + half);
    out.delay_days = static_cast<int>((today - windows_.front().before).count());
    return out;
}

} // namespace handrail::monitoring
