#include "postgres/schema.h"

#include <algorithm>
#include <random>
#include <thread>

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

/// One try at a migration: its statements, and what the server said to the one that failed.
class Try {
public:
    explicit Try(Session& session) : session_(session) {}
    Result<Session::Texts> ask(const std::string& sql, const std::vector<std::string>& values = {})
    {
        auto answer = session_.ask(sql, values);
        if (answer)
            return std::move(*answer);
        failure_ = answer.failure();
        return error_from(*failure_);
    }
    /// Somebody holds a table, or was in the way: the same again may well succeed.
    bool in_the_way() const { return failure_ && (failure_->in_the_way() || failure_->state == "55P03"); }
    std::string noted() const { return failure_ ? failure_->noted : std::string{}; }
    Session& session() const { return session_; }

private:
    Session& session_;
    std::optional<Failure> failure_;
};

/// A change of a table waits until nobody reads it, and everybody who comes meanwhile waits behind the change: behind
/// one long report or dump the whole service would stand. So a try waits shortly, lets everybody through, and comes
/// again. Every tenth waits longer than PostgreSQL's deadlock_timeout (1 s unless changed): only then does it tell an
/// autovacuum of the table to give way.
class Turns {
public:
    explicit Turns(std::chrono::milliseconds all) : until_(std::chrono::steady_clock::now() + all) {}
    std::chrono::milliseconds for_a_table() const { return tries_ % 10 == 9 ? long_wait : short_wait; }
    std::chrono::milliseconds for_another_node() const
    {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until_ - std::chrono::steady_clock::now());
        return std::max(left, short_wait); // 0 would mean for ever
    }
    /// Lets others through; false when it has been long enough.
    bool another()
    {
        if (std::chrono::steady_clock::now() > until_)
            return false;
        thread_local std::minstd_rand dice(std::random_device{}());
        const auto most = std::min<std::int64_t>(std::int64_t{200} << std::min(tries_, 10), longest_pause.count());
        std::this_thread::sleep_for(
            std::chrono::milliseconds(std::uniform_int_distribution<std::int64_t>(most / 2, most)(dice)));
        ++tries_;
        return true;
    }

private:
    static constexpr std::chrono::milliseconds short_wait{300};
    static constexpr std::chrono::milliseconds long_wait{1500};
    static constexpr std::chrono::milliseconds longest_pause{3000};
    std::chrono::steady_clock::time_point until_;
    int tries_ = 0;
};

std::string lock_timeout(std::chrono::milliseconds wait)
{
    return "SET LOCAL lock_timeout = " + std::to_string(wait.count());
}

Result<void> apply_here(Try& here, const std::string& schema, const storage::Migration& migration, const Turns& turns)
{
    TRY(here.ask("BEGIN"));
    TRY(here.ask(lock_timeout(turns.for_another_node())));
    TRY(here.ask(one_migrates, {schema}));
    TRY(here.ask(lock_timeout(turns.for_a_table())));
    if (TRY(here.ask("SELECT count(*) FROM pg_namespace WHERE nspname = $1", {schema}))[0][0] == "0")
        TRY(here.ask("CREATE SCHEMA " + schema));
    TRY(here.ask(make_version_table));
    if (TRY(version_of(here.session(), schema)) < migration.number) { // else another node was first
        // A migration may change rows, of every organisation.
        TRY(here.ask("SELECT set_config('handrail.all', 'on', true)"));
        for (const auto& statement : storage::statements_of(migration.script))
            for (const auto& translated : storage::for_postgres(statement))
                TRY(here.ask(translated));
        TRY(here.ask(note_version, {std::to_string(migration.number), std::string(migration.name)}));
    }
    TRY(here.ask("COMMIT"));
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

Result<void> apply(Session& session, const std::string& schema, const storage::Migration& migration,
                   std::chrono::milliseconds patience)
{
    for (Turns turns(patience);;) {
        Try here(session);
        auto applied = [&]() -> Result<void> {
            try {
                return apply_here(here, schema, migration, turns);
            } catch (...) {
                (void)session.ask("ROLLBACK"); // the mistake in the script is what counts
                throw;
            }
        }();
        if (applied)
            return applied;
        (void)session.ask("ROLLBACK");
        if (!here.in_the_way())
            return applied;
        if (!turns.another())
            return unavailable(
                "The upgrade of the store to version " + std::to_string(migration.number) +
                    " did not get its turn in " + std::to_string(patience.count() / 1000) +
                    " s: something holds a table that it changes, such as a long report, a dump or another "
                    "node's upgrade. Nothing was changed. pg_stat_activity shows the oldest transactions: "
                    "let them end, or end them, and start again.",
                here.noted());
    }
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
