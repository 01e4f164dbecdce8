#include "contracts/store_contract.h"

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <limits>
#include <mutex>
#include <thread>

#include <gmock/gmock.h>

#include "contracts/notes.h"
#include "folder_for_test.h"

namespace handrail::tests {

using storage::Reading;
using storage::Store;
using storage::Writing;

void StoreContract::SetUp()
{
    std::string why_not;
    backend_ = GetParam().make(why_not);
    if (!backend_)
        GTEST_SKIP() << "NOT TESTED on " << GetParam().name << ": " << why_not;
}

std::unique_ptr<Store> StoreContract::open_notes()
{
    auto store = backend_->open(storage::Set::Data, notes_schema);
    if (!store) {
        ADD_FAILURE() << store.error().told << " | " << store.error().noted;
        throw std::runtime_error("the store does not open");
    }
    const auto migrated = (*store)->migrate();
    if (!migrated)
        ADD_FAILURE() << migrated.error().told << " | " << migrated.error().noted;
    return *std::move(store);
}

namespace {

const OrganisationId here = OrganisationId::random();
const OrganisationId elsewhere = OrganisationId::random();

/// Waits until `condition` holds, at most ten seconds: announcements come on another thread.
template <class Condition> bool eventually(Condition condition)
{
    for (int tries = 0; tries < 2000; ++tries) {
        if (condition())
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

TEST_P(StoreContract, KeepsEveryKindOfValueAsItWas)
{
    const auto store = open_notes();
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte)
        every_byte += static_cast<char>(byte);
    const std::vector<std::array<rows::Value, 3>> cases = {
        {rows::Value(std::numeric_limits<std::int64_t>::max()), "hello", rows::Blob{every_byte}},
        {rows::Value(std::numeric_limits<std::int64_t>::min()), "Grüße, 你好, 🌱",
         rows::Blob{std::string(100000, '\0')}},
        {rows::Value(0), "", rows::Blob{""}},
        {rows::Value(-1), "it's \"quoted\" \\ $1 -- ;", rows::Blob{std::string("\0a\0", 3)}},
        {nullptr, nullptr, nullptr},
    };
    const auto actor = clinician_of(here);
    for (const auto& values : cases) {
        const auto note = random_id();
        const auto written = store->write(actor, [&](Writing& writing) -> Result<void> {
            EXPECT_EQ(TRY(writing.change(add_note, {note, values[0], values[1], values[2]})), 1);
            return {};
        });
        ASSERT_TRUE(written) << written.error().noted;
        const auto read = store->read(actor, [&](Reading& reading) -> Result<void> {
            const auto found = TRY(reading.rows(note_by_id, {note}));
            EXPECT_EQ(found.size(), 1U);
            for (std::size_t at = 0; !found.empty() && at < 3; ++at)
                EXPECT_TRUE(found[0][at] == values[at]) << "column " << at;
            return {};
        });
        EXPECT_TRUE(read) << read.error().noted;
    }
}

TEST_P(StoreContract, RefusesTextThatIsNoText)
{
    const auto store = open_notes();
    for (const auto& text : {std::string("a\0b", 3), std::string("\xff\xfe"), std::string("\xed\xa0\x80")}) {
        const auto written = write_note(*store, clinician_of(here), random_id(), 1, text);
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().kind, ErrorKind::Invalid);
    }
    EXPECT_EQ(number_from(*store, clinician_of(here), count_notes), 0);
}

TEST_P(StoreContract, KeepsAllOfAWriteOrNothing)
{
    const auto store = open_notes();
    const auto actor = clinician_of(here);
    const auto failed = store->write(actor, [&](Writing& writing) -> Result<void> {
        TRY(writing.change(add_note, {random_id(), 1, "one", nullptr}));
        TRY(writing.change(add_note, {random_id(), 2, "two", nullptr}));
        EXPECT_EQ(TRY(writing.rows(count_notes, {}))[0][0].number(), 2) << "a write sees its own changes";
        return not_allowed("changed my mind");
    });
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(failed.error().told, "changed my mind");
    EXPECT_EQ(number_from(*store, actor, count_notes), 0);
}

TEST_P(StoreContract, GivesBackWhatABodyThrowsAndKeepsNothingOfIt)
{
    const auto store = open_notes();
    const auto actor = clinician_of(here);
    EXPECT_THROW((void)store->write(actor,
                                    [&](Writing& writing) -> Result<void> {
                                        TRY(writing.change(add_note, {random_id(), 1, "one", nullptr}));
                                        throw std::runtime_error("a bug");
                                    }),
                 std::runtime_error);
    EXPECT_THROW((void)store->read(actor, [&](Reading&) -> Result<void> { throw std::runtime_error("a bug"); }),
                 std::runtime_error);
    EXPECT_EQ(number_from(*store, actor, count_notes), 0);
    EXPECT_TRUE(write_note(*store, actor, random_id(), 1, "afterwards"));
    EXPECT_EQ(number_from(*store, actor, count_notes), 1);
}

TEST_P(StoreContract, ATakenKeyIsAConflict)
{
    const auto store = open_notes();
    const auto actor = clinician_of(here);
    const auto note = random_id();
    ASSERT_TRUE(write_note(*store, actor, note, 1, "one"));
    for (const auto& [id, words] : {std::pair{RawId(note), "two"}, std::pair{random_id(), "one"}}) {
        const auto again = write_note(*store, actor, id, 2, words);
        ASSERT_FALSE(again);
        EXPECT_EQ(again.error().kind, ErrorKind::Conflict) << again.error().noted;
    }
    EXPECT_EQ(number_from(*store, actor, count_notes), 1);
}

TEST_P(StoreContract, AFailedStatementEndsTheWrite)
{
    const auto store = open_notes();
    const auto actor = clinician_of(here);
    ASSERT_TRUE(write_note(*store, actor, random_id(), 1, "one"));
    const auto swallowed = store->write(actor, [&](Writing& writing) -> Result<void> {
        const auto taken = writing.change(add_note, {random_id(), 2, "one", nullptr});
        EXPECT_FALSE(taken);
        const auto next = writing.change(add_note, {random_id(), 3, "three", nullptr});
        EXPECT_FALSE(next);
        return {}; // says that all is well
    });
    ASSERT_FALSE(swallowed);
    EXPECT_EQ(swallowed.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(number_from(*store, actor, count_notes), 1);
}

TEST_P(StoreContract, AMissingValueIsInvalid)
{
    const auto store = open_notes();
    const auto missing = store->write(clinician_of(here), [&](Writing& writing) -> Result<void> {
        TRY(writing.change(add_note, {nullptr, 1, "one", nullptr}));
        return {};
    });
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().kind, ErrorKind::Invalid) << missing.error().noted;
}

TEST_P(StoreContract, AValueOfTheWrongKindIsABug)
{
    const auto store = open_notes();
    const auto actor = clinician_of(here);
    const auto write = [&](const rows::Value& note, const rows::Value& number) {
        (void)store->write(actor, [&](Writing& writing) -> Result<void> {
            TRY(writing.change(add_note, {note, number, "one", nullptr}));
            return {};
        });
    };
    for (int time = 0; time < 2; ++time) { // before the statement is prepared, and after
        EXPECT_THROW(write(random_id(), "not a number"), std::logic_error);
        EXPECT_THROW(write("not bytes", 1), std::logic_error);
        ASSERT_TRUE(write_note(*store, actor, random_id(), 1, "right " + std::to_string(time)));
    }
}

TEST_P(StoreContract, AMistakeInAStatementIsABug)
{
    const auto store = open_notes();
    const auto actor = clinician_of(here);
    const auto run = [&](const rows::Statement& statement, std::vector<rows::Value> values) {
        (void)store->read(actor, [&](Reading& reading) -> Result<void> {
            TRY(reading.rows(statement, values));
            return {};
        });
    };
    EXPECT_THROW(run({"test.no_table", "SELECT 1 FROM nowhere WHERE organisation = $1"}, {}), std::logic_error);
    EXPECT_THROW(run({"test.no_sql", "SELEC $1"}, {}), std::logic_error);
    EXPECT_THROW(run(note_by_id, {}), std::logic_error) << "a value too few";
    EXPECT_THROW(run(note_by_id, {random_id(), 1}), std::logic_error) << "a value too many";
    EXPECT_THROW(run(add_note, {random_id(), 1, "one", nullptr}), std::logic_error) << "a reader changes nothing";
    EXPECT_THROW(run(count_everywhere, {}), std::logic_error) << "only the system leaves out the organisation";
    EXPECT_EQ(number_from(*store, actor, count_notes), 0) << "and the store goes on";
}

TEST_P(StoreContract, OrganisationsDoNotSeeEachOther)
{
    const auto store = open_notes();
    const auto a = clinician_of(here);
    const auto b = clinician_of(elsewhere);
    const auto note = random_id();
    ASSERT_TRUE(write_note(*store, a, note, 1, "same words"));
    ASSERT_TRUE(write_note(*store, b, note, 2, "same words")) << "keys are an organisation's own";
    ASSERT_TRUE(write_note(*store, b, random_id(), 3, "more"));
    EXPECT_EQ(number_from(*store, a, count_notes), 1);
    EXPECT_EQ(number_from(*store, b, count_notes), 2);
    EXPECT_EQ(number_from(*store, clinician_of(OrganisationId::random()), count_notes), 0);
    // The system sees all, with a statement that does not say whose, and one organisation's with one that does.
    EXPECT_EQ(number_from(*store, the_system(), count_everywhere), 3);
    EXPECT_EQ(number_from(*store, the_system(here), count_notes), 1);
    const std::vector<rows::Value> from_two{2, 10};
    EXPECT_EQ(number_from(*store, the_system(), numbers_everywhere, from_two), 2);
}

TEST_P(StoreContract, TheSystemWritesAcrossOrganisations)
{
    const auto store = open_notes();
    for (const auto& organisation : {here, elsewhere})
        ASSERT_TRUE(write_note(*store, clinician_of(organisation), random_id(), 5, "due"));
    static constexpr rows::Statement claim{
        "test.claim", "UPDATE note SET number = $3 WHERE note IN (SELECT note FROM note WHERE number <= $2"
                      " ORDER BY number LIMIT $4 FOR UPDATE SKIP LOCKED) RETURNING organisation, words"};
    std::vector<OrganisationId> claimed;
    const auto written = store->write(the_system(), [&](Writing& writing) -> Result<void> {
        claimed.clear();
        for (const auto& row : TRY(writing.rows(claim, {9, 100, 10})))
            claimed.push_back(row[0].id<OrganisationId>());
        return {};
    });
    ASSERT_TRUE(written) << written.error().noted;
    EXPECT_THAT(claimed, testing::UnorderedElementsAre(here, elsewhere));
    EXPECT_EQ(number_from(*store, clinician_of(here), note_by_id, std::vector<rows::Value>{random_id()}), -1);
}

TEST_P(StoreContract, CountsWhatAChangeChanged)
{
    const auto store = open_notes();
    const auto actor = clinician_of(here);
    static constexpr rows::Statement keep_first{"test.keep_first",
                                                "INSERT INTO counter (organisation, counter, value) VALUES ($1, $2, $3)"
                                                " ON CONFLICT (organisation, counter) DO NOTHING"};
    static constexpr rows::Statement raise{"test.raise",
                                           "UPDATE counter SET value = value + $2 WHERE organisation = $1"};
    static constexpr rows::Statement drop{"test.drop", "DELETE FROM counter WHERE organisation = $1 AND value > $2"};
    const auto written = store->write(actor, [&](Writing& writing) -> Result<void> {
        EXPECT_EQ(TRY(writing.change(keep_first, {"a", 1})), 1);
        EXPECT_EQ(TRY(writing.change(keep_first, {"a", 2})), 0);
        EXPECT_EQ(TRY(writing.change(keep_first, {"b", 3})), 1);
        EXPECT_EQ(TRY(writing.change(raise, {10})), 2);
        EXPECT_EQ(TRY(writing.rows(sum_counters, {}))[0][0].number(), 24);
        EXPECT_EQ(TRY(writing.change(drop, {12})), 1);
        return {};
    });
    EXPECT_TRUE(written) << written.error().noted;
}

TEST_P(StoreContract, RunsWhatComesAfterTheCommitInOrder)
{
    const auto store = open_notes();
    const auto actor = clinician_of(here);
    std::vector<int> order;
    std::vector<std::thread::id> threads;
    const auto written = store->write(actor, [&](Writing& writing) -> Result<void> {
        for (int each = 0; each < 5; ++each)
            writing.after_commit([&, each] {
                order.push_back(each);
                threads.push_back(std::this_thread::get_id());
                EXPECT_EQ(number_from(*store, actor, count_notes), 1) << "it is committed by then";
            });
        TRY(writing.change(add_note, {random_id(), 1, "one", nullptr}));
        return {};
    });
    ASSERT_TRUE(written);
    EXPECT_THAT(order, testing::ElementsAre(0, 1, 2, 3, 4));
    EXPECT_THAT(threads, testing::Each(std::this_thread::get_id()));
    const auto failed = store->write(actor, [&](Writing& writing) -> Result<void> {
        writing.after_commit([&] { order.push_back(99); });
        return conflict("no");
    });
    EXPECT_FALSE(failed);
    EXPECT_EQ(order.size(), 5U) << "not after a failure";
}

TEST_P(StoreContract, TellsListenersAfterTheCommit)
{
    const auto store = open_notes();
    std::mutex mutex;
    std::vector<std::string> heard;
    auto token = store->listen([&](const storage::Announcement& announcement) {
        if (announcement.topic.empty())
            return; // "look again", after a lost connection
        const std::lock_guard lock(mutex);
        heard.push_back((announcement.organisation == here ? "here " : "elsewhere ") + announcement.topic + " " +
                        announcement.payload);
    });
    const auto announce = [&](OrganisationId organisation, const std::string& payload, bool fail) {
        (void)store->write(clinician_of(organisation), [&](Writing& writing) -> Result<void> {
            writing.announce("alerts", payload);
            if (fail)
                return conflict("no");
            return {};
        });
    };
    announce(here, "1", false);
    announce(here, "never", true);
    announce(elsewhere, "2", false);
    const auto size = [&] {
        const std::lock_guard lock(mutex);
        return heard.size();
    };
    EXPECT_TRUE(eventually([&] { return size() == 2; }));
    token.reset();
    announce(here, "3", false);
    const std::lock_guard lock(mutex);
    EXPECT_THAT(heard, testing::ElementsAre("here alerts 1", "elsewhere alerts 2"));
}

TEST_P(StoreContract, AnotherNodeHearsToo)
{
    const auto store = open_notes();
    if (!backend_->takes_several_nodes()) {
        const auto second = backend_->open(storage::Set::Data, notes_schema);
        ASSERT_FALSE(second) << "a second process never opens the file for writing";
        EXPECT_EQ(second.error().kind, ErrorKind::Conflict);
        return;
    }
    const auto other = open_notes();
    std::atomic<int> heard = 0;
    const auto token = other->listen([&](const storage::Announcement& announcement) {
        if (announcement.organisation == here && announcement.topic == "alerts" && announcement.payload == "42")
            ++heard;
    });
    ASSERT_TRUE(store->write(clinician_of(here), [&](Writing& writing) -> Result<void> {
        writing.announce("alerts", "42");
        return {};
    }));
    EXPECT_TRUE(eventually([&] { return heard > 0; }));
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(heard, 1);
}

TEST_P(StoreContract, ManyThreadsWriteAndNoneIsHarmedByAnother)
{
    const auto store = open_notes();
    const auto actor = clinician_of(here);
    constexpr int threads = 16;
    constexpr int each = 40;
    std::atomic<int> kept = 0;
    std::atomic<int> refused = 0;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> writers;
    for (int thread = 0; thread < threads; ++thread)
        writers.emplace_back([&, thread] {
            for (int at = 0; at < each; ++at) {
                const bool fail = at % 4 == 3; // a quarter fails after having written
                const auto written = store->write(actor, [&](Writing& writing) -> Result<void> {
                    TRY(writing.change(add_note, {random_id(), thread, std::to_string(thread * 1000 + at), nullptr}));
                    const auto before = TRY(writing.rows(get_counter, {"all"}));
                    const auto count = before.empty() ? 0 : before[0][0].number();
                    TRY(writing.change(set_counter, {"all", count + 1}));
                    if (fail)
                        return not_allowed("this one fails");
                    return {};
                });
                if (written)
                    ++kept;
                else if (fail && written.error().kind == ErrorKind::NotAllowed)
                    ++refused;
                else {
                    ++wrong;
                    ADD_FAILURE() << written.error().told << " | " << written.error().noted;
                }
            }
        });
    for (auto& writer : writers)
        writer.join();
    EXPECT_EQ(kept, threads * each * 3 / 4);
    EXPECT_EQ(refused, threads * each / 4);
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(number_from(*store, actor, count_notes), kept);
    // Everyone read the counter and wrote one more: writes behave as if they had come one after another.
    const std::vector<rows::Value> all{"all"};
    EXPECT_EQ(number_from(*store, actor, get_counter, all), kept);
}

TEST_P(StoreContract, AReadSeesOneInstantOfCommittedWrites)
{
    const auto store = open_notes();
    const auto actor = clinician_of(here);
    ASSERT_TRUE(store->write(actor, [&](Writing& writing) -> Result<void> {
        TRY(writing.change(set_counter, {"a", 500}));
        TRY(writing.change(set_counter, {"b", 500}));
        return {};
    }));
    std::atomic<bool> done = false;
    std::thread writer([&] { // moves from a to b; the sum is always 1000 when committed
        for (int at = 0; at < 200; ++at)
            EXPECT_TRUE(store->write(actor, [&](Writing& writing) -> Result<void> {
                const auto a = TRY(writing.rows(get_counter, {"a"}))[0][0].number();
                const auto b = TRY(writing.rows(get_counter, {"b"}))[0][0].number();
                TRY(writing.change(set_counter, {"a", a - 1}));
                TRY(writing.change(set_counter, {"b", b + 1}));
                return {};
            }));
        done = true;
    });
    while (!done) {
        const auto read = store->read(actor, [&](Reading& reading) -> Result<void> {
            const auto a = TRY(reading.rows(get_counter, {"a"}))[0][0].number();
            std::this_thread::yield();
            const auto b = TRY(reading.rows(get_counter, {"b"}))[0][0].number();
            EXPECT_EQ(a + b, 1000);
            EXPECT_EQ(TRY(reading.rows(sum_counters, {}))[0][0].number(), 1000);
            return {};
        });
        ASSERT_TRUE(read) << read.error().noted;
    }
    writer.join();
    // A body that writes and fails late is seen by nobody, not even while it runs.
    EXPECT_FALSE(store->write(actor, [&](Writing& writing) -> Result<void> {
        TRY(writing.change(set_counter, {"a", 0}));
        std::int64_t seen = 0;
        std::thread reader([&] {
            const std::vector<rows::Value> a{"a"};
            seen = number_from(*store, actor, get_counter, a);
        });
        reader.join();
        EXPECT_EQ(seen, 300);
        return conflict("no");
    }));
}

TEST_P(StoreContract, MigratesOnceAndThenAgreesThatItIsDone)
{
    auto store = open_notes();
    EXPECT_EQ(*store->schema_version(), 1);
    ASSERT_TRUE(write_note(*store, clinician_of(here), random_id(), 1, "kept"));
    EXPECT_EQ(*store->migrate(), 1);
    store.reset();
    store = open_notes();
    EXPECT_EQ(*store->schema_version(), 1);
    EXPECT_EQ(number_from(*store, clinician_of(here), count_notes), 1);
}

TEST_P(StoreContract, AFailedMigrationLeavesTheVersionBefore)
{
    static constexpr storage::Migration broken[] = {
        notes_schema[0],
        {2, "0002_good", "ALTER TABLE note ADD COLUMN colour TEXT;"},
        {3, "0003_broken",
         "CREATE TABLE shelf (organisation BLOB NOT NULL, shelf BLOB); CREATE TABLE note (x INTEGER);"},
    };
    open_notes().reset();
    auto store = backend_->open(storage::Set::Data, broken);
    ASSERT_TRUE(store);
    EXPECT_THROW((void)(*store)->migrate(), std::logic_error);
    EXPECT_EQ(*(*store)->schema_version(), 2);
    static constexpr rows::Statement shelves{"test.shelves", "SELECT count(*) FROM shelf WHERE organisation = $1"};
    EXPECT_THROW((void)number_from(**store, clinician_of(here), shelves), std::logic_error) << "half of 3 was kept";
}

TEST_P(StoreContract, RefusesAStoreFromANewerVersion)
{
    static constexpr storage::Migration newer[] = {notes_schema[0],
                                                   {2, "0002_later", "ALTER TABLE note ADD COLUMN colour TEXT;"}};
    auto store = backend_->open(storage::Set::Data, newer);
    ASSERT_TRUE(store);
    ASSERT_EQ(*(*store)->migrate(), 2);
    (*store).reset();
    store = backend_->open(storage::Set::Data, notes_schema);
    ASSERT_TRUE(store);
    const auto refused = (*store)->migrate();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Invalid);
    EXPECT_THAT(refused.error().told, testing::AllOf(testing::HasSubstr("version 2"), testing::HasSubstr("up to 1")));
    EXPECT_EQ(*(*store)->schema_version(), 2);
}

TEST_P(StoreContract, TakesTheSchemaThatIsReleased)
{
    for (const auto which : {storage::Set::Data, storage::Set::Keys}) {
        auto store = backend_->open(which, {});
        ASSERT_TRUE(store) << store.error().told << " | " << store.error().noted;
        const auto reached = (*store)->migrate();
        ASSERT_TRUE(reached) << reached.error().told << " | " << reached.error().noted;
        EXPECT_EQ(*reached, storage::migrations(which).back().number);
    }
}

TEST_P(StoreContract, ABackupWhileWritingIsOfOneInstant)
{
    const FolderForTest folder;
    const auto store = open_notes();
    const auto actor = clinician_of(here);
    std::atomic<bool> stop = false;
    std::atomic<int> acknowledged = 0;
    std::thread writer([&] { // two notes at a time
        for (int at = 0; !stop; ++at)
            if (store->write(actor, [&](Writing& writing) -> Result<void> {
                    TRY(writing.change(add_note, {random_id(), 1, std::to_string(at), nullptr}));
                    TRY(writing.change(add_note, {random_id(), -1, std::to_string(at) + "b", nullptr}));
                    return {};
                }))
                acknowledged += 2;
    });
    while (acknowledged < 100)
        std::this_thread::yield();
    const int before = acknowledged;
    const auto path = folder.file("copy");
    const auto backed_up = store->backup_to(path);
    const int after = acknowledged;
    stop = true;
    writer.join();
    ASSERT_TRUE(backed_up) << backed_up.error().told << " | " << backed_up.error().noted;
    EXPECT_FALSE(std::filesystem::exists(path + ".tmp"));
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(path).permissions(), perms::owner_read | perms::owner_write);
    const auto copied = backend_->number_in_backup(path, "SELECT count(*) FROM note");
    EXPECT_GE(copied, before);
    EXPECT_LE(copied, after + 2);
    EXPECT_EQ(backend_->number_in_backup(path, "SELECT sum(number) FROM note"), 0) << "pairs are whole";
}

