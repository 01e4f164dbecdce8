#pragma once

#include <string_view>

namespace handrail::support {

/// Whether a message holds anything that can be seen: letters, figures, marks, emoji; spaces, control characters and
/// invisible signs are nothing to read.
bool readable(std::string_view message);
/// Whether it holds a letter or a figure: emoji and marks alone say something, but not in words.
bool in_words(std::string_view message);

} // namespace handrail::support
