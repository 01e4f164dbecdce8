#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

#include "contracts/notes.h"
#include "folder_for_test.h"
#include "sqlite/forgetful_vfs.h"
#include "sqlite/sqlite_store.h"

namespace handrail::tests {

namespace {

using sqlite::SqliteStore;
using storage::Writing;

const Actor writer = clinician_of(OrganisationId::random());
constexpr rows::Statement check{"test.check", "PRAGMA integrity_check"};
constexpr rows::Statement numbers{"test.numbers", "SELECT number FROM note WHERE organisation = $1"};

/// A note and its other half, in one write.
Result<void> write_pair(storage::Store& store, std::int64_t number)
{
    return store.write(writer, [&](Writing& writing) -> Result<void> {
        TRY(writing.change(add_note, {random_id(), number, std::to_string(number), rows::Blob{std::string(300, 'x')}}));
        TRY(writing.change(add_note, {random_id(), -number, std::to_string(-number), nullptr}));
        return {};
    });
}

/// What is wrong with the store: empty when it is sound and holds whole pairs only.
std::string complaint(storage::Store& store, std::set<std::int64_t>& found)
try {
    std::string wrong;
    const auto read = store.read(the_system(writer.organisation()), [&](storage::Reading& reading) -> Result<void> {
        const auto sound = TRY(reading.rows(check, {}));
        if (sound.size() != 1 || sound[0][0].text() != "ok")
            wrong = "not sound: " + (sound.empty() ? "" : sound[0][0].text());
        for (const auto& row : TRY(reading.rows(numbers, {})))
            found.insert(row[0].number());
        return {};
    });
    if (!read)
        return read.error().noted;
    for (const auto number : found)
        if (found.count(-number) == 0)
            return "half of the pair " + std::to_string(number);
    return wrong;
} catch (const std::logic_error& bug) { // even the tables are gone
    return bug.what();
}

struct Losses {
    int acknowledged = 0;
    int lost = 0;       ///< acknowledged and not found again
    std::string broken; ///< what was found wrong with the store itself
};

/// Writes from several threads, cuts the power at random moments, and looks what is left.
Losses lose_power_often(bool forget_to_flush, int rounds)
{
    const FolderForTest folder;
    ForgetfulVfs disk;
    sqlite::Options options;
    options.vfs = disk.name();
    options.checkpoint_pages = 12; // so that the power also goes while the log is moved into the file
    options.forget_to_flush = forget_to_flush;
    options.migrations = notes_schema;
    std::mt19937 dice(20261121); // the threads' timing differs from run to run; the rest does not
    Losses losses;
    std::set<std::int64_t> acknowledged;
    std::atomic<std::int64_t> next = 1;
    for (int round = 0; round < rounds; ++round) {
        {
            auto store = SqliteStore::open(folder.file("handrail.db"), storage::Set::Data, options);
            if (!store) {
                losses.broken = store.error().noted;
                break;
            }
            if (const auto migrated = (*store)->migrate(); !migrated) {
                losses.broken = migrated.error().noted;
                break;
            }
            std::mutex mutex;
            std::vector<std::thread> threads;
            for (int each = 0; each < 6; ++each)
                threads.emplace_back([&] {
                    for (;;) {
                        const auto number = next++;
                        const auto written = write_pair(**store, number);
                        if (!written) {
                            EXPECT_EQ(written.error().kind, ErrorKind::Unavailable) << written.error().noted;
                            return;
                        }
                        const std::lock_guard lock(mutex);
                        acknowledged.insert(number);
                    }
                });
            std::this_thread::sleep_for(
                std::chrono::microseconds(std::uniform_int_distribution<int>(2000, 25000)(dice)));
            disk.cut_power();
            for (auto& thread : threads)
                thread.join();
        }
        disk.power_up(dice, std::uniform_real_distribution<double>(0, 1)(dice));
        auto store = SqliteStore::open(folder.file("handrail.db"), storage::Set::Data, options);
        std::set<std::int64_t> found;
        if (store)
            losses.broken = complaint(**store, found);
        else
            losses.broken = store.error().noted;
        for (const auto number : acknowledged)
            losses.lost += found.count(number) == 0 ? 1 : 0;
        losses.acknowledged = static_cast<int>(acknowledged.size());
        if (losses.lost > 0 || !losses.broken.empty())
            break;
    }
    return losses;
}

TEST(PowerLoss, LosesNothingThatWasAcknowledged)
{
    const auto losses = lose_power_often(false, 40);
    RecordProperty("acknowledged", losses.acknowledged);
    EXPECT_EQ(losses.lost, 0);
    EXPECT_EQ(losses.broken, "");
    EXPECT_GT(losses.acknowledged, 200) << "too few to say anything";
}

// The test above can fail: a store that does not flush does lose what it acknowledged, and this disk shows it.
TEST(PowerLoss, IsSeenWhenTheStoreDoesNotFlush)
{
    const auto losses = lose_power_often(true, 40);
    EXPECT_GT(losses.lost, 0);
    EXPECT_GT(losses.acknowledged, 0);
}

TEST(PowerLoss, AStoreThatDoesNotFlushSaysThatItIsNotDurable)
{
    const FolderForTest folder;
    const auto store = SqliteStore::open(folder.file("handrail.db"), storage::Set::Data, {.forget_to_flush = true});
    ASSERT_TRUE(store);
    EXPECT_FALSE((*store)->health().durable);
}

} // namespace

} // namespace handrail::tests
