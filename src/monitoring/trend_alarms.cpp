#include "monitoring/trend_alarms.h"

#include <algorithm>
#include <cmath>

#include "monitoring/day_series.h"

namespace handrail::monitoring {

using std::chrono::sys_days;

namespace {

/// Someone whose every day was the same has no deviation yet: half of the first difference stands for it.
double deviation_for(const TrendBaseline& base, double value)
{
    return base.deviation > 0 ? base.deviation : std::max(std::abs(value - base.mean), 1e-9) / 2;
}

} // namespace

TrendAlarms::Stand TrendAlarms::with(const TrendBaseline& base, sys_days day, double value) const
{
    Stand out = stand_.value_or(Stand{base.mean, 0, std::nullopt, 0, 0});
    const double plain = base.without_weekday(day, value);
    const double deviation = deviation_for(base, plain);
    const double off = std::clamp(plain - base.mean, -protocol_->furthest_day * deviation, protocol_->furthest_day * deviation);
    out.average += protocol_->ewma_weight * (base.mean + off - out.average);
    // The mean of the baseline is itself uncertain, by 1 / sqrt(n) of the same unit: a shift of that size is none.
    const double slack = protocol_->cusum_slack + 1 / std::sqrt(static_cast<double>(base.days));
    // A sum past its limit says nothing more, and would only keep an alarm standing after the change is over.
    out.sum = std::clamp(out.sum + off / (deviation * base.widened()) - slack, 0.0, protocol_->cusum_limit);
    if (out.sum <= 0)
        return {out.average, 0, std::nullopt, 0, 0};
    if (!out.began_on)
        out.began_on = day;
    out.since += plain;
    ++out.days;
    return out;
}

double TrendAlarms::standard_errors(const TrendBaseline& base, double average, double today) const
{
    const double weight = protocol_->ewma_weight;
    const double kept = base.alike * (1 - weight);
    // Variance of the average of days that resemble the day before them (a first-order autoregression), and of the mean
    // it is compared with.
    const double share = weight / (2 - weight) * (1 + kept) / (1 - kept) + base.widened() * base.widened() / base.days;
    return (average - base.mean) / (deviation_for(base, today) * std::sqrt(share));
}

std::optional<TrendAlarms::Change> TrendAlarms::look(const TrendBaseline& base, sys_days day, double today)
{
    const auto stand = with(base, day, today);
    Change out;
    out.ewma = standard_errors(base, stand.average, today);
    out.cusum = stand.sum;
    const bool fast = out.ewma >= protocol_->ewma_limit;
    const bool slow = out.cusum >= protocol_->cusum_limit;
    const bool fresh = !standing_;
    if (fresh) {
        if (!fast && !slow)
            return std::nullopt;
        standing_ = true;
        slowly_ = !fast;
        urgency_ = Urgency::Soon;
        alarmed_on_ = day;
    } else {
        if (out.ewma < protocol_->ewma_limit * protocol_->ends_at && out.cusum < protocol_->cusum_limit * protocol_->ends_at) {
            standing_ = false;
            return std::nullopt;
        }
        // A standing alarm is told once a day, and never becomes less urgent.
        if (fast && slow && (day - alarmed_on_).count() >= protocol_->today_after_days)
            urgency_ = Urgency::Today;
        if (told_on_ == day)
            return std::nullopt;
    }
    told_on_ = day;
    out.slowly = slowly_;
    out.urgency = urgency_;
    out.standing_days = static_cast<int>((day - alarmed_on_).count());
    out.delay_days = static_cast<int>((day - stand.began_on.value_or(day)).count());
    const int since = std::max(stand.days, 1);
    out.change = (stand.days > 0 ? stand.since / stand.days : base.without_weekday(day, today)) - base.mean;
    const double half = student_95(base.days - 1) * deviation_for(base, today) * base.widened() *
                        std::sqrt(1.0 / since + 1.0 / base.days);
    out.low = out.change - half;
    out.high = out.change + half;
    return out;
}

void TrendAlarms::close(const TrendBaseline& base, sys_days day, double value) { stand_ = with(base, day, value); }

} // namespace handrail::monitoring
