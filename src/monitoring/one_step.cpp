#include "monitoring/one_step.h"

#include <algorithm>
#include <cmath>

#include "monitoring/day_series.h"

namespace handrail::monitoring {

namespace {

constexpr double values_needed = 10;
constexpr double values_before_learning = 5;
constexpr double pairs_needed = 3;
// Chosen on fried2022_covid and flueckiger2014 (docs/trends.md): the smallest error over their seven series.
constexpr double usual_near = 0.2;  ///< share of the last value's distance
constexpr double usual_slow = 0.3;  ///< share of the slow average's distance
constexpr double usual_counts = 100; ///< values that these shares count for
constexpr double slow_weight = 0.2; ///< of the newest value in the slow average
constexpr int predictions_needed = 30;

} // namespace

/// Least squares pulled towards the usual shares.
std::array<double, 2> OneStep::shares() const
{
    const double pull = usual_counts * squares_ / std::max(1.0, values_ - 1);
    const double a = near_near_ + pull;
    const double d = slow_slow_ + pull;
    const double under = a * d - near_slow_ * near_slow_;
    if (pull <= 0 || under <= 0)
        return {usual_near, usual_slow};
    const double near = near_came_ + pull * usual_near;
    const double slow = slow_came_ + pull * usual_slow;
    return {(near * d - slow * near_slow_) / under, (slow * a - near * near_slow_) / under};
}

std::optional<OneStep::Predicted> OneStep::next() const
{
    if (values_ < values_needed || !last_)
        return std::nullopt;
    const auto [near, slow] = shares();
    Predicted out;
    out.value = mean() + near * (*last_ - mean()) + slow * (slow_ - mean());
    out.plain = mean();
    if (pairs_ >= pairs_needed)
        out.plain = mean_after_ + (before_before_ > 0 ? before_after_ / before_before_ * (*last_ - mean_before_) : 0);
    return out;
}

void OneStep::take(std::optional<double> value)
{
    if (!value) {
        last_.reset();
        return;
    }
    if (const auto predicted = next()) {
        const double own = std::pow(*value - predicted->value, 2);
        const double plain = std::pow(*value - predicted->plain, 2);
        ++predictions_;
        error_ += own;
        plain_error_ += plain;
        gain_ += plain - own;
        gain_squares_ += (plain - own) * (plain - own);
    }
    if (last_) {
        if (values_ >= values_before_learning) {
            const double near = *last_ - mean();
            const double slow = slow_ - mean();
            const double came = *value - mean();
            near_near_ += near * near;
            near_slow_ += near * slow;
            slow_slow_ += slow * slow;
            near_came_ += near * came;
            slow_came_ += slow * came;
        }
        ++pairs_;
        const double off = *last_ - mean_before_;
        mean_before_ += off / pairs_;
        before_before_ += off * (*last_ - mean_before_);
        mean_after_ += (*value - mean_after_) / pairs_;
        before_after_ += off * (*value - mean_after_);
    }
    const double off = *value - mean();
    if (values_ > 0)
        squares_ += off * off * values_ / (values_ + 1);
    slow_ = values_ > 0 ? slow_ + slow_weight * (*value - slow_) : *value;
    sum_ += *value;
    ++values_;
    last_ = value;
}

/// Diebold & Mariano's comparison: the mean gain in squared error against its own error.
OneStep::Compared OneStep::compared() const
{
    Compared out;
    out.predictions = predictions_;
    if (predictions_ == 0)
        return out;
    const double n = predictions_;
    out.error = std::sqrt(error_ / n);
    out.plain_error = std::sqrt(plain_error_ / n);
    const double mean_gain = gain_ / n;
    const double variance = std::max(0.0, gain_squares_ / n - mean_gain * mean_gain) / std::max(1.0, n - 1);
    out.better = predictions_ >= predictions_needed && mean_gain > student_95(predictions_ - 1) * std::sqrt(variance);
    return out;
}

} // namespace handrail::monitoring
