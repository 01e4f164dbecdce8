#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contracts/notes.h"
#include "folder_for_test.h"
#include "sqlite/forgetful_vfs.h"
#include "sqlite/sqlite_store.h"

namespace handrail::tests {

namespace {

using sqlite::SqliteStore;
using storage::Writing;
using Fault = ForgetfulVfs::Fault;

const Actor writer = clinician_of(OrganisationId::random());
constexpr rows::Statement check{"test.check", "PRAGMA integrity_check"};
constexpr rows::Statement with_number{
    "test.with_number", "SELECT count(*) FROM note WHERE organisation = $1 AND (number = $2 OR number = -$2)"};

class DiskFault : public testing::TestWithParam<Fault> {
protected:
    sqlite::Options options()
    {
        sqlite::Options options;
        options.vfs = disk_.name();
        options.checkpoint_pages = 5;
        options.readers = 2;
        options.migrations = notes_schema;
        return options;
    }
    std::string path() const { return folder_.file("handrail.db"); }

    std::unique_ptr<SqliteStore> open()
    {
        auto store = SqliteStore::open(path(), storage::Set::Data, options());
        if (!store)
            throw std::runtime_error(store.error().noted);
        if (const auto migrated = (*store)->migrate(); !migrated)
            throw std::runtime_error(migrated.error().noted);
        return *std::move(store);
    }

    static Result<void> write_pair(storage::Store& store, std::int64_t number)
    {
        return store.write(writer, [&](Writing& writing) -> Result<void> {
            TRY(writing.change(add_note,
                               {random_id(), number, std::to_string(number), rows::Blob{std::string(6000, 'x')}}));
            TRY(writing.change(add_note, {random_id(), -number, std::to_string(-number), nullptr}));
            return {};
        });
    }
    /// How many halves of a pair are there; asked while nothing fails.
    static std::int64_t halves(storage::Store& store, std::int64_t number)
    {
        const std::vector<rows::Value> values{number};
        return number_from(store, writer, with_number, values);
    }
    static std::string soundness(storage::Store& store)
    {
        std::string sound;
        const auto read = store.read(the_system(), [&](storage::Reading& reading) -> Result<void> {
            sound = TRY(reading.rows(check, {})).at(0).at(0).text();
            return {};
        });
        return read ? sound : read.error().noted;
    }

    FolderForTest folder_;
    ForgetfulVfs disk_;
};

TEST_P(DiskFault, AtAnyCallOfAWriteKeepsAllOfItOrNothing)
{
    auto store = open();
    std::int64_t number = 1;
    int refused = 0;
    for (const long more : {0L, 3L})
        for (long nth = 1; nth <= 60; ++nth, ++number) {
            if (nth % 10 == 0) { // with cold caches too
                store.reset();
                store = open();
            }
            disk_.fail_at(nth, GetParam(), more);
            const auto written = write_pair(*store, number);
            const auto seen = number_from(*store, writer, count_notes); // a read may fail as well
            disk_.fail_at(0, GetParam());
            EXPECT_TRUE(seen == -1 || seen % 2 == 0);
            if (!written) {
                ++refused;
                EXPECT_EQ(written.error().kind, ErrorKind::Unavailable) << written.error().noted;
                if (GetParam() == Fault::DiskFull) {
                    EXPECT_THAT(written.error().told, testing::HasSubstr("disk is full"));
                }
            }
            EXPECT_EQ(halves(*store, number), written ? 2 : 0) << "fault at call " << nth;
            ++number;
            const auto again = write_pair(*store, number);
            ASSERT_TRUE(again) << "the store works again: " << again.error().noted << " after call " << nth;
        }
    EXPECT_GT(refused, 5);
    EXPECT_EQ(soundness(*store), "ok");
    store.reset();
    store = open();
    EXPECT_EQ(soundness(*store), "ok");
    EXPECT_TRUE(store->health().answers);
}

TEST_P(DiskFault, AtAnyCallOfOpeningIsSaidAndPasses)
{
    { // something in the log that has to be brought in
        auto store = open();
        ASSERT_TRUE(write_pair(*store, 1));
    }
    int refused = 0;
    for (long nth = 1; nth <= 80; ++nth) {
        disk_.fail_at(nth, GetParam());
        {
            auto store = SqliteStore::open(path(), storage::Set::Data, options());
            if (store) {
                const auto migrated = (*store)->migrate();
                if (!migrated) {
                    ++refused;
                    EXPECT_EQ(migrated.error().kind, ErrorKind::Unavailable) << migrated.error().noted;
                }
            } else {
                ++refused;
                EXPECT_EQ(store.error().kind, ErrorKind::Unavailable) << store.error().noted;
            }
        }
        disk_.fail_at(0, GetParam());
        const auto store = open();
        EXPECT_EQ(halves(*store, 1), 2);
    }
    if (GetParam() == Fault::DiskError) {
        EXPECT_GT(refused, 5);
    }
}

TEST_P(DiskFault, AtAnyCallOfTheFirstMigrationLeavesNoHalfStore)
{
    int refused = 0;
    for (long nth = 1; nth <= 500; ++nth) {
        const auto fresh = folder_.file("fresh-" + std::to_string(nth));
        disk_.fail_at(nth, GetParam());
        {
            auto store = SqliteStore::open(fresh, storage::Set::Data, options());
            const bool done = store && (*store)->migrate();
            refused += done ? 0 : 1;
        }
        const bool met = disk_.failed();
        disk_.fail_at(0, GetParam());
        auto store = SqliteStore::open(fresh, storage::Set::Data, options());
        ASSERT_TRUE(store) << store.error().noted << " after call " << nth;
        const auto reached = (*store)->migrate();
        ASSERT_TRUE(reached) << reached.error().noted << " after call " << nth;
        EXPECT_TRUE(write_pair(**store, 1));
        if (!met)
            break; // opening takes fewer calls than that
    }
    EXPECT_GT(refused, 3);
}

TEST_P(DiskFault, InABackupIsSaidAndLeavesNoFileBehind)
{
    const auto store = open();
    for (int number = 1; number < 20; ++number)
        ASSERT_TRUE(write_pair(*store, number));
    const auto copy = folder_.file("copy");
    int refused = 0;
    for (long nth = 1; nth <= 40; ++nth) {
        disk_.fail_at_of_this_thread(nth, GetParam());
        const auto backed_up = store->backup_to(copy);
        const bool failed = disk_.failed();
        disk_.fail_at(0, GetParam());
        if (!backed_up) {
            ++refused;
            EXPECT_TRUE(failed);
            EXPECT_EQ(backed_up.error().kind, ErrorKind::Unavailable) << backed_up.error().noted;
            EXPECT_FALSE(std::filesystem::exists(copy + ".tmp"));
        }
        EXPECT_TRUE(write_pair(*store, 1000 + nth)) << "the store is not harmed";
    }
    EXPECT_GT(refused, 2);
}

INSTANTIATE_TEST_SUITE_P(OfEveryKind, DiskFault, testing::Values(Fault::DiskError, Fault::DiskFull),
                         [](const auto& each) { return each.param == Fault::DiskError ? "Error" : "Full"; });

} // namespace

} // namespace handrail::tests
