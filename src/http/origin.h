#pragma once

#include <string_view>

#include "base/result.h"
#include "http/request.h"

namespace handrail::http
{

/// Whether a request may change something, or open a WebSocket, judged by where the browser says it comes
/// from.
///
/// | Sec-Fetch-Site          | Origin                          | session cookie | answer  |
/// | same-origin, none       | absent, ours, or equal to Host  | any            | allowed |
/// | same-site, cross-site   | any                             | any            | refused |
/// | absent                  | ours, or equal to Host          | any            | allowed |
/// | any                     | another, or "null"              | any            | refused |
/// | absent                  | absent                          | none           | allowed: no browser, and
/// nothing to borrow | | absent                  | absent                          | sent           | refused
/// |
///
/// Every browser since 2020 sends Origin with an unsafe method, so a cookie without either header is a
/// program's; it sends `Origin` with the service's address, or signs in with a token. A sibling subdomain
/// (same-site) is not us: another program may run there. Safe methods pass, unless they ask for a WebSocket.
///
/// @param public_url  The address pages are served under, "https://help.example.org"; may be empty.
/// @return NotAllowed of type "cross-site".
Result<void> check_origin(const Request& request, std::string_view public_url,
                          std::string_view session_cookie);

} // namespace handrail::http
