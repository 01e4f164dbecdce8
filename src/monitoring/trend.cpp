#include "monitoring/trend.h"

#include <algorithm>
#include <cmath>

namespace handrail::monitoring {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

/// Closed days that are remembered; more than any baseline needs.
constexpr std::size_t most_days = 400;
constexpr std::size_t intervals_kept = 14;
constexpr std::size_t intervals_needed = 2;
/// One day counts at most this many standard deviations: a single slip is not a trend.
constexpr double furthest_day = 3.5;
constexpr double most_alike = 0.7;
/// An alarm ends when the average is back under this share of its limit and the sum is under the same share of its own.
constexpr double ends_at = 0.5;

double whole_days(Duration length) { return std::chrono::duration<double, std::ratio<86400>>(length).count(); }

std::string in_days(double number)
{
    const auto whole = static_cast<long long>(std::floor(number + 1e-9));
    return std::to_string(whole) + (whole == 1 ? " day" : " days");
}

} // namespace

std::vector<TrendEvent> TrendFollower::take(const TrendRow& row)
{
    std::vector<TrendEvent> events;
    const auto day = std::chrono::floor<days>(row.at);
    if (today_ && *today_ != day)
        close_day();
    today_ = day;
    look_for_silence(row, events);
    if (row.value) {
        today_sum_ += row.higher_is_worse ? *row.value : -*row.value;
        ++today_count_;
        look_for_reliable_change(row, events);
        look_for_change(row, events);
    }
    return events;
}

/// Makes yesterday part of what is known.
void TrendFollower::close_day()
{
    if (today_count_ == 0)
        return;
    const double value = today_sum_ / today_count_;
    if (const auto base = baseline())
        stand_ = stand_with(*base, value);
    days_.push_back({*today_, value, today_count_});
    in_alarm_.push_back(alarmed_);
    if (days_.size() > most_days) {
        days_.pop_front();
        in_alarm_.pop_front();
    }
    today_sum_ = 0;
    today_count_ = 0;
}

/// The person's own days: the newest ones that no alarm stood on, without the last few. Nothing until there are enough.
std::optional<TrendFollower::Baseline> TrendFollower::baseline() const
{
    if (days_.size() < static_cast<std::size_t>(protocol_->baseline_days) || !today_)
        return std::nullopt;
    const auto newest = *today_ - std::chrono::days{protocol_->baseline_lag_days};
    std::vector<DayMean> chosen;
    for (std::size_t i = days_.size(); i-- > 0 && chosen.size() < static_cast<std::size_t>(protocol_->baseline_longest);)
        if (!in_alarm_[i] && days_[i].day < newest)
            chosen.push_back(days_[i]);
    // While the series is young the lag would leave too little: the first days then stand for the baseline.
    if (chosen.size() < static_cast<std::size_t>(protocol_->baseline_days)) {
        chosen.clear();
        for (std::size_t i = 0; i < static_cast<std::size_t>(protocol_->baseline_days); ++i)
            chosen.push_back(days_[static_cast<std::size_t>(protocol_->baseline_days) - 1 - i]);
    }
    std::reverse(chosen.begin(), chosen.end());

    Baseline base;
    base.days = static_cast<int>(chosen.size());
    std::vector<double> values;
    double step = 0;
    for (const auto& each : chosen) {
        if (!values.empty() && each.value != values.back())
            step = step == 0 ? std::abs(each.value - values.back()) : std::min(step, std::abs(each.value - values.back()));
        values.push_back(each.value);
    }
    base.mean = mean_of(values);
    const double n = static_cast<double>(values.size());
    // The limits of few days are as wide as a prediction from few days is: Student's t for the next value.
    base.deviation =
        deviation_of(values) * std::sqrt(1 + 1 / n) * student_95(static_cast<int>(values.size()) - 1) / 1.96;
    // A person who always answered the same has not shown how much one step means; half of the smallest step is the floor.
    base.deviation = std::max(base.deviation, step / 2);
    base.alike = std::clamp(day_to_day_correlation(chosen).value_or(0.2) * n / (n + 10), 0.0, most_alike);
    return base;
}

TrendFollower::Stand TrendFollower::stand_with(const Baseline& base, double day_value) const
{
    Stand out = stand_.value_or(Stand{base.mean, 0});
    double deviation = base.deviation;
    if (deviation <= 0)
        deviation = std::max(std::abs(day_value - base.mean), 1e-9) / 2;
    const double value = base.mean + std::clamp(day_value - base.mean, -furthest_day * deviation, furthest_day * deviation);
    out.average += protocol_->ewma_weight * (value - out.average);
    const double widened = deviation * std::sqrt((1 + base.alike) / (1 - base.alike));
    out.sum = std::max(0.0, out.sum + (value - base.mean) / widened - protocol_->cusum_slack);
    return out;
}

TrendFollower::Reading TrendFollower::reading_of(const Baseline& base, const Stand& stand) const
{
    const double weight = protocol_->ewma_weight;
    const double kept = base.alike * (1 - weight);
    // Variance of the average of days that resemble the day before them (a first-order autoregression).
    const double share = weight / (2 - weight) * (1 + kept) / (1 - kept);
    const double deviation = base.deviation > 0 ? base.deviation : std::max(std::abs(stand.average - base.mean), 1e-9) * 2;
    return {(stand.average - base.mean) / (deviation * std::sqrt(share)), stand.sum};
}

/// The first answers of a day with many are no mean yet: half of the usual number are waited for.
bool TrendFollower::enough_of_today() const
{
    std::vector<double> counts;
    for (std::size_t i = days_.size(); i-- > 0 && counts.size() < 14;)
        counts.push_back(days_[i].answers);
    return today_count_ >= std::max(1.0, std::ceil(quantile(counts, 0.5) / 2));
}

