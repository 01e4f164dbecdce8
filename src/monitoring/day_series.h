#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "base/clock.h"

namespace handrail::monitoring {

/// One day of the person's own clock with at least one answer.
struct DayMean {
    std::chrono::sys_days day;
    double value = 0;
    int answers = 0;
};

struct MeanInterval {
    double mean = 0;
    double low = 0;
    double high = 0;
    double deviation = 0; ///< of one day, not of the mean
};

double days_in(Duration length);
double mean_of(const std::vector<double>& values);
/// Standard deviation of a sample (n - 1); 0 for fewer than two values.
double deviation_of(const std::vector<double>& values);
/// Mean with its 95 % interval by Student's t. `least_deviation` keeps three equal answers from looking certain.
MeanInterval mean_interval(const std::vector<double>& values, double least_deviation);
/// The value below which the share of the values lies, between neighbours in proportion. Values need not be sorted.
double quantile(std::vector<double> values, double share);
/// Correlation of each day with the day before, over neighbouring days only; nothing for fewer than 10 pairs or a flat
/// series.
std::optional<double> day_to_day_correlation(const std::vector<DayMean>& days);
/// Two-sided 95 % point of Student's t.
double student_95(int degrees_of_freedom);

} // namespace handrail::monitoring
