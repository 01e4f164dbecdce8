#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "base/result.h"

namespace handrail {

/// An instant in UTC, to the microsecond.
using Instant = std::chrono::time_point<std::chrono::system_clock, std::chrono::microseconds>;
using Duration = std::chrono::microseconds;

constexpr std::int64_t to_stored(Instant at) { return at.time_since_epoch().count(); }
constexpr Instant from_stored(std::int64_t micros) { return Instant{Duration{micros}}; }

/// RFC 3339 in UTC with milliseconds: "2026-03-02T22:10:00.000Z".
std::string to_rfc3339(Instant at);
/// Reads RFC 3339 with any offset; a date alone is midnight UTC. Invalid says what was expected.
Result<Instant> from_rfc3339(const std::string& written);

/// The clock is passed in, so that a test can let five minutes go by in no time.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

/// The later of the system clock and the last instant handed out plus steady time: a backward jump never delays a timer.
class SystemClock final : public Clock {
public:
    Instant now() const override;
};

class TestClock final : public Clock {
public:
    explicit TestClock(Instant start) : now_(start) {}
    Instant now() const override { return now_; }
    void pass(Duration length) { now_ += length; }
    void set(Instant at) { now_ = at; }

private:
    Instant now_;
};

} // namespace handrail
