// What one night says of one course.

#include "monitoring/night_judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "content/trend_protocol.h"
#include "monitoring/shipped_content.h"

namespace handrail::monitoring {
namespace {

using std::chrono::hours;

constexpr hours day{24};

class NightJudgeTest : public testing::Test {
protected:
    NightJudgeTest()
        : judge(*content::load_trend_protocol(content_folder), {{"phq-9", true}, {"who-5", false}}),
          start(*from_rfc3339("2026-01-01T18:00:00Z"))
    {
    }
    /// Answers once a day: four or three, as they come and go.
    Course usual(int days) const
    {
        Course course;
        for (int i = 0; i < days; ++i)
            course.add(CourseAnswer{start + day * i, i % 3 == 0 ? 3 : 4, 4});
        return course;
    }

    NightJudge judge;
    Instant start;
};

TEST_F(NightJudgeTest, SaysNothingOfUsualDays)
{
    const auto now = start + day * 40;
    EXPECT_TRUE(judge.judge(usual(40), start, now).empty());
    EXPECT_TRUE(judge.judge(Course{}, start, now).empty()) << "nothing was ever answered: nobody became silent";
}

TEST_F(NightJudgeTest, NoticesDaysThatAreWorseThanThePersonsOwn)
{
    auto course = usual(40);
    for (int i = 40; i < 46; ++i)
        course.add(CourseAnswer{start + day * i, 1, 4});
    const auto now = start + day * 45 + hours{8};
    const auto found = judge.judge(course, start, now);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front().about, "course");
    EXPECT_EQ(found.front().finding.evidence.front().rule, "trend.worse_than_usual");
    for (const auto& each : found)
        EXPECT_LE(need(each.finding.urgency), need(Urgency::Today)) << "a scale alone calls nobody out of bed";
    // What an earlier pass judged is not told again, and what it makes known later has another instant.
    EXPECT_TRUE(judge.judge(course, now + hours{1}, now + hours{2}).empty());
}

// A scale that the service designed is compared with the person's own days like their mood.
TEST_F(NightJudgeTest, ADesignedScaleIsJudgedOnlyWhereADirectionIsWorse)
{
    const auto diary = [&](CourseValue::Worse worse, int version_after = 1) {
        auto course = usual(46);
        for (int i = 0; i < 46; ++i)
            course.add(CourseValue{start + day * i, "own-1", "energy", i < 40 ? 1 : version_after, worse,
                                   i < 40 ? (i % 3 == 0 ? 60 : 70) : 10});
        return judge.judge(course, start, start + day * 45 + hours{8});
    };
    const auto found = diary(CourseValue::Worse::Down);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front().about, "course");
    const auto& evidence = found.front().finding.evidence.front();
    EXPECT_EQ(evidence.rule, "trend.worse_than_usual");
    EXPECT_EQ(evidence.text.rfind("energy: ", 0), 0U) << evidence.text;
    for (const auto& each : found)
        EXPECT_LE(need(each.finding.urgency), need(Urgency::Today));
    EXPECT_TRUE(diary(CourseValue::Worse::Neither).empty());
    EXPECT_TRUE(diary(CourseValue::Worse::Up).empty()) << "lower is better there";
    EXPECT_TRUE(diary(CourseValue::Worse::Down, 2).empty()) << "versions are never mixed";
}

TEST_F(NightJudgeTest, TheSameThingHasTheSameKeyWhoeverFindsIt)
{
    auto course = usual(40);
    for (int i = 40; i < 44; ++i)
        course.add(CourseAnswer{start + day * i, 1, 4});
    const auto now = start + day * 43 + hours{2};
    const auto once = judge.judge(course, start, now);
    const auto again = judge.judge(*Course::decoded(course.encoded()), start, now + hours{1});
    ASSERT_EQ(once.size(), again.size());
    for (std::size_t i = 0; i < once.size(); ++i)
        EXPECT_EQ(once[i].key, again[i].key);
}

TEST_F(NightJudgeTest, NoticesSilence)
{
    const auto course = usual(30);
    EXPECT_TRUE(judge.judge(course, start, start + day * 31).empty());
    const auto now = start + day * 60;
    const auto found = judge.judge(course, now - day, now);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().about, "silence");
}

