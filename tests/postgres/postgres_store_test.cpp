#include "postgres/postgres_store.h"

#include <atomic>
#include <barrier>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libpq-fe.h>

#include "contracts/notes.h"
#include "postgres/cutting_proxy.h"
#include "postgres/promises.h"
#include "postgres_cluster.h"

namespace handrail::tests {

namespace {

using postgres::PostgresStore;
using storage::Set;
using storage::Writing;
using testing::HasSubstr;

const OrganisationId here = OrganisationId::random();
const OrganisationId elsewhere = OrganisationId::random();
const Actor actor = clinician_of(here);

class PostgresStoreTest : public testing::Test {
protected:
    void SetUp() override
    {
        std::string why_not;
        cluster_ = PostgresCluster::of_this_program(why_not);
        if (cluster_ == nullptr)
            GTEST_SKIP() << "NOT TESTED on PostgreSQL: " << why_not;
        database_ = cluster_->fresh_database();
        conninfo_ = cluster_->conninfo(database_);
    }
    std::unique_ptr<PostgresStore> open(const std::string& conninfo, postgres::Options options = {})
    {
        options.migrations = notes_schema;
        auto store = PostgresStore::open(conninfo, Set::Data, options);
        if (!store)
            throw std::runtime_error(store.error().noted + store.error().told);
        if (const auto migrated = (*store)->migrate(); !migrated)
            throw std::runtime_error(migrated.error().noted);
        return *std::move(store);
    }
    std::unique_ptr<PostgresStore> open() { return open(conninfo_); }

