#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"

/// Parts of a letter as they go over the wire (RFC 5322, 2045, 2047).
namespace handrail::channels {

/// "Mon, 02 Mar 2026 22:10:00 +0000", whatever the machine's language.
std::string mail_date(Instant at);

/// Base 64 in lines of 76 characters, each ending in CR LF: any text passes any mail server.
std::string base64_lines(std::string_view text);

/// The value of a header: as it is when plain ASCII, else one encoded word.
/// @param text  at most 45 bytes, so that one word is enough
std::string header_words(std::string_view text);

} // namespace handrail::channels
