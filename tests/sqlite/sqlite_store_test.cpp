#include "sqlite/sqlite_store.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contracts/notes.h"
#include "folder_for_test.h"

namespace handrail::tests {

namespace {

using sqlite::SqliteStore;
using storage::Set;
using storage::Writing;
using testing::HasSubstr;

const Actor actor = clinician_of(OrganisationId::random());

std::unique_ptr<SqliteStore> open_notes(const std::string& path, sqlite::Options options = {})
{
    options.migrations = notes_schema;
    auto store = SqliteStore::open(path, Set::Data, options);
    if (!store || !(*store)->migrate())
        throw std::runtime_error("the store does not open");
    return *std::move(store);
}

TEST(SqliteStore, KeepsItsFilesToItself)
{
    const FolderForTest folder;
    const auto path = folder.file("handrail.db");
    std::ofstream(path).close();
    std::filesystem::permissions(path, std::filesystem::perms(0644));
    const auto store = open_notes(path);
    ASSERT_TRUE(write_note(*store, actor, random_id(), 1, "one"));
    for (const auto& file : std::filesystem::directory_iterator(folder.path()))
        EXPECT_EQ(file.status().permissions(), std::filesystem::perms(0600)) << file.path();
}

TEST(SqliteStore, OpensOnceAtATime)
{
    const FolderForTest folder;
    auto store = open_notes(folder.file("handrail.db"));
    const auto second = SqliteStore::open(folder.file("handrail.db"), Set::Data);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::Conflict);
    EXPECT_THAT(second.error().told, HasSubstr("Another Handrail has this store open"));
    store.reset();
    EXPECT_TRUE(SqliteStore::open(folder.file("handrail.db"), Set::Data));
}

TEST(SqliteStore, TellsKeysFromTheRecord)
{
    const FolderForTest folder;
    ASSERT_EQ(*(*SqliteStore::open(folder.file("keys.db"), Set::Keys))->migrate(),
              storage::migrations(Set::Keys).back().number);
    const auto wrong = SqliteStore::open(folder.file("keys.db"), Set::Data);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().kind, ErrorKind::Invalid);
    EXPECT_THAT(wrong.error().told, HasSubstr("not Handrail's record"));
}

TEST(SqliteStore, SaysWhatIsWrongWithAFile)
{
    const FolderForTest folder;
    std::ofstream(folder.file("text.db")) << std::string(5000, 'x');
    const auto text = SqliteStore::open(folder.file("text.db"), Set::Data);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().kind, ErrorKind::Unavailable);
    EXPECT_THAT(text.error().told, HasSubstr("damaged"));
    const auto nowhere = SqliteStore::open(folder.file("no/such/folder/handrail.db"), Set::Data);
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().kind, ErrorKind::Unavailable);
}

TEST(SqliteStore, CommitsThoseWhoWaitTogether)
{
    const FolderForTest folder;
    const auto store = open_notes(folder.file("handrail.db"));
    // While one body holds the writer, forty more come; then they all go through, each with its own outcome.
    std::atomic<bool> holding = false;
    std::atomic<bool> release = false;
    std::thread first([&] {
        EXPECT_TRUE(store->write(actor, [&](Writing& writing) -> Result<void> {
            holding = true;
            while (!release)
                std::this_thread::yield();
            TRY(writing.change(add_note, {random_id(), 0, "first", nullptr}));
            return {};
        }));
    });
    while (!holding)
        std::this_thread::yield();
    std::vector<std::thread> others;
    std::atomic<int> conflicts = 0;
    for (int each = 0; each < 40; ++each)
        others.emplace_back([&, each] { // every fourth wants words that are taken
            const auto written =
                write_note(*store, actor, random_id(), each, each % 4 == 0 ? "first" : std::to_string(each));
            if (!written && written.error().kind == ErrorKind::Conflict)
                ++conflicts;
        });
    while (store->health().waiting_writes < 40)
        std::this_thread::yield();
    EXPECT_EQ(number_from(*store, actor, count_notes), 0);
    release = true;
    first.join();
    for (auto& other : others)
        other.join();
    EXPECT_EQ(conflicts, 10);
    EXPECT_EQ(number_from(*store, actor, count_notes), 31);
}

