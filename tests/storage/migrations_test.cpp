#include "storage/migrations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "storage/dialect.h"
#include "storage/tables.h"

namespace handrail::tests {

namespace {

using storage::Migration;
using storage::migrations;
using storage::Set;

TEST(Migrations, AreNumberedFromOneWithoutAGap)
{
    for (const auto which : {Set::Data, Set::Keys}) {
        ASSERT_FALSE(migrations(which).empty());
        int expected = 1;
        for (const auto& migration : migrations(which)) {
            EXPECT_EQ(migration.number, expected++) << migration.name;
            EXPECT_EQ(std::stoi(std::string(migration.name)), migration.number);
            EXPECT_EQ(migration.script.substr(0, 3), "-- ") << migration.name << " begins with why";
            EXPECT_FALSE(storage::statements_of(migration.script).empty());
        }
    }
}

TEST(Migrations, EveryTableCarriesItsOrganisation)
{
    for (const auto which : {Set::Data, Set::Keys})
        for (const auto& migration : migrations(which))
            for (const auto& statement : storage::statements_of(migration.script))
                if (statement.rfind("CREATE TABLE", 0) == 0) {
                    EXPECT_EQ(storage::for_postgres(statement).size(), 4U) << statement;
                }
}

TEST(Tables, AreKnownWithTheirPrimaryKeys)
{
    std::map<std::string, std::vector<std::string>> found;
    for (const auto which : {Set::Data, Set::Keys})
        for (const auto& table : storage::tables(which))
            EXPECT_TRUE(found.emplace(table.name, table.primary_key).second) << table.name;
    EXPECT_THAT(found["organisation"], testing::ElementsAre("organisation"));
    EXPECT_THAT(found["audit_entry"], testing::ElementsAre("organisation", "lane", "sequence"));
    EXPECT_THAT(found["document"], testing::ElementsAre("organisation", "person", "kind", "version"));
    EXPECT_THAT(found["former_key"], testing::ElementsAre("organisation", "person", "number"));
    EXPECT_THAT(found["look_up"], testing::ElementsAre("organisation", "field", "hash", "person"));
    std::size_t made = 0;
    for (const auto which : {Set::Data, Set::Keys})
        for (const auto& migration : migrations(which))
            for (const auto& statement : storage::statements_of(migration.script))
                made += statement.rfind("CREATE TABLE", 0) == 0 ? 1 : 0;
    EXPECT_EQ(found.size(), made);
}

constexpr Migration three[] = {{1, "0001_a", ""}, {2, "0002_b", ""}, {3, "0003_c", ""}};

TEST(Migrations, RunsWhatIsMissingInOrder)
{
    std::vector<int> applied;
    const auto apply = [&](const Migration& migration) -> Result<void> {
        applied.push_back(migration.number);
        return {};
    };
    EXPECT_EQ(*storage::migrate(three, 1, apply), 3);
    EXPECT_THAT(applied, testing::ElementsAre(2, 3));
    EXPECT_EQ(*storage::migrate(three, 3, apply), 3);
    EXPECT_EQ(applied.size(), 2U);
}

TEST(Migrations, StopsAtTheFirstThatFails)
{
    std::vector<int> applied;
    const auto failed = storage::migrate(three, 0, [&](const Migration& migration) -> Result<void> {
        applied.push_back(migration.number);
        return migration.number == 2 ? Result<void>(unavailable("no", "no")) : Result<void>{};
    });
    EXPECT_FALSE(failed);
    EXPECT_THAT(applied, testing::ElementsAre(1, 2));
}

TEST(Migrations, RefusesANewerStoreAndNamesBothVersions)
{
    const auto refused = storage::migrate(three, 4, [](const Migration&) -> Result<void> { return {}; });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Invalid);
    EXPECT_THAT(refused.error().told, testing::AllOf(testing::HasSubstr("version 4"), testing::HasSubstr("up to 3")));
}

} // namespace

} // namespace handrail::tests
