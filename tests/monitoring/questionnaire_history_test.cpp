#include "monitoring/questionnaire_history.h"

#include <gtest/gtest.h>

#include <random>

#include "content/change_protocol.h"
#include "monitoring/shipped_content.h"

namespace handrail::monitoring {
namespace {

const Instant start = *from_rfc3339("2026-01-05T10:00:00Z");
constexpr std::chrono::hours day{24};

const ChangeProtocol& change()
{
    static const ChangeProtocol loaded = *content::load_change_protocol(content_folder, instruments());
    return loaded;
}

const Instrument& phq9() { return *instruments().find("phq-9"); }

/// A complete PHQ-9 of that total, with item 9 as said.
ScoringResult form(int total, int item9 = 0)
{
    GivenAnswers answers;
    int left = total - item9;
    for (const auto& item : phq9().items)
        if (item.scored && item.id != "9") {
            const int value = std::min(3, left);
            answers[item.id] = {GivenAnswer::Kind::Whole, value};
            left -= value;
        }
    answers["9"] = {GivenAnswer::Kind::Whole, item9};
    return score(phq9(), answers);
}

CourseTotal kept(int total, Instant at, int item9 = 0)
{
    return course_total(phq9(), form(total, item9), answer_protocol(), at);
}

Finding judged(const Course& course, const ScoringResult& result, Instant at, std::optional<Instant> known = {})
{
    return judge_questionnaire(result, phq9(), answer_protocol(),
                               history_of(course, phq9(), result, answer_protocol(), change(), known, at));
}

ScoringResult screener(std::initializer_list<const char*> yes, bool whole = true)
{
    const auto& cssrs = *instruments().find("c-ssrs-screen");
    GivenAnswers answers;
    for (const auto& item : cssrs.items)
        if (whole || item.id == "1")
            answers[item.id] = {GivenAnswer::Kind::Whole, 0};
    for (const auto* item : yes)
        answers[item] = {GivenAnswer::Kind::Whole, 1};
    return score(cssrs, answers);
}

CourseTotal kept_screener(const ScoringResult& result, Instant at)
{
    return course_total(*instruments().find("c-ssrs-screen"), result, answer_protocol(), at);
}

// What was missing: each step is under 6 points, and the last form is 10 points over the first.
TEST(QuestionnaireHistory, SeesWhoBecomesWorseInSmallSteps)
{
    Course course;
    course.add(kept(5, start));
    course.add(kept(10, start + day * 14));
    EXPECT_EQ(judged(Course{}, form(5), start).urgency, Urgency::Usual);
    const auto finding = judged(course, form(15), start + day * 28);
    EXPECT_EQ(finding.urgency, Urgency::Soon);
    EXPECT_NE(finding.why.find("Worse than when this began"), std::string::npos) << finding.why;
    EXPECT_EQ(finding.evidence.front().rule, "answers:course-reliable_deterioration");
    EXPECT_EQ(finding.versions.at("change"), change().version);
    EXPECT_EQ(judged(course, form(10), start + day * 28).urgency, Urgency::Usual);
    // Better is never worse, and nobody is called for it.
    EXPECT_EQ(judged(course, form(0), start + day * 28).urgency, Urgency::Usual);
}

TEST(QuestionnaireHistory, BeginsANewEpisodeAfterHalfAYear)
{
    Course course;
    course.add(kept(4, start));
    EXPECT_EQ(judged(course, form(9), start + day * 179).urgency, Urgency::Usual);
    course.add(kept(8, start + day * 179));
    EXPECT_EQ(judged(course, form(10), start + day * 200).urgency, Urgency::Soon); // 4 to 10
    Course later;
    later.add(kept(4, start));
    later.add(kept(8, start + day * 180));
    EXPECT_EQ(judged(later, form(10), start + day * 200).urgency, Urgency::Usual); // 8 to 10
}

TEST(QuestionnaireHistory, ComparesNoOtherVersion)
{
    Course course;
    auto other = kept(2, start);
    other.version = "another layout";
    course.add(other);
    EXPECT_EQ(judged(course, form(20), start + day * 14).urgency, Urgency::Usual);
    other.version.clear(); // kept before versions were
    Course old;
    old.add(other);
    EXPECT_EQ(judged(old, form(20), start + day * 14).urgency, Urgency::Soon);
    auto critical = kept(2, start, 1);
    critical.version.clear();
    Course unknown;
    unknown.add(critical);
    EXPECT_EQ(judged(unknown, form(2, 1), start + day * 14, start + day * 13).urgency, Urgency::Today);
}

TEST(QuestionnaireHistory, SaysNothingOfTreatmentThatNobodyRecorded)
{
    Course course;
    course.add(kept(20, start));
    EXPECT_EQ(judged(course, form(19), start + day * 28).urgency, Urgency::Usual);
    EXPECT_EQ(judged(course, form(19), start + day * 84).urgency, Urgency::Usual);
    course.set_treatment(Treatment{std::chrono::floor<std::chrono::days>(start), true, false});
    EXPECT_EQ(judged(course, form(19), start + day * 28).urgency, Urgency::Soon);
    EXPECT_EQ(judged(course, form(19), start + day * 84).urgency, Urgency::Soon);
    EXPECT_EQ(judged(course, form(8), start + day * 28).urgency, Urgency::Usual);
}

// A treatment that was recorded without a form near its beginning hides nobody.
TEST(QuestionnaireHistory, WithoutABaselineItComparesWithTheFirstForm)
{
    Course course;
    course.add(kept(5, start));
    course.add(kept(10, start + day * 30));
    course.set_treatment(Treatment{std::chrono::floor<std::chrono::days>(start + day * 60), true, false});
    EXPECT_EQ(judged(course, form(11), start + day * 90).urgency, Urgency::Soon);
    const auto episode = episode_of(course, phq9(), change(), start + day * 90);
    ASSERT_TRUE(episode.has_value());
    EXPECT_TRUE(episode->standing.has("no_baseline"));
    EXPECT_EQ(episode->standing.baseline, 5);
    EXPECT_EQ(episode->baseline_at, start);
}

/// Item 9 = 1 on both forms; the screener so many hours before the second.
struct Followed {
    const char* name;
    std::vector<const char*> yes;
    bool whole;
    int hours_before;
    std::optional<int> note_hours_before;
    Urgency expected;
};
class FollowedUp : public testing::TestWithParam<Followed> {};

TEST_P(FollowedUp, CountsWhenItIsFreshAndAPositiveOneUntilANoteCoversIt)
{
    const auto& each = GetParam();
    const Instant now = start + day * 28;
    Course course;
    course.add(kept(9, start, 1));
    const auto result = [&] {
        auto answers = screener({}, each.whole);
        if (!each.yes.empty())
            answers = screener({each.yes.front()}, each.whole);
        return answers;
    }();
    course.add(kept_screener(result, now - std::chrono::hours(each.hours_before)));
    std::optional<Instant> known;
    if (each.note_hours_before)
        known = now - std::chrono::hours(*each.note_hours_before);
    EXPECT_EQ(judged(course, form(9, 1), now, known).urgency, each.expected);
}

INSTANTIATE_TEST_SUITE_P(
    All, FollowedUp,
    testing::Values(Followed{"nothing_further_today", {}, true, 2, {}, Urgency::Soon},
                    Followed{"nothing_further_at_24_hours", {}, true, 24, {}, Urgency::Soon},
                    Followed{"nothing_further_too_old", {}, true, 25, {}, Urgency::Today},
                    Followed{"left_half_open", {}, false, 2, {}, Urgency::Today},
                    Followed{"a_wish_alone", {"1"}, true, 2, {}, Urgency::Soon},
                    Followed{"positive", {"2"}, true, 2, {}, Urgency::Today},
                    Followed{"positive_after_the_note", {"2"}, true, 24 * 3, 24 * 5, Urgency::Today},
                    Followed{"positive_before_the_note", {"2"}, true, 24 * 5, 24 * 3, Urgency::Soon}),
    [](const auto& each) { return std::string(each.param.name); });

// Nothing that a course of totals shows makes an answer less urgent, and nothing of it calls for more than soon.
TEST(QuestionnaireHistory, AScaleAloneNeverLowersAnUrgency)
{
    std::mt19937 random(20260105);
    const auto any = [&](int highest) { return static_cast<int>(random() % static_cast<unsigned>(highest + 1)); };
    int raised = 0;
    for (int round = 0; round < 3000; ++round) {
        Course course;
        Course answers_only; // the same answers about death, without any total
        const int forms = any(6);
        for (int i = 0; i < forms; ++i) {
            auto total = kept(any(24), start + day * 14 * i, any(3));
            course.add(total);
            total.total.reset();
            answers_only.add(total);
        }
        if (any(1) == 1)
            course.set_treatment(Treatment{std::chrono::floor<std::chrono::days>(start + day * any(20)), any(1) == 1,
                                           any(1) == 1});
        const auto now = start + day * (14 * forms + any(60));
        const auto given = form(any(24), any(3));
        const std::optional<Instant> known = any(1) == 1 ? std::optional(now - day * any(40)) : std::nullopt;
        const auto with = judged(course, given, now, known).urgency;
        const auto without = judged(answers_only, given, now, known).urgency;
        ASSERT_GE(need(with), need(without)) << round;
        if (with != without) {
            EXPECT_EQ(with, Urgency::Soon) << round;
            ++raised;
        }
    }
    EXPECT_GT(raised, 100);
}

} // namespace
} // namespace handrail::monitoring
