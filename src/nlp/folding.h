#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace handrail::nlp {

/// The code points of a text; what is not UTF-8 becomes U+FFFD, one for each byte.
std::u32string code_points_of(std::string_view utf8);
/// The same into room that is used again.
void read_code_points(std::string_view utf8, std::u32string& out);
void append_utf8(std::string& out, char32_t code_point);

/// fold() of what is not a plain letter, digit or sign.
void fold_other(char32_t code_point, std::u32string& out);
/// What one code point is read as: compatibility forms taken apart (NFKD), case folded, marks and invisible characters
/// dropped, every apostrophe and dash made plain. Works on one code point at a time, so offsets stay known.
inline void fold(char32_t code_point, std::u32string& out)
{
    if (code_point >= U' ' && code_point < 0x80 && code_point != U'`')
        out.push_back(code_point >= U'A' && code_point <= U'Z' ? code_point + 32 : code_point);
    else
        fold_other(code_point, out);
}

/// A word folded the same way, for what is written in content.
std::string folded(std::string_view word);

enum class Script { Latin, Other, None };
/// Latin, another script, or none (digits, signs, emoji).
Script script_of(char32_t code_point);

} // namespace handrail::nlp