TEST(SqliteStore, AWriteInsideAWriteIsABug)
{
    const FolderForTest folder;
    const auto store = open_notes(folder.file("handrail.db"));
    EXPECT_THROW(
        (void)store->write(
            actor, [&](Writing&) -> Result<void> { return write_note(*store, actor, random_id(), 1, "inner"); }),
        std::logic_error);
}

TEST(SqliteStore, ALongReadDoesNotHoldUpTheWriter)
{
    const FolderForTest folder;
    sqlite::Options options;
    options.checkpoint_pages = 4; // so that the log is soon far too long
    const auto store = open_notes(folder.file("handrail.db"), options);
    ASSERT_TRUE(write_note(*store, actor, random_id(), 0, "before"));
    const auto read = store->read(actor, [&](storage::Reading& reading) -> Result<void> {
        EXPECT_EQ(TRY(reading.rows(count_notes, {}))[0][0].number(), 1);
        for (int each = 1; each <= 200; ++each)
            TRY(write_note(*store, actor, random_id(), each, std::to_string(each)));
        EXPECT_EQ(TRY(reading.rows(count_notes, {}))[0][0].number(), 1) << "still the instant it began at";
        return {};
    });
    EXPECT_TRUE(read);
    EXPECT_EQ(number_from(*store, actor, count_notes), 201);
}

TEST(SqliteStore, TheLogIsMovedIntoTheFileAndDoesNotGrowForEver)
{
    const FolderForTest folder;
    sqlite::Options options;
    options.checkpoint_pages = 50;
    const auto store = open_notes(folder.file("handrail.db"), options);
    std::atomic<bool> stop = false;
    std::thread reader([&] {
        while (!stop)
            (void)number_from(*store, actor, count_notes);
    });
    for (int each = 0; each < 3000; ++each)
        ASSERT_TRUE(write_note(*store, actor, random_id(), each, std::to_string(each)));
    stop = true;
    reader.join();
    EXPECT_LT(std::filesystem::file_size(folder.file("handrail.db-wal")), 50U * 4200 * 40);
    EXPECT_GT(std::filesystem::file_size(folder.file("handrail.db")), 100'000U);
}

TEST(SqliteStore, ABackupIsAStoreThatOpens)
{
    const FolderForTest folder;
    const auto store = open_notes(folder.file("handrail.db"));
    ASSERT_TRUE(write_note(*store, actor, random_id(), 1, "one"));
    ASSERT_TRUE(store->backup_to(folder.file("copy.db")));
    ASSERT_TRUE(write_note(*store, actor, random_id(), 2, "two"));
    EXPECT_FALSE(std::filesystem::exists(folder.file("copy.db-wal")));
    const auto copy = open_notes(folder.file("copy.db"));
    EXPECT_EQ(number_from(*copy, actor, count_notes), 1);
    EXPECT_EQ(number_from(*store, actor, count_notes), 2);
    ASSERT_TRUE(store->backup_to(folder.file("again.db")));
    ASSERT_TRUE(store->backup_to(folder.file("again.db"))) << "a second one takes the first one's place";
}

TEST(SqliteStore, ADataErrorIsNotedWithoutTheData)
{
    const FolderForTest folder;
    const auto store = open_notes(folder.file("handrail.db"));
    ASSERT_TRUE(write_note(*store, actor, random_id(), 1, "my secret words"));
    const auto again = write_note(*store, actor, random_id(), 1, "my secret words");
    ASSERT_FALSE(again);
    EXPECT_THAT(again.error().noted, HasSubstr("note.words"));
    EXPECT_THAT(again.error().noted + again.error().told, testing::Not(HasSubstr("secret")));
}

} // namespace

} // namespace handrail::tests
