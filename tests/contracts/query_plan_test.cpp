// Every statement in src/, explained by both stores: none walks what grows with people, unless it is meant to.
#include <map>
#include <memory>
#include <regex>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <sqlite3.h>

#include "contracts/shipped_statements.h"
#include "folder_for_test.h"
#include "postgres/postgres_store.h"
#include "postgres_cluster.h"
#include "sqlite/sqlite_store.h"
#include "storage/dialect.h"

namespace handrail::tests {

namespace {

using storage::Set;

/// A handful of rows a service, however many people it looks after. Every other table grows.
const std::set<std::string> small_tables{"organisation", "organisation_key", "setting", "team", "team_member",
                                         "former_key", "rota_shift", "rota_override", "staff_leave", "check_in_design"};

/// Partial indexes that hold few rows by what they mean: reading one from end to end is no walk.
const std::set<std::string> small_indexes{"account_staff",          "alert_due",          "alert_unclosed",
                                          "break_glass_unreviewed", "delivery_due",       "delivery_given_up",
                                          "first_assessment_unread", "invitation_waiting",     "list_entry_open",
                                          "person_erase_due"};

/// Statements that read all of something on purpose, and why that is right. One that no longer does is to go from here.
const std::map<std::string, std::string> meant_to_walk{
    {"account.counts", "counts everybody by role, in one index, for the administrator"},
    {"audit_book.of_account", "the administrator's filter goes back from the newest until its page is full; an index "
                              "by account would cost every audited read and write"},
    {"audit_book.of_both", "as audit_book.of_account"},
    {"audit_book.of_deed", "as audit_book.of_account"},
    {"audit_check.lanes", "`audit verify` reads the whole record"},
    {"clock.newest_entry", "the greatest instant: one step to the end of the index"},
    {"key.lowest_tombstone", "the least epoch: one step to the beginning of the index"},
    {"break_glass.all", "the lead's list of every opening there was"},
    {"import_batch.newest", "goes back from the newest until its page is full"},
    {"finding.unjudged", "goes back from the newest until its page is full"},
    {"state.people", "counts everybody, in one index, for the administrator"},
    {"finding.counts", "counts every finding of a stretch of time, once, for a report that somebody asked for"},
    {"finding.people", "counts everybody, once, for the same report"},
    {"team.people", "counts everybody by team, in one index, for the administrator"},
};
bool walks_on_purpose(const std::string& name)
{
    return meant_to_walk.count(name) > 0;
}

using Names = std::vector<std::string>;

Names all_matches(const std::string& text, const std::regex& what, std::size_t group = 1)
{
    Names found;
    for (auto each = std::sregex_iterator(text.begin(), text.end(), what); each != std::sregex_iterator(); ++each)
        found.push_back((*each)[group]);
    return found;
}

/// Columns that the statement wants equal to a value of the caller.
std::set<std::string> wanted_equal(const std::string& sql)
{
    const auto where = sql.find(" WHERE ");
    const auto found =
        where == std::string::npos ? Names{} : all_matches(sql.substr(where), std::regex(R"((\w+) = \$\d)"));
    return {found.begin(), found.end()};
}

/// What is wrong with fetching rows of a growing table by these columns of an index; empty when nothing is.
std::string wrong_with(const std::string& index, const std::set<std::string>& equal, bool some_range,
                       const std::string& sql)
{
    if (small_indexes.count(index) > 0)
        return {};
    auto fixed = equal;
    fixed.erase("organisation");
    if (!fixed.empty())
        return {};
    if (!some_range)
        return "reads all of the organisation through " + index;
    // A range alone is for lists by time. Whoever asks for a value besides walks the range to find it.
    for (const auto& column : wanted_equal(sql))
        if (column != "organisation")
            return "walks a range of " + index + " to find " + column;
    return {};
}

// --- SQLite ---

struct Closing {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
};
using Database = std::unique_ptr<sqlite3, Closing>;

Database migrated(const std::string& path, Set which)
{
    const auto store = sqlite::SqliteStore::open(path, which);
    if (!store || !(*store)->migrate())
        throw std::runtime_error("the store does not open");
    sqlite3* raw = nullptr;
    sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
    return Database(raw);
}

/// The lines of EXPLAIN QUERY PLAN; nothing when the statement is not for this database.
Names plan_of(sqlite3* database, const ShippedStatement& statement)
{
    const auto sql = "EXPLAIN QUERY PLAN " + storage::for_sqlite(statement.sql);
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(database, sql.c_str(), -1, &raw, nullptr) != SQLITE_OK)
        return {};
    Names lines{""};
    while (sqlite3_step(raw) == SQLITE_ROW)
        lines.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(raw, 3)));
    sqlite3_finalize(raw);
    return lines;
}

