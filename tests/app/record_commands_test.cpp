// The commands that work over files without a server: score, trend, import check-ins (reading half), content check.

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "app/commands/content_check.h"
#include "app/commands/unpacked_file.h"
#include "app/commands/score.h"
#include "app/commands/trend.h"
#include "content/check_in_mappings.h"
#include "content/check_ins.h"
#include "content/trend_protocol.h"
#include "monitoring/check_in_import.h"

namespace handrail::app {
namespace {

namespace json = boost::json;

const std::filesystem::path content_folder = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";

const content::Instruments& instruments()
{
    static const content::Instruments loaded = *content::Instruments::load(content_folder);
    return loaded;
}

std::string scored(const std::string& input, const std::string& instrument, int exit_code)
{
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream errors;
    EXPECT_EQ(run_score(instruments(), instrument, in, out, errors), exit_code) << errors.str();
    return out.str();
}

TEST(ScoreCommand, WritesTheResultObject)
{
    EXPECT_EQ(scored(R"({"id":"a","answers":{"1":1,"2":1,"3":null,"4":1,"5":0,"6":null,"7":1,"8":0,"9":1,"10":1}})" "\n",
                     "phq-9", 0),
              R"({"id":"a","status":"ok","scores":{"total":6},"scores_exact":{"total":6.4286},"bands":{"total":"mild"},)"
              R"("prorated":true,"flags":["suicidality_item"],"errors":[]})" "\n");
    EXPECT_EQ(scored(R"({"id":7,"instrument":"swemwbs","answers":{"1":1,"2":1,"3":1,"4":1,"5":1,"6":1,"7":1}})", "", 0),
              R"({"id":7,"status":"ok","scores":{"raw":7,"metric":7.0},"bands":{},"prorated":false,"flags":[],"errors":[]})"
              "\n");
    EXPECT_EQ(scored(R"({"id":null,"instrument":"eq-5d-5l","answers":{"1":1}})", "", 0),
              R"({"id":null,"status":"incomplete","scores":{},"bands":{},"prorated":false,"flags":[],"errors":[],)"
              R"("missing":["2","3","4","5"],"profile":null})" "\n");
}

TEST(ScoreCommand, GoesOnAfterALineItCannotRead)
{
    const auto out = scored("{\"id\":1,\"instrument\":\"nope\",\"answers\":{}}\n\n  \nnot json\n{\"id\":\"\xFF\"}\n"
                            "{\"id\":2,\"answers\":[]}\n{\"id\":{\"a\":[1,2.5]},\"answers\":{\"1\":0,\"2\":0},\"more\":1}\n",
                            "phq-2", 1);
    std::istringstream lines(out);
    std::vector<json::object> all;
    for (std::string line; std::getline(lines, line);)
        all.push_back(json::parse(line).as_object());
    ASSERT_EQ(all.size(), 5U);
    EXPECT_EQ(all[0].at("error").as_string(), "unknown instrument: nope");
    EXPECT_EQ(all[0].at("line").as_int64(), 1);
    EXPECT_EQ(all[1].at("line").as_int64(), 4);
    EXPECT_TRUE(all[1].at("id").is_null());
    EXPECT_EQ(all[2].at("error").as_string(), "the line is not well-formed UTF-8");
    EXPECT_EQ(all[3].at("id").as_int64(), 2);
    EXPECT_EQ(all[4].at("status").as_string(), "ok");
    EXPECT_TRUE(all[4].at("id").is_object());
}

// The instrument schema: a text, a decimal number and true or false are not_integer.
TEST(ScoreCommand, NeverGuessesAtANumber)
{
    const auto out = json::parse(scored(R"({"id":1,"answers":{"1":2.0,"2":"2","3":true,"4":"","5":[1],"6":1e0,)"
                                        R"("7":99999999999999999999,"8":18446744073709551615,"9":1}})",
                                        "phq-9", 0))
                         .as_object();
    EXPECT_EQ(out.at("status").as_string(), "invalid");
    const auto& errors = out.at("errors").as_array();
    ASSERT_EQ(errors.size(), 8U);
    for (std::size_t i = 0; i < 6; ++i)
        EXPECT_EQ(errors[i].at("code").as_string(), "not_integer");
    EXPECT_EQ(errors[6].at("code").as_string(), "value_out_of_range");
    EXPECT_EQ(out.at("flags").as_array().size(), 1U);
}

TEST(ScoreCommand, AnUnknownInstrumentOnTheCommandLineIsWrongUsage)
{
    EXPECT_EQ(scored("", "nope", 2), "");
}

std::pair<std::string, std::string> trended(const std::string& input, int exit_code)
{
    const auto protocol = content::load_trend_protocol(content_folder);
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream errors;
    EXPECT_EQ(run_trend(*protocol, instruments(), in, out, errors), exit_code) << errors.str();
    return {out.str(), errors.str()};
}

std::string series(const char* person, int days, int worse_from)
{
    std::string out;
    for (int day = 0; day < days; ++day)
        out += std::string(person) + "," + to_rfc3339(*from_rfc3339("2026-01-01T19:00:00Z") + std::chrono::hours(24) * day) +
               ",low_mood," + std::to_string(day < worse_from ? 3 + day % 2 : 6) + "\n";
    return out;
}

TEST(TrendCommand, ReadsCsvWithAndWithoutAHeadingAndJsonLinesAlike)
{
    const auto rows = series("Ada", 50, 40);
    const auto [plain, none] = trended(rows, 0);
    EXPECT_FALSE(plain.empty());
    EXPECT_EQ(none, "");
    EXPECT_EQ(trended("person,at,measure,value\n" + rows, 0).first, plain);
    std::string lines;
    std::istringstream in(rows);
    for (std::string row; std::getline(in, row);) {
        std::vector<std::string> fields;
        std::istringstream cells(row);
        for (std::string cell; std::getline(cells, cell, ',');)
            fields.push_back(cell);
        lines += "{\"person\":\"" + fields[0] + "\",\"at\":\"" + fields[1] + "\",\"measure\":\"" + fields[2] +
                 "\",\"value\":" + fields[3] + ",\"worse\":\"up\"}\n";
    }
    EXPECT_EQ(trended(lines, 0).first, plain);
    const auto first = json::parse(plain.substr(0, plain.find('\n'))).as_object();
    for (const char* key : {"person", "at", "measure", "kind", "urgency", "why", "numbers"})
        EXPECT_TRUE(first.contains(key)) << key;
}

TEST(TrendCommand, GivesEventsInTimeOrderWhateverTheOrderOfTheFile)
{
    const auto ada = series("Ada", 50, 40);
    const auto joss = series("Joss", 50, 35);
    const auto one = trended(ada + joss, 0).first;
    std::string last;
    std::istringstream in(one);
    for (std::string line; std::getline(in, line);) {
        const auto at = std::string(json::parse(line).as_object().at("at").as_string());
        EXPECT_LE(last, at);
        last = at;
    }
    // Each person is judged by their own rows alone.
    const auto alone = trended(joss, 0).first;
    EXPECT_FALSE(alone.empty());
    std::istringstream each(alone);
    for (std::string line; std::getline(each, line);)
        EXPECT_NE(one.find(line), std::string::npos);
}

TEST(TrendCommand, NamesBadRowsByLineAndKeepsTheRest)
{
    const auto [out, errors] = trended("person,at,measure,value,worse\n"
                                       "Ada,2026-01-01,mood,3,up\n"
                                       "Ada,2026-01-02,mood,low,up\n"
                                       "Ada,2026-01-03,mood,3,sideways\n"
                                       ",2026-01-03,mood,3,up\n"
                                       "Ada,soon,mood,3,up\n"
                                       "Ada,2026-01-01T00:00:00Z,mood,4,up\n"
                                       "Ada,2026-01-05,mood,4,down\n"
                                       "Ada,2026-01-06,mood,,up\n"
                                       "Ada,2025-12-31,mood,3,up\n",
                                       1);
    std::istringstream lines(errors);
    std::vector<std::int64_t> numbers;
    for (std::string line; std::getline(lines, line);)
        numbers.push_back(json::parse(line).as_object().at("line").as_int64());
    EXPECT_EQ(numbers, (std::vector<std::int64_t>{3, 4, 5, 6, 7, 8, 10}));
}

std::vector<json::object> lines_of(const std::string& text)
{
    std::vector<json::object> out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        out.push_back(json::parse(line).as_object());
    return out;
}

TEST(TrendCommand, SkipsAByteOrderMarkInBothForms)
{
    const auto rows = series("Ada", 50, 40);
    const auto plain = trended(rows, 0).first;
    EXPECT_EQ(trended("\xEF\xBB\xBFperson,at,measure,value\n" + rows, 0).first, plain);
    const auto [out, errors] = trended("\xEF\xBB\xBF{\"person\":\"Ada\",\"at\":\"2026-01-01\",\"measure\":\"m\",\"value\":3}\n", 0);
    EXPECT_EQ(errors, "");
}

TEST(TrendCommand, SaysWhenThePlaceOnEarthChangesAndKeepsTheRow)
{
    const auto [out, errors] = trended("Ada,2026-03-28T20:00:00+00:00,mood,3\n"
                                       "Ada,2026-03-29T20:00:00+01:00,mood,3\n"  // summer time
                                       "Ada,2026-03-30T20:00:00-05:00,mood,3\n"  // another zone
                                       "Ada,2026-03-31T20:00:00-05:00,mood,3\n",
                                       0);
    const auto told = lines_of(errors);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].at("line").as_int64(), 3);
    EXPECT_EQ(told[0].at("error").as_string(), "at is written with -05:00 after +01:00: each row's day is taken by its own offset");
}

