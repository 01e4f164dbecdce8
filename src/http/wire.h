#pragma once

#include <string>
#include <string_view>

#include "http/request.h"
#include "http/response.h"

namespace handrail::http
{

/// How an answer is to leave.
struct Leaving {
    bool head_only = false; ///< the request was HEAD
    bool keep_alive = true;
    bool secure = false; ///< adds Strict-Transport-Security
    bool api = false;    ///< adds Cache-Control: no-store
    std::string_view request = {}; ///< adds X-Request-Id
};

/// Compresses the body when the answer may be, the browser takes it and it is worth it (above 1 kB).
void compress(Response& response, std::string_view accept_encoding);

/// Status line and header fields, with the security headers, up to and with the empty line.
std::string head_of(const Response& response, const Leaving& leaving);

} // namespace handrail::http
