#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace handrail::language {

/// A piece of a text as somebody wrote it.
struct Piece {
    enum class Kind { Word, Number, Mixed, Mark, Line };
    Kind kind = Kind::Mark; ///< Mixed: letters and digits; Mark: one sign; Line: a line ends
    std::size_t begin = 0;  ///< bytes, half open
    std::size_t end = 0;
    std::string low;        ///< in lower case, ’ as '
    bool capital = false;   ///< begins with a capital
    bool shouted = false;   ///< two letters or more, all of them capitals
    bool spaced = false;    ///< a space or the beginning stands before it
    bool opens = false;     ///< the first word of a sentence or line
};

/// Lower case of Latin, Greek and Cyrillic letters; everything else as it is. Bytes that are no UTF-8 stay.
std::string low_letters(std::string_view text);
/// In order; nothing but spaces is left out. A word keeps the ' and - inside it.
std::vector<Piece> pieces_of(std::string_view text);

} // namespace handrail::language
