#pragma once

#include <string>
#include <string_view>

namespace handrail {

/// SHA-256 in 64 hexadecimal digits, as `sha256sum` writes it: tells one file from another.
std::string sha256_text(std::string_view bytes);

} // namespace handrail