/// "m" -> "team_member", and each table under its own name.
std::map<std::string, std::string> tables_by_alias(const std::string& sql)
{
    std::map<std::string, std::string> tables;
    const std::regex mention(R"((?:FROM|JOIN|INTO|UPDATE) ([a-z_]+)(?: ([a-z]+)\b)?)");
    for (auto each = std::sregex_iterator(sql.begin(), sql.end(), mention); each != std::sregex_iterator(); ++each) {
        tables[(*each)[1]] = (*each)[1];
        if ((*each)[2].matched)
            tables[(*each)[2]] = (*each)[1];
    }
    return tables;
}

/// "SEARCH p USING INDEX person_team (organisation=? AND team=?)"
std::string wrong_with_sqlite_line(const std::string& line, const std::string& sql)
{
    std::smatch found;
    static const std::regex access(
        R"((SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?(?:INDEX (\w+)|PRIMARY KEY|INTEGER PRIMARY KEY))?(?: \((.*)\))?)");
    if (!std::regex_match(line, found, access))
        return line.rfind("SCAN", 0) == 0 && line != "SCAN CONSTANT ROW" ? line : std::string{};
    const auto tables = tables_by_alias(sql);
    const auto table = tables.find(found[2]);
    if (table == tables.end())
        return "no table is known for: " + line;
    if (small_tables.count(table->second) > 0)
        return {};
    if (found[1] == "SCAN")
        return line;
    const std::string columns = found[4];
    if (columns.find("ANY(") != std::string::npos)
        return line;
    const auto equal = all_matches(columns, std::regex(R"((\w+)=\?)"));
    return wrong_with(found[3].matched ? found[3].str() : table->second, {equal.begin(), equal.end()},
                      columns.find_first_of("<>") != std::string::npos, sql);
}

TEST(QueryPlans, EveryStatementUsesAnIndexOnSqlite)
{
    const FolderForTest folder;
    const auto record = migrated(folder.file("record.db"), Set::Data);
    const auto keys = migrated(folder.file("keys.db"), Set::Keys);
    std::set<std::string> walking;
    for (const auto& statement : shipped_statements()) {
        auto plan = plan_of(record.get(), statement);
        if (plan.empty())
            plan = plan_of(keys.get(), statement);
        EXPECT_FALSE(plan.empty()) << statement.where << " " << statement.name << ": " << sqlite3_errmsg(record.get())
                                   << " / " << sqlite3_errmsg(keys.get());
        for (const auto& line : plan) {
            const auto wrong = wrong_with_sqlite_line(line, statement.sql);
            if (!wrong.empty())
                walking.insert(statement.name);
            EXPECT_TRUE(wrong.empty() || walks_on_purpose(statement.name))
                << statement.where << " " << statement.name << ": " << wrong << "\n  " << statement.sql << "\n  "
                << line;
        }
    }
    for (const auto& [name, why] : meant_to_walk)
        EXPECT_EQ(walking.count(name), 1U) << name << " is excused (" << why << ") and needs no excuse.";
}

// Without the fixed figures an index by person is passed over for a primary key that everybody shares.
TEST(QueryPlans, SqliteIsToldHowAGrownServiceLooks)
{
    const FolderForTest folder;
    const auto record = migrated(folder.file("record.db"), Set::Data);
    const ShippedStatement in_danger{"", "SELECT 1 FROM session WHERE organisation = $1 AND account = $2", ""};
    EXPECT_THAT(plan_of(record.get(), in_danger), testing::Contains(testing::HasSubstr("account=?")));
    const auto again = migrated(folder.file("record.db"), Set::Data); // a second start finds them and leaves them
    EXPECT_THAT(plan_of(again.get(), in_danger), testing::Contains(testing::HasSubstr("account=?")));
}

// --- PostgreSQL ---

struct Ending {
    void operator()(PGconn* connection) const { PQfinish(connection); }
    void operator()(PGresult* result) const { PQclear(result); }
};

class Postgres {
public:
    explicit Postgres(const std::string& conninfo) : connection_(PQconnectdb(conninfo.c_str())) {}