// Two rows are one day in UTC and two days where they were written: only then is there an answer on each of them.
TEST(TrendCommand, TakesADayByTheOffsetOfAt)
{
    const auto completeness = [](const char* first, const char* second, const char* offset) {
        std::string rows;
        for (int i = 1; i <= 9; ++i)
            for (const char* time : {first, second})
                rows += "Ada,2026-01-0" + std::to_string(i) + "T" + time + offset + ",phq-9,10\n";
        return trended(rows + "Ada,2026-01-20T12:00:00" + offset + ",phq-9,20\n", 0).first;
    };
    // Nine days from the first on, of nineteen.
    EXPECT_NE(completeness("10:00:00", "11:00:00", "Z").find("\"completeness\":0.4737"), std::string::npos);
    // The same clock times twelve hours east are 22:00 and 23:00 of the day before in UTC, and the same days there.
    EXPECT_NE(completeness("10:00:00", "11:00:00", "+12:00").find("\"completeness\":0.4737"), std::string::npos);
    // 00:30 and 23:30 of one day there are two days in UTC.
    EXPECT_NE(completeness("00:30:00", "23:30:00", "+12:00").find("\"completeness\":0.4737"), std::string::npos);
}

TEST(TrendCommand, TakesTheDirectionOfAnInstrumentFromItsFile)
{
    std::string fall;
    std::string contradicted;
    for (int i = 1; i <= 28; ++i) {
        const auto start = "Ada,2026-01-" + std::string(i < 10 ? "0" : "") + std::to_string(i) + ",who-5," +
                           std::to_string(i < 18 ? 60 + i % 3 * 4 : 20);
        fall += start + "\n";
        contradicted += start + ",up\n";
    }
    const auto [out, none] = trended(fall, 0);
    EXPECT_EQ(none, "");
    EXPECT_NE(out.find("\"kind\":\"worse_than_usual\""), std::string::npos);
    const auto [same, told] = trended(contradicted, 0);
    EXPECT_EQ(same, out);
    ASSERT_EQ(lines_of(told).size(), 1U);
    EXPECT_EQ(lines_of(told)[0].at("error").as_string(), "for who-5 lower totals are worse, as its file says; worse was not used");
}

