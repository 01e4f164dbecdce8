// A mapping that is proposed for a file nobody described: a guess, told as one, and taken by nobody until somebody looked.
#include "monitoring/import_reading.h"

#include <gmock/gmock.h>

#include "content/check_in_mappings.h"
#include "content/wearable_protocol.h"
#include "monitoring/shipped_content.h"

namespace handrail::monitoring {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Instant now = *from_rfc3339("2026-03-02T21:00:00Z");

const ImportKinds& kinds()
{
    static const ImportKinds all = [] {
        ImportKinds made;
        made.wearables = *content::load_wearable_protocol(content_folder);
        made.check_ins = *content::load_check_in_mappings(content_folder);
        made.daily = *content::load_daily_mappings(content_folder, made.wearables);
        made.form = daily_form();
        return made;
    }();
    return all;
}

Result<ImportReading> read(std::string_view text, const std::string& kind = {})
{
    return read_import(text, kinds(), {now, kind});
}

TEST(ImportProposal, ReadsTheExportOfAWearableNobodyDescribed)
{
    const auto reading = read("Participant ID,calendar_date,TotalSteps,Minutes Asleep,Bedtime (sleep),RestingHeartRate,hrv_rmssd,weather\n"
                              "p1,2026-02-20,9120,431,23:10,58,44,rain\n"
                              "p1,2026-02-21,4011,388,,61,39,\n");
    ASSERT_TRUE(reading.ok()) << reading.error().told;
    EXPECT_TRUE(reading->proposed);
    const auto& mapping = std::get<DailyMapping>(reading->mapping);
    EXPECT_EQ(mapping.day_column, "calendar_date");
    EXPECT_EQ(mapping.person_column, "Participant ID");
    std::vector<std::string> pairs;
    for (const auto& column : mapping.columns)
        pairs.push_back(column.column + " > " + column.measure);
    EXPECT_THAT(pairs, ElementsAre("TotalSteps > steps", "Minutes Asleep > sleep_minutes", "Bedtime (sleep) > sleep_start",
                                   "RestingHeartRate > resting_heart_rate", "hrv_rmssd > heart_rate_variability"));
    EXPECT_EQ(mapping.columns[1].times, 1);
    const auto& days = std::get<DailyImport>(reading->read).days;
    ASSERT_EQ(days.size(), 2U);
    EXPECT_EQ(days[0].values.at("sleep_minutes"), 431);
    EXPECT_EQ(days[0].values.at("sleep_start"), 23 * 60 + 10);
    EXPECT_EQ(reading->preview().columns.back().becomes, "") << "what is not understood is left out";
}

TEST(ImportProposal, IsNotMisledByAWrongValue)
{
    const auto reading = read("date,step count\nsoon,1\n2026-02-20,9120\n2026-02-21,many\n2026-02-22,80\n");
    ASSERT_TRUE(reading.ok()) << reading.error().told;
    EXPECT_EQ(std::get<DailyMapping>(reading->mapping).columns.at(0).measure, "steps");
    EXPECT_THAT(reading->doubts.at(0).second, HasSubstr("Some of its values are no numbers"));
    EXPECT_EQ(reading->preview().problems.all(), 2U);
    EXPECT_EQ(reading->preview().taken, 2U);
}

TEST(ImportProposal, TellsTheUnitOfSleepByTheSizeOfItsNumbersAndSaysThatItDid)
{
    for (const auto& [value, times] : std::vector<std::pair<std::string, double>>{{"7.5", 60}, {"450", 1}, {"27000", 1.0 / 60}}) {
        const auto reading = read("day,sleep\n2026-02-20," + value + "\n");
        ASSERT_TRUE(reading.ok()) << value;
        EXPECT_DOUBLE_EQ(std::get<DailyMapping>(reading->mapping).columns.at(0).times, times) << value;
        EXPECT_THAT(reading->doubts.at(0).second, HasSubstr("by the size of its numbers"));
        EXPECT_DOUBLE_EQ(std::get<DailyImport>(reading->read).days.at(0).values.at("sleep_minutes"), 450) << value;
    }
}

TEST(ImportProposal, GuessesTheScaleOfAMoodAndSaysThatTheFileDoesNotSaySo)
{
    const auto reading = read("{\"time\":\"2026-02-20T20:00:00Z\",\"Mood score\":9,\"comment\":\"a walk\"}\n"
                              "{\"time\":\"2026-02-21T20:00:00Z\",\"Mood score\":2}\n");
    ASSERT_TRUE(reading.ok()) << reading.error().told;
    const auto& mapping = std::get<CheckInMapping>(reading->mapping);
    ASSERT_EQ(mapping.mood.size(), 1U);
    EXPECT_EQ(mapping.mood[0].lowest, 0);
    EXPECT_EQ(mapping.mood[0].highest, 10);
    EXPECT_EQ(mapping.note_column, "comment");
    EXPECT_THAT(reading->doubts.at(0).second, HasSubstr("the file does not say so"));
    EXPECT_EQ(std::get<CheckInImport>(reading->read).check_ins.size(), 2U);
}

TEST(ImportProposal, LeavesAKnownFileToItsMappingAndRefusesWhatItCannotRead)
{
    EXPECT_FALSE(read("at,mood\n2026-02-20T20:00:00Z,3\n")->proposed);
    EXPECT_FALSE(read("date,steps\n2026-02-20,300\n")->proposed);
    EXPECT_THAT(read("steps,sleep\n1,2\n").error().told, HasSubstr("No column of this file looks like a day"));
    EXPECT_THAT(read("date,colour\n2026-02-20,red\n").error().told, HasSubstr("looks like a mood"));
    EXPECT_THAT(read("date,steps\n2026-02-20,300\n", "check-ins").error().told, HasSubstr("looks like daily"));
}

} // namespace
} // namespace handrail::monitoring
