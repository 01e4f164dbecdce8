#include "monitoring/day_series.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace handrail::monitoring {

double days_in(Duration length)
{
    return std::chrono::duration<double, std::ratio<86400>>(length).count();
}

double mean_of(const std::vector<double>& values)
{
    if (values.empty())
        return 0;
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviation_of(const std::vector<double>& values)
{
    if (values.size() < 2)
        return 0;
    const double mean = mean_of(values);
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

double student_95(int degrees_of_freedom)
{
    constexpr std::array<double, 31> table{0,     12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
                                           2.201, 2.179,  2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080,
                                           2.074, 2.069,  2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};
    if (degrees_of_freedom < 1)
        return table[1];
    return degrees_of_freedom < 31 ? table[static_cast<std::size_t>(degrees_of_freedom)] : 1.96 + 2.5 / degrees_of_freedom;
}

MeanInterval mean_interval(const std::vector<double>& values, double least_deviation)
{
    MeanInterval out;
    out.mean = mean_of(values);
    out.deviation = std::max(deviation_of(values), least_deviation);
    if (values.empty())
        return out;
    const double half = student_95(static_cast<int>(values.size()) - 1) * out.deviation /
                        std::sqrt(static_cast<double>(values.size()));
    out.low = out.mean - half;
    out.high = out.mean + half;
    return out;
}

double quantile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    if (below + 1 >= values.size())
        return values.back();
    return values[below] + (place - static_cast<double>(below)) * (values[below + 1] - values[below]);
}

std::optional<double> day_to_day_correlation(const std::vector<DayMean>& days)
{
    std::vector<double> before;
    std::vector<double> after;
    for (std::size_t i = 1; i < days.size(); ++i)
        if (days[i].day - days[i - 1].day == std::chrono::days{1}) {
            before.push_back(days[i - 1].value);
            after.push_back(days[i].value);
        }
    if (before.size() < 10)
        return std::nullopt;
    const double mean_before = mean_of(before);
    const double mean_after = mean_of(after);
    double together = 0;
    double alone_before = 0;
    double alone_after = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        together += (before[i] - mean_before) * (after[i] - mean_after);
        alone_before += (before[i] - mean_before) * (before[i] - mean_before);
        alone_after += (after[i] - mean_after) * (after[i] - mean_after);
    }
    if (alone_before <= 0 || alone_after <= 0)
        return std::nullopt;
    return together / std::sqrt(alone_before * alone_after);
}

} // namespace handrail::monitoring
