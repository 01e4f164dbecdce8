#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>

#include "http/router.h"

namespace handrail::http {

/// A token bucket: `burst` requests at once, then `per_minute`.
struct RateLimit {
    double per_minute;
    double burst;
};

struct RateLimitSettings {
    RateLimit on_public = {1200, 200};        ///< an address; a whole clinic may stand behind one
    RateLimit sign_in = {20, 30};             ///< an address; trust counts by account besides
    RateLimit reading = {1200, 300};          ///< an account; a page asks for a dozen things
    RateLimit writing = {240, 60};            ///< an account; far more than a hand types
    RateLimit costly = {6, 6};                ///< an account; what walks through a whole record or works long
    RateLimit organisation = {60'000, 6'000}; ///< all its accounts together
    std::size_t remembered = 100'000;         ///< buckets at most; the ones that waited longest are forgotten first

    RateLimit of(RateClass rate) const;
};

/// Counts requests by class and by whom it counts: an address (IPv6: the /64), an account, an organisation. In memory,
/// of this process. Safe from any thread.
class RateLimits {
public:
    using Steady = std::chrono::steady_clock;
    explicit RateLimits(RateLimitSettings settings = {});
    ~RateLimits();

    /// Zero when the request may go on, else how long to wait before the next one may.
    /// @param whom an address for Public and SignIn, an id for the others
    std::chrono::seconds wait(RateClass rate, std::string_view whom, Steady::time_point now = Steady::now());

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace handrail::http
