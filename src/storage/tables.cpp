#include "storage/tables.h"

#include "base/result.h"
#include "storage/dialect.h"
#include "storage/sql_tokens.h"

namespace handrail::storage {

namespace {

std::vector<SqlToken> without_space(std::string_view sql)
{
    auto tokens = sql_tokens(sql);
    std::erase_if(tokens, [](const SqlToken& token) { return token.kind == SqlToken::Kind::Space; });
    return tokens;
}

/// "column … PRIMARY KEY, …" or "…, PRIMARY KEY (a, b)": in a column's definition it is that column.
std::vector<std::string> primary_key_of(const std::vector<SqlToken>& tokens)
{
    std::string column;
    int depth = 0;
    bool first_in_definition = false;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        const auto& token = tokens[i];
        if (token.is('(') || token.is(')')) {
            depth += token.is('(') ? 1 : -1;
            first_in_definition = token.is('(') && depth == 1;
            continue;
        }
        if (token.is(',') && depth == 1) {
            first_in_definition = true;
            continue;
        }
        if (token.is("PRIMARY") && tokens[i + 1].is("KEY")) {
            if (i + 2 >= tokens.size() || !tokens[i + 2].is('('))
                return {column};
            std::vector<std::string> key;
            for (std::size_t at = i + 3; at < tokens.size() && !tokens[at].is(')'); ++at)
                if (tokens[at].kind == SqlToken::Kind::Word)
                    key.emplace_back(tokens[at].text);
            return key;
        }
        if (first_in_definition && token.kind == SqlToken::Kind::Word)
            column = token.text;
        first_in_definition = false;
    }
    return {};
}

} // namespace

std::vector<Table> tables(Set which)
{
    std::vector<Table> all;
    for (const auto& migration : migrations(which))
        for (const auto& statement : statements_of(migration.script)) {
            const auto tokens = without_space(statement);
            if (tokens.size() < 4)
                continue;
            ensure(!(tokens[0].is("DROP") && tokens[1].is("TABLE")) &&
                       !(tokens[0].is("ALTER") && tokens[3].is("RENAME")),
                   "a migration that takes tables away teaches storage::tables about it");
            if (!tokens[0].is("CREATE") || !tokens[1].is("TABLE"))
                continue;
            all.push_back({std::string(tokens[2].text), primary_key_of(tokens)});
            ensure(!all.back().primary_key.empty(), "every table has a primary key");
        }
    return all;
}

} // namespace handrail::storage
