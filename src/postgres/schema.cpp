#include "postgres/schema.h"

#include "storage/dialect.h"

namespace handrail::postgres {

namespace {

/// One migration at a time in a schema.
constexpr auto one_migrates = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
constexpr auto version_table = "SELECT count(*) FROM pg_tables WHERE schemaname = $1 AND tablename = 'schema_version'";
constexpr auto version_now = "SELECT coalesce(max(version), 0) FROM schema_version";
constexpr auto make_version_table =
    "CREATE TABLE IF NOT EXISTS schema_version ("
    "version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)";
constexpr auto note_version = "INSERT INTO schema_version (version, name, applied_at) VALUES ($1::bigint, $2,"
                              " (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)";

Result<Session::Texts> ask(Session& session, const std::string& sql, const std::vector<std::string>& values = {})
{
    auto answer = session.ask(sql, values);
    if (!answer)
        return error_from(answer.failure());
    return std::move(*answer);
}

Result<void> apply_here(Session& session, const std::string& schema, const storage::Migration& migration)
{
    TRY(ask(session, one_migrates, {schema}));
    if (TRY(ask(session, "SELECT count(*) FROM pg_namespace WHERE nspname = $1", {schema}))[0][0] == "0")
        TRY(ask(session, "CREATE SCHEMA " + schema));
    TRY(ask(session, make_version_table));
    if (TRY(version_of(session, schema)) >= migration.number)
        return {}; // another node was first
    // A migration may change rows, of every organisation.
    TRY(ask(session, "SELECT set_config('handrail.all', 'on', true)"));
    for (const auto& statement : storage::statements_of(migration.script))
        for (const auto& translated : storage::for_postgres(statement))
            TRY(ask(session, translated));
    TRY(ask(session, note_version, {std::to_string(migration.number), std::string(migration.name)}));
    return {};
}

} // namespace

std::string schema_of(storage::Set which)
{
    return which == storage::Set::Data ? "handrail" : "handrail_keys";
}

Result<int> version_of(Session& session, const std::string& schema)
{
    if (TRY(ask(session, version_table, {schema}))[0][0] == "0")
        return 0;
    return std::stoi(TRY(ask(session, version_now))[0][0]);
}

Result<void> apply(Session& session, const std::string& schema, const storage::Migration& migration)
{
    TRY(ask(session, "BEGIN"));
    auto applied = [&]() -> Result<void> {
        try {
            return apply_here(session, schema, migration);
        } catch (...) {
            (void)session.ask("ROLLBACK"); // the mistake in the script is what counts
            throw;
        }
    }();
    if (applied)
        applied = [&]() -> Result<void> {
            TRY(ask(session, "COMMIT"));
            return {};
        }();
    if (!applied)
        (void)session.ask("ROLLBACK");
    return applied;
}

Result<Footing> footing(Session& session)
{
    const auto found = TRY(ask(session, "SELECT current_setting('fsync'), current_setting('synchronous_commit'),"
                                        " (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user),"
                                        " current_setting('server_version_num'), current_setting('server_encoding'),"
                                        " pg_is_in_recovery()"));
    const auto& row = found.at(0);
    return Footing{row[0] == "on" && row[1] != "off", row[2] == "t", std::stoi(row[3]), row[4] == "UTF8",
                   row[5] == "t"};
}

} // namespace handrail::postgres
