#pragma once

#include <string_view>
#include <vector>

namespace handrail::storage {

/// A piece of SQL text. Just enough to tell a word from a string or a comment; no grammar.
struct SqlToken {
    enum class Kind {
        Word,        ///< keyword, name or number
        Placeholder, ///< $1
        Quoted,      ///< 'text' or "name"
        Space,       ///< white space or a comment
        Sign,        ///< one character of anything else
    };
    Kind kind = Kind::Sign;
    std::string_view text;
    bool is(std::string_view word) const { return kind == Kind::Word && text == word; }
    bool is(char sign) const { return kind == Kind::Sign && text[0] == sign; }
};

/// Cuts `sql` into tokens that put together again give `sql`. The tokens point into `sql`.
std::vector<SqlToken> sql_tokens(std::string_view sql);

} // namespace handrail::storage
