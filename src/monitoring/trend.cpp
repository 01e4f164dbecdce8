#include "monitoring/trend.h"

#include <algorithm>
#include <cmath>

#include "monitoring/day_series.h"

namespace handrail::monitoring {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

std::string in_days(double number)
{
    const auto whole = static_cast<long long>(std::floor(number + 1e-9));
    return std::to_string(whole) + (whole == 1 ? " day" : " days");
}

std::string in_hundred(double share) { return std::to_string(std::lround(share * 100)) + " of 100"; }

} // namespace

std::vector<TrendEvent> TrendFollower::take(const TrendRow& row)
{
    std::vector<TrendEvent> events;
    // Who travels west may come back to a day that is over; its answers count for the day that has begun.
    auto day = std::chrono::floor<days>(row.at + row.utc_offset);
    if (today_)
        day = std::max(day, *today_);
    if (!today_ || *today_ != day)
        begin_day(row, day, events);
    look_for_silence(row, events);
    if (row.value) {
        today_sum_ += row.higher_is_worse ? *row.value : -*row.value;
        ++today_count_;
        if (offers_ == Offers::Made)
            if (const auto noticed = fatigue_.answered(day, *row.value))
                say_fatigue(row, *noticed, events);
        look_for_reliable_change(row, events);
        look_for_change(row, events);
    }
    return events;
}

void TrendFollower::begin_day(const TrendRow& row, sys_days day, std::vector<TrendEvent>& events)
{
    close_day();
    today_ = day;
    base_ = baseline_of(days_, day, *protocol_, days_read_);
    if (offers_ == Offers::Made)
        make_offers(row, day, events);
}

void TrendFollower::make_offers(const TrendRow& row, sys_days day, std::vector<TrendEvent>& events)
{
    if (const auto noticed = fatigue_.look_at_days(days_, day))
        say_fatigue(row, *noticed, events);
    const auto slowing = slowing_.look(days_, day);
    // While an alarm stands there is nothing to be early for, and the change itself looks like slowing down.
    if (!slowing || alarms_.standing())
        return;
    events.push_back(event(row, "slowing_down", Urgency::Usual,
                           "Ups and downs have become larger and last longer. It is a possible early sign and asks for nobody "
                           "by itself: published, such signs came before " +
                               in_hundred(protocol_->slowing_preceded) + " recurrences.",
                           {{"correlation", slowing->correlation},
                            {"low", slowing->low},
                            {"high", slowing->high},
                            {"correlation_rise", slowing->correlation_rise},
                            {"variance", slowing->variance},
                            {"variance_rise", slowing->variance_rise},
                            {"published_before_recurrence", protocol_->slowing_preceded},
                            {"delay_days", slowing->delay_days}}));
}

/// Makes yesterday part of what is known.
void TrendFollower::close_day()
{
    if (!today_ || today_count_ == 0)
        return;
    const double value = today_sum_ / today_count_;
    if (base_)
        alarms_.close(*base_, *today_, value);
    days_.add({*today_, value, today_count_, alarms_.standing()});
    if (alarm_stood_ && !alarms_.standing() && *today_ - alarms_.alarmed_on() < days{protocol_->passing_days})
        days_.count_as_usual(alarms_.alarmed_on());
    alarm_stood_ = alarms_.standing();
    today_sum_ = 0;
    today_count_ = 0;
}

TrendEvent TrendFollower::event(const TrendRow& row, const char* kind, Urgency urgency, std::string why,
                                Numbers numbers) const
{
    numbers.emplace_back("completeness", days_.completeness(*today_, protocol_->completeness_days));
    return {row.person, row.at, row.measure, kind, urgency, std::move(why), std::move(numbers)};
}

void TrendFollower::look_for_silence(const TrendRow& row, std::vector<TrendEvent>& events)
{
    if (const auto noticed = silence_.look(row.at))
        events.push_back(event(row, "silence", Urgency::Soon,
                               "No answer for " + in_days(noticed->silent_days) + "; the usual interval is " +
                                   in_days(std::max(1.0, noticed->usual_days)) + ". No data is not no change.",
                               {{"silent_days", noticed->silent_days},
                                {"usual_interval_days", noticed->usual_days},
                                {"low", noticed->low},
                                {"high", noticed->high},
                                {"limit_days", noticed->limit_days},
                                {"delay_days", noticed->silent_days - noticed->limit_days}}));
    if (row.value)
        silence_.answered(row.at, *today_);
}

void TrendFollower::say_fatigue(const TrendRow& row, const EntryFatigue::Noticed& noticed,
                                std::vector<TrendEvent>& events) const
{
    Numbers numbers{{"before", noticed.before},
                    {"now", noticed.now},
                    {"change", noticed.now - noticed.before},
                    {"low", noticed.low},
                    {"high", noticed.high}};
    if (noticed.same)
        numbers.emplace_back("same_answers", noticed.same_answers);
    numbers.emplace_back("delay_days", noticed.delay_days);
    events.push_back(event(row, "entry_fatigue", Urgency::Usual,
                           noticed.same ? "The same answer " + std::to_string(noticed.same_answers) +
                                              " times in a row, which is unusual for this person. The series tells less than it did."
                                        : "Days with an answer fell from " + in_hundred(noticed.before) + " to " +
                                              in_hundred(noticed.now) + ". The series tells less than it did.",
                           std::move(numbers)));
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
        reliably_told_on_.reset();
        not_reliably_worse_at_ = row.at;
        return;
    }
    if (reliably_told_on_ == today_)
        return;
    reliably_told_on_ = today_;
    const double told = row.higher_is_worse ? change : -change;
    // The reliable change is 1.96 standard errors of a difference: it is half of the interval as well.
    events.push_back(event(row, "reliably_worse", Urgency::Soon,
                           "Worse than the first time by an amount that is unlikely to be chance.",
                           {{"value", *row.value},
                            {"first", row.higher_is_worse ? *first_ : -*first_},
                            {"change", told},
                            {"low", told - reliable_->points},
                            {"high", told + reliable_->points},
                            {"reliable_change", reliable_->points},
                            {"delay_days", days_in(row.at - not_reliably_worse_at_.value_or(row.at))}}));
}

void TrendFollower::look_for_change(const TrendRow& row, std::vector<TrendEvent>& events)
{
    // The first answers of a day with many are no mean yet: half of the usual number are waited for.
    if (!base_ || today_count_ < (days_.usual_answers() + 1) / 2)
        return;
    const double today = today_sum_ / today_count_;
    const auto found = alarms_.look(*base_, *today_, today);
    if (!found)
        return;
    std::string why = found->slowly ? "Many days a little worse than this person's own usual days."
                                    : "Worse than this person's own usual days.";
    if (found->standing_days > 0)
        why += " It has stood for " + in_days(found->standing_days) + ".";
    const double sign = row.higher_is_worse ? 1 : -1;
    events.push_back(event(row, found->slowly ? "slowly_worse" : "worse_than_usual", found->urgency, std::move(why),
                           {{"today", sign * today},
                            {"usual", sign * base_->mean},
                            {"usual_deviation", base_->deviation},
                            {"baseline_days", base_->days},
                            {"change", sign * found->change},
                            {"low", std::min(sign * found->low, sign * found->high)},
                            {"high", std::max(sign * found->low, sign * found->high)},
                            {"ewma", found->ewma},
                            {"ewma_limit", protocol_->ewma_limit},
                            {"cusum", found->cusum},
                            {"cusum_limit", protocol_->cusum_limit},
                            {"delay_days", found->delay_days},
                            {"standing_days", found->standing_days}}));
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
