#include "http/origin.h"

#include "base/text.h"

namespace handrail::http
{
namespace
{

/// "HTTPS://Help.Example.org:443/path" → "https://help.example.org".
std::string origin_of(std::string_view url)
{
    auto out = lower_ascii(trimmed(url));
    const auto scheme = out.find("://");
    if (scheme == std::string::npos)
        return {};
    if (const auto path = out.find_first_of("/?#", scheme + 3); path != std::string::npos)
        out.resize(path);
    const auto drop = [&](std::string_view protocol, std::string_view port) {
        if (out.starts_with(protocol) && out.ends_with(port))
            out.resize(out.size() - port.size());
    };
    drop("https://", ":443");
    drop("http://", ":80");
    return out;
}

Error refused()
{
    return {ErrorKind::NotAllowed,
            "This request did not come from this service's own page. Open the page itself and try again.",
            "a request from another site was refused", "type:cross-site"};
}

} // namespace

Result<void> check_origin(const Request& request, std::string_view public_url,
                          std::string_view session_cookie)
{
    const bool upgrade = lower_ascii(request.header("Upgrade")).find("websocket") != std::string::npos;
    if (is_safe(request.method) && !upgrade)
        return {};

    const auto site = request.headers.find("Sec-Fetch-Site");
    if (site && *site != "same-origin" && *site != "none")
        return refused();

    const auto origin = request.headers.find("Origin");
    if (!origin) {
        if (site || request.cookie(session_cookie).empty())
            return {};
        return refused();
    }
    const auto from = origin_of(*origin);
    if (from.empty())
        return refused();
    if (!public_url.empty() && from == origin_of(public_url))
        return {};
    // A service is also reached by other names (localhost, an address). Only a page of that very name can
    // send it, and only that name's cookies come along.
    const auto host = request.header("Host");
    if (!host.empty() && from == origin_of((request.secure ? "https://" : "http://") + std::string(host)))
        return {};
    return refused();
}

} // namespace handrail::http
