#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "contracts/notes.h"
#include "folder_for_test.h"
#include "sqlite/sqlite_store.h"

/// tests/fixtures/databases/ holds a small store of every released schema version: today's code opens them all.
///
/// To add one when a schema is released (and only then: a released file never changes), run
///     HANDRAIL_WRITE_RELEASED_STORES=1 build/dev/tests/sqlite/sqlite_test --gtest_filter='ReleasedStores.*'
/// and commit the two files it writes.
namespace handrail::tests {

namespace {

using sqlite::SqliteStore;
using storage::Set;
using storage::Writing;

const std::filesystem::path fixtures = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "tests/fixtures/databases";

std::string file_name(Set which, int version)
{
    return (which == Set::Data ? "record-" : "keys-") + std::to_string(version) + ".db";
}

RawId made_up_id(std::uint8_t filling)
{
    RawId id;
    id.bytes.fill(filling);
    return id;
}

const OrganisationId organisation{made_up_id(1)};
constexpr Instant at = from_stored(1'770'000'000'000'000);

// As they were at version 1. Later columns have defaults; these statements stay as they are.
constexpr rows::Statement add_organisation{
    "fixture.organisation", "INSERT INTO organisation (organisation, slug, created_at) VALUES ($1, $2, $3)"};
constexpr rows::Statement add_conversation{
    "fixture.conversation",
    "INSERT INTO conversation (organisation, conversation, person, channel, state, urgency, sealed_state, started_at,"
    " changed_at) VALUES ($1, $2, $3, 'web', 'open', 'usual', $4, $5, $5)"};
constexpr rows::Statement add_message{
    "fixture.message",
    "INSERT INTO message (organisation, conversation, message, person, author, at, urgency, sealed_body)"
    " VALUES ($1, $2, $3, $4, 'person', $5, 'usual', $6)"};
constexpr rows::Statement add_key{
    "fixture.key",
    "INSERT INTO person_key (organisation, person, epoch, wrapped, created_at) VALUES ($1, $2, 1, $3, $4)"};
constexpr rows::Statement messages{"fixture.messages", "SELECT sealed_body, at FROM message WHERE organisation = $1"
                                                       " AND conversation = $2"};
constexpr rows::Statement keys{"fixture.keys",
                               "SELECT wrapped FROM person_key WHERE organisation = $1 AND person = $2"};

const rows::Blob sealed{std::string("\0sealed words of nobody\xff", 24)};

Result<void> fill(storage::Store& store, Set which)
{
    return store.write(the_system(organisation), [&](Writing& writing) -> Result<void> {
        if (which == Set::Keys) {
            TRY(writing.change(add_key, {made_up_id(2), sealed, at}));
            return {};
        }
        TRY(writing.change(add_organisation, {"made-up", at}));
        TRY(writing.change(add_conversation, {made_up_id(3), made_up_id(2), sealed, at}));
        TRY(writing.change(add_message, {made_up_id(3), made_up_id(4), made_up_id(2), at, sealed}));
        return {};
    });
}

Result<rows::Rows> what_was_filled_in(storage::Store& store, Set which)
{
    rows::Rows found;
    TRY(store.read(the_system(organisation), [&](storage::Reading& reading) -> Result<void> {
        found = which == Set::Keys ? TRY(reading.rows(keys, {made_up_id(2)}))
                                   : TRY(reading.rows(messages, {made_up_id(3)}));
        return {};
    }));
    return found;
}

/// Every table and index with the SQL that made it. ALTER TABLE edits that text, so two ways to one shape may differ in
/// spaces only.
std::map<std::string, std::string> shape_of(const std::string& path)
{
    std::map<std::string, std::string> shape;
    sqlite3* connection = nullptr;
    sqlite3_stmt* statement = nullptr;
    sqlite3_open_v2(path.c_str(), &connection, SQLITE_OPEN_READONLY, nullptr);
    sqlite3_prepare_v2(connection, "SELECT name, coalesce(sql, '') FROM sqlite_schema", -1, &statement, nullptr);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        std::string sql;
        for (const char c : std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, 1))))
            if (c != ' ' && c != '\n')
                sql += c;
        shape[reinterpret_cast<const char*>(sqlite3_column_text(statement, 0))] = sql;
    }
    sqlite3_finalize(statement);
    sqlite3_close(connection);
    return shape;
}

class ReleasedStores : public testing::TestWithParam<Set> {};

TEST_P(ReleasedStores, AreOpenedUpgradedAndReadByTodaysCode)
{
    const auto which = GetParam();
    const int newest = storage::migrations(which).back().number;
    const FolderForTest folder;
    const auto fresh = folder.file("fresh.db");
    {
        auto store = SqliteStore::open(fresh, which);
        ASSERT_TRUE(store);
        ASSERT_TRUE((*store)->migrate());
        ASSERT_TRUE(fill(**store, which));
        if (std::getenv("HANDRAIL_WRITE_RELEASED_STORES") != nullptr) {
            std::filesystem::create_directories(fixtures);
            const auto released = fixtures / file_name(which, newest);
            ASSERT_TRUE((*store)->backup_to(released.string()));
            std::filesystem::permissions(released, std::filesystem::perms(0644));
        }
    }
    for (int version = 1; version <= newest; ++version) {
        const auto released = fixtures / file_name(which, version);
        ASSERT_TRUE(std::filesystem::exists(released))
            << released << " is missing; the test's source says how to make it";
        EXPECT_LT(std::filesystem::file_size(released), 500'000U); // an empty table or index is a page of 4 KiB
        const auto path = folder.file(file_name(which, version));
        std::filesystem::copy_file(released, path);
        {
            auto store = SqliteStore::open(path, which);
            ASSERT_TRUE(store) << store.error().told;
            EXPECT_EQ(*(*store)->schema_version(), version);
            const auto reached = (*store)->migrate();
            ASSERT_TRUE(reached) << reached.error().noted;
            EXPECT_EQ(*reached, newest);
            const auto found = what_was_filled_in(**store, which);
            ASSERT_TRUE(found) << found.error().noted;
            ASSERT_EQ(found->size(), 1U);
            EXPECT_EQ((*found)[0][0].blob(), sealed);
        }
        EXPECT_EQ(shape_of(path), shape_of(fresh)) << "an upgraded store and a new one have the same shape";
    }
}

INSTANTIATE_TEST_SUITE_P(OfBothSets, ReleasedStores, testing::Values(Set::Data, Set::Keys),
                         [](const auto& each) { return each.param == Set::Data ? "Record" : "Keys"; });

} // namespace

} // namespace handrail::tests
