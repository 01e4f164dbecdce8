#include "trust/sealed_columns.h"

#include <deque>

#include "base/result.h"
#include "trust/audit_chain.h"

namespace handrail::trust {

namespace {

constexpr std::string_view own = "t.person";
constexpr std::string_view of_account =
    "(SELECT a.person FROM account a WHERE a.organisation = t.organisation AND a.account = t.account)";
constexpr std::string_view of_alert =
    "(SELECT a.person FROM alert a WHERE a.organisation = t.organisation AND a.alert = t.alert)";

using RowId = SealedColumn::RowId;

constexpr SealedColumn columns[] = {
    {"setting", "sealed_value", {}, no_person, {"name"}, RowId::Setting},
    {"account", "sealed_profile", {"profile"}, own, {"account"}, RowId::LastOfKey, false, true},
    {"account", "sealed_secrets", {"secrets"}, own, {"account"}, RowId::LastOfKey, false, true},
    {"session", "sealed_device", {"device"}, of_account, {"session"}, RowId::LastOfKey, false, true},
    {"invitation", "sealed_details", {"details"}, no_person, {"invitation"}},
    {"team", "sealed_name", {"name"}, no_person, {"team"}},
    {"person", "sealed_profile", {"profile"}, own, {"person"}},
    {"document", "sealed_body", {}, own, {"person", "kind", "version"}, RowId::Document},
    {"conversation", "sealed_state", {"state"}, own, {"conversation"}},
    {"message", "sealed_body", {"body"}, own, {"conversation", "message"}},
    {"answer", "sealed_body", {"body"}, own, {"person", "answer"}},
    {"schedule", "sealed_body", {"body"}, own, {"person", "schedule"}},
    {"informant", "sealed_body", {"body"}, own, {"person", "informant"}},
    {"informant_answer", "sealed_body", {"body"}, own, {"person", "answer"}},
    {"supporter_link", "sealed_body", {"body"}, own, {"person", "supporter"}},
    {"push_device", "sealed_body", {"body"}, own, {"person", "account", "device"}, RowId::LastOfKey, false, true},
    {"daily_summary", "sealed_body", {"body"}, own, {"person", "summary"}},
    {"import_batch", "sealed_body", {"body"}, no_person, {"person", "batch"}},
    {"check_in_design", "sealed_body", {"body"}, no_person, {"design", "revision"}},
    {"course", "sealed_body", {"body"}, own, {"person"}},
    {"first_assessment", "sealed_body", {"body"}, own, {"person"}},
    {"finding", "sealed_body", {"body"}, own, {"finding"}, RowId::LastOfKey, false, false, true},
    {"list_entry", "sealed_body", {"body"}, own, {"finding"}},
    {"quiet_rule", "sealed_body", {"body"}, own, {"person", "quiet"}},
    {"alert", "sealed_body", {"body"}, own, {"alert"}, RowId::LastOfKey, false, true, true},
    {"alert_step", "sealed_body", {"body"}, of_alert, {"alert", "step"}, RowId::LastOfKey, false, true, true},
    {"job", "sealed_body", {"body"}, no_person, {"job"}},
    {"delivery", "sealed_body", {"body"}, no_person, {"delivery"}},
    {"idempotency", "sealed_reply", {"reply", "message"}, no_person, {"account", "key_hash"}, RowId::Idempotency},
    {"break_glass", "sealed_reason", {"reason"}, no_person, {"break_glass"}},
    {"audit_entry", "sealed_more", {"more"}, no_person, {"lane", "sequence"}, RowId::AuditEntry, true},
};

std::size_t length_of(const SealedColumn& column)
{
    std::size_t length = 0;
    while (length < column.key.size() && !column.key[length].empty())
        ++length;
    return length;
}

/// "t.account, t.key_hash", or "$3, $4".
template <class Each> std::string list(std::size_t length, const Each& each)
{
    std::string out;
    for (std::size_t i = 0; i < length; ++i)
        out += (i == 0 ? "" : ", ") + each(i);
    return out;
}

RawId whole_id(std::string_view bytes)
{
    RawId id;
    for (std::size_t i = 0; i < id.bytes.size() && i < bytes.size(); ++i)
        id.bytes[i] = static_cast<std::uint8_t>(bytes[i]);
    return id;
}

/// Statements point to their texts, which live here as long as the program.
class Walks {
public:
    Walks()
    {
        for (const auto& column : columns)
            walks_.push_back(walk(column));
    }
    const SealedWalk& of(const SealedColumn& column) const
    {
        const auto at = static_cast<std::size_t>(&column - std::begin(columns));
        ensure(at < walks_.size(), "a sealed column is one of the list");
        return walks_[at];
    }

private:
    std::deque<std::string> texts_;
    std::vector<SealedWalk> walks_;