TEST_P(StoreContract, ABackupThatCannotBeWrittenIsSaid)
{
    const auto store = open_notes();
    const auto refused = store->backup_to("/proc/no/such/folder/copy");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Unavailable);
    EXPECT_FALSE(refused.error().told.empty());
}

TEST_P(StoreContract, IsDurableAndSaysSo)
{
    const auto store = open_notes();
    const auto health = store->health();
    EXPECT_TRUE(health.answers);
    EXPECT_TRUE(health.durable);
    EXPECT_EQ(health.waiting_writes, 0);
    EXPECT_EQ(health.noted, "");
}

TEST_P(StoreContract, ReadsMayComeFromManyThreadsAtOnce)
{
    const auto store = open_notes();
    const auto actor = clinician_of(here);
    ASSERT_TRUE(write_note(*store, actor, random_id(), 7, "seven"));
    std::atomic<int> right = 0;
    std::vector<std::thread> readers;
    for (int thread = 0; thread < 12; ++thread)
        readers.emplace_back([&] {
            for (int at = 0; at < 100; ++at)
                right += number_from(*store, actor, count_notes) == 1 ? 1 : 0;
        });
    for (auto& reader : readers)
        reader.join();
    EXPECT_EQ(right, 1200);
}

} // namespace

} // namespace handrail::tests