    PostgresCluster* cluster_ = nullptr;
    std::string database_;
    std::string conninfo_;
};

Result<void> count_up(storage::Store& store, const std::string& counter)
{
    return store.write(actor, [&](Writing& writing) -> Result<void> {
        const auto before = TRY(writing.rows(get_counter, {counter}));
        TRY(writing.change(set_counter, {counter, (before.empty() ? 0 : before[0][0].number()) + 1}));
        return {};
    });
}

std::int64_t counted(storage::Store& store, const std::string& counter)
{
    const std::vector<rows::Value> values{counter};
    return number_from(store, actor, get_counter, values);
}

/// Handrail's own role on a bare connection, past the store.
class Bare {
public:
    explicit Bare(const std::string& conninfo) : raw_(PQconnectdb(conninfo.c_str())) {}
    ~Bare() { PQfinish(raw_); }
    /// The first value, or "error " and the SQLSTATE.
    std::string ask(const std::string& sql)
    {
        PGresult* result = PQexec(raw_, sql.c_str());
        const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
        std::string answer = state != nullptr        ? std::string("error ") + state
                             : PQntuples(result) > 0 ? PQgetvalue(result, 0, 0)
                                                     : "";
        PQclear(result);
        return answer;
    }

private:
    PGconn* raw_;
};

std::string in_hex(const OrganisationId& id)
{
    std::string out;
    char digits[3];
    for (const auto byte : id.bytes) {
        std::snprintf(digits, sizeof digits, "%02x", byte);
        out += digits;
    }
    return out;
}

TEST_F(PostgresStoreTest, TheServerItselfKeepsOrganisationsApart)
{
    const auto store = open();
    ASSERT_TRUE(write_note(*store, actor, random_id(), 1, "here"));
    ASSERT_TRUE(write_note(*store, clinician_of(elsewhere), random_id(), 2, "elsewhere"));
    Bare bare(conninfo_);
    bare.ask("SET search_path = handrail");
    EXPECT_EQ(bare.ask("SELECT count(*) FROM note"), "0") << "nobody said whose";
    bare.ask("SET handrail.organisation = '" + in_hex(here) + "'");
    EXPECT_EQ(bare.ask("SELECT count(*) FROM note"), "1") << "a statement that forgets the organisation";
    EXPECT_EQ(bare.ask("SELECT words FROM note"), "here");
    EXPECT_EQ(bare.ask("UPDATE note SET number = 9 RETURNING words"), "here");
    EXPECT_EQ(bare.ask("SELECT count(*) FROM note WHERE organisation = '\\x" + in_hex(elsewhere) + "'"), "0");
    EXPECT_EQ(bare.ask("INSERT INTO note (organisation, note) VALUES ('\\x" + in_hex(elsewhere) + "', '\\x00')"),
              "error 42501");
    bare.ask("SELECT set_config('handrail.all', 'on', false)");
    EXPECT_EQ(bare.ask("SELECT count(*) FROM note"), "2");
    bare.ask("SELECT set_config('handrail.all', '', false), set_config('handrail.organisation', '', false)");
    EXPECT_EQ(bare.ask("SELECT count(*) FROM note"), "0");
}

TEST_F(PostgresStoreTest, EveryTableOfBothSetsIsUnderAPolicy)
{
    for (const auto which : {Set::Data, Set::Keys}) {
        const auto store = PostgresStore::open(conninfo_, which);
        ASSERT_TRUE(store);
        ASSERT_TRUE((*store)->migrate());
    }
    const std::string without = "SELECT string_agg(c.relname, ' ') FROM pg_class c JOIN pg_namespace n ON n.oid ="
                                " c.relnamespace WHERE n.nspname LIKE 'handrail%' AND c.relkind = 'r' AND NOT"
                                " (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE"
                                " p.polrelid = c.oid)) AND c.relname <> 'schema_version'";
    EXPECT_EQ(cluster_->ask(database_, without), "");
}

TEST_F(PostgresStoreTest, TheSystemsWideViewEndsWithItsStatement)
{
    const auto store = open();
    ASSERT_TRUE(write_note(*store, actor, random_id(), 1, "here"));
    ASSERT_TRUE(write_note(*store, clinician_of(elsewhere), random_id(), 2, "elsewhere"));
    const auto read = store->read(the_system(here), [&](storage::Reading& reading) -> Result<void> {
        EXPECT_EQ(TRY(reading.rows(count_everywhere, {}))[0][0].number(), 2);
        static constexpr rows::Statement all_with_one{
            "test.all_with_one", "SELECT count(*) FROM note WHERE organisation = $1 OR organisation <> $1"};
        EXPECT_EQ(TRY(reading.rows(all_with_one, {}))[0][0].number(), 1);
        return {};
    });
    EXPECT_TRUE(read) << read.error().noted;
}

TEST_F(PostgresStoreTest, RefusesARoleThatPassesOverTheWalls)
{
    const auto refused = PostgresStore::open(cluster_->superuser_conninfo(database_), Set::Data);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Invalid);
    EXPECT_THAT(refused.error().told, HasSubstr("row-level security"));
}

TEST_F(PostgresStoreTest, RefusesAServerThatForgets)
{
    for (const std::string setting : {"fsync=off", "synchronous_commit=off"}) {
        cluster_->restart(setting);
        const auto refused = PostgresStore::open(conninfo_, Set::Data);
        EXPECT_FALSE(refused) << setting;
        if (!refused) {
            EXPECT_EQ(refused.error().kind, ErrorKind::Invalid);
            EXPECT_THAT(refused.error().told, HasSubstr("fsync or synchronous_commit is off"));
        }
        const auto unsafe = PostgresStore::open(conninfo_, Set::Data, {.allow_unsafe = true});
        ASSERT_TRUE(unsafe);
        EXPECT_FALSE((*unsafe)->health().durable);
        EXPECT_TRUE((*unsafe)->health().answers);
    }
    cluster_->restart();
    EXPECT_TRUE(PostgresStore::open(conninfo_, Set::Data));
}

TEST_F(PostgresStoreTest, WordsWhatTheServerPromises)
{
    auto promises = postgres::promises_of(conninfo_);
    ASSERT_TRUE(promises) << promises.error().noted;
    EXPECT_EQ(promises->fsync, "on");
    EXPECT_EQ(promises->full_page_writes, "on");
    EXPECT_FALSE(promises->passes_row_security);
    EXPECT_FALSE(promises->standby);
    EXPECT_TRUE(postgres::promises_of(cluster_->superuser_conninfo(database_))->passes_row_security);
    cluster_->restart("full_page_writes=off");
    EXPECT_EQ(postgres::promises_of(conninfo_)->full_page_writes, "off");
    cluster_->restart("synchronous_commit=off");
    EXPECT_EQ(postgres::promises_of(conninfo_)->synchronous_commit, "off");
    cluster_->restart();
    EXPECT_FALSE(postgres::promises_of("host=127.0.0.1 port=1 dbname=none user=none"));
}

TEST_F(PostgresStoreTest, SaysWhenTheServerCannotBeReached)
{
    const auto refused = PostgresStore::open("host=127.0.0.1 port=1 dbname=none user=none", Set::Data);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Unavailable);
    EXPECT_THAT(refused.error().told, HasSubstr("cannot be reached"));
}

