#include "monitoring/progress.h"

#include <gtest/gtest.h>

#include "content/progress_protocol.h"
#include "monitoring/questionnaire_told.h"
#include "monitoring/shipped_content.h"

namespace handrail::monitoring {
namespace {

const Instant now = *from_rfc3339("2026-03-28T20:00:00Z");
constexpr std::chrono::hours day{24};

const ProgressProtocol& protocol()
{
    static const ProgressProtocol loaded = *content::load_progress_protocol(content_folder);
    return loaded;
}

Progress told(const Course& course, int days = 28)
{
    return progress(course, daily_form(), instruments(), protocol(), {now, days, std::chrono::minutes{0}, "en"});
}

/// Check-ins at 19:00 on the last days; 0 leaves a day out. The last one is today's.
Course course_of(const std::vector<int>& moods)
{
    Course course;
    for (std::size_t i = 0; i < moods.size(); ++i)
        if (moods[i] > 0)
            course.add(CourseAnswer{now - std::chrono::hours(1) - day * static_cast<int>(moods.size() - 1 - i), moods[i], 0});
    return course;
}

TEST(Progress, IsEmptyUnderFiveAnswers)
{
    const auto nothing = told({});
    EXPECT_TRUE(nothing.empty);
    EXPECT_EQ(nothing.sentence,
              "Your first check-in takes about 20 seconds. After five, you will see a picture here.");
    EXPECT_TRUE(told(course_of({3, 3, 3, 3})).empty);
    EXPECT_TRUE(told(course_of({3, 3, 3, 3})).points.empty());
    EXPECT_FALSE(told(course_of({3, 3, 3, 3, 3})).empty);
}

TEST(Progress, SaysLighterAndHeavierInTheSameWay)
{
    const std::vector<int> low{2, 2, 1, 2, 3, 2, 2, 1, 2, 2, 3, 2, 2, 2};
    const std::vector<int> mid{3, 3, 2, 3, 4, 3, 3, 3, 4, 3, 2, 3, 3, 4};
    auto up = low;
    up.insert(up.end(), mid.begin(), mid.end());
    auto down = mid;
    down.insert(down.end(), low.begin(), low.end());
    EXPECT_EQ(told(course_of(up)).sentence, "The last two weeks were lighter.");
    EXPECT_EQ(told(course_of(down)).sentence, "The last two weeks were heavier than before.");
    EXPECT_EQ(told(course_of(up)).how_sure.substr(0, 11), "Quite sure.");
    auto same = mid;
    same.insert(same.end(), mid.begin(), mid.end());
    EXPECT_EQ(told(course_of(same)).sentence, "The last two weeks were much like the two before.");
}

TEST(Progress, DrawsNothingAcrossAGap)
{
    const auto result = told(course_of({3, 3, 3, 4, 3, 0, 0, 0, 2, 2, 3, 2}));
    ASSERT_EQ(result.gaps.size(), 1U);
    const auto gap = result.gaps[0];
    EXPECT_EQ(to_rfc3339(gap.from), "2026-03-22T00:00:00.000Z");
    EXPECT_EQ(to_rfc3339(gap.to), "2026-03-25T00:00:00.000Z");
    for (const auto& average : result.average)
        EXPECT_TRUE(average.at < gap.from || average.at > gap.to);
    // Three days with an answer are needed on each side, and none is borrowed from before the gap.
    ASSERT_EQ(result.average.size(), 3U + 2U);
    EXPECT_NEAR(result.average[3].value, (2 + 2 + 3) / 3.0, 1e-9);
}

TEST(Progress, TwoDaysWithoutAnAnswerAreNoGapButAnOpenEndIs)
{
    EXPECT_TRUE(told(course_of({3, 3, 3, 0, 0, 3, 3, 3})).gaps.empty());
    // The last answer was four days ago: three whole days without one, and today, which is not over.
    const auto open = told(course_of({3, 3, 3, 3, 3, 0, 0, 0, 0}));
    ASSERT_EQ(open.gaps.size(), 1U);
    EXPECT_EQ(to_rfc3339(open.gaps[0].to), "2026-03-28T00:00:00.000Z");
}

TEST(Progress, GivesAnIntervalThatStaysOnTheScaleAndIsNeverNothing)
{
    for (const auto& average : told(course_of({5, 5, 5, 5, 5, 5, 5, 5})).average) {
        EXPECT_LE(average.high, 5.0);
        EXPECT_LT(average.low, average.value);
        EXPECT_GE(average.low, 1.0);
    }
}

TEST(Progress, KnowsAUsualRangeAfterFourteenDays)
{
    const std::vector<int> thirteen(13, 3);
    EXPECT_FALSE(told(course_of(thirteen)).usual.has_value());
    std::vector<int> fourteen{1, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 5};
    const auto usual = told(course_of(fourteen)).usual;
    ASSERT_TRUE(usual.has_value());
    EXPECT_NEAR(usual->low, 2, 1e-9);
    EXPECT_NEAR(usual->high, 4, 1e-9);
}

TEST(Progress, TellsATotalInWordsWithItsRange)
{
    Course course = course_of({3, 3, 3, 3, 3});
    course.add(CourseTotal{now - day * 21, "phq-9", 17.0, 0});
    course.add(CourseTotal{now - day * 1, "phq-9", 11.0, 0});
    course.add(CourseTotal{now - day * 2, "phq-9", std::nullopt, 0});
    const auto result = told(course);
    ASSERT_EQ(result.totals.size(), 1U);
    const auto& totals = result.totals[0];
    EXPECT_EQ(totals.title, "Low-mood questions");
    EXPECT_EQ(totals.better, "down");
    ASSERT_EQ(totals.points.size(), 2U);
    EXPECT_EQ(totals.points[0].low, 13);
    EXPECT_EQ(totals.points[0].high, 21);
    EXPECT_EQ(totals.points[1].text,
              "11 on a scale from 0 to 27. Lower is better. It may really be anywhere from 7 to 15.");
    EXPECT_EQ(totals.change, "From 17 to 11. A change of 6 or more is unlikely to be chance.");
}

TEST(Progress, NamesALinkOnlyWhenItIsSure)
{
    Course linked;
    Course loose;
    for (int i = 0; i < 40; ++i) {
        const bool slept = i % 3 != 0;
        const int wobble = i % 5 == 0 ? 1 : 0;
        linked.add(CourseAnswer{now - day * i, slept ? 4 - wobble : 2 + wobble, slept ? 5 : 2});
        loose.add(CourseAnswer{now - day * i, 2 + i % 4 / 2, slept ? 5 : 2});
    }
    ASSERT_EQ(told(linked).helps.size(), 1U);
    EXPECT_EQ(told(linked).helps[0].text, "Days after 7 or more hours of sleep were better.");
    ASSERT_EQ(told(loose).helps.size(), 1U);
    EXPECT_EQ(told(loose).helps[0].text, "No link we could be sure of.");
    EXPECT_TRUE(told(course_of({3, 3, 3, 3, 3})).helps.empty());
}

// What a wearable counted stands beside the mood of the same days; a day that it did not count is no day of the comparison.
TEST(Progress, LooksAtStepsAndStandsInForSleepThatWasLeftOpen)
{
    Course course;
    CountedByDay counted;
    const auto today = std::chrono::floor<std::chrono::days>(now);
    for (int i = 60; i > 0; --i) {
        const bool much = (i * 7) % 11 < 5;
        course.add(CourseAnswer{now - day * i, much ? 4 + i % 2 : 2 + i % 2, 0});
        counted["steps"][today - std::chrono::days{i}] = much ? 9000 + i : 3000 + i;
        counted["sleep_minutes"][today - std::chrono::days{i}] = i % 3 == 0 ? 480 : 300;
    }
    const auto told_of = [&](const CountedByDay* what) {
        return progress(course, daily_form(), instruments(), protocol(), {now, 90, std::chrono::minutes{0}, "en", what});
    };
    EXPECT_TRUE(told_of(nullptr).helps.empty());
    const auto helps = told_of(&counted).helps;
    ASSERT_EQ(helps.size(), 2U);
    EXPECT_EQ(helps[0].text, "Days with more steps than half of your days were better.") << "what was found comes first";
    EXPECT_EQ(helps[1].text, "No link we could be sure of.");
    EXPECT_EQ(helps[1].how_sure, "We looked at sleep and how your days were.");
    auto& steps = counted["steps"];
    for (int i = 60; i > 10; --i)
        steps.erase(today - std::chrono::days{i});
    const auto few = told_of(&counted).helps;
    ASSERT_EQ(few.size(), 1U) << "ten days are too few, and the others are not filled in";
    EXPECT_EQ(few[0].how_sure, "We looked at sleep and how your days were.");
}

TEST(Progress, CountsADayOnThePersonsOwnClock)
{
    Course course;
    // 23:30 UTC is the next day in Dublin's summer.
    for (int i = 0; i < 6; ++i)
        course.add(CourseAnswer{*from_rfc3339("2026-06-10T23:30:00Z") + day * i, 3, 0});
    const auto result = progress(course, daily_form(), instruments(), protocol(),
                                 {*from_rfc3339("2026-06-15T22:00:00Z"), 28, std::chrono::minutes{60}, "en"});
    EXPECT_EQ(result.points.size(), 5U);
    EXPECT_EQ(to_rfc3339(result.average.front().at), "2026-06-13T11:00:00.000Z");
}

TEST(QuestionnaireTold, SaysWhatTheNumberCannotTellAndNothingInDanger)
{
    const auto& phq9 = *instruments().find("phq-9");
    GivenAnswers answers;
    for (const auto& item : phq9.items)
        answers[item.id] = {GivenAnswer::Kind::Whole, 1};
    answers["9"].value = 0;
    const auto result = score(phq9, answers);
    const auto calm = told_after(phq9, result, Urgency::Usual);
    EXPECT_EQ(calm.range, "0 to 27, lower is better");
    EXPECT_NE(calm.text.find("Your answers add up to 8. It may really be anywhere from 4 to 12."), std::string::npos);
    const auto danger = told_after(phq9, result, Urgency::Today);
    EXPECT_TRUE(danger.range.empty());
    EXPECT_EQ(danger.text.find('8'), std::string::npos);
    EXPECT_EQ(minutes_for(phq9), 2);
    EXPECT_EQ(title_for_people(phq9, protocol(), "en"), "Low-mood questions");
}

} // namespace
} // namespace handrail::monitoring
