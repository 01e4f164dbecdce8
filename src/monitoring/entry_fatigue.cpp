#include "monitoring/entry_fatigue.h"

#include <algorithm>
#include <cmath>

namespace handrail::monitoring {

using std::chrono::days;
using std::chrono::sys_days;

namespace {

constexpr double ninety_five = 1.96;
/// Answers before a run of equal ones that show how often this person repeats an answer.
constexpr std::int64_t answers_needed = 20;

int answered_between(const OwnDays& own, sys_days from, sys_days to)
{
    const auto& all = own.all();
    int out = 0;
    for (std::size_t i = all.size(); i-- > 0 && all[i].day >= from;)
        out += all[i].day < to ? 1 : 0;
    return out;
}

/// Variance of a share, never nothing: one day of each kind is added.
double variance_of_share(int count, int of)
{
    const double share = (count + 1.0) / (of + 2.0);
    return share * (1 - share) / of;
}

} // namespace

std::optional<EntryFatigue::Noticed> EntryFatigue::look_at_days(const OwnDays& own, sys_days today)
{
    const int recent = protocol_->fatigue_recent_days;
    const int earlier = protocol_->fatigue_earlier_days;
    const auto recent_from = today - days{recent};
    const auto earlier_from = recent_from - days{earlier};
    if (!own.first_on() || *own.first_on() > earlier_from)
        return std::nullopt;
    const int lately = answered_between(own, recent_from, today);
    const int before = answered_between(own, earlier_from, recent_from);
    Noticed out;
    out.now = static_cast<double>(lately) / recent;
    out.before = static_cast<double>(before) / earlier;
    const double error = std::sqrt(variance_of_share(lately, recent) + variance_of_share(before, earlier));
    const double fall = out.before - out.now;
    if (fall < protocol_->fatigue_fall || fall < protocol_->fatigue_limit * error) {
        fewer_told_ = fewer_told_ && fall >= protocol_->fatigue_fall / 2;
        return std::nullopt;
    }
    if (fewer_told_)
        return std::nullopt;
    fewer_told_ = true;
    out.low = std::max(-1.0, -fall - ninety_five * error);
    out.high = -fall + ninety_five * error;
    out.delay_days = recent;
    return out;
}

std::optional<EntryFatigue::Noticed> EntryFatigue::answered(sys_days day, double value)
{
    const bool again = last_ && *last_ == value;
    last_ = value;
    if (!again) {
        // The run that ended is now part of how this person answers, unless it was told as one that is not.
        if (!same_told_) {
            answers_ += run_;
            repeated_ += run_;
        }
        ++answers_;
        run_ = 0;
        run_from_ = day;
        same_told_ = false;
        return std::nullopt;
    }
    ++run_;
    if (same_told_ || run_ + 1 < protocol_->same_answers_least || answers_ < answers_needed)
        return std::nullopt;
    const double usual = (static_cast<double>(repeated_) + 1) / (static_cast<double>(answers_) + 2);
    if (static_cast<double>(run_) * std::log(usual) > std::log(protocol_->same_answers_chance))
        return std::nullopt;
    same_told_ = true;
    const double error = std::sqrt(usual * (1 - usual) / static_cast<double>(answers_));
    Noticed out;
    out.same = true;
    out.before = usual;
    out.now = 1;
    out.low = std::max(0.0, 1 - usual - ninety_five * error);
    out.high = std::min(1.0, 1 - usual + ninety_five * error);
    out.same_answers = static_cast<int>(run_ + 1);
    out.delay_days = static_cast<int>((day - run_from_).count());
    return out;
}

} // namespace handrail::monitoring