TEST_F(PostgresStoreTest, NobodyIsToldThatSomebodyElseWasInTheWay)
{
    const auto one = open();
    const auto other = open();
    std::atomic<int> failures = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 12; ++thread)
        threads.emplace_back([&, thread] { // all on one row, from two nodes
            for (int each = 0; each < 25; ++each)
                if (!count_up(thread % 2 == 0 ? *one : *other, "hot"))
                    ++failures;
        });
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(counted(*one, "hot"), 300);
}

TEST_F(PostgresStoreTest, TwoWhoEachReadWhatTheOtherWritesDoNotBothSucceedUnseen)
{
    // Two clinicians on call; each may leave when the other stays. One after another, one of them stays.
    const auto store = open();
    for (int round = 0; round < 20; ++round) {
        for (const auto* who : {"ada", "ben"})
            ASSERT_TRUE(store->write(actor, [&](Writing& writing) -> Result<void> {
                TRY(writing.change(set_counter, {who, 1}));
                return {};
            }));
        std::vector<std::thread> threads;
        for (const std::string who : {"ada", "ben"})
            threads.emplace_back([&, who] {
                EXPECT_TRUE(store->write(actor, [&](Writing& writing) -> Result<void> {
                    const auto on_call = TRY(writing.rows(sum_counters, {}))[0][0].number();
                    std::this_thread::sleep_for(std::chrono::milliseconds(2));
                    if (on_call > 1)
                        TRY(writing.change(set_counter, {who, 0}));
                    return {};
                }));
            });
        for (auto& thread : threads)
            thread.join();
        ASSERT_EQ(number_from(*store, actor, sum_counters), 1);
    }
}

TEST_F(PostgresStoreTest, ACommitWhoseAnswerWasLostIsNeitherLostNorDoneTwice)
{
    open();
    const auto port = std::stoi(cluster_->ask(database_, "SELECT current_setting('port')"));
    CuttingProxy proxy(port);
    const auto store =
        open("host=127.0.0.1 user=handrail dbname=" + database_ + " port=" + std::to_string(proxy.port()));
    int expected = 0;
    for (const auto cut : {CuttingProxy::Cut::BeforeAnswer, CuttingProxy::Cut::BeforeCommit, CuttingProxy::Cut::Nothing,
                           CuttingProxy::Cut::BeforeAnswer}) {
        proxy.cut_next(cut);
        int after = 0;
        const auto written = store->write(actor, [&](Writing& writing) -> Result<void> {
            const auto before = TRY(writing.rows(get_counter, {"once"}));
            TRY(writing.change(set_counter, {"once", (before.empty() ? 0 : before[0][0].number()) + 1}));
            writing.after_commit([&] { ++after; });
            return {};
        });
        ASSERT_TRUE(written) << written.error().noted;
        EXPECT_EQ(counted(*store, "once"), ++expected);
        EXPECT_EQ(after, 1);
    }
    EXPECT_EQ(proxy.cuts(), 3);
}