void TrendFollower::look_for_silence(const TrendRow& row, std::vector<TrendEvent>& events)
{
    if (answered_at_ && intervals_.size() >= intervals_needed) {
        const double silent = whole_days(row.at - *answered_at_);
        const double usual = quantile({intervals_.begin(), intervals_.end()}, 0.5);
        const double limit = std::max<double>(protocol_->silence_days, protocol_->silence_intervals * usual);
        const bool repeat = silence_told_at_ && row.at - *silence_told_at_ < std::chrono::hours{24};
        if (silent >= limit && !repeat) {
            events.push_back({row.person,
                              row.at,
                              row.measure,
                              "silence",
                              Urgency::Soon,
                              "No answer for " + in_days(silent) + "; the usual interval is " +
                                  in_days(std::max(1.0, usual)) + ". No data is not no change.",
                              {{"silent_days", silent}, {"usual_interval_days", usual}, {"limit_days", limit}}});
            silence_told_at_ = row.at;
        }
    }
    if (!row.value)
        return;
    silence_told_at_.reset();
    if (answered_at_) {
        const auto apart = std::chrono::floor<days>(row.at) - std::chrono::floor<days>(*answered_at_);
        if (apart.count() > 0) {
            intervals_.push_back(static_cast<double>(apart.count()));
            if (intervals_.size() > intervals_kept)
                intervals_.pop_front();
        }
    }
    answered_at_ = row.at;
}

/// Worse than the first total by the reliable change (Jacobson & Truax 1991), for as long as it is.
void TrendFollower::look_for_reliable_change(const TrendRow& row, std::vector<TrendEvent>& events)
{
    const double value = row.higher_is_worse ? *row.value : -*row.value;
    if (!first_)
        first_ = value;
    if (reliable_ == nullptr)
        return;
    const double change = value - *first_;
    if (change < reliable_->points) {
        reliably_told_at_.reset();
        return;
    }
    if (reliably_told_at_ && std::chrono::floor<days>(*reliably_told_at_) == *today_)
        return;
    reliably_told_at_ = row.at;
    events.push_back({row.person,
                      row.at,
                      row.measure,
                      "reliably_worse",
                      Urgency::Soon,
                      "Worse than the first time by an amount that is unlikely to be chance.",
                      {{"value", *row.value},
                       {"first", row.higher_is_worse ? *first_ : -*first_},
                       {"change", row.higher_is_worse ? change : -change},
                       {"reliable_change", reliable_->points}}});
}

void TrendFollower::look_for_change(const TrendRow& row, std::vector<TrendEvent>& events)
{
    const auto base = baseline();
    if (!base || !enough_of_today())
        return;
    const auto reading = reading_of(*base, stand_with(*base, today_sum_ / today_count_));
    const bool fast = reading.ewma >= protocol_->ewma_limit;
    const bool slow = reading.cusum >= protocol_->cusum_limit;
    if (!alarmed_) {
        if (!fast && !slow)
            return;
        alarmed_ = true;
        slowly_ = !fast;
        urgency_ = Urgency::Soon;
        alarmed_on_ = *today_;
        told_at_ = row.at;
        events.push_back(change_event(row, *base, reading));
        return;
    }
    if (reading.ewma < protocol_->ewma_limit * ends_at && reading.cusum < protocol_->cusum_limit * ends_at) {
        alarmed_ = false;
        return;
    }
    // A standing alarm repeats once a day, and never becomes less urgent.
    const bool long_enough = (*today_ - alarmed_on_).count() >= protocol_->today_after_days;
    if (fast && slow && long_enough)
        urgency_ = Urgency::Today;
    if (std::chrono::floor<days>(*told_at_) == *today_)
        return;
    told_at_ = row.at;
    events.push_back(change_event(row, *base, reading));
}

TrendEvent TrendFollower::change_event(const TrendRow& row, const Baseline& base, const Reading& reading) const
{
    const double sign = row.higher_is_worse ? 1 : -1;
    const auto standing = (*today_ - alarmed_on_).count();
    TrendEvent event;
    event.person = row.person;
    event.at = row.at;
    event.measure = row.measure;
    event.kind = slowly_ ? "slowly_worse" : "worse_than_usual";
    event.urgency = urgency_;
    event.why = slowly_ ? "Many days a little worse than this person's own usual days." : "Worse than this person's own usual days.";
    if (standing > 0)
        event.why += " It has stood for " + in_days(static_cast<double>(standing)) + ".";
    event.numbers = {{"today", sign * today_sum_ / today_count_},
                     {"usual", sign * base.mean},
                     {"usual_deviation", base.deviation},
                     {"baseline_days", base.days},
                     {"ewma", reading.ewma},
                     {"ewma_limit", protocol_->ewma_limit},
                     {"cusum", reading.cusum},
                     {"cusum_limit", protocol_->cusum_limit},
                     {"standing_days", static_cast<double>(standing)}};
    return event;
}

std::vector<TrendEvent> Trends::take(const TrendRow& row)
{
    auto found = followers_.find({row.person, row.measure});
    if (found == followers_.end()) {
        const auto reliable = reliable_.find(row.measure);
        found = followers_
                    .emplace(std::make_pair(row.person, row.measure),
                             TrendFollower(protocol_, reliable == reliable_.end() ? nullptr : &reliable->second))
                    .first;
    }
    return found->second.take(row);
}

} // namespace handrail::monitoring
