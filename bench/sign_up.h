#pragma once

#include <cstdint>
#include <string>

namespace handrail::bench {

/// Somebody new without a log-in name: the cookie of their session. Empty when the server refused; says so.
std::string sign_up(std::uint16_t port);
/// What stands between two texts; empty when it is not there.
std::string between(const std::string& text, const std::string& before, const std::string& after);

} // namespace handrail::bench