TEST_F(NightJudgeTest, ATotalIsFollowedInItsOwnDirection)
{
    Course course;
    for (int i = 0; i < 40; ++i) {
        course.add(CourseTotal{start + day * i, "phq-9", i % 2 == 0 ? 6.0 : 7.0, {}});
        course.add(CourseTotal{start + day * i, "who-5", i % 2 == 0 ? 15.0 : 16.0, {}});
        course.add(CourseTotal{start + day * i, "unknown", 1.0 * i, {}});
    }
    auto better = course;
    for (int i = 40; i < 46; ++i) {
        better.add(CourseTotal{start + day * i, "phq-9", 1.0, {}});
        better.add(CourseTotal{start + day * i, "who-5", 24.0, {}});
        better.add(CourseTotal{start + day * i, "unknown", 90.0, {}});
    }
    EXPECT_TRUE(judge.judge(better, start, start + day * 46).empty());
    for (int i = 40; i < 46; ++i)
        course.add(CourseTotal{start + day * i, "who-5", 3.0, {}});
    EXPECT_FALSE(judge.judge(course, start, start + day * 46).empty());
}

TEST_F(NightJudgeTest, SaysItsNumbersInWords)
{
    auto course = usual(40);
    for (int i = 40; i < 46; ++i)
        course.add(CourseAnswer{start + day * i, 1, 4});
    const auto found = judge.judge(course, start, start + day * 45 + hours{8});
    ASSERT_FALSE(found.empty());
    const auto& text = found.front().finding.evidence.front().text;
    EXPECT_THAT(text, testing::StartsWith("mood: "));
    EXPECT_THAT(text, testing::ContainsRegex("usual days\\. Lately [0-9.]+ lower \\(95 %: [0-9.]+ to [0-9.]+\\)"));
    EXPECT_THAT(text, testing::HasSubstr("Of the last 28 days, 100 of 100 have an answer."));
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("_"))) << "no name of a number is shown";
}

TEST_F(NightJudgeTest, OffersFatigueToWhoeverLooksAndTellsNobody)
{
    Course course;
    for (int i = 0; i < 85; ++i)
        if (i < 55 || i % 3 == 0)
            course.add(CourseAnswer{start + day * i, 3 + i % 3 - i % 2, 4});
    const auto now = start + day * 84 + hours{2};
    const auto offers = judge.offers(course, now);
    ASSERT_EQ(offers.size(), 1U);
    EXPECT_EQ(offers.front().kind, "entry_fatigue");
    EXPECT_EQ(offers.front().item, "mood");
    EXPECT_EQ(offers.front().source, "handrail-trend-2");
    EXPECT_THAT(offers.front().numbers, testing::StartsWith("Days with an answer: 100 of 100 earlier, "));
    for (const auto& each : judge.judge(course, start, now))
        EXPECT_NE(each.finding.evidence.front().rule, "trend.entry_fatigue");
    EXPECT_TRUE(judge.offers(course, now + day * 60).empty()) << "what became known two months ago is not news";
    EXPECT_TRUE(judge.offers(usual(85), now).empty());
    EXPECT_TRUE(judge.offers(Course{}, now).empty());
}

// Of made-up people whose days come to go with the day before, some get an offer; it never becomes a finding.
TEST_F(NightJudgeTest, OffersSlowingDownWithWhatIsPublishedAboutIt)
{
    int offered = 0;
    for (unsigned person = 0; person < 60; ++person) {
        std::mt19937 random(person);
        std::normal_distribution<double> normal;
        Course course;
        double level = 0;
        for (int i = 0; i < 88; ++i) {
            level = (0.1 + 0.8 * i / 88) * level + normal(random);
            course.add(CourseValue{start + day * i, "own-1", "energy", 1, CourseValue::Worse::Down,
                                   50 + static_cast<int>(std::lround(level * 8))});
        }
        const auto now = start + day * 87 + hours{2};
        for (const auto& each : judge.offers(course, now))
            if (each.kind == "slowing_down") {
                ++offered;
                EXPECT_EQ(each.form, "own-1");
                EXPECT_EQ(each.item, "energy");
                EXPECT_EQ(each.source, "smit-2025");
                EXPECT_THAT(each.why, testing::HasSubstr("33 of 100 recurrences"));
                EXPECT_THAT(each.numbers, testing::HasSubstr("Seen to rise over"));
            }
        for (const auto& each : judge.judge(course, start, now))
            EXPECT_NE(each.finding.evidence.front().rule, "trend.slowing_down");
    }
    EXPECT_GT(offered, 5);
    EXPECT_LT(offered, 60);
}

} // namespace
} // namespace handrail::monitoring
