#include "trust/login_limits.h"

#include <algorithm>

namespace handrail::trust {

namespace {

std::string of_login(std::string_view login_hash)
{
    return "n" + std::string(login_hash);
}
std::string of_address(std::string_view address)
{
    return "a" + std::string(address);
}

} // namespace

bool LoginLimits::over(const std::string& key, int allowed, Instant now)
{
    const auto at = counts_.find(key);
    if (at == counts_.end())
        return false;
    if (now - at->second.since >= allowed_.window) {
        counts_.erase(at);
        return false;
    }
    return at->second.failures >= allowed;
}

void LoginLimits::add(const std::string& key, Instant now)
{
    if (counts_.size() >= allowed_.remembered) {
        std::erase_if(counts_, [&](const auto& each) { return now - each.second.since >= allowed_.window; });
        // Still full: someone tries a great many names. The one least tried is the least loss.
        if (counts_.size() >= allowed_.remembered)
            counts_.erase(std::min_element(counts_.begin(), counts_.end(), [](const auto& a, const auto& b) {
                return a.second.failures < b.second.failures;
            }));
    }
    auto& count = counts_[key];
    if (count.failures == 0 || now - count.since >= allowed_.window)
        count = {0, now};
    ++count.failures;
}

Result<void> LoginLimits::check(std::string_view login_hash, std::string_view address)
{
    const auto now = clock_.now();
    const std::lock_guard lock(mutex_);
    const bool too_often = over(of_login(login_hash), allowed_.per_login, now) ||
                           (!address.empty() && over(of_address(address), allowed_.per_address, now));
    if (!too_often)
        return {};
    return Error{ErrorKind::TooMuch,
                 "Too many attempts. Please wait " +
                     std::to_string(std::chrono::duration_cast<std::chrono::minutes>(allowed_.window).count()) +
                     " minutes and try again.",
                 {},
                 "too-often"};
}

void LoginLimits::failed(std::string_view login_hash, std::string_view address)
{
    const auto now = clock_.now();
    const std::lock_guard lock(mutex_);
    add(of_login(login_hash), now);
    if (!address.empty())
        add(of_address(address), now);
}

void LoginLimits::succeeded(std::string_view login_hash)
{
    const std::lock_guard lock(mutex_);
    counts_.erase(of_login(login_hash));
}

} // namespace handrail::trust
