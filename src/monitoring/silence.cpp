#include "monitoring/silence.h"

#include <algorithm>
#include <vector>

#include "monitoring/day_series.h"

namespace handrail::monitoring {

namespace {

constexpr std::size_t intervals_kept = 14;
constexpr std::size_t intervals_needed = 2;


} // namespace

std::optional<Silence::Noticed> Silence::look(Instant at)
{
    if (!answered_at_ || intervals_.size() < intervals_needed)
        return std::nullopt;
    const double silent = days_in(at - *answered_at_);
    // No usual interval makes a shorter silence worth telling, so most rows end here.
    if (silent < protocol_->silence_days || (told_at_ && at - *told_at_ < std::chrono::hours{24}))
        return std::nullopt;
    const std::vector<double> all(intervals_.begin(), intervals_.end());
    Noticed out{silent, quantile(all, 0.5), quantile(all, 0.1), quantile(all, 0.9), 0};
    out.limit_days = std::max<double>(protocol_->silence_days, protocol_->silence_intervals * out.usual_days);
    if (silent < out.limit_days)
        return std::nullopt;
    told_at_ = at;
    return out;
}

void Silence::answered(Instant at, std::chrono::sys_days day)
{
    told_at_.reset();
    if (answered_on_ && day > *answered_on_) {
        intervals_.push_back(static_cast<double>((day - *answered_on_).count()));
        if (intervals_.size() > intervals_kept)
            intervals_.pop_front();
    }
    answered_at_ = at;
    answered_on_ = day;
}

} // namespace handrail::monitoring
