#include "monitoring/expected_course.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>

#include "base/clock.h"
#include "content/change_protocol.h"
#include "content/expected_courses.h"
#include "monitoring/csv.h"
#include "monitoring/questionnaire_history.h"
#include "monitoring/shared_data.h"
#include "monitoring/shipped_content.h"

namespace handrail::monitoring {
namespace {

const ChangeProtocol& change()
{
    static const ChangeProtocol loaded = *content::load_change_protocol(content_folder, instruments());
    return loaded;
}

constexpr Scale bdi{0, 63};

const ExpectedCourse& shipped() { return *change().course_of("phq-9"); }

FitSettings settings()
{
    FitSettings out;
    out.measure = "depression";
    out.instruments = {"phq-9"};
    out.scale = bdi;
    out.least_intake = 10;
    return out;
}

/// People whose share falls with the logarithm of time, each at an own pace. Those who begin higher fall faster.
std::vector<CourseRow> made_up(std::size_t people, unsigned seed)
{
    std::mt19937 random(seed);
    std::normal_distribution<double> pace(0.22, 0.12);
    std::normal_distribution<double> noise(0, 0.12);
    std::vector<CourseRow> rows;
    for (std::size_t i = 0; i < people; ++i) {
        const auto person = "P" + std::to_string(i);
        const double intake = 12 + static_cast<double>(random() % 40);
        const double mine = pace(random) + (intake > 30 ? 0.05 : 0);
        rows.push_back({person, 0, intake});
        for (double day = 7; day <= 175; day += 14) {
            const double share = 1 - mine * std::log1p(day / 7) + noise(random);
            rows.push_back({person, day, std::clamp(std::round(intake * share), 0.0, 63.0)});
        }
    }
    return rows;
}

// handrail-expected-course: 1 on the first day, 0.75 on day 42, in the logarithm of time.
TEST(ExpectedCourse, TheShippedLineIsTheWrittenOne)
{
    EXPECT_FALSE(shipped().fitted);
    for (const double day : {21.0, 28.0, 42.0, 60.0, 84.0, 98.0}) {
        const auto standing = standing_on(shipped(), {0, 27}, 20, day, 20);
        ASSERT_TRUE(standing.has_value()) << day;
        EXPECT_NEAR(standing->limit, 1 - 0.25 * std::log1p(day / 7) / std::log(7.0), 0.0005) << day;
        EXPECT_FALSE(standing->expected.has_value()); // a line set by hand knows no middle
    }
    const auto at_week_six = [](double total) { return standing_on(shipped(), {0, 27}, 20, 42, total)->behind; };
    EXPECT_FALSE(at_week_six(15)); // a quarter better
    EXPECT_TRUE(at_week_six(16));
    EXPECT_NEAR(standing_on(shipped(), {0, 27}, 20, 42, 12)->limit_total, 15, 1e-9);
}

TEST(ExpectedCourse, SaysNothingTooEarlyTooLateOrFromNothing)
{
    EXPECT_FALSE(standing_on(shipped(), {0, 27}, 20, 20, 20).has_value());
    EXPECT_TRUE(standing_on(shipped(), {0, 27}, 20, 21, 20).has_value());
    EXPECT_TRUE(standing_on(shipped(), {0, 27}, 20, 98, 20).has_value());
    EXPECT_FALSE(standing_on(shipped(), {0, 27}, 20, 99, 20).has_value());
    EXPECT_FALSE(standing_on(shipped(), {0, 27}, 0, 42, 5).has_value());
}

// A scale that begins at 10 is counted from 10: 40 to 30 is a third better, not a quarter.
TEST(ExpectedCourse, CountsFromTheBottomOfTheScale)
{
    EXPECT_NEAR(standing_on(shipped(), {10, 50}, 40, 42, 30)->share, 2.0 / 3, 1e-9);
}

TEST(ExpectedCourse, FitsTheQuantilesOfWhatItIsGiven)
{
    const auto people = people_to_fit(made_up(400, 7), settings());
    ASSERT_EQ(people.size(), 400U);
    const auto course = fit(people, settings());
    ASSERT_TRUE(course.has_value());
    ASSERT_EQ(course->bands.size(), 2U);
    for (const auto& band : course->bands)
        for (std::size_t day = 0; day < course->days.size(); ++day)
            for (std::size_t q = 1; q < band.curves.size(); ++q)
                EXPECT_LE(band.curves[q - 1].shares[day], band.curves[q].shares[day]);
    // Half lie under the middle: the pace of 0.22 in the lower band, on day 56.
    EXPECT_NEAR(course->bands[0].curves[2].shares[4], 1 - 0.22 * std::log1p(8), 0.08);
    EXPECT_LT(course->bands[1].curves[2].shares[4], course->bands[0].curves[2].shares[4]);
    const auto held_out = cross_validate(people, settings());
    ASSERT_TRUE(held_out.has_value());
    for (const auto& each : held_out->calibration) {
        EXPECT_NEAR(each.observed, each.quantile, 0.05);
        EXPECT_LT(each.low, each.observed);
        EXPECT_GT(each.high, each.observed);
    }
    EXPECT_GT(held_out->warning.auc, 0.8); // who is slow early is slow late
    EXPECT_GT(held_out->warning.behind, 50U);
}

TEST(ExpectedCourse, FitsOneBandFromFewAndNothingFromAHandful)
{
    const auto few = people_to_fit(made_up(80, 3), settings());
    ASSERT_TRUE(fit(few, settings()).has_value());
    EXPECT_EQ(fit(few, settings())->bands.size(), 1U);
    EXPECT_FALSE(fit(people_to_fit(made_up(59, 3), settings()), settings()).has_value());
    // Who began low, or has no total of the first day, or no later one, is left out.
    EXPECT_TRUE(people_to_fit({{"a", 0, 9}, {"a", 7, 3}, {"b", 3, 30}, {"b", 9, 20}, {"c", 0, 30}}, settings()).empty());
}

TEST(ExpectedCourse, AFittedFileComesBackAsItWas)
{
    const auto people = people_to_fit(made_up(300, 11), settings());
    const auto course = fit(people, settings());
    ASSERT_TRUE(course.has_value());
    const auto file = std::filesystem::temp_directory_path() / "handrail-expected-course.json";
    std::ofstream(file) << expected_course_json(*course, "Fitted to made-up people of a \"test\".");
    const auto read = content::read_expected_course(file, "courses/depression.json", instruments());
    std::filesystem::remove(file);
    ASSERT_TRUE(read.ok()) << read.error().told;
    EXPECT_TRUE(read->fitted);
    EXPECT_EQ(read->limit, 3U);
    EXPECT_EQ(read->source, "Fitted to made-up people of a \"test\".");
    for (const auto& person : people) {
        const auto now = standing_on(*course, bdi, person.intake, 35, person.later[2].total);
        const auto then = standing_on(*read, bdi, person.intake, 35, person.later[2].total);
        ASSERT_TRUE(now && then);
        EXPECT_NEAR(now->limit, then->limit, 0.0002);
        EXPECT_NEAR(*now->expected, *then->expected, 0.0002);
    }
}

TEST(ExpectedCourse, AFileThatCannotBeRightSaysWhere)
{
    const auto problem = [](const std::string& from, const std::string& to) {
        std::ifstream in(content_folder / "courses/depression.json");
        std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        const auto at = text.find(from);
        if (at == std::string::npos)
            throw std::runtime_error("the file has no " + from);
        const auto file = std::filesystem::temp_directory_path() / "handrail-broken-course.json";
        std::ofstream(file) << text.replace(at, from.size(), to);
        const auto read = content::read_expected_course(file, "x.json", instruments());
        std::filesystem::remove(file);
        return read.ok() ? std::string("nothing") : read.error().told;
    };
    EXPECT_NE(problem("[0, 42, 98]", "[0, 42]").find("/bands/0/curves/0/shares"), std::string::npos);
    EXPECT_NE(problem("[0, 42, 98]", "[0, 98, 42]").find("/days/2"), std::string::npos);
    EXPECT_NE(problem("\"intake_to\": 1", "\"intake_to\": 0.5").find("/bands"), std::string::npos);
    EXPECT_NE(problem("\"phq-9\"", "\"who-5\"").find("/instruments/0"), std::string::npos);
    EXPECT_NE(problem("\"limit\": 0", "\"limit\": 1").find("/limit"), std::string::npos);
}

/// The first half of the public depression trial: 279 people with a BDI at each session.
std::optional<std::vector<CourseRow>> enrichd()
{
    const auto file = test::shared_data() / "clinical/enrichd_bdi/bdi.csv.gz";
    const auto in = gzopen(file.c_str(), "rb");
    if (in == nullptr || !std::filesystem::exists(file))
        return std::nullopt;
    std::vector<CourseRow> rows;
    char line[256];
    gzgets(in, line, sizeof line); // person,day,bdi,med,med_start_day
    while (gzgets(in, line, sizeof line) != nullptr) {
        const auto fields = csv_fields(std::string_view(line).substr(0, std::string_view(line).find_last_not_of("\r\n") + 1));
        if (fields && !(*fields)[2].empty())
            rows.push_back({(*fields)[0], *decimal_number((*fields)[1]), *decimal_number((*fields)[2])});
    }
    gzclose(in);
    return rows;
}

// Behind at the first total of days 21 to 50, of people at 10 or more on day 0; not half better at the first from day 120
// on. The data set's own README gives .755 for the bare ratio. Nothing that ships was fitted to it.
TEST(ExpectedCourse, TheShippedRuleOnEnrichd)
{
    const auto rows = enrichd();
    if (!rows)
        GTEST_SKIP() << "SKIPPED: the public set enrichd_bdi is not there";
    const auto people = people_to_fit(*rows, settings());
    const auto warning = warned_by(shipped(), people, bdi);
    std::cout << "shipped: AUC " << warning.auc << " (" << warning.auc_low << " to " << warning.auc_high << "), "
              << warning.people << " people, " << warning.not_better << " not better, " << warning.behind
              << " behind, of these not better " << warning.behind_not_better << "\n";
    EXPECT_EQ(warning.people, 209U);
    EXPECT_GE(warning.auc, 0.75);
    EXPECT_GT(warning.auc_low, 0.65);
    const auto held_out = cross_validate(people, settings());
    ASSERT_TRUE(held_out.has_value());
    std::cout << "refit, five folds of people: AUC " << held_out->warning.auc << " (" << held_out->warning.auc_low << " to "
              << held_out->warning.auc_high << "), " << held_out->warning.behind << " behind, of these not better "
              << held_out->warning.behind_not_better << "\nquantile  under it  95 %\n";
    for (const auto& each : held_out->calibration) {
        std::cout << each.quantile << "  " << each.observed << "  " << each.low << " to " << each.high << "\n";
        EXPECT_NEAR(each.observed, each.quantile, 0.04);
    }
    EXPECT_GE(held_out->warning.auc, 0.72);
}

// Whatever an expected course says of whatever totals: no answer is less urgent for it, and nothing is sooner than soon.
TEST(ExpectedCourse, NeverLowersAnUrgency)
{
    const auto start = *from_rfc3339("2026-01-05T10:00:00Z");
    const auto& phq9 = *instruments().find("phq-9");
    auto without = change();
    without.courses.clear();
    std::mt19937 random(42);
    int raised = 0;
    for (int round = 0; round < 2000; ++round) {
        Course course;
        course.add({start, "phq-9", 10.0 + static_cast<double>(random() % 18), static_cast<int>(random() % 3), phq9.version});
        course.set_treatment(Treatment{std::chrono::floor<std::chrono::days>(start), random() % 2 == 0, random() % 2 == 0});
        GivenAnswers answers;
        for (const auto& item : phq9.items)
            if (random() % 20 != 0)
                answers[item.id] = {GivenAnswer::Kind::Whole, static_cast<std::int64_t>(random() % 4)};
        const auto result = score(phq9, answers);
        const auto now = start + std::chrono::hours(24) * static_cast<int>(random() % 120);
        const auto judged = [&](const ChangeProtocol& by) {
            return judge_questionnaire(result, phq9, answer_protocol(),
                                       history_of(course, phq9, result, answer_protocol(), by, std::nullopt, now))
                .urgency;
        };
        const auto with = judged(change());
        const auto bare = judged(without);
        ASSERT_GE(need(with), need(bare)) << round;
        if (with != bare) {
            EXPECT_EQ(with, Urgency::Soon);
            ++raised;
        }
    }
    EXPECT_GT(raised, 20);
}

} // namespace
} // namespace handrail::monitoring
