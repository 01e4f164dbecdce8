#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>

#include "http/router.h"

namespace handrail::http
{

/// A token bucket: `burst` requests at once, then `per_minute`.
struct RateLimit {
    double per_minute;
    double burst;
};

struct RateLimitSettings {
    RateLimit on_public = {1200, 200}; ///< a whole clinic may stand behind one address
    RateLimit sign_in = {20, 30};      ///< trust counts by account besides
    std::size_t addresses = 100'000; ///< remembered at most; the ones that waited longest are forgotten first
};

/// Counts requests by address (IPv6: the /64) and route class, in memory. Safe from any thread.
class RateLimits
{
public:
    using Steady = std::chrono::steady_clock;
    explicit RateLimits(RateLimitSettings settings = {});
    ~RateLimits();

    /// Zero when the request may go on, else how long to wait before the next one may.
    std::chrono::seconds wait(RateClass rate, std::string_view address,
                              Steady::time_point now = Steady::now());

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace handrail::http
