#pragma once

#include <functional>
#include <mutex>
#include <optional>

#include "base/clock.h"

namespace handrail {

/// One look at both clocks of the machine: the one that can be set, and the one that cannot.
struct ClockReading {
    Instant system;
    Duration steady{}; ///< since an arbitrary zero
};
ClockReading read_machine_clocks();

/// The system clock moved by itself, against the steady one, by more than a minute between two looks: it was set, or
/// the machine slept.
struct ClockJump {
    Instant at;  ///< the time it was before, as this clock gives it
    Duration by; ///< forward is positive
};

/// The later of the system clock and the last instant handed out, or stored, plus steady time: a backward jump never
/// delays a timer, also across a restart.
class SteadyTime final : public Clock {
public:
    explicit SteadyTime(std::function<ClockReading()> read = read_machine_clocks) : read_(std::move(read)) {}

    Instant now() const override;
    /// The store already holds this instant: time goes on from it when the system clock is behind.
    void not_before(Instant stored);
    /// How far this clock is ahead of the system clock: more than nothing after a backward jump.
    Duration ahead() const;
    struct Jumps {
        int count = 0; ///< since the process began
        std::optional<ClockJump> last;
    };
    Jumps jumps() const;

private:
    std::function<ClockReading()> read_;
    mutable std::mutex mutex_;
    mutable std::optional<ClockReading> before_; ///< the last look
    mutable Instant last_{};                     ///< handed out then
    mutable Jumps jumps_;

    Instant look(const ClockReading& reading) const;
};

} // namespace handrail
