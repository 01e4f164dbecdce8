#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "domain/actor.h"
#include "http/headers.h"

namespace handrail::http
{

enum class Method { Get, Head, Post, Put, Patch, Delete, Options };

std::string_view name(Method method);
std::optional<Method> method_from(std::string_view name);
/// Whether the method promises to change nothing (GET, HEAD, OPTIONS).
bool is_safe(Method method);

/// One request as a route sees it. A plain value: tests write one down without a socket.
struct Request {
    Method method = Method::Get;
    std::string target;   ///< as it came: "/api/v1/alerts/01h…?before=x"
    std::string resource; ///< the path alone, percent-decoded, always valid UTF-8
    Headers headers;
    std::string body;
    std::string remote_address; ///< of the browser, not of a trusted proxy; without port
    bool secure = false;        ///< came over TLS, here or at a trusted proxy
    std::vector<std::pair<std::string, std::string>> path_values; ///< filled in by the router: {alert} → text
    std::string reference; ///< 32 hexadecimal digits, random: stands in the answer's header, in the log and in traces
    std::optional<Actor> who; ///< filled in by the router when the route asks who is calling

    /// Reads target into resource. Invalid when the target is no path, or holds broken escapes, NUL or
    /// invalid UTF-8.
    Result<void> read_target();

    /// Who is calling. A bug on a route that anyone may call; there, look at `who`.
    const Actor& actor() const
    {
        ensure(who.has_value(), "only routes that ask for a role know their actor");
        return *who;
    }
    bool signed_in() const { return who.has_value(); }

    /// The text that stands for {name} in the route's pattern. A bug when the pattern has no such name.
    const std::string& path(std::string_view name) const;
    /// The id that stands for {name}: `request.id<AlertId>("alert")`. NotFound when it is not an id: nothing
    /// has such a name.
    template <class AnyId> Result<AnyId> id(std::string_view name) const
    {
        auto read = AnyId::from(path(name));
        if (!read)
            return not_found("There is nothing under this address.");
        return read;
    }
    /// The first value of a query parameter, decoded.
    std::optional<std::string> query(std::string_view name) const;
    bool query_flag(std::string_view name) const; ///< "1", "true" or present and empty
    /// A whole number from the query, `otherwise` when absent, Invalid when it is no number or outside
    /// low..high.
    Result<std::int64_t> query_number(std::string_view name, std::int64_t otherwise, std::int64_t low,
                                      std::int64_t high) const;
    /// An id from the query; nothing when absent, Invalid when it is not an id.
    template <class AnyId> Result<std::optional<AnyId>> query_id(std::string_view name) const
    {
        const auto text = query(name);
        if (!text || text->empty())
            return std::optional<AnyId>{};
        auto read = AnyId::from(*text);
        if (!read)
            return invalid("\"" + std::string(name) + "\" is not an id.", "?" + std::string(name));
        return std::optional<AnyId>{*read};
    }
    /// The value of a cookie; "" when it was not sent.
    std::string_view cookie(std::string_view name) const;
    std::string_view header(std::string_view name) const { return headers.get(name); }
    /// The Idempotency-Key header; "" when absent.
    std::string_view idempotency_key() const { return headers.get("Idempotency-Key"); }
    /// The languages the browser asks for, best first, lower case: {"de-ch", "de", "en"}.
    std::vector<std::string> languages() const;
};

/// Percent-decodes; '+' becomes a space when `plus_is_space`. False when an escape is broken.
bool percent_decoded(std::string_view text, bool plus_is_space, std::string& decoded);

} // namespace handrail::http
