#include "storage/dialect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/sql_tokens.h"

namespace handrail::tests {

namespace {

using storage::for_postgres;
using storage::for_sqlite;
using storage::placeholders_of;
using storage::statements_of;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(SqlTokens, PutTogetherAgainGiveTheText)
{
    for (const std::string text : {"SELECT 'it''s; $9' AS \"BLOB\" -- $8\n FROM a /* ; $7 */ WHERE b = $12", "",
                                   "'open", "/* open", "-- open", "$", "$x", "é=$1"}) {
        std::string again;
        for (const auto& token : storage::sql_tokens(text))
            again += token.text;
        EXPECT_EQ(again, text);
    }
}

TEST(Dialect, CutsAScriptIntoStatements)
{
    EXPECT_THAT(statements_of("-- why; how\nCREATE TABLE a (b TEXT); /* ; */ INSERT INTO a VALUES ('x;y');\n;  \n"),
                ElementsAre("CREATE TABLE a (b TEXT)", "INSERT INTO a VALUES ('x;y')"));
    EXPECT_THAT(statements_of(""), ElementsAre());
}

TEST(Dialect, SqliteTablesAreStrict)
{
    EXPECT_EQ(for_sqlite("CREATE TABLE a (b BLOB, c INTEGER) WITHOUT ROWID"),
              "CREATE TABLE a (b BLOB, c INTEGER) STRICT, WITHOUT ROWID");
    EXPECT_EQ(for_sqlite("CREATE TABLE a (b BLOB)"), "CREATE TABLE a (b BLOB) STRICT");
    EXPECT_EQ(for_sqlite("CREATE UNIQUE INDEX a_b ON a (b)"), "CREATE UNIQUE INDEX a_b ON a (b)");
}

TEST(Dialect, SqliteHasOneWriterAndLocksNoRows)
{
    EXPECT_EQ(for_sqlite("SELECT a FROM b LIMIT $2 FOR UPDATE SKIP LOCKED"), "SELECT a FROM b LIMIT $2 ");
    EXPECT_EQ(for_sqlite("SELECT a FROM (SELECT b FROM c FOR UPDATE) AS d"), "SELECT a FROM (SELECT b FROM c ) AS d");
    EXPECT_EQ(for_sqlite("SELECT 'FOR UPDATE'"), "SELECT 'FOR UPDATE'");
    EXPECT_EQ(for_sqlite("SELECT a FROM b LIMIT 1 FOR SHARE"), "SELECT a FROM b LIMIT 1 ");
}

TEST(Dialect, PostgresHasItsOwnNamesForTypes)
{
    EXPECT_THAT(for_postgres("CREATE TABLE a (b BLOB NOT NULL, c INTEGER, d TEXT DEFAULT 'BLOB') WITHOUT ROWID"),
                ElementsAre("CREATE TABLE a (b BYTEA NOT NULL, c BIGINT, d TEXT DEFAULT 'BLOB')"));
    EXPECT_THAT(for_postgres("ALTER TABLE a ADD COLUMN e INTEGER"), ElementsAre("ALTER TABLE a ADD COLUMN e BIGINT"));
}

TEST(Dialect, PostgresPutsAPolicyOnTablesOfAnOrganisation)
{
    const auto made = for_postgres("CREATE TABLE a (\n    organisation BLOB NOT NULL,\n    b BLOB\n) WITHOUT ROWID");
    ASSERT_EQ(made.size(), 4U);
    EXPECT_EQ(made[1], "ALTER TABLE a ENABLE ROW LEVEL SECURITY");
    EXPECT_EQ(made[2], "ALTER TABLE a FORCE ROW LEVEL SECURITY");
    EXPECT_THAT(made[3], testing::AllOf(HasSubstr("ON a USING"), HasSubstr("WITH CHECK"),
                                        HasSubstr("handrail.organisation"), HasSubstr("handrail.all")));
    // A column, not a word somewhere.
    EXPECT_EQ(for_postgres("CREATE TABLE a (b BLOB REFERENCES organisation, CHECK (organisation IS NOT NULL))").size(),
              1U);
    EXPECT_EQ(for_postgres("CREATE TABLE a (b BLOB, organisation BLOB)").size(), 4U);
}

TEST(Dialect, KnowsWhatAStatementAsksFor)
{
    const auto usual = placeholders_of("SELECT $3 FROM a WHERE organisation = $1 AND b = $2");
    EXPECT_TRUE(usual.organisation);
    EXPECT_EQ(usual.highest, 3);
    const auto none = placeholders_of("SELECT '$1', \"$2\" -- $3");
    EXPECT_FALSE(none.organisation);
    EXPECT_EQ(none.highest, 1);
    const auto two_digits = placeholders_of("SELECT $12");
    EXPECT_FALSE(two_digits.organisation) << "$12 is not $1";
    EXPECT_EQ(two_digits.highest, 12);
}

} // namespace

} // namespace handrail::tests
