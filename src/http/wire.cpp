#include "http/wire.h"

#include <ctime>

#include "http/gzip.h"

namespace handrail::http
{
namespace
{

constexpr std::size_t worth_compressing = 1024;

// No script, style or font from anywhere else, none inline, and nobody may frame the page.
constexpr std::string_view page_headers =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' "
    "data:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'\r\n"
    "Permissions-Policy: accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), payment=(), usb=()\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n";

constexpr std::string_view other_headers =
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";

constexpr std::string_view common_headers = "X-Content-Type-Options: nosniff\r\n"
                                            "Referrer-Policy: no-referrer\r\n"
                                            "Cross-Origin-Resource-Policy: same-origin\r\n"
                                            "X-Frame-Options: DENY\r\n";

/// "Tue, 15 Nov 1994 08:12:31 GMT", worked out once a second on each thread.
const std::string& date()
{
    thread_local std::time_t at = 0;
    thread_local std::string text;
    const auto now = std::time(nullptr);
    if (now != at) {
        std::tm parts{};
        gmtime_r(&now, &parts);
        char written[64];
        text.assign(written, std::strftime(written, sizeof written, "%a, %d %b %Y %H:%M:%S GMT", &parts));
        at = now;
    }
    return text;
}

/// A header made of what someone sent must not begin another one.
void append_value(std::string& out, std::string_view value)
{
    for (const char c : value)
        if (c != '\r' && c != '\n' && c != '\0')
            out += c;
}

bool shrinks(std::string_view type)
{
    return type.starts_with("text/") || type.find("json") != std::string_view::npos ||
           type.find("xml") != std::string_view::npos;
}

bool has_no_body(int status)
{
    return status == 204 || status == 304 || status / 100 == 1;
}

} // namespace

void compress(Response& response, std::string_view accept_encoding)
{
    if (!response.may_compress || response.events || response.shared_body ||
        response.body.size() < worth_compressing || !shrinks(response.type) ||
        response.headers.has("Content-Encoding"))
        return;
    response.headers.add("Vary", "Accept-Encoding");
    if (!takes_gzip(accept_encoding))
        return;
    auto smaller = gzip(response.body, 1);
    if (smaller.empty() || smaller.size() >= response.body.size())
        return;
    response.headers.add("Content-Encoding", "gzip");
    response.body = std::move(smaller);
}

std::string head_of(const Response& response, const Leaving& leaving)
{
    std::string out;
    out.reserve(768);
    out += "HTTP/1.1 ";
    out += std::to_string(response.status);
    out += ' ';
    out += reason_phrase(response.status);
    out += "\r\nDate: ";
    out += date();
    out += "\r\n";
    if (!response.type.empty()) {
        out += "Content-Type: ";
        append_value(out, response.type);
        out += "\r\n";
    }
    if (response.events) {
        out += "Cache-Control: no-store\r\nX-Accel-Buffering: no\r\nConnection: close\r\n";
    } else {
        if (!has_no_body(response.status)) {
            out += "Content-Length: ";
            out += std::to_string(response.content().size());
            out += "\r\n";
        }
        if (leaving.api && !response.headers.has("Cache-Control"))
            out += "Cache-Control: no-store\r\n";
        if (!leaving.keep_alive)
            out += "Connection: close\r\n";
    }
    if (!leaving.request.empty()) {
        out += "X-Request-Id: ";
        out += leaving.request;
        out += "\r\n";
    }
    for (const auto& [name, value] : response.headers) {
        append_value(out, name);
        out += ": ";
        append_value(out, value);
        out += "\r\n";
    }
    // A 304 has no type of its own and its headers replace those the browser kept: a page must not come back from the
    // cache under the policy of an answer without scripts.
    const bool page = response.status == 304 || response.type.starts_with("text/html") ||
                      response.type.starts_with("text/javascript");
    out += page ? page_headers : other_headers;
    out += common_headers;
    if (leaving.secure)
        out += "Strict-Transport-Security: max-age=31536000\r\n";
    out += "\r\n";
    return out;
}

} // namespace handrail::http
