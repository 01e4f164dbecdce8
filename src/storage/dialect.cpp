#include "storage/dialect.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "storage/sql_tokens.h"

namespace handrail::storage {

namespace {

using Tokens = std::vector<SqlToken>;

Tokens without_space(Tokens tokens)
{
    std::erase_if(tokens, [](const SqlToken& token) { return token.kind == SqlToken::Kind::Space; });
    return tokens;
}

/// What a CREATE TABLE makes; the name is empty for any other statement.
struct Table {
    std::string name;
    bool has_organisation = false;
};

Table table_made_by(std::string_view statement)
{
    const auto tokens = without_space(sql_tokens(statement));
    if (tokens.size() < 4 || !tokens[0].is("CREATE") || !tokens[1].is("TABLE"))
        return {};
    Table table{std::string(tokens[2].text), false};
    int depth = 0;
    bool starts_column = false;
    for (const auto& token : tokens) {
        if (token.is('(')) {
            ++depth;
            starts_column = depth == 1;
            continue;
        }
        if (token.is(')'))
            --depth;
        if (starts_column && token.is("organisation"))
            table.has_organisation = true;
        starts_column = depth == 1 && token.is(',');
    }
    return table;
}

/// Where in `tokens` these words follow each other (with any space between), from `from` on; size() when nowhere.
struct Found {
    std::size_t begin = 0;
    std::size_t end = 0;
};
Found find_words(const Tokens& tokens, std::initializer_list<std::string_view> words)
{
    for (std::size_t begin = 0; begin < tokens.size(); ++begin) {
        auto at = begin;
        auto word = words.begin();
        for (; at < tokens.size() && word != words.end(); ++at) {
            if (tokens[at].is(*word))
                ++word;
            else if (at == begin || tokens[at].kind != SqlToken::Kind::Space)
                break;
        }
        if (word == words.end())
            return {begin, at};
    }
    return {tokens.size(), tokens.size()};
}

std::string joined(const Tokens& tokens, std::size_t begin, std::size_t end)
{
    std::string out;
    for (auto at = begin; at < end; ++at)
        out += tokens[at].text;
    return out;
}

std::string replaced(const Tokens& tokens, Found found, std::string_view with)
{
    return joined(tokens, 0, found.begin) + std::string(with) + joined(tokens, found.end, tokens.size());
}

} // namespace

std::vector<std::string> statements_of(std::string_view script)
{
    std::vector<std::string> statements;
    std::string statement;
    const auto finish = [&] {
        if (const auto text = trimmed(statement); !text.empty())
            statements.emplace_back(text);
        statement.clear();
    };
    for (const auto& token : sql_tokens(script)) {
        if (token.is(';'))
            finish();
        else if (token.kind == SqlToken::Kind::Space)
            statement += token.text.find('\n') == std::string_view::npos ? " " : "\n";
        else
            statement += token.text;
    }
    finish();
    return statements;
}

std::string for_sqlite(std::string_view statement)
{
    const std::string text(statement);
    if (!table_made_by(text).name.empty()) {
        // Without STRICT SQLite would keep text in a number's column, and PostgreSQL alone would find the mistake.
        const auto tokens = sql_tokens(text);
        const auto found = find_words(tokens, {"WITHOUT", "ROWID"});
        if (found.begin == tokens.size())
            return text + " STRICT";
        return replaced(tokens, found, "STRICT, WITHOUT ROWID");
    }
    const auto tokens = sql_tokens(text);
    const auto skipping = find_words(tokens, {"FOR", "UPDATE", "SKIP", "LOCKED"});
    if (skipping.begin != tokens.size())
        return replaced(tokens, skipping, "");
    for (const auto* how : {"UPDATE", "SHARE"})
        if (const auto locking = find_words(tokens, {"FOR", how}); locking.begin != tokens.size())
            return replaced(tokens, locking, "");
    return text;
}

std::vector<std::string> for_postgres(std::string_view statement)
{
    const auto tokens = sql_tokens(statement);
    const auto rowid = find_words(tokens, {"WITHOUT", "ROWID"});
    std::string text;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (at >= rowid.begin && at < rowid.end)
            continue;
        text += tokens[at].is("BLOB") ? "BYTEA" : tokens[at].is("INTEGER") ? "BIGINT" : tokens[at].text;
    }
    std::vector<std::string> made{std::string(trimmed(text))};
    const auto table = table_made_by(statement);
    if (table.has_organisation) {
        // The settings are read in a sub-select, so that the planner reads them once a statement and not once a row.
        const std::string mine = "organisation = (SELECT decode(current_setting('handrail.organisation', true), 'hex'))"
                                 " OR (SELECT current_setting('handrail.all', true) = 'on')";
        made.push_back("ALTER TABLE " + table.name + " ENABLE ROW LEVEL SECURITY");
        made.push_back("ALTER TABLE " + table.name + " FORCE ROW LEVEL SECURITY");
        made.push_back("CREATE POLICY own_organisation ON " + table.name + " USING (" + mine + ") WITH CHECK (" + mine +
                       ")");
    }
    return made;
}

Placeholders placeholders_of(std::string_view sql)
{
    Placeholders found;
    for (const auto& token : sql_tokens(sql)) {
        if (token.kind != SqlToken::Kind::Placeholder)
            continue;
        int number = 0;
        std::from_chars(token.text.data() + 1, token.text.data() + token.text.size(), number);
        found.organisation = found.organisation || number == 1;
        found.highest = std::max(found.highest, number);
    }
    return found;
}

} // namespace handrail::storage
