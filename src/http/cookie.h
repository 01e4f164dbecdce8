#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace handrail::http
{

/// A Set-Cookie value for a `__Host-` cookie: HttpOnly, Secure, SameSite=Lax, Path=/. Without a length it
/// goes when the browser closes. The name must begin with "__Host-".
std::string host_cookie(std::string_view name, std::string_view value,
                        std::optional<std::chrono::seconds> length = std::nullopt);
/// A Set-Cookie value that removes it.
std::string no_host_cookie(std::string_view name);

} // namespace handrail::http
