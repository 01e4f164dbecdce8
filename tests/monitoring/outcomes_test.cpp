#include "monitoring/outcomes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "content/change_protocol.h"
#include "content/progress_protocol.h"
#include "monitoring/shipped_content.h"

namespace handrail::monitoring {
namespace {

const Instant start = *from_rfc3339("2026-01-05T10:00:00Z");
constexpr std::chrono::hours day{24};

Outcomes told(const Course& course, Instant now)
{
    static const ChangeProtocol change = *content::load_change_protocol(content_folder, instruments());
    static const ProgressProtocol names = *content::load_progress_protocol(content_folder);
    return outcomes(course, instruments(), change, names, now);
}

void add(Course& course, const char* instrument, int day_number, double total)
{
    course.add({start + day * day_number, instrument, total, std::nullopt, instruments().find(instrument)->version});
}

std::vector<std::string> ids(const std::vector<CourseFlag>& flags)
{
    std::vector<std::string> out;
    for (const auto& flag : flags)
        out.push_back(flag.flag);
    return out;
}

TEST(Outcomes, SaysWhetherSomebodyIsBetterInWords)
{
    Course course;
    add(course, "phq-9", 0, 18);
    add(course, "gad-7", 0, 14);
    EXPECT_TRUE(told(course, start).lines.empty());
    add(course, "phq-9", 56, 8);
    add(course, "gad-7", 56, 6);
    const auto all = told(course, start + day * 57);
    ASSERT_EQ(all.lines.size(), 2U);
    const auto& line = all.lines[1];
    EXPECT_EQ(line.instrument, "phq-9");
    EXPECT_FALSE(line.treated);
    EXPECT_EQ(line.baseline_at, start);
    EXPECT_TRUE(line.outcome.reliable_recovery);
    EXPECT_EQ(line.text, "Reliably better, and no longer in the range of a case. From 18 to 8; a change of 6 or more is "
                         "unlikely to be chance.");
    EXPECT_NE(line.source.find("NHS"), std::string::npos);
    EXPECT_EQ(all.together,
              "Both measures together: reliably better, and on neither in the range of a case any more.");
    EXPECT_TRUE(all.steps.empty());
}

TEST(Outcomes, GivesTheNextStepsToWhoIsNotOnTrack)
{
    Course course;
    course.set_treatment(Treatment{std::chrono::floor<std::chrono::days>(start), true, false});
    add(course, "phq-9", 0, 21);
    add(course, "phq-9", 28, 19);
    const auto all = told(course, start + day * 28);
    ASSERT_EQ(all.lines.size(), 1U);
    EXPECT_TRUE(all.lines[0].treated);
    EXPECT_EQ(ids(all.lines[0].flags), (std::vector<std::string>{"not_on_track", "behind_expected_course"}));
    ASSERT_TRUE(all.lines[0].limit.has_value());
    EXPECT_NEAR(*all.lines[0].limit, 21 * 0.7932, 0.02);
    EXPECT_EQ(all.steps.size(), 6U);
    EXPECT_EQ(all.steps_source, "handrail-next-steps");
    add(course, "phq-9", 42, 12);
    EXPECT_TRUE(told(course, start + day * 42).steps.empty());
}

// No data is never "no change".
TEST(Outcomes, SaysThatNothingCame)
{
    Course course;
    course.set_treatment(Treatment{std::chrono::floor<std::chrono::days>(start), true, false});
    add(course, "phq-9", 0, 21);
    EXPECT_TRUE(told(course, start + day * 14).waiting.empty());
    EXPECT_EQ(ids(told(course, start + day * 15).waiting), (std::vector<std::string>{"measure_overdue"}));
}

TEST(Outcomes, ShowsNoFigureThatNobodyVerified)
{
    Course course;
    for (const auto* id : {"phq-9m", "wsas"}) {
        add(course, id, 0, 20);
        add(course, id, 28, 5);
    }
    const auto all = told(course, start + day * 28);
    EXPECT_TRUE(all.lines.empty());
    EXPECT_TRUE(all.waiting.empty());
}

} // namespace
} // namespace handrail::monitoring
