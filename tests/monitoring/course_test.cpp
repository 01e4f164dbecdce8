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
        course.add(CourseTotal{start + day * 14 * i, "phq-9", 20.0 - i, i % 2});
    course.add(CourseTotal{start + day * 80, "core-10", 11.5, std::nullopt});
    course.add(CourseTotal{start + day * 81, "phq-9", std::nullopt, 1});
    return course;
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
    ASSERT_EQ(back->totals().size(), 8U);
    EXPECT_EQ(back->last_total("core-10"), 11.5);
    EXPECT_EQ(back->last_total("phq-9"), 15.0); // the newest form had no total
    EXPECT_EQ(back->last_critical("phq-9"), 1);
    EXPECT_EQ(back->last_critical("core-10"), std::nullopt);
    EXPECT_EQ(back->heard_at(), start + day * 89);
    EXPECT_LT(bytes.size(), 90U * 6U);
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
    bytes[0] = 2;
    EXPECT_EQ(Course::decoded(bytes).error().kind, ErrorKind::Unavailable);
    EXPECT_EQ(Course::decoded("").error().kind, ErrorKind::Invalid);
}

TEST(Course, ReadsAnyBytesWithoutHarm)
{
    const auto whole = ninety_days().encoded();
    for (std::size_t length = 1; length < whole.size(); ++length)
        EXPECT_FALSE(Course::decoded(std::string_view(whole).substr(0, length)).ok()) << length;
    std::mt19937 random(7);
    for (int round = 0; round < 20000; ++round) {
        auto bytes = whole;
        for (int change = 0; change < 3; ++change)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        bytes[0] = 1;
        const auto read = Course::decoded(bytes);
        if (read) {
            EXPECT_LE(read->answers().size(), Course::most_answers);
            EXPECT_TRUE(Course::decoded(read->encoded()).ok());
        }
    }
}

} // namespace
} // namespace handrail::monitoring
