#pragma once

#include <string>
#include <string_view>

namespace handrail {

/// SHA-256 in 64 hexadecimal digits, as `sha256sum` writes it: tells one file from another.
std::string sha256_text(std::string_view bytes);

/// HMAC-SHA-256 (RFC 2104), 32 bytes, with a key of any length: what others sign and check with.
std::string hmac_sha256(std::string_view key, std::string_view bytes);

} // namespace handrail
