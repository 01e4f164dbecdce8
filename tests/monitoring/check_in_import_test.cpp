#include "monitoring/check_in_import.h"

#include <gtest/gtest.h>

#include "content/check_in_mappings.h"
#include "monitoring/csv.h"
#include "monitoring/shipped_content.h"

namespace handrail::monitoring {
namespace {

const Instant now = *from_rfc3339("2026-03-02T21:00:00Z");

const std::vector<CheckInMapping>& mappings()
{
    static const std::vector<CheckInMapping> loaded = *content::load_check_in_mappings(content_folder);
    return loaded;
}

Result<CheckInImport> imported(std::string_view text, Instant at = now)
{
    return read_check_in_import(text, mappings(), daily_form(), {at, std::chrono::minutes{0}});
}

TEST(CheckInImport, TakesMoodSleepAndNote)
{
    const auto read = imported("at,mood,sleep,note\n"
                               "2026-02-27T20:00:00Z,2,5.4,\"Long shift, \"\"slow\"\" walk\"\n"
                               "2026-02-28T20:00:00+01:00,4,8.0,\n"
                               "2026-03-01,,,\n");
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->preview.mapping, "check-ins");
    EXPECT_EQ(read->preview.rows, 3U);
    EXPECT_EQ(read->preview.without_answers, 1U);
    ASSERT_EQ(read->check_ins.size(), 2U);
    EXPECT_EQ(read->check_ins[0].answers().value("mood"), 2);
    EXPECT_EQ(read->check_ins[0].answers().value("sleep"), 3); // about five hours
    EXPECT_EQ(read->check_ins[0].answers().text.at("note").reveal(), "Long shift, \"slow\" walk");
    EXPECT_EQ(read->check_ins[1].answers().value("sleep"), 6);
    EXPECT_EQ(to_rfc3339(read->check_ins[1].at), "2026-02-28T19:00:00.000Z");
}

// Found by fuzz/monitoring_check_in_import: a column's name went to the terminal as it stood in the file.
TEST(CheckInImport, RefusesAHeadingThatCannotBeShown)
{
    for (const auto* heading : {"at,mood,sl\xFF\xFF", "at,mood,\x1B[2Jsleep", "at,mood,\x7F"}) {
        const auto read = imported(std::string(heading) + "\n2026-02-27T20:00:00Z,2,5\n");
        ASSERT_FALSE(read.ok()) << heading;
        EXPECT_EQ(read.error().told, "Line 1: the heading is not well-formed UTF-8, or holds a control character.");
    }
    EXPECT_TRUE(imported("at,mood,schlaf für mich\r\n2026-02-27T20:00:00Z,2,5\r\n").ok());
}

TEST(CheckInImport, NamesEveryBadLineAndTakesNoneOfThemInPart)
{
    const auto read = imported("mood,at\r\n"
                               "3,2026-02-01T10:00:00Z\r\n"
                               "good,2026-02-02T10:00:00Z\r\n"
                               "9,2026-02-03T10:00:00Z\r\n"
                               "3,yesterday\r\n"
                               "3\r\n"
                               "4,2026-02-01T10:00:00Z\r\n"
                               "4,2027-01-01\r\n"
                               "\"4,2026-02-04\r\n"
                               "5,2026-01-31T10:00:00Z\r\n");
    ASSERT_TRUE(read.ok());
    std::vector<std::size_t> lines;
    for (const auto& problem : read->preview.problems.kept())
        lines.push_back(problem.line);
    EXPECT_EQ(lines, (std::vector<std::size_t>{3, 4, 5, 6, 7, 8, 9}));
    EXPECT_EQ(read->preview.problems.kept()[0].told, "mood is not a number written like 3 or 2.5");
    ASSERT_EQ(read->check_ins.size(), 2U);
    EXPECT_EQ(read->check_ins[0].answers().value("mood"), 5); // oldest first
}

// The same file in both ways of writing gives the same check-ins.
TEST(CheckInImport, ReadsJsonLinesByTheSameRules)
{
    const auto read = imported("{\"at\":\"2026-02-27T20:00:00Z\",\"mood\":2,\"sleep\":5.4,\"note\":\"Long shift\"}\n"
                               "\n"
                               "{\"mood\":4,\"at\":\"2026-02-28T20:00:00+01:00\",\"weather\":{\"mood\":1}}\n"
                               "{\"at\":\"2026-03-01\",\"mood\":null}\n");
    ASSERT_TRUE(read.ok()) << read.error().told;
    EXPECT_EQ(read->preview.mapping, "check-ins");
    EXPECT_EQ(read->preview.rows, 3U);
    EXPECT_EQ(read->preview.without_answers, 1U);
    ASSERT_EQ(read->check_ins.size(), 2U);
    EXPECT_EQ(read->check_ins[0].answers().value("mood"), 2);
    EXPECT_EQ(read->check_ins[0].answers().value("sleep"), 3);
    EXPECT_EQ(read->check_ins[0].answers().text.at("note").reveal(), "Long shift");
    EXPECT_EQ(read->check_ins[1].line, 3U);
    EXPECT_EQ(to_rfc3339(read->check_ins[1].at), "2026-02-28T19:00:00.000Z");
    ASSERT_EQ(read->preview.columns.size(), 5U);
    EXPECT_EQ(read->preview.columns[4].name, "weather");
    EXPECT_EQ(read->preview.columns[4].becomes, "");
}

TEST(CheckInImport, NamesEveryBadLineOfJsonAndKeepsTheRest)
{
    const auto read = imported("{\"at\":\"2026-02-01T10:00:00Z\",\"mood\":3}\n"
                               "{\"at\":\"2026-02-02T10:00:00Z\",\"mood\":\"3\"}\n"
                               "{\"at\":\"2026-02-03T10:00:00Z\",\"mood\":3,\"mood\":5}\n"
                               "{\"at\":\"2026-02-04T10:00:00Z\",\"mood\":[3]}\n"
                               "[3]\n"
                               "{\"at\":\"2026-02-05T10:00:00Z\",\"mood\":3} {}\n"
                               "{\"at\":\"2026-02-06T10:00:00Z\",\"mood\n"
                               "{\"at\":\"2026-02-07T10:00:00Z\",\"mood\":9}\n"
                               "{\"at\":\"2026-02-01T10:00:00Z\",\"mood\":4}\n"
                               "{\"at\":{},\"mood\":4}\n"
                               "{\"at\":\"2026-02-08T10:00:00Z\",\"mood\":4,\"\\u001b[2J\":1}\n"
                               "{\"at\":\"2026-02-09T10:00:00Z\",\"mood\":5}\n");
    ASSERT_TRUE(read.ok()) << read.error().told;
    std::vector<std::string> told;
    for (const auto& problem : read->preview.problems.kept())
        told.push_back(std::to_string(problem.line) + " " + problem.told);
    EXPECT_EQ(told, (std::vector<std::string>{
                        "2 mood is text where a number is needed", "3 names the same column twice",
                        "4 mood is not a number", "5 is not a JSON object", "6 is not one whole JSON value",
                        "7 is not one whole JSON value", "8 mood lies outside 1 to 5",
                        "9 has the same instant as line 1", "10 at is not a text",
                        "11 has a name that is too long or holds a control character"}));
    ASSERT_EQ(read->check_ins.size(), 2U);
    EXPECT_EQ(read->check_ins[1].line, 12U);
}

TEST(CheckInImport, TakesWhatGoesBackInTimeOrIsOfAnotherZoneAndSaysSo)
{
    const auto read = imported("at,mood\n"
                               "2026-02-03T10:00:00+01:00,3\n"
                               "2026-02-02T10:00:00+01:00,2\n"
                               "2026-02-04T10:00:00+02:00,4\n" // summer time begins
                               "2026-02-05T10:00:00-05:00,5\n"
                               "2026-02-06T10:00:00-05:00,1\n");
    ASSERT_TRUE(read.ok());
    std::vector<std::string> told;
    for (const auto& remark : read->preview.remarks.kept())
        told.push_back(std::to_string(remark.line) + " " + remark.told);
    EXPECT_EQ(told, (std::vector<std::string>{
                        "3 lies before line 2; it is taken in its place in time",
                        "5 is written with -05:00 after +02:00; each instant is taken as it is written"}));
    ASSERT_EQ(read->check_ins.size(), 5U);
    EXPECT_EQ(read->check_ins[0].mood, 2);
    EXPECT_NE(preview_text(read->preview).find("Taken, but look at:\nLine 3: lies before line 2"), std::string::npos);
}

TEST(CheckInImport, ShowsTheFirstRowsAsTheyWouldBeTakenAndCountsWhatIsTooMuchToName)
{
    std::string file = "at,mood,sleep,note\n2026-02-01T10:00:00Z,2,7.5,a walk\n";
    for (int i = 0; i < 1500; ++i)
        file += "2026-02-02T10:00:00Z,none,,\n";
    const auto read = imported(file);
    ASSERT_TRUE(read.ok());
    ASSERT_EQ(read->preview.first.size(), 1U);
    EXPECT_EQ(read->preview.first[0].line, 2U);
    ASSERT_EQ(read->preview.first[0].values.size(), 3U);
    EXPECT_EQ(read->preview.first[0].values[2], (std::pair<std::string, std::string>{"note", "of 6 characters"}));
    EXPECT_EQ(read->preview.problems.all(), 1500U);
    EXPECT_EQ(read->preview.problems.kept().size(), ImportRemarks::most);
    EXPECT_NE(preview_text(read->preview).find("And 500 lines more."), std::string::npos);
}

TEST(CheckInImport, StopsAtTheFirstRowTooManyAndNamesIt)
{
    std::string file = "at,mood\n";
    for (int i = 0; i <= 1'000'000; ++i)
        file += ",\n";
    EXPECT_EQ(imported(file).error().told,
              "The file has more than a million rows: line 1000002 is the first too many. Import it in parts.");
}

TEST(CheckInImport, SaysWhichColumnsItWouldNeed)
{
    const auto read = imported("a,b\n1,2\n");
    ASSERT_FALSE(read.ok());
    EXPECT_NE(read.error().told.find("at mood"), std::string::npos);
    EXPECT_FALSE(imported("").ok());
}

const char* diary = "day,beep,clock_min,mood_relaxed,mood_down,mood_irritat,mood_satisfi,mood_lonely,mood_anxious,"
                    "mood_enthus,mood_cheerf,pat_restl,secret\n"
                    "1,1,538,5,-1,1,5,-1,-1,4,5,5,x\n"
                    "2,5,872,,,,,,,,,,x\n"
                    "3,6,1170,1,3,7,1,3,3,1,1,7,x\n"
                    "3,7,1200,7,-3,1,7,-3,-3,7,7,1,x\n";

TEST(CheckInImport, PlacesADiaryWithoutDatesSoThatItsLastDayIsToday)
{
    const auto read = imported(diary);
    ASSERT_TRUE(read.ok());
    ASSERT_EQ(read->check_ins.size(), 3U);
    EXPECT_EQ(read->preview.without_answers, 1U);
    EXPECT_EQ(to_rfc3339(read->check_ins[0].at), "2026-02-28T08:58:00.000Z");
    EXPECT_EQ(to_rfc3339(read->check_ins[2].at), "2026-03-02T20:00:00.000Z");
    EXPECT_EQ(read->check_ins[0].answers().value("mood"), 4);
    EXPECT_EQ(read->check_ins[1].answers().value("mood"), 1);
    EXPECT_EQ(read->check_ins[2].answers().value("mood"), 5);
    EXPECT_EQ(read->check_ins[1].series.at("down"), 3);
    ASSERT_EQ(read->preview.notes.size(), 2U);
    EXPECT_EQ(read->preview.notes[1], "The file has no calendar dates. Its last day, day 3, is placed on 2026-03-02; "
                                      "day 1 is then 2026-02-28.");
    const auto text = preview_text(read->preview);
    EXPECT_NE(text.find("left out: beep, secret"), std::string::npos);
    EXPECT_NE(text.find("4 rows: 3 check-ins, 1 without an answer, 0 not taken."), std::string::npos);
}

TEST(CheckInImport, MovesADayBackWhenItsLastEntryWouldLieAhead)
{
    const auto read = imported(diary, *from_rfc3339("2026-03-02T09:00:00Z"));
    ASSERT_TRUE(read.ok());
    ASSERT_EQ(read->check_ins.size(), 3U);
    EXPECT_EQ(to_rfc3339(read->check_ins[2].at), "2026-03-01T20:00:00.000Z");
}

TEST(Csv, ReadsQuotedFieldsAndNothingHalf)
{
    using Fields = std::vector<std::string>;
    EXPECT_EQ(csv_fields("a,\"b,\"\"c\",\r\n"), (Fields{"a", "b,\"c", ""}));
    EXPECT_EQ(csv_fields("\xEF\xBB\xBFperson"), (Fields{"person"}));
    EXPECT_EQ(csv_fields("\"open"), std::nullopt);
    EXPECT_EQ(csv_fields("\"a\"b"), std::nullopt);
    EXPECT_EQ(decimal_number(" +2.5 "), 2.5);
    for (const char* wrong : {"", "2,5", "nan", "inf", "1e999", "3x", "0x10"})
        EXPECT_EQ(decimal_number(wrong), std::nullopt) << wrong;
}

} // namespace
} // namespace handrail::monitoring
