#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace handrail {

/// Whether the bytes are well-formed UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF).
bool valid_utf8(std::string_view bytes);
/// Number of Unicode code points of well-formed UTF-8.
std::size_t code_points(std::string_view text);
/// The code point offset of a byte offset, and back. Offsets past the end give the end.
std::size_t code_point_offset(std::string_view text, std::size_t byte_offset);
std::size_t byte_offset(std::string_view text, std::size_t code_point_offset);
/// The code points from `begin` to `end`, half open; nothing when the text is not UTF-8.
std::string_view cut_code_points(std::string_view text, std::size_t begin, std::size_t end);

std::string_view trimmed(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
/// Case folding for ASCII only: file formats, header names. People's words go through nlp's normaliser.
std::string lower_ascii(std::string_view text);

std::string to_hex(std::string_view bytes);
std::string to_base64url(std::string_view bytes);
/// Empty optional forms are an empty string with ok false.
bool from_base64url(std::string_view text, std::string& bytes);

} // namespace handrail
