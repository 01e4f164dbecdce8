// Looking at an embedded store: what is there is seen, beside a server and without one, and not a byte changes.
#include "sqlite/read_only_store.h"

#include <filesystem>
#include <fstream>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contracts/notes.h"
#include "folder_for_test.h"
#include "sqlite/sqlite_store.h"

namespace handrail::tests {

namespace {

namespace fs = std::filesystem;
using sqlite::ReadOnlyStore;
using sqlite::SqliteStore;
using storage::Set;
using testing::HasSubstr;
using Whole = ReadOnlyStore::Whole;
using std::chrono::seconds;

const Actor actor = clinician_of(OrganisationId::random());

std::unique_ptr<SqliteStore> open_notes(const std::string& path)
{
    sqlite::Options options;
    options.migrations = notes_schema;
    auto store = SqliteStore::open(path, Set::Data, options);
    if (!store || !(*store)->migrate())
        throw std::runtime_error("the store does not open");
    return *std::move(store);
}

std::unique_ptr<ReadOnlyStore> looked_at(const std::string& path)
{
    auto store = ReadOnlyStore::open(path, Set::Data);
    if (!store)
        throw std::runtime_error(store.error().told + store.error().noted);
    return *std::move(store);
}

/// Every file of a folder and what its bytes come to.
std::map<std::string, std::size_t> bytes_in(const fs::path& folder)
{
    std::map<std::string, std::size_t> all;
    for (const auto& each : fs::directory_iterator(folder)) {
        std::ifstream in(each.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        all[each.path().filename()] = std::hash<std::string>{}(bytes);
    }
    return all;
}

TEST(ReadOnlyStore, SeesWhatAServerCommittedAndChangesNothingBesideIt)
{
    const FolderForTest folder;
    const auto path = folder.file("handrail.db");
    const auto serving = open_notes(path);
    ASSERT_TRUE(write_note(*serving, actor, random_id(), 1, "in the log, not yet in the file"));
    const auto seen = [&] {
        auto all = bytes_in(folder.path());
        // Within one process SQLite shares the server's own map of the index, in which readers leave marks; from
        // another process it is read-only (tests/cli/doctor_test.py).
        all.at("handrail.db-shm") = 0;
        return all;
    };
    const auto before = seen();
    {
        const auto store = looked_at(path);
        EXPECT_EQ(*store->schema_version(), 1);
        EXPECT_EQ(number_from(*store, actor, count_notes), 1);
        EXPECT_EQ(store->check(seconds{60})->whole, Whole::Yes);
        EXPECT_TRUE(store->health().answers);
        EXPECT_TRUE(store->health().durable);
        EXPECT_EQ(seen(), before);
        ASSERT_TRUE(write_note(*serving, actor, random_id(), 2, "the server writes on"));
        EXPECT_EQ(number_from(*store, actor, count_notes), 2);
    }
    ASSERT_TRUE(write_note(*serving, actor, random_id(), 3, "and on"));
}

TEST(ReadOnlyStore, LeavesNoFileBesideAStoreThatNobodyHasOpen)
{
    const FolderForTest folder;
    const auto path = folder.file("a?name#with%20signs.db");
    ASSERT_TRUE(write_note(*open_notes(path), actor, random_id(), 1, "one"));
    const auto before = bytes_in(folder.path());
    {
        const auto store = looked_at(path);
        EXPECT_EQ(number_from(*store, actor, count_notes), 1);
        EXPECT_EQ(store->check(seconds{60})->whole, Whole::Yes);
        EXPECT_TRUE(store->health().durable);
        EXPECT_EQ(bytes_in(folder.path()), before);
    }
    EXPECT_EQ(bytes_in(folder.path()), before);
}

TEST(ReadOnlyStore, ReadsTheLogThatAKillLeft)
{
    const FolderForTest folder;
    const auto left = folder.path() / "left";
    fs::create_directory(left);
    {
        const auto serving = open_notes(folder.file("handrail.db"));
        ASSERT_TRUE(write_note(*serving, actor, random_id(), 1, "acknowledged, then killed"));
        for (const char* name : {"handrail.db", "handrail.db-wal", "handrail.db-shm"})
            fs::copy(folder.path() / name, left / name);
    }
    const auto before = bytes_in(left);
    EXPECT_EQ(number_from(*looked_at(left / "handrail.db"), actor, count_notes), 1);
    EXPECT_EQ(bytes_in(left), before);
    fs::remove(left / "handrail.db-shm");
    const auto without = ReadOnlyStore::open(left / "handrail.db", Set::Data);
    ASSERT_FALSE(without);
    EXPECT_THAT(without.error().told, HasSubstr("The next start does that"));
    EXPECT_FALSE(fs::exists(left / "handrail.db-shm"));
}

TEST(ReadOnlyStore, RefusesWhatWouldChangeTheStore)
{
    const FolderForTest folder;
    open_notes(folder.file("handrail.db"));
    const auto store = looked_at(folder.file("handrail.db"));
    EXPECT_FALSE(write_note(*store, actor, random_id(), 1, "one"));
    EXPECT_FALSE(store->migrate());
    EXPECT_FALSE(store->backup_to(folder.file("copy")));
    EXPECT_EQ(number_from(*store, actor, count_notes), 0);
}

TEST(ReadOnlyStore, TellsKeysFromTheRecordAndAStoreFromAnotherFile)
{
    const FolderForTest folder;
    ASSERT_TRUE((*SqliteStore::open(folder.file("keys.db"), Set::Keys))->migrate());
    const auto keys = ReadOnlyStore::open(folder.file("keys.db"), Set::Data);
    ASSERT_FALSE(keys);
    EXPECT_THAT(keys.error().told, HasSubstr("not Handrail's record"));
    std::ofstream(folder.file("text.db")) << std::string(5000, 'x');
    EXPECT_FALSE(ReadOnlyStore::open(folder.file("text.db"), Set::Data));
    EXPECT_FALSE(ReadOnlyStore::open(folder.file("none.db"), Set::Data));
    EXPECT_FALSE(fs::exists(folder.file("none.db")));
}

class ManyNotes : public testing::Test {
protected:
    void SetUp() override
    {
        const auto store = open_notes(path);
        ASSERT_TRUE(store->write(actor, [](storage::Writing& writing) -> Result<void> {
            for (int each = 0; each < 20'000; ++each)
                TRY(writing.change(add_note, {random_id(), each, "note " + std::to_string(each), nullptr}));
            return {};
        }));
    }
    const FolderForTest folder;
    const std::string path = folder.file("handrail.db");
};

TEST_F(ManyNotes, ADamagedPageIsFound)
{
    EXPECT_EQ(looked_at(path)->check(seconds{60})->whole, Whole::Yes);
    {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(fs::file_size(path) / 2 / 4096 * 4096));
        file << std::string(4096, '\x7f');
    }
    const auto found = looked_at(path)->check(seconds{60});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->whole, Whole::No);
    EXPECT_NE(found->found, "");
}

TEST_F(ManyNotes, ALookThatTakesTooLongSaysThatItKnowsNothing)
{
    EXPECT_EQ(looked_at(path)->check(std::chrono::milliseconds{0})->whole, Whole::NotInTime);
}

TEST_F(ManyNotes, AServerThatComesMeanwhileIsNotTakenForDamage)
{
    const auto store = looked_at(path);
    const auto serving = open_notes(path);
    {
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(fs::file_size(path) / 2 / 4096 * 4096));
        file << std::string(4096, '\x7f');
    }
    EXPECT_FALSE(store->check(seconds{60})) << "what it read may have been half of a change";
}

} // namespace

} // namespace handrail::tests
