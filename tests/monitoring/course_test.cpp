#include "monitoring/course.h"

#include <gtest/gtest.h>

#include <random>

namespace handrail::monitoring {
namespace {

const Instant start = *from_rfc3339("2026-01-01T20:00:00Z");
constexpr std::chrono::hours day{24};

Course ninety_days()
{
    Course course;
    for (int i = 0; i < 90; ++i)
        course.add(CourseAnswer{start + day * i, 1 + i % 5, i % 7});
    for (int i = 0; i < 6; ++i)
        course.add(CourseTotal{start + day * 14 * i, "phq-9", 20.0 - i, i % 2, "2005", FollowUp::NotAnswered, {{"9", i % 2}}});
    course.add(CourseTotal{start + day * 80, "core-10", 11.5, std::nullopt, "2013"});
    course.add(CourseTotal{start + day * 81, "phq-9", std::nullopt, 1, "2005", FollowUp::NotAnswered, {{"9", 1}}});
    course.add(CourseTotal{start + day * 82, "c-ssrs-screen", std::nullopt, 1, "recent", FollowUp::Positive,
                           {{"1", 1}, {"2", 1}}});
    course.set_treatment(Treatment{std::chrono::sys_days{std::chrono::year{2025} / 12 / 24}, true, false});
    return course;
}

CourseValue energy(int on_day, int value, int version = 1, const std::string& item = "energy")
{
    return {start + day * on_day, "own-3", item, version, CourseValue::Worse::Down, value};
}

TEST(Course, ComesBackAsItWas)
{
    const auto course = ninety_days();
    const auto bytes = course.encoded();
    const auto back = Course::decoded(bytes);
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(back->encoded(), bytes);
    ASSERT_EQ(back->answers().size(), 90U);
    EXPECT_EQ(back->answers()[3].mood, 4);
    EXPECT_EQ(back->answers()[3].at, start + day * 3);
    ASSERT_EQ(back->totals().size(), 9U);
    EXPECT_EQ(back->last_total("core-10", "2013"), 11.5);
    EXPECT_EQ(back->last_total("phq-9", "2005"), 15.0); // the newest form had no total
    ASSERT_NE(back->last_critical("phq-9", "2005"), nullptr);
    EXPECT_EQ(back->last_critical("phq-9", "2005")->critical, 1);
    EXPECT_EQ(back->last_critical("core-10", "2013"), nullptr);
    EXPECT_EQ(back->totals().back().follow_up, FollowUp::Positive);
    EXPECT_EQ(back->totals().back().critical_items, (std::vector<std::pair<std::string, int>>{{"1", 1}, {"2", 1}}));
    ASSERT_TRUE(back->treatment().has_value());
    EXPECT_TRUE(back->treatment()->psychological && !back->treatment()->medication);
    EXPECT_EQ(back->treatment()->started_on, (std::chrono::sys_days{std::chrono::year{2025} / 12 / 24}));
    EXPECT_EQ(back->heard_at(), start + day * 89);
    EXPECT_LT(bytes.size(), 90U * 6U);
}

// "Versions are never mixed": a questionnaire that was changed begins anew.
TEST(Course, MixesNoVersions)
{
    const auto course = ninety_days();
    EXPECT_EQ(course.totals_of("phq-9", "2005").size(), 7U);
    EXPECT_TRUE(course.totals_of("phq-9", "2031").empty());
    EXPECT_EQ(course.last_total("phq-9", "2031"), std::nullopt);
    EXPECT_EQ(course.last_critical("phq-9", "2031"), nullptr);
}

// What Handrail wrote before versions were kept.
TEST(Course, ReadsABlockOfTheFirstVersion)
{
    using namespace std::string_view_literals;
    constexpr auto first_version =
        "\x01\x02\x80\xc9\xb6\x95\x0d\x23\x80\xc6\x0a\x04\x03\x80\xc9\xb6\x95\x0d\x05\x70\x68\x71"
        "\x2d\x39\xb5\x01\x02\x80\xd4\x93\x01\x05\x70\x68\x71\x2d\x39\x00\x02\x80\xa4\x3f\x07\x63"
        "\x6f\x72\x65\x2d\x31\x30\x74\x00"sv;
    const auto course = Course::decoded(first_version);
    ASSERT_TRUE(course.ok());
    ASSERT_EQ(course->answers().size(), 2U);
    EXPECT_EQ(course->answers()[1].at, start + day);
    EXPECT_EQ(course->answers()[0].sleep, 2);
    ASSERT_EQ(course->totals().size(), 3U);
    EXPECT_FALSE(course->treatment().has_value());
    EXPECT_EQ(course->totals()[2].total, 11.5);
    EXPECT_TRUE(course->totals()[0].version.empty());
    // Becoming worse is not hidden by the upgrade; that an answer about death is unchanged is not taken from there.
    EXPECT_EQ(course->last_total("phq-9", "2005"), 18.0);
    EXPECT_EQ(course->last_critical("phq-9", "2005"), nullptr);
    // Written again it is of the second version, with the same in it.
    const auto again = Course::decoded(course->encoded());
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(course->encoded().front(), 2);
    EXPECT_EQ(again->totals().size(), 3U);
    for (std::size_t length = 1; length < first_version.size(); ++length)
        EXPECT_FALSE(Course::decoded(first_version.substr(0, length)).ok()) << length;
}

TEST(Course, KeepsScalesThatAServiceDesignedVersionByVersion)
{
    auto course = ninety_days();
    EXPECT_EQ(course.encoded().front(), 2) << "without any, a Handrail from before them reads it";
    for (int i = 0; i < 10; ++i)
        course.add(energy(80 + i, i * 5));
    course.add(energy(85, 100)); // the same moment again
    course.add(energy(91, 35, 2));
    course.add(energy(82, -15, 1, "tension"));
    const auto back = Course::decoded(course.encoded());
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(course.encoded().front(), 3);
    EXPECT_EQ(back->encoded(), course.encoded());
    EXPECT_EQ(back->totals().size(), 9U);
    ASSERT_EQ(back->series().size(), 3U);
    const auto& first = back->series()[0];
    EXPECT_EQ(first.form + " " + first.item, "own-3 energy");
    EXPECT_EQ(first.version, 1);
    EXPECT_EQ(first.worse, CourseValue::Worse::Down);
    ASSERT_EQ(first.points.size(), 10U);
    EXPECT_EQ(first.points[5].second, 100);
    EXPECT_EQ(first.points[9].first, start + day * 89);
    EXPECT_EQ(back->series()[1].version, 2);
    EXPECT_EQ(back->series()[2].points.at(0).second, -15);
    EXPECT_EQ(back->heard_at(), start + day * 91);
    course.forget_before(start + day * 90);
    ASSERT_EQ(course.series().size(), 1U);
    EXPECT_EQ(course.series()[0].version, 2);
}

TEST(Course, KeepsNoMoreSeriesThanItsBound)
{
    Course course;
    for (int i = 0; i < 30; ++i)
        course.add(energy(i, 1, 1, "item" + std::to_string(i)));
    ASSERT_EQ(course.series().size(), Course::most_series);
    EXPECT_EQ(course.series().front().item, "item6") << "the ones heard of longest ago are gone";
    for (int i = 0; i < 300; ++i) {
        auto value = energy(60, i);
        value.at += std::chrono::minutes{i};
        course.add(value);
    }
    EXPECT_EQ(course.series().back().points.size(), Course::most_points);
    EXPECT_EQ(course.series().back().points.back().second, 299);
    course.add(energy(200, 1));
    EXPECT_EQ(course.series().size(), 1U) << "ninety days after the last of the others";
    EXPECT_TRUE(Course::decoded(course.encoded()).ok());
}

TEST(Course, KeepsTheTreatmentWhenItForgets)
{
    auto course = ninety_days();
    course.forget_before(start + day * 400);
    EXPECT_TRUE(course.totals().empty());
    EXPECT_TRUE(course.treatment().has_value());
}

TEST(Course, KeepsNinetyDaysAndNeverMoreThanItsBound)
{
    Course course;
    for (int i = 0; i < 200; ++i)
        course.add(CourseAnswer{start + day * i, 3, 0});
    EXPECT_EQ(course.answers().size(), 91U);
    for (int i = 0; i < 3000; ++i)
        course.add(CourseAnswer{start + day * 300 + std::chrono::minutes(i), 3, 0});
    EXPECT_EQ(course.answers().size(), Course::most_answers);
    for (int i = 0; i < 200; ++i)
        course.add(CourseTotal{start + day * i, "gad-7", 5.0, std::nullopt});
    EXPECT_EQ(course.totals().size(), Course::most_totals);
    EXPECT_TRUE(Course::decoded(course.encoded()).ok());
}

TEST(Course, TakesAnswersInAnyOrderAndARepeatedOneOnce)
{
    Course forwards;
    Course backwards;
    for (int i = 0; i < 30; ++i) {
        forwards.add(CourseAnswer{start + day * i, 1 + i % 5, 0});
        backwards.add(CourseAnswer{start + day * (29 - i), 1 + (29 - i) % 5, 0});
    }
    backwards.add(CourseAnswer{start + day * 4, 5, 0});
    EXPECT_EQ(forwards.encoded(), backwards.encoded());
}

TEST(Course, SaysWhenANewerHandrailWroteIt)
{
    auto bytes = ninety_days().encoded();
    bytes[0] = 4;
    EXPECT_EQ(Course::decoded(bytes).error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(Course::decoded("").error().kind, ErrorKind::Invalid);
}

TEST(Course, ReadsAnyBytesWithoutHarm)
{
    auto course = ninety_days();
    for (int i = 0; i < 9; ++i)
        course.add(energy(i, i));
    const auto whole = course.encoded();
    for (std::size_t length = 1; length < whole.size(); ++length)
        EXPECT_FALSE(Course::decoded(std::string_view(whole).substr(0, length)).ok()) << length;
    std::mt19937 random(7);
    for (int round = 0; round < 20000; ++round) {
        auto bytes = whole;
        for (int change = 0; change < 3; ++change)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        bytes[0] = static_cast<char>(1 + round % 3);
        const auto read = Course::decoded(bytes);
        if (read) {
            EXPECT_LE(read->answers().size(), Course::most_answers);
            EXPECT_TRUE(Course::decoded(read->encoded()).ok());
        }
    }
}

} // namespace
} // namespace handrail::monitoring