    /// The first column of every row; throws PostgreSQL's own words.
    Names ask(const std::string& sql) const
    {
        return column_of(std::unique_ptr<PGresult, Ending>(PQexec(connection_.get(), sql.c_str())));
    }
    void prepare(const std::string& name, const std::string& sql, const std::vector<Oid>& types) const
    {
        column_of(std::unique_ptr<PGresult, Ending>(
            PQprepare(connection_.get(), name.c_str(), sql.c_str(), static_cast<int>(types.size()), types.data())));
    }
    int parameters_of(const std::string& name) const
    {
        const std::unique_ptr<PGresult, Ending> told(PQdescribePrepared(connection_.get(), name.c_str()));
        return PQnparams(told.get());
    }

private:
    Names column_of(const std::unique_ptr<PGresult, Ending>& result) const
    {
        const auto status = PQresultStatus(result.get());
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
            throw std::runtime_error(PQerrorMessage(connection_.get()));
        Names rows;
        for (int row = 0; row < PQntuples(result.get()); ++row)
            rows.emplace_back(PQgetvalue(result.get(), row, 0));
        return rows;
    }

    std::unique_ptr<PGconn, Ending> connection_;
};

constexpr int rows_each = 5000;

/// Rows of noise, so that the planner has something to weigh: one organisation, nearly everything closed and owned.
void fill(const Postgres& database, const std::string& schema)
{
    const auto columns_of = [&](const std::string& table) {
        return database.ask(
            "SELECT column_name || ' ' || data_type || ' ' || is_nullable FROM information_schema.columns "
            "WHERE table_schema = '" +
            schema + "' AND table_name = '" + table + "' ORDER BY ordinal_position");
    };
    for (const auto& table : database.ask("SELECT tablename FROM pg_tables WHERE schemaname = '" + schema + "'")) {
        if (small_tables.count(table) > 0 || table == "schema_version")
            continue;
        std::string names, values;
        for (const auto& column : columns_of(table)) {
            std::istringstream words(column);
            std::string name, type, nullable;
            words >> name >> type >> nullable;
            std::string value = type == "bytea"    ? "decode(md5(random()::text), 'hex')"
                                : type == "bigint" ? "(random() * 1000000)::bigint"
                                : name == "state"  ? "CASE WHEN random() < 0.95 THEN 'closed' ELSE 'open' END"
                                                   : "'word' || (random() * 20)::int";
            if (name == "organisation")
                value = "decode('01010101010101010101010101010101', 'hex')";
            else if (name == "lane")
                value = "0";
            else if (name == "sequence" || name == "version")
                value = "each";
            if (nullable == "YES")
                value = "CASE WHEN random() < " + std::string(name == "person" ? "0.95" : "0.5") + " THEN " + value +
                        " END";
            names += (names.empty() ? "" : ", ") + name;
            values += (values.empty() ? "" : ", ") + value;
        }
        database.ask("INSERT INTO " + schema + "." + table + " (" + names + ") SELECT " + values +
                     " FROM generate_series(1, " + std::to_string(rows_each) + ") AS each");
    }
    database.ask("ANALYZE");
}

constexpr Oid bytes = 17, number = 20, text = 25;
/// The store announces the types of its values; only where a value is selected do they matter to the plan.
const std::map<std::string, std::vector<Oid>> announced{
    {"audit.add_next",
     {bytes, number, number, number, bytes, text, bytes, text, text, bytes, bytes, bytes, number, bytes}}};

Names plan_of(const Postgres& database, const ShippedStatement& statement)
{
    const auto told = announced.find(statement.name);
    database.prepare("this", statement.sql, told == announced.end() ? std::vector<Oid>{bytes} : told->second);
    std::string nothing;
    for (int each = 0; each < database.parameters_of("this"); ++each)
        nothing += each == 0 ? "(NULL" : ", NULL";
    auto plan = database.ask("EXPLAIN (COSTS OFF) EXECUTE this" + (nothing.empty() ? "" : nothing + ")"));
    database.ask("DEALLOCATE this");
    return plan;
}

std::string wrong_with_postgres_plan(const Names& plan, const std::string& sql)
{
    static const std::regex access(
        R"((Seq Scan|Index Scan|Index Only Scan|Bitmap Index Scan)(?: Backward)?(?: using (\w+))? on (\w+).*)");
    for (std::size_t at = 0; at < plan.size(); ++at) {
        std::smatch found;
        if (!std::regex_search(plan[at], found, access))
            continue;
        const bool bitmap = found[1] == "Bitmap Index Scan";
        const std::string index = bitmap ? found[3].str() : found[2].str();
        // A bitmap scan names its index only; Handrail's begin with the name of their table.
        const auto of = [&](const std::string& table) {
            return bitmap ? index == table || index.rfind(table + "_", 0) == 0 : found[3] == table;
        };
        if (std::any_of(small_tables.begin(), small_tables.end(), of))
            continue;
        if (found[1] == "Seq Scan")
            return plan[at];
        const auto condition = at + 1 < plan.size() && plan[at + 1].find("Index Cond:") != std::string::npos
                                   ? plan[at + 1]
                                   : std::string{};
        const auto equal = all_matches(condition, std::regex(R"(\((\w+) = )"));
        auto wrong =
            wrong_with(index, {equal.begin(), equal.end()}, condition.find_first_of("<>") != std::string::npos, sql);
        if (!wrong.empty())
            return wrong + ": " + condition;
    }
    return {};
}

