#include "app/doctor/certificate.h"

#include <fmt/format.h>

#include "http/tls_context.h"

namespace handrail::app::doctor {

namespace {

constexpr auto what = "certificate";
using std::chrono::days;

/// A renewal that failed is seen by somebody before it hurts: those who renew by themselves do it a month ahead.
constexpr days look_below{21};
/// A weekend.
constexpr days wrong_below{3};

constexpr auto renew = "Renew it and put it in the same files: a running server reads them again by itself.";

} // namespace

std::string host_of(const std::string& url)
{
    const auto scheme = url.find("://");
    if (scheme == std::string::npos)
        return {};
    const auto rest = url.substr(scheme + 3);
    if (rest.starts_with("["))
        return rest.substr(1, rest.find(']') - 1);
    return rest.substr(0, rest.find_first_of(":/?#"));
}

bool is_loopback(const std::string& address)
{
    return address.starts_with("127.") || address == "::1" || address == "localhost";
}

Seen judge(const http::Certificate& certificate, const std::string& host, Instant now)
{
    const auto ends = to_rfc3339(certificate.ends).substr(0, 10);
    if (certificate.begins > now)
        return wrong(what, fmt::format("It is not valid before {}.", to_rfc3339(certificate.begins)),
                     "Set the clock right, or take a certificate that is valid today.");
    if (certificate.ends <= now)
        return wrong(what, fmt::format("It ended on {}: no browser opens the page.", ends), renew);
    const auto left = std::chrono::floor<days>(certificate.ends - now).count();
    if (certificate.ends - now < wrong_below)
        return wrong(what, fmt::format("It ends on {}, in {} days.", ends, left), renew);
    if (!host.empty() && !certificate.covers_host)
        return wrong(what, fmt::format("It is not made out for {}, the host in public_url: browsers refuse it.", host),
                     "Take a certificate with that name, or put the name people use into public_url.");
    if (certificate.ends - now < look_below)
        return look(what, fmt::format("It ends on {}, in {} days.", ends, left), renew);
    return fine(what, fmt::format("For {}, until {}, in {} days; its key belongs to it.", host, ends, left));
}

Seen judge_plain(const std::string& address, const std::string& public_url)
{
    if (is_loopback(address))
        return fine(what,
                    "None in the binary, which listens on loopback; the TLS of a proxy before it is not looked at.");
    return wrong(
        what,
        fmt::format("None, and the server listens on {} in plain HTTP for {}: others can read along, and browsers "
                    "drop the log-in cookie.",
                    address, public_url),
        "Set certificate and certificate_key, or listen on loopback behind a proxy.");
}

Seen look_at_certificate(const Config& config, Instant now)
{
    if (config.certificate.empty())
        return judge_plain(config.address, config.public_url);
    if (const auto usable = http::TlsContext::open(config.certificate.string(), config.certificate_key.string());
        !usable)
        return wrong(what, usable.error().told, "Until that is right the server does not start.");
    const auto host = host_of(config.public_url);
    const auto certificate = http::read_certificate(config.certificate.string(), host);
    if (!certificate)
        return wrong(what, certificate.error().told, "Until that is right the server does not start.");
    return judge(*certificate, host, now);
}

} // namespace handrail::app::doctor
