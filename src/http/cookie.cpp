#include "http/cookie.h"

#include "base/result.h"

namespace handrail::http
{
namespace
{

std::string written(std::string_view name, std::string_view value)
{
    ensure(name.starts_with("__Host-"), "only __Host- cookies are set: no other host can plant or read them");
    ensure(value.find_first_of(" ;,\"\\\r\n\t") == std::string_view::npos,
           "a cookie's value holds no separators");
    return std::string(name) + "=" + std::string(value) + "; Path=/; Secure; HttpOnly; SameSite=Lax";
}

} // namespace

std::string host_cookie(std::string_view name, std::string_view value,
                        std::optional<std::chrono::seconds> length)
{
    auto out = written(name, value);
    if (length)
        out += "; Max-Age=" + std::to_string(length->count());
    return out;
}

std::string no_host_cookie(std::string_view name)
{
    return written(name, "") + "; Max-Age=0";
}

} // namespace handrail::http
