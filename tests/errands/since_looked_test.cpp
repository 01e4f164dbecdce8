#include "errands/since_looked.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace handrail::errands {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Instant start = *from_rfc3339("2026-01-05T10:00:00Z");
constexpr std::chrono::hours day{24};

monitoring::Course course_of(const std::vector<int>& check_in_days)
{
    monitoring::Course course;
    for (const int each : check_in_days) {
        monitoring::CourseAnswer answer;
        answer.at = start + day * each;
        answer.mood = 3;
        course.add(answer);
    }
    return course;
}

void add(monitoring::Course& course, const char* instrument, int day_number, std::optional<double> total)
{
    course.add({start + day * day_number, instrument, total, std::nullopt, "1"});
}

TEST(SinceLooked, SaysFromWhichTotalToWhich)
{
    auto course = course_of({});
    add(course, "phq-9", 0, 18);
    add(course, "phq-9", 14, 19);
    EXPECT_THAT(changed_since(course, start + day * 7, start + day * 15), ElementsAre("PHQ-9 18 to 19"));
    EXPECT_THAT(changed_since(course, start - day, start + day), ElementsAre("PHQ-9 18, the first"));
    EXPECT_THAT(changed_since(course, start + day * 14, start + day * 15), IsEmpty());
}

// No data is never "no change", and an incomplete form is no total.
TEST(SinceLooked, AnIncompleteFormIsNoTotal)
{
    auto course = course_of({});
    add(course, "phq-9", 0, 18);
    add(course, "phq-9", 2, std::nullopt);
    add(course, "phq-9", 14, 18);
    EXPECT_THAT(changed_since(course, start + day, start + day * 3), ElementsAre("PHQ-9, some answers left open"));
    EXPECT_THAT(changed_since(course, start + day * 7, start + day * 15), ElementsAre("PHQ-9 again 18"));
}

TEST(SinceLooked, CountsCheckInsAndSaysWhenTheyStopped)
{
    const auto course = course_of({0, 1, 2, 3});
    EXPECT_THAT(changed_since(course, start + day, start + day * 4), ElementsAre("2 check-ins"));
    EXPECT_THAT(changed_since(course, start + day * 2, start + day * 4), ElementsAre("1 check-in"));
    EXPECT_THAT(changed_since(course, start + day * 4, start + day * 6), IsEmpty());
    EXPECT_THAT(changed_since(course, start + day * 4, start + day * 7), ElementsAre("No check-in since"));
    EXPECT_THAT(changed_since(course_of({0}), start + day * 4, start + day * 30), IsEmpty()) << "never used to";
}

} // namespace
} // namespace handrail::errands
