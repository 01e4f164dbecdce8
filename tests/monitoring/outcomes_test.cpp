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

// The band on the chart and the judgement come from one place: above the one is behind by the other.
TEST(Outcomes, DrawsTheExpectedCourseOfATreatedCase)
{
    Course course;
    add(course, "phq-9", 0, 21);
    add(course, "phq-9", 28, 19);
    EXPECT_FALSE(told(course, start + day * 28).lines.at(0).expected.has_value()) << "no treatment, no expectation";
    course.set_treatment(Treatment{std::chrono::floor<std::chrono::days>(start), true, false});
    const auto line = told(course, start + day * 28).lines.at(0);
    ASSERT_TRUE(line.expected.has_value());
    EXPECT_EQ(line.expected->totals.size(), 15U); // weeks 0 to 14
    EXPECT_EQ(line.expected->totals.front().limit, 21);
    EXPECT_EQ(line.expected->totals.at(4).day, 28);
    EXPECT_EQ(line.expected->totals.at(4).limit, line.limit);
    EXPECT_FALSE(line.expected->totals.at(4).low.has_value()) << "a line set by hand has no lower curve";
    EXPECT_FALSE(line.expected->fitted);
    EXPECT_EQ(line.expected->source, "handrail-expected-course");
    Course well;
    well.set_treatment(course.treatment());
    add(well, "phq-9", 0, 9);
    add(well, "phq-9", 28, 8);
    EXPECT_FALSE(told(well, start + day * 28).lines.at(0).expected.has_value()) << "was no case";
}

TEST(Outcomes, NamesTheAnswersThatMayBeKnown)
{
    static const ProgressProtocol names = *content::load_progress_protocol(content_folder);
    const auto version = instruments().find("phq-9")->version;
    Course course;
    course.add({start, "phq-9", 9.0, 1, version, FollowUp::NotAnswered, {{"9", 1}}});
    auto lines = critical_lines(course, instruments(), names);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines.front().instrument, "phq-9");
    EXPECT_EQ(lines.front().answer, "Several days");
    course.add({start + day, "phq-9", 9.0, 0, version, FollowUp::NotAnswered, {{"9", 0}}});
    EXPECT_TRUE(critical_lines(course, instruments(), names).empty());
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