    std::string_view kept(std::string text) { return texts_.emplace_back(std::move(text)); }

    rows::Statement statement(const SealedColumn& column, const char* what, std::string sql)
    {
        const auto name =
            kept(std::string("sealed.") + std::string(column.table) + "." + std::string(column.column) + "." + what);
        return {name, kept(std::move(sql))};
    }

    SealedWalk walk(const SealedColumn& column)
    {
        const auto length = length_of(column);
        const auto keys = list(length, [&](std::size_t i) { return "t." + std::string(column.key[i]); });
        const auto values = [&](std::size_t from) {
            return list(length, [&](std::size_t i) { return "$" + std::to_string(from + i); });
        };
        const std::string sealed = "t." + std::string(column.column);
        const std::string person(column.person);
        const auto select = "SELECT " + person + ", " + keys + ", " + sealed + " FROM " + std::string(column.table) +
                            " t WHERE t.organisation = $1 AND " + sealed + " IS NOT NULL";
        const auto of_one = " AND " + person + " = $2";
        const auto order = " ORDER BY " + keys + " LIMIT " + std::to_string(SealedWalk::page);
        std::string these;
        for (std::size_t i = 0; i < length; ++i)
            these += " AND " + std::string(column.key[i]) + " = $" + std::to_string(4 + i);
        SealedWalk walk{statement(column, "first", select + order),
                        statement(column, "after", select + " AND (" + keys + ") > (" + values(2) + ")" + order),
                        {},
                        {},
                        statement(column, "replace",
                                  "UPDATE " + std::string(column.table) + " SET " + std::string(column.column) +
                                      " = $2 WHERE organisation = $1 AND " + std::string(column.column) + " = $3" +
                                      these)};
        if (column.person != no_person) {
            walk.first_of_one = statement(column, "first_of_one", select + of_one + order);
            walk.after_of_one = statement(column, "after_of_one",
                                          select + of_one + " AND (" + keys + ") > (" + values(3) + ")" + order);
        }
        return walk;
    }
};

} // namespace

std::span<const SealedColumn> sealed_columns()
{
    return columns;
}

const SealedWalk& walk_of(const SealedColumn& column)
{
    static const Walks walks;
    return walks.of(column);
}

SealedRow sealed_row_from(const rows::Row& row)
{
    return {row.front().null() ? PersonId{} : row.front().id<PersonId>(), row.back().blob(),
            rows::Row(row.begin() + 1, row.end() - 1)};
}

std::vector<Place> SealedRow::places(const SealedColumn& column) const
{
    switch (column.row_id) {
    case RowId::LastOfKey:
        return {{column.table, column.fields[0], key.back().raw_id()}};
    case RowId::Setting:
        return {{column.table, key[0].text(), RawId{}}};
    case RowId::Document: {
        RawId version;
        const auto number = static_cast<std::uint64_t>(key[2].number());
        for (unsigned i = 0; i < 8; ++i)
            version.bytes[8 + i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
        return {{column.table, key[1].text(), version}};
    }
    case RowId::AuditEntry:
        return {{column.table, column.fields[0], audit_row(key[0].number(), key[1].number())}};
    case RowId::Idempotency: {
        auto row = key[0].raw_id();
        const auto hash = whole_id(key[1].blob().bytes);
        for (std::size_t i = 0; i < row.bytes.size(); ++i)
            row.bytes[i] = static_cast<std::uint8_t>(row.bytes[i] ^ hash.bytes[i]);
        return {{column.table, column.fields[0], row}, {column.table, column.fields[1], row}};
    }
    }
    return {};
}

} // namespace handrail::trust
