#include "base/steady_time.h"

#include <algorithm>

namespace handrail {

ClockReading read_machine_clocks()
{
    using namespace std::chrono;
    return {time_point_cast<Duration>(system_clock::now()),
            duration_cast<Duration>(steady_clock::now().time_since_epoch())};
}

namespace {

/// Between two looks the two clocks move alike; what is more than this is no drift.
constexpr std::chrono::seconds moved_by_itself{60};

} // namespace

Instant SteadyTime::look(const ClockReading& reading) const
{
    Instant now = reading.system;
    if (before_) {
        const auto passed = std::max(Duration{0}, reading.steady - before_->steady);
        const auto by = reading.system - before_->system - passed;
        if (by > moved_by_itself || by < -moved_by_itself) {
            ++jumps_.count;
            jumps_.last = ClockJump{last_ + passed, by};
        }
        now = std::max(now, last_ + passed);
    }
    before_ = reading;
    last_ = now;
    return now;
}

Instant SteadyTime::now() const
{
    // Read under the lock, so that looks follow one another.
    const std::lock_guard lock(mutex_);
    return look(read_());
}

void SteadyTime::not_before(Instant stored)
{
    const std::lock_guard lock(mutex_);
    look(read_());
    last_ = std::max(last_, stored);
}

Duration SteadyTime::ahead() const
{
    const std::lock_guard lock(mutex_);
    const auto reading = read_();
    return look(reading) - reading.system;
}

SteadyTime::Jumps SteadyTime::jumps() const
{
    const std::lock_guard lock(mutex_);
    look(read_());
    return jumps_;
}

} // namespace handrail
