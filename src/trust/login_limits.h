#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/result.h"

namespace handrail::trust {

/// How often a name, and an address, may fail to sign in. In memory: a restart forgets, which only helps the
/// honest.
class LoginLimits {
public:
    struct Allowed {
        int per_login = 10;
        int per_address = 50;
        std::chrono::minutes window{15};
        std::size_t remembered = 100000; ///< names and addresses, at most; the oldest go first
    };
    explicit LoginLimits(const Clock& clock) : LoginLimits(clock, Allowed{}) {}
    LoginLimits(const Clock& clock, Allowed allowed) : clock_(clock), allowed_(allowed) {}

    /// TooMuch, with "too-often" in `where`, when either has failed too often; says when to try again.
    Result<void> check(std::string_view login_hash, std::string_view address);
    void failed(std::string_view login_hash, std::string_view address);
    /// A success clears the name; the address keeps its count.
    void succeeded(std::string_view login_hash);

private:
    struct Count {
        int failures = 0;
        Instant since;
    };
    const Clock& clock_;
    Allowed allowed_;
    std::mutex mutex_;
    std::unordered_map<std::string, Count> counts_;

    bool over(const std::string& key, int allowed, Instant now);
    void add(const std::string& key, Instant now);
};

} // namespace handrail::trust