TEST_F(PostgresStoreTest, OutlivesACrashOfTheServerWithoutLosingOrRepeating)
{
    const auto store = open();
    std::atomic<bool> stop = false;
    std::mutex mutex;
    std::set<std::int64_t> acknowledged;
    std::atomic<std::int64_t> next = 1;
    std::atomic<int> not_known = 0;
    std::atomic<int> failures = 0;
    std::vector<std::thread> threads;
    for (int each = 0; each < 4; ++each)
        threads.emplace_back([&] {
            while (!stop) {
                const auto number = next++;
                const auto written = write_note(*store, actor, random_id(), number, std::to_string(number));
                if (!written) {
                    const bool honest = written.error().told.find("is not known") != std::string::npos;
                    ++(honest ? not_known : failures);
                    continue;
                }
                const std::lock_guard lock(mutex);
                acknowledged.insert(number);
            }
        });
    const auto size = [&] {
        const std::lock_guard lock(mutex);
        return acknowledged.size();
    };
    for (int crash = 0; crash < 4; ++crash) {
        const auto before = size();
        while (size() < before + 50)
            std::this_thread::yield();
        cluster_->restart();
    }
    const auto before = size();
    while (size() < before + 50)
        std::this_thread::yield();
    stop = true;
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(failures, 0) << "a few seconds without the server are waited out";
    EXPECT_LE(not_known, 4 * 4) << "at most what was being committed at each crash";
    std::multiset<std::int64_t> found;
    ASSERT_TRUE(store->read(actor, [&](storage::Reading& reading) -> Result<void> {
        found.clear();
        for (const auto& row : TRY(reading.rows(all_notes, {})))
            found.insert(row[1].number());
        return {};
    }));
    for (const auto number : acknowledged)
        EXPECT_EQ(found.count(number), 1U) << number;
    for (const auto number : found)
        EXPECT_EQ(found.count(number), 1U) << number << " was written twice";
}

TEST_F(PostgresStoreTest, AServerThatStaysAwayIsNotWaitedForAndUsedAgainWithTheNextRequest)
{
    const auto store = open(conninfo_, {.longest_restart = std::chrono::milliseconds(200)});
    ASSERT_TRUE(count_up(*store, "visits"));
    const auto began = std::chrono::steady_clock::now();
    cluster_->stop();
    for (int each = 0; each < 4; ++each) {
        const auto written = count_up(*store, "visits");
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().kind, ErrorKind::Unavailable);
        const auto read = store->schema_version();
        ASSERT_FALSE(read);
        EXPECT_EQ(read.error().kind, ErrorKind::Unavailable);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(20)) << "what one alone would have waited";
    cluster_->restart();
    const auto written = count_up(*store, "visits");
    ASSERT_TRUE(written) << written.error().noted;
    EXPECT_EQ(counted(*store, "visits"), 2);
}