TEST(QueryPlans, EveryStatementUsesAnIndexOnPostgres)
{
    std::string why_not;
    auto* const cluster = PostgresCluster::of_this_program(why_not);
    if (cluster == nullptr)
        GTEST_SKIP() << why_not;
    const auto name = cluster->fresh_database();
    for (const auto which : {Set::Data, Set::Keys}) {
        const auto store = postgres::PostgresStore::open(cluster->conninfo(name), which);
        ASSERT_TRUE(store.ok() && (*store)->migrate().ok());
    }
    {
        const Postgres superuser(cluster->superuser_conninfo(name));
        fill(superuser, "handrail");
        fill(superuser, "handrail_keys");
    }
    // As the server's own role: the policy of an organisation's rows is part of every plan.
    const Postgres database(cluster->conninfo(name));
    database.ask("SET search_path = handrail, handrail_keys");
    database.ask("SET plan_cache_mode = force_generic_plan");
    // Of a range whose ends it does not know PostgreSQL expects a third of the table, and would rather read it all; and
    // so small a table it would rather hash than look up. Where an index can serve, it is taken now; where none can,
    // the walk stays and is seen.
    for (const auto* kind : {"seqscan", "hashjoin", "mergejoin"})
        database.ask(std::string("SET enable_") + kind + " = off");
    database.ask("SELECT set_config('handrail.organisation', '01010101010101010101010101010101', false)");
    for (const auto& statement : shipped_statements()) {
        Names plan;
        ASSERT_NO_THROW(plan = plan_of(database, statement)) << statement.where << " " << statement.name;
        const auto wrong = wrong_with_postgres_plan(plan, statement.sql);
        std::string lines;
        for (const auto& line : plan)
            lines += "  " + line + "\n";
        EXPECT_TRUE(wrong.empty() || walks_on_purpose(statement.name))
            << statement.where << " " << statement.name << ": " << wrong << "\n  " << statement.sql << "\n"
            << lines;
    }
}

// --- the reading of the sources ---

TEST(ShippedStatements, AreFoundUnderTheirNames)
{
    const auto all = shipped_statements();
    EXPECT_GT(all.size(), 150U);
    std::map<std::string, std::string> sql_of;
    for (const auto& each : all) {
        EXPECT_TRUE(std::regex_match(each.name, std::regex("[a-z_]+\\.[a-z_]+"))) << each.where << ": " << each.name;
        const auto [before, fresh] = sql_of.emplace(each.name, each.sql);
        EXPECT_TRUE(fresh) << "two statements are named " << each.name;
    }
    EXPECT_THAT(sql_of["audit_book.of_deed"], testing::StartsWith("SELECT lane, sequence, at, account"));
    EXPECT_EQ(sql_of.count("finding.unjudged"), 1U);
}

TEST(ShippedStatements, AreReadAsTheCompilerReadsThem)
{
    const auto found = statements_in("#define COLUMNS \"a, b\"\n"
                                     "// \"not.this\", \"SELECT 1\"\n"
                                     "constexpr int million = 1'000'000; constexpr char quote = '\"';\n"
                                     "constexpr rows::Statement one{\"x.one\", // why\n"
                                     "    \"SELECT \" COLUMNS \" FROM t \"\n    \"WHERE c = $1\"};\n"
                                     "Row two{\"table\", {\"x.two\", \"DELETE FROM t\"}};\n",
                                     "here.cpp");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].name, "x.one");
    EXPECT_EQ(found[0].sql, "SELECT a, b FROM t WHERE c = $1");
    EXPECT_EQ(found[0].where, "here.cpp:5");
    EXPECT_EQ(found[1].name, "x.two");
    EXPECT_THROW(statements_in("run(\"SELECT 1\");", "here.cpp"), std::runtime_error) << "nameless SQL is no way round";
}

} // namespace

} // namespace handrail::tests
