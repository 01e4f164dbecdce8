#include "http/rate_limit.h"

#include <algorithm>
#include <cmath>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

#include <arpa/inet.h>

namespace handrail::http {
namespace {

using Steady = RateLimits::Steady;

/// A household or phone holds a whole /64 of IPv6, so that is what is counted.
std::string counted_part(std::string_view address)
{
    in6_addr six{};
    if (address.find(':') == std::string_view::npos || inet_pton(AF_INET6, std::string(address).c_str(), &six) != 1)
        return std::string(address);
    return std::string(reinterpret_cast<const char*>(six.s6_addr), 8);
}

} // namespace

RateLimit RateLimitSettings::of(RateClass rate) const
{
    switch (rate) {
    case RateClass::SignIn:
        return sign_in;
    case RateClass::Reading:
        return reading;
    case RateClass::Writing:
        return writing;
    case RateClass::Costly:
        return costly;
    case RateClass::Organisation:
        return organisation;
    case RateClass::Automatic:
    case RateClass::None:
    case RateClass::Public:
        break;
    }
    return on_public;
}

struct RateLimits::State {
    struct Bucket {
        double tokens;
        Steady::time_point filled;
        std::list<std::string>::iterator place;
    };
    explicit State(RateLimitSettings given) : settings(given) {}

    const RateLimitSettings settings;
    std::mutex mutex;
    std::unordered_map<std::string, Bucket> buckets;
    std::list<std::string> by_use; ///< least recently seen first
};

RateLimits::RateLimits(RateLimitSettings settings) : state_(std::make_unique<State>(settings)) {}
RateLimits::~RateLimits() = default;

std::chrono::seconds RateLimits::wait(RateClass rate, std::string_view whom, Steady::time_point now)
{
    if (rate == RateClass::None || rate == RateClass::Automatic)
        return std::chrono::seconds(0);
    const auto limit = state_->settings.of(rate);
    const auto key = std::string(1, static_cast<char>(rate)) + (by_address(rate) ? counted_part(whom) : std::string(whom));
    const double per_second = limit.per_minute / 60;

    const std::lock_guard lock(state_->mutex);
    auto [at, made] = state_->buckets.try_emplace(key, State::Bucket{limit.burst, now, {}});
    auto& bucket = at->second;
    if (made) {
        bucket.place = state_->by_use.insert(state_->by_use.end(), key);
        if (state_->buckets.size() > state_->settings.remembered) {
            state_->buckets.erase(state_->by_use.front());
            state_->by_use.pop_front();
        }
    } else {
        state_->by_use.splice(state_->by_use.end(), state_->by_use, bucket.place);
        const double passed = std::chrono::duration<double>(now - bucket.filled).count();
        bucket.tokens = std::min(limit.burst, bucket.tokens + std::max(0.0, passed) * per_second);
        bucket.filled = now;
    }
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return std::chrono::seconds(0);
    }
    return std::chrono::seconds(std::max(1L, std::lround(std::ceil((1 - bucket.tokens) / per_second))));
}

} // namespace handrail::http