TEST_F(PostgresStoreTest, WhoeverFallsSilentInTheMiddleOfAWriteKeepsNobodyWaitingAndWritesAnew)
{
    const auto store = open(conninfo_, {.longest_silence = std::chrono::milliseconds(300)});
    const auto other = open();
    std::atomic<bool> silent = false;
    std::atomic<bool> other_wrote = false;
    int runs = 0;
    std::thread paused([&] {
        const auto written = store->write(actor, [&](Writing& writing) -> Result<void> {
            const auto before = TRY(writing.rows(get_counter, {"shared"}));
            TRY(writing.change(set_counter, {"shared", (before.empty() ? 0 : before[0][0].number()) + 1}));
            if (++runs == 1) {
                silent = true;
                while (!other_wrote)
                    std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
            return {};
        });
        EXPECT_TRUE(written) << written.error().noted;
    });
    while (!silent)
        std::this_thread::yield();
    const auto written = count_up(*other, "shared");
    other_wrote = true;
    paused.join();
    ASSERT_TRUE(written) << written.error().noted << ": the silent one was waited for";
    EXPECT_EQ(runs, 2) << "what the server had ended was not done anew";
    EXPECT_EQ(counted(*other, "shared"), 2);
}

TEST_F(PostgresStoreTest, ListenersHearAgainAfterACrashAndAreToldToLook)
{
    const auto store = open();
    const auto other = open();
    std::atomic<int> heard = 0;
    std::atomic<int> look_again = 0;
    const auto token = other->listen([&](const storage::Announcement& announcement) {
        if (announcement.topic.empty())
            ++look_again;
        else if (announcement.payload == "a \"quoted\", \\back {slashed} payload")
            ++heard;
    });
    const auto announce = [&] {
        return store->write(actor, [&](Writing& writing) -> Result<void> {
            writing.announce("alerts", "a \"quoted\", \\back {slashed} payload");
            return {};
        });
    };
    const auto eventually = [](const std::atomic<int>& number, int least) {
        for (int tries = 0; tries < 2000 && number < least; ++tries)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        return number >= least;
    };
    // A node hears from the moment it is connected, which it is soon after it is opened.
    for (int tries = 0; tries < 1000 && !other->health().noted.empty(); ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    ASSERT_TRUE(announce());
    EXPECT_TRUE(eventually(heard, 1));
    cluster_->restart();
    EXPECT_TRUE(eventually(look_again, 1));
    ASSERT_TRUE(announce());
    EXPECT_TRUE(eventually(heard, 2));
}

TEST_F(PostgresStoreTest, NoTwoWritingConnectionsShareALane)
{
    constexpr int writers = 3;
    postgres::Options options;
    options.writers = writers;
    const auto one = open(conninfo_, options);
    const auto other = open(conninfo_, options);
    std::mutex mutex;
    std::multiset<std::int64_t> lanes;
    std::barrier all(2 * writers);
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 2 * writers; ++thread)
        threads.emplace_back([&, thread] {
            EXPECT_TRUE((thread % 2 == 0 ? *one : *other).write(actor, [&](Writing& writing) -> Result<void> {
                all.arrive_and_wait(); // every connection is in use at once
                const std::lock_guard lock(mutex);
                lanes.insert(writing.lane());
                return {};
            }));
        });
    for (auto& thread : threads)
        thread.join();
    EXPECT_THAT(lanes, testing::ElementsAre(0, 1, 2, 3, 4, 5));
}

TEST_F(PostgresStoreTest, NodesThatStartTogetherMigrateOnce)
{
    std::vector<std::thread> threads;
    std::atomic<int> at_one = 0;
    for (int node = 0; node < 4; ++node)
        threads.emplace_back([&] {
            postgres::Options options;
            options.migrations = notes_schema;
            const auto store = PostgresStore::open(conninfo_, Set::Data, options);
            const auto reached = store ? (*store)->migrate() : Result<int>(store.error());
            EXPECT_TRUE(reached) << reached.error().noted;
            at_one += reached && *reached == 1 ? 1 : 0;
        });
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(at_one, 4);
}

/// As a next version brings it: notes get a column, and a table is new.
constexpr storage::Migration next_notes_schema[] = {
    notes_schema[0],
    {2, "0002_next",
     "ALTER TABLE note ADD COLUMN next INTEGER; CREATE TABLE next_thing (organisation BLOB NOT NULL,"
     " thing BLOB NOT NULL, PRIMARY KEY (organisation, thing)) WITHOUT ROWID;"},
};

std::unique_ptr<PostgresStore> next_version(const std::string& conninfo, std::chrono::milliseconds patience)
{
    postgres::Options options;
    options.migrations = next_notes_schema;
    options.migration_patience = patience;
    auto store = PostgresStore::open(conninfo, Set::Data, options);
    if (!store)
        throw std::runtime_error(store.error().noted);
    return *std::move(store);
}

TEST_F(PostgresStoreTest, NobodyIsToldThatTheSchemaChangedBeneathThem)
{
    const auto store = open();
    constexpr rows::Statement whole_note{"test.whole_note", "SELECT * FROM note WHERE organisation = $1 AND note = $2"};
    constexpr rows::Statement renumber{"test.renumber",
                                       "UPDATE note SET number = $3 WHERE organisation = $1 AND note = $2 RETURNING *"};
    const auto id = random_id();
    ASSERT_TRUE(write_note(*store, actor, id, 1, "here"));
    // Every connection of both kinds has planned its statement before.
    std::size_t width = 0;
    const auto everybody = [&] {
        std::barrier together(4);
        std::atomic<int> failed = 0;
        std::atomic<std::size_t> columns = 0;
        std::vector<std::thread> threads;
        for (int each = 0; each < 4; ++each)
            threads.emplace_back([&] {
                bool first = true;
                const auto read = store->read(actor, [&](storage::Reading& reading) -> Result<void> {
                    const auto found = TRY(reading.rows(whole_note, {id}));
                    if (std::exchange(first, false))
                        together.arrive_and_wait(); // so that each has a connection of its own
                    columns = found.at(0).size();
                    return {};
                });
                failed += read ? 0 : 1;
                const auto written = store->write(actor, [&](Writing& writing) -> Result<void> {
                    return TRY(writing.rows(renumber, {id, std::int64_t{2}})).size() == 1 ? Result<void>{}
                                                                                          : not_found("no row");
                });
                failed += written ? 0 : 1;
            });
        for (auto& thread : threads)
            thread.join();
        width = columns;
        return failed.load();
    };
    ASSERT_EQ(everybody(), 0);
    ASSERT_EQ(width, 5U);
    ASSERT_TRUE(next_version(conninfo_, std::chrono::seconds(20))->migrate());
    EXPECT_EQ(everybody(), 0);
    EXPECT_EQ(width, 6U);
    const auto version = store->schema_version();
    ASSERT_TRUE(version);
    EXPECT_EQ(*version, 2);
}

TEST_F(PostgresStoreTest, AnUpgradeWaitsForItsTurnWithoutLettingAnybodyStandBehindIt)
{
    const auto store = open();
    const auto id = random_id();
    ASSERT_TRUE(write_note(*store, actor, id, 1, "here"));
    Bare report(conninfo_);
    report.ask("BEGIN");
    ASSERT_EQ(report.ask("LOCK TABLE handrail.note IN ACCESS SHARE MODE"), "");

    std::atomic<bool> upgrading = true;
    std::int64_t meanwhile = 0;
    auto longest = std::chrono::steady_clock::duration::zero();
    std::thread people([&] {
        while (upgrading) {
            const auto began = std::chrono::steady_clock::now();
            EXPECT_EQ(number_from(*store, actor, count_notes), 1);
            longest = std::max(longest, std::chrono::steady_clock::now() - began);
            ++meanwhile;
        }
    });
    const auto refused = next_version(conninfo_, std::chrono::seconds(4))->migrate();
    upgrading = false;
    people.join();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Unavailable);
    EXPECT_THAT(refused.error().told, HasSubstr("version 2 did not get its turn in 4 s"));
    EXPECT_THAT(refused.error().noted, HasSubstr("ALTER TABLE note ADD COLUMN next"));
    EXPECT_GT(meanwhile, 100);
    EXPECT_LT(longest, std::chrono::seconds(3));
    auto version = store->schema_version();
    ASSERT_TRUE(version);
    EXPECT_EQ(*version, 1);

    report.ask("COMMIT");
    const auto reached = next_version(conninfo_, std::chrono::seconds(20))->migrate();
    ASSERT_TRUE(reached) << reached.error().noted;
    EXPECT_EQ(*reached, 2);
    EXPECT_EQ(number_from(*store, actor, count_notes), 1);
}

TEST_F(PostgresStoreTest, SumsAreWholeNumbers)
{
    const auto store = open();
    for (const auto& [a, b, sum] : {std::tuple{1LL, -1LL, 0LL},
                                    {-9'999LL, -1LL, -10'000LL},
                                    {4'000'000'000'000'000'000LL, 1LL, 4'000'000'000'000'000'001LL},
                                    {120'000'000LL, 0LL, 120'000'000LL},
                                    {-7LL, 0LL, -7LL}}) {
        ASSERT_TRUE(store->write(
            actor, [&, first = std::int64_t{a}, second = std::int64_t{b}](Writing& writing) -> Result<void> {
                TRY(writing.change(set_counter, {"a", first}));
                TRY(writing.change(set_counter, {"b", second}));
                return {};
            }));
        EXPECT_EQ(number_from(*store, actor, sum_counters), sum);
    }
}

} // namespace

} // namespace handrail::tests
