#include "postgres/postgres_store.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <random>
#include <thread>

#include "base/trace.h"
#include "postgres/dump.h"
#include "postgres/messenger.h"
#include "postgres/schema.h"
#include "postgres/session_pool.h"
#include "postgres/transaction.h"
#include "storage/commit_tally.h"
#include "storage/listeners.h"

namespace handrail::postgres {

namespace {

/// The advisory locks that are lanes; one class for each set, as they may share a database.
constexpr int lane_class(storage::Set which)
{
    return which == storage::Set::Data ? 0x48526474 : 0x48526b79;
}

/// How long the same is tried again. With jitter, so that those who stood in each other's way do not meet again.
class Patience {
public:
    /// Waits a little; false when it has been long enough.
    bool wait()
    {
        if (std::chrono::steady_clock::now() - started_ > longest)
            return false;
        thread_local std::minstd_rand dice(std::random_device{}());
        const auto most = std::min<std::int64_t>(std::int64_t{500} << std::min(tries_, 10), longest_pause.count());
        std::this_thread::sleep_for(
            std::chrono::microseconds(std::uniform_int_distribution<std::int64_t>(0, most)(dice)));
        ++tries_;
        return true;
    }

private:
    static constexpr auto longest = std::chrono::seconds(20);
    static constexpr std::chrono::microseconds longest_pause = std::chrono::milliseconds(50);
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    int tries_ = 0;
};

Result<void> refuse_unsafe(const Footing& footing)
{
    if (!footing.durable)
        return invalid("This PostgreSQL server would forget what it has acknowledged when the power fails: fsync or "
                       "synchronous_commit is off. Turn both on.");
    if (footing.passes_row_security)
        return invalid("Handrail's role in PostgreSQL may pass over row-level security, which keeps organisations "
                       "apart. Give it a role of its own: CREATE ROLE handrail LOGIN NOSUPERUSER NOBYPASSRLS.");
    return {};
}

Result<void> refuse_unfit(const Footing& footing)
{
    if (footing.version < 130000)
        return invalid("Handrail needs PostgreSQL 13 or newer.");
    if (!footing.utf8)
        return invalid("Handrail needs a database whose encoding is UTF8.");
    if (footing.in_recovery)
        return invalid("This PostgreSQL server is a standby and takes no writes. Name the primary.");
    return {};
}

} // namespace

struct PostgresStore::Parts {
    Session::Target target;
    storage::Set which;
    Options options;
    storage::Listeners listeners;
    SessionPool readers{target, options.readers, 0, options.longest_restart};
    SessionPool writers{target, options.writers, lane_class(which), options.longest_restart};
    std::atomic<std::int64_t> writing{0};
    storage::CommitTally commits{};
    Messenger messenger{target, target.schema, listeners};
};

/// What came of running a body once.
struct PostgresStore::Attempt {
    std::optional<Failure> again; ///< nothing was kept, and the same may succeed
    Result<void> outcome;
    std::vector<storage::Announcement> announcements = {};
    std::vector<std::function<void()>> after = {};
};

PostgresStore::PostgresStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
PostgresStore::~PostgresStore() = default;

Result<std::unique_ptr<PostgresStore>> PostgresStore::open(const std::string& conninfo, storage::Set which,
                                                           const Options& options)
{
    const Session::Target target{conninfo, schema_of(which), options.longest_silence};
    auto session = Session::connect(target);
    if (!session)
        return error_from(session.failure());
    const auto found = TRY(footing(**session));
    TRY(refuse_unfit(found));
    if (!options.allow_unsafe)
        TRY(refuse_unsafe(found));
    std::unique_ptr<Parts> parts(new Parts{target, which, options, {}});
    return std::unique_ptr<PostgresStore>(new PostgresStore(std::move(parts)));
}

Result<void> PostgresStore::read(const Actor& actor, const ReadingBody& body)
{
    Patience patience;
    for (;;) {
        auto lease = parts_->readers.take();
        std::optional<Failure> failure;
        if (!lease) {
            failure = lease.failure();
            if (parts_->readers.long_away())
                return error_from(*failure);
        } else {
            auto& session = (*lease).session();
            session.begin(Session::Kind::Reading, actor.organisation());
            ReadingTransaction transaction(session, actor);
            Result<void> outcome;
            try {
                outcome = body(transaction);
            } catch (...) {
                session.roll_back();
                throw;
            }
            failure = transaction.statements().failure();
            if (transaction.statements().failed())
                session.roll_back();
            else
                session.end_reading();
            if (!failure || !(failure->lost || failure->stale() || failure->in_the_way()))
                return transaction.statements().failed() ? Result<void>(*transaction.statements().failed()) : outcome;
            (*lease).drop();
        }
        if (!patience.wait())
            return error_from(*failure);
    }
}

PostgresStore::Attempt PostgresStore::try_write(const Actor& actor, const WritingBody& body)
{
    auto lease = parts_->writers.take();
    if (!lease) {
        if (parts_->writers.long_away())
            return {std::nullopt, error_from(lease.failure())};
        return {lease.failure(), {}};
    }
    auto& session = (*lease).session();
    session.begin(Session::Kind::Writing, actor.organisation());
    WritingTransaction transaction(session, actor, (*lease).lane());
    Attempt attempt;
    std::exception_ptr thrown;
    try {
        attempt.outcome = body(transaction);
    } catch (...) {
        thrown = std::current_exception();
    }
    const auto& failure = transaction.statements().failure();
    if (failure && (failure->in_the_way() || failure->stale() || failure->lost)) {
        // COMMIT was never sent, so nothing was kept.
        attempt.again = failure;
        if (failure->in_the_way())
            session.roll_back();
        else
            (*lease).drop();
        return attempt;
    }
    if (transaction.statements().failed())
        attempt.outcome = *transaction.statements().failed();
    if (thrown || !attempt.outcome) {
        session.roll_back();
        if (thrown)
            std::rethrow_exception(thrown);
        return attempt;
    }
    attempt.announcements = transaction.take_announcements();
    attempt.after = transaction.take_after();
    const auto committing = std::chrono::steady_clock::now();
    const auto committed = session.commit();
    const auto committed_at = std::chrono::steady_clock::now();
    trace::add("store.commit", committing, committed_at);
    if (committed) {
        parts_->commits.committed(1, committed_at - committing);
        return attempt;
    }
    if (session.lost()) {
        const auto transaction_id = session.transaction_id();
        const auto server_life = session.server_life();
        (*lease).drop();
        if (!transaction_id.empty()) {
            auto settled = settle_commit(transaction_id, server_life);
            attempt.again = settled.again;
            attempt.outcome = settled.outcome;
            return attempt;
        }
        attempt.again = committed.failure(); // no statement of the body's ever ran
        return attempt;
    }
    session.roll_back();
    if (committed.failure().in_the_way())
        attempt.again = committed.failure();
    else
        attempt.outcome = error_from(committed.failure());
    return attempt;
}

/// The answer to a COMMIT was lost. The server knows what became of the transaction, by its id.
///
/// Unless it crashed: then it may have given the id to another, if nothing of ours had reached its disk. Had ours been
/// committed, that would have been on the disk and the id taken; so every other answer than "committed" still says that
/// ours was not. "committed" says nothing then, and the caller is told that it is not known: a request that is sent
/// again with its own key (Idempotency-Key) is done once.
PostgresStore::Attempt PostgresStore::settle_commit(const std::string& transaction_id, const std::string& server_life)
{
    const Attempt not_kept{lost_connection("COMMIT"), {}};
    Patience patience;
    do {
        auto lease = parts_->readers.take();
        if (!lease)
            continue;
        auto& session = (*lease).session();
        const auto status = session.ask("SELECT pg_xact_status($1::xid8)", {transaction_id});
        const bool same_life = session.server_life() == server_life;
        if (!status && status.failure().state == "22023") // an id that is still to come
            return not_kept;
        if (!status)
            continue;
        const auto& text = (*status).at(0).at(0);
        if (text == "committed" && same_life)
            return {std::nullopt, {}};
        if (text == "aborted" || (text == "in progress" && !same_life))
            return not_kept;
        if (text != "in progress")
            break; // committed, by us or by another; or so old that the server has forgotten
    } while (patience.wait());
    return {std::nullopt, unavailable("The database was away just now, and whether this was kept is not known. Sending "
                                      "it again does no harm.",
                                      "COMMIT: its answer was lost and cannot be found out")};
}

Result<void> PostgresStore::write(const Actor& actor, const WritingBody& body)
{
    struct Counted {
        explicit Counted(std::atomic<std::int64_t>& number) : number_(number) { ++number_; }
        ~Counted() { --number_; }
        std::atomic<std::int64_t>& number_;
    };
    Attempt attempt;
    {
        const Counted counted(parts_->writing);
        for (Patience patience;;) {
            attempt = try_write(actor, body);
            if (!attempt.again)
                break;
            if (!patience.wait())
                return error_from(*attempt.again);
        }
    }
    if (!attempt.outcome)
        return attempt.outcome;
    for (const auto& then : attempt.after)
        then();
    for (const auto& announcement : attempt.announcements)
        parts_->listeners.tell(announcement);
    parts_->messenger.send(attempt.announcements);
    return {};
}

std::shared_ptr<void> PostgresStore::listen(std::function<void(const storage::Announcement&)> heard)
{
    return parts_->listeners.add(std::move(heard));
}

Result<int> PostgresStore::schema_version()
{
    const auto lease = parts_->readers.take();
    if (!lease)
        return error_from(lease.failure());
    return version_of((*lease).session(), parts_->target.schema);
}

Result<int> PostgresStore::migrate()
{
    const auto known =
        parts_->options.migrations.empty() ? storage::migrations(parts_->which) : parts_->options.migrations;
    const auto session = Session::connect(parts_->target); // its own: a script may take long
    if (!session)
        return error_from(session.failure());
    const int from = TRY(version_of(**session, parts_->target.schema));
    return storage::migrate(known, from, [&](const storage::Migration& migration) {
        return apply(**session, parts_->target.schema, migration, parts_->options.migration_patience);
    });
}

Result<void> PostgresStore::backup_to(const std::string& path)
{
    const auto session = Session::connect(parts_->target); // its own: a dump may take long
    if (!session)
        return error_from(session.failure());
    return dump(**session, parts_->target.schema, parts_->options.pg_dump, path);
}

std::vector<Measure> PostgresStore::measures() const
{
    auto all = parts_->commits.measures();
    all.push_back(
        {"handrail_store_connection_wait_seconds",
         "How long a request waited for a free connection to PostgreSQL.",
         Measure::Kind::Histogram,
         {{{{"for", "reading"}}, 0, parts_->readers.waits()}, {{{"for", "writing"}}, 0, parts_->writers.waits()}}});
    return all;
}

storage::Store::Health PostgresStore::health()
{
    Health health;
    health.waiting_writes = std::max<std::int64_t>(0, parts_->writing - parts_->options.writers);
    const auto lease = parts_->readers.take();
    if (!lease) {
        health.noted = lease.failure().noted;
        return health;
    }
    const auto found = footing((*lease).session());
    if (!found) {
        health.noted = found.error().noted;
        return health;
    }
    health.answers = !found->in_recovery;
    health.durable = found->durable;
    if (!found->durable)
        health.noted = "fsync or synchronous_commit is off";
    else if (found->passes_row_security)
        health.noted = "the role passes over row-level security";
    else if (found->in_recovery)
        health.noted = "the server is a standby";
    else if (!parts_->messenger.connected())
        health.noted = "announcements of other nodes are not heard at present";
    return health;
}

} // namespace handrail::postgres
