// Daily summaries of wearables: files, gaps, and what is never said.
#include "monitoring/daily_series.h"

#include <gmock/gmock.h>

#include "content/wearable_protocol.h"
#include "monitoring/daily_import.h"
#include "monitoring/shipped_content.h"

namespace handrail::monitoring {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using testing::ElementsAre;
using testing::HasSubstr;

const Instant now = *from_rfc3339("2026-03-02T21:00:00Z");
const sys_days today = std::chrono::floor<days>(now);

const WearableProtocol& protocol()
{
    static const WearableProtocol loaded = *content::load_wearable_protocol(content_folder);
    return loaded;
}

DailyCourse steps(const std::map<sys_days, double>& values)
{
    return daily_course(protocol(), *protocol().measure("steps"), values, today);
}

/// So many days in a row until the day before `until`, counting up from `from`.
std::map<sys_days, double> run(int length, sys_days until, double from, double step = 1)
{
    std::map<sys_days, double> out;
    for (int i = 0; i < length; ++i)
        out[until - days{length - i}] = from + step * (i % 2);
    return out;
}

TEST(DailySeries, ADayWithoutAValueIsAGapAndNoValue)
{
    auto values = run(10, today, 5000);
    values.erase(today - days{4}); // one night of charging
    EXPECT_THAT(steps(values).gaps, testing::IsEmpty());
    values.erase(today - days{5});
    const auto course = steps(values);
    ASSERT_EQ(course.gaps.size(), 1U);
    EXPECT_EQ(course.gaps[0].from, today - days{5});
    EXPECT_EQ(course.gaps[0].to, today - days{4});
    EXPECT_FALSE(course.gaps[0].lasts);
    EXPECT_EQ(course.points.size(), 8U) << "nothing was filled in";
    EXPECT_EQ(course.no_data, "");
}

TEST(DailySeries, NoDataIsNeverNoChange)
{
    // Twenty equal days, then nothing: it must be said that nothing is known, and nothing else.
    const auto course = steps(run(20, today - days{5}, 8000, 0));
    EXPECT_EQ(course.no_data, "No data since Wednesday 25 February 2026. What was so in these days is not known.");
    EXPECT_FALSE(course.direction.has_value());
    EXPECT_EQ(course.said, "");
    ASSERT_EQ(course.gaps.size(), 1U);
    EXPECT_TRUE(course.gaps[0].lasts);
    // Today is not over: its missing value is no gap.
    EXPECT_EQ(steps(run(20, today, 8000, 0)).no_data, "");
    EXPECT_EQ(steps(run(20, today - days{1}, 8000, 0)).no_data, "");
    EXPECT_NE(steps(run(20, today - days{2}, 8000, 0)).no_data, "");
}

TEST(DailySeries, NothingThatIsSaidOfADirectionSpansAGap)
{
    auto values = run(30, today - days{12}, 9000);
    const auto after = run(10, today, 3000);
    values.insert(after.begin(), after.end());
    const auto course = steps(values);
    ASSERT_EQ(course.gaps.size(), 1U);
    EXPECT_FALSE(course.direction.has_value()) << "thousands of steps fewer, and a gap between";
    EXPECT_THAT(course.said, HasSubstr("Too few days without a gap"));
    // The same days without a gap between them are compared.
    auto whole = run(30, today - days{7}, 9000);
    const auto recent = run(7, today, 3000);
    whole.insert(recent.begin(), recent.end());
    const auto compared = steps(whole);
    ASSERT_TRUE(compared.direction.has_value());
    EXPECT_TRUE(compared.direction->differs);
    EXPECT_EQ(compared.direction->recent_days, 7);
    EXPECT_EQ(compared.direction->earlier_days, 30);
    EXPECT_THAT(compared.said, HasSubstr("a difference"));
    EXPECT_FALSE(steps(run(37, today, 5000, 800)).direction->differs);
}

Result<DailyImport> imported(std::string_view text, const std::string& only = {}, const std::string& person_column = {})
{
    auto mappings = *content::load_daily_mappings(content_folder, protocol());
    mappings[0].person_column = person_column;
    return read_daily_import(text, mappings, protocol(), {now, only});
}

TEST(DailyImport, TakesBothWaysOfWritingAndBringsUnitsTogether)
{
    const auto csv = imported("date,steps,sleep_hours,sleep_start,resting_heart_rate,weather\n"
                              "2026-02-27,8200,7.5,23:40,61,rain\n"
                              "2026-02-28,,,,,sun\n");
    ASSERT_TRUE(csv.ok()) << csv.error().told;
    ASSERT_EQ(csv->days.size(), 1U);
    EXPECT_THAT(csv->days[0].values,
                ElementsAre(testing::Pair("resting_heart_rate", 61), testing::Pair("sleep_minutes", 450),
                            testing::Pair("sleep_start", 1420), testing::Pair("steps", 8200)));
    EXPECT_EQ(csv->preview.without_answers, 1U) << "an empty day is no day of nought";
    const auto jsonl = imported("{\"date\":\"2026-02-27T08:00:00+01:00\",\"steps\":8200,\"sleep_hours\":7.5,"
                                "\"sleep_start\":\"2026-02-26T23:40:00+01:00\",\"resting_heart_rate\":61}\n");
    ASSERT_TRUE(jsonl.ok()) << jsonl.error().told;
    ASSERT_EQ(jsonl->days.size(), 1U);
    EXPECT_EQ(jsonl->days[0].values, csv->days[0].values);
    EXPECT_EQ(jsonl->days[0].day, csv->days[0].day);
    EXPECT_THAT(preview_text(csv->preview), HasSubstr("sleep_hours → Sleep (minutes), times 60"));
    EXPECT_THAT(preview_text(csv->preview), HasSubstr("Sleep 7 h 30 min"));
}

TEST(DailyImport, NamesEveryBadLine)
{
    const auto read = imported("date,steps,sleep_hours,sleep_start\n"
                               "2026-02-20,8200,7,23:40\n"
                               "2026-02-21,many,7,23:40\n"
                               "2026-02-22,8200,31,23:40\n"
                               "2026-02-23,8200,7,24:40\n"
                               "2026-02-20,1,1,01:00\n"
                               "yesterday,1,1,01:00\n"
                               "2026-04-01,1,1,01:00\n"
                               "2026-02-19,-1,1,01:00\n"
                               "2026-02-18,5,1,01:00\n");
    ASSERT_TRUE(read.ok());
    std::vector<std::string> told;
    for (const auto& problem : read->preview.problems.kept())
        told.push_back(std::to_string(problem.line) + " " + problem.told);
    EXPECT_THAT(told, ElementsAre("3 steps is not a number written like 3 or 2.5",
                                  "4 sleep_hours lies outside 0 to 1440 minutes",
                                  "5 sleep_start is not a time of day written like 23:40",
                                  "6 has the same day as line 2",
                                  HasSubstr("7 date: An instant is written like"), "8 lies in the future",
                                  "9 steps lies outside 0 to 150000 steps"));
    EXPECT_EQ(read->days.size(), 2U);
    EXPECT_EQ(read->preview.remarks.all(), 1U);
}

TEST(DailyImport, OnePersonAtATime)
{
    const auto* file = "who,date,steps\nada,2026-02-20,1\nben,2026-02-20,2\nada,2026-02-21,3\n";
    EXPECT_THAT(imported(file, {}, "who").error().told, HasSubstr("The file is of 2 people (column who)"));
    const auto ben = imported(file, "ben", "who");
    ASSERT_TRUE(ben.ok());
    ASSERT_EQ(ben->days.size(), 1U);
    EXPECT_EQ(ben->days[0].values.at("steps"), 2);
    EXPECT_THAT(ben->preview.notes, ElementsAre("2 rows are of other people and are left out."));
}

} // namespace
} // namespace handrail::monitoring