TEST(ScoreCommand, EchoesTheIdAsWrittenAndSkipsAByteOrderMark)
{
    const auto out = scored("\xEF\xBB\xBF{\"id\":1e2,\"answers\":{\"1\":1,\"2\":1}}\n{\"id\":{ \"a\": 1.50 },\"answers\":{}}\n", "phq-2", 0);
    EXPECT_EQ(out.substr(0, 10), "{\"id\":1e2,");
    EXPECT_NE(out.find("{\"id\":{ \"a\": 1.50 },"), std::string::npos);
}

TEST(ImportCommand, ReadsTheRealDiary)
{
    const char* given = std::getenv("HANDRAIL_SHARED");
    const auto shared = given != nullptr ? std::filesystem::path(given)
                                         : std::filesystem::path(HANDRAIL_SOURCE_DIR) / ".." / "shared";
    const auto file = shared / "data" / "clinical" / "kossakowski2017" / "esm.csv.gz";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "kossakowski2017/esm.csv.gz is not here: set HANDRAIL_SHARED to the folder that holds data/clinical";
    const auto mappings = content::load_check_in_mappings(content_folder);
    const auto form = content::load_check_in_form(content_folder, "daily");
    const auto text = read_file_unpacked(file, 1U << 20U);
    ASSERT_TRUE(text.ok()) << text.error().told;
    const auto read = monitoring::read_check_in_import(
        *text, *mappings, *form, {*from_rfc3339("2026-03-02T23:59:00Z"), std::chrono::minutes{0}});
    ASSERT_TRUE(read.ok()) << read.error().told;
    EXPECT_EQ(read->preview.rows, 1476U);
    EXPECT_EQ(read->preview.taken, 1476U);
    EXPECT_TRUE(read->preview.problems.kept().empty());
    EXPECT_EQ(to_rfc3339(*read->preview.last_at).substr(0, 10), "2026-03-02");
    EXPECT_EQ(to_rfc3339(*read->preview.first_at).substr(0, 10), "2025-07-07");
}

TEST(ImportCommand, SaysWhatIsWrongWithAFile)
{
    EXPECT_EQ(read_file_unpacked("/nowhere/at/all.csv", 100).error().kind, ErrorKind::NotFound);
    const auto file = std::filesystem::temp_directory_path() / "handrail-damaged.csv.gz";
    std::filesystem::remove(file);
    {
        std::FILE* out = std::fopen(file.c_str(), "wb");
        ASSERT_NE(out, nullptr);
        const unsigned char bytes[] = {0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF, 0x12, 0x34};
        std::fwrite(bytes, 1, sizeof bytes, out);
        std::fclose(out);
    }
    EXPECT_EQ(read_file_unpacked(file, 1000).error().kind, ErrorKind::Invalid);
    std::filesystem::remove(file);
}

TEST(ContentCheckCommand, PassesOnWhatIsShippedAndSaysThatNobodyReviewedIt)
{
    std::ostringstream out;
    EXPECT_EQ(run_content_check(content_folder, *from_rfc3339("2026-11-21"), out), 0) << out.str();
    EXPECT_NE(out.str().find("Nothing here has been reviewed by a clinician yet."), std::string::npos);
    std::ostringstream broken;
    EXPECT_EQ(run_content_check("/nowhere", *from_rfc3339("2026-11-21"), broken), 1);
}

} // namespace
} // namespace handrail::app
