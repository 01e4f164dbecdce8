#include "storage/sql_tokens.h"

#include <algorithm>

namespace handrail::storage {

namespace {

bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}
bool in_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// How far `matches` holds from `from` on.
template <class Matches> std::size_t run_of(std::string_view sql, std::size_t from, Matches matches)
{
    while (from < sql.size() && matches(sql[from]))
        ++from;
    return from;
}

std::size_t after(std::string_view sql, std::string_view end, std::size_t from)
{
    const auto found = sql.find(end, from);
    return found == std::string_view::npos ? sql.size() : found + end.size();
}

} // namespace

std::vector<SqlToken> sql_tokens(std::string_view sql)
{
    using Kind = SqlToken::Kind;
    std::vector<SqlToken> tokens;
    for (std::size_t at = 0; at < sql.size();) {
        const char c = sql[at];
        auto kind = Kind::Sign;
        auto end = at + 1;
        if (is_space(c)) {
            kind = Kind::Space;
            end = run_of(sql, at, is_space);
        } else if (sql.substr(at, 2) == "--") {
            kind = Kind::Space;
            end = std::min(after(sql, "\n", at), sql.size());
        } else if (sql.substr(at, 2) == "/*") {
            kind = Kind::Space;
            end = after(sql, "*/", at + 2);
        } else if (c == '\'' || c == '"') {
            // A doubled quote inside reads as two quoted pieces side by side, which is as good here.
            kind = Kind::Quoted;
            end = after(sql, sql.substr(at, 1), at + 1);
        } else if (c == '$' && at + 1 < sql.size() && is_digit(sql[at + 1])) {
            kind = Kind::Placeholder;
            end = run_of(sql, at + 1, is_digit);
        } else if (in_word(c)) {
            kind = Kind::Word;
            end = run_of(sql, at, in_word);
        }
        tokens.push_back({kind, sql.substr(at, end - at)});
        at = end;
    }
    return tokens;
}

} // namespace handrail::storage
