#include "monitoring/answer_judge.h"

#include <gtest/gtest.h>

#include "monitoring/shipped_content.h"

namespace handrail::monitoring {
namespace {

using FollowUp = QuestionnaireHistory::FollowUp;

const Instant today = *from_rfc3339("2026-03-02T10:00:00Z");

ScoringResult filled(const std::string& id, std::initializer_list<std::pair<const char*, int>> answers,
                     bool zeros_elsewhere = true, const AnswerContext& context = {})
{
    const auto& instrument = *instruments().find(id);
    GivenAnswers all;
    if (zeros_elsewhere)
        for (const auto& item : instrument.items)
            all[item.id] = {GivenAnswer::Kind::Whole, item.lowest};
    for (const auto& [item, value] : answers)
        all[item] = value < 0 ? GivenAnswer{} : GivenAnswer{GivenAnswer::Kind::Whole, value};
    return score(instrument, all, context);
}

Finding judged(const std::string& id, const ScoringResult& result, QuestionnaireHistory history = {})
{
    history.now = today;
    return judge_questionnaire(result, *instruments().find(id), answer_protocol(), history);
}

/// Item 9 of the PHQ-9 with what went before (instruments.md section 6).
struct ItemNine {
    const char* name;
    int answer;
    std::optional<int> before;
    FollowUp follow_up;
    std::optional<int> note_days_ago;
    Urgency expected;
};

class ItemNineRule : public testing::TestWithParam<ItemNine> {};

TEST_P(ItemNineRule, GivesTheUrgencyOfTheRule)
{
    const auto& each = GetParam();
    QuestionnaireHistory history;
    history.previous_critical = each.before;
    history.follow_up = each.follow_up;
    if (each.note_days_ago)
        history.known_and_planned_at = today - std::chrono::hours(24) * *each.note_days_ago;
    EXPECT_EQ(judged("phq-9", filled("phq-9", {{"9", each.answer}}), history).urgency, each.expected);
}

INSTANTIATE_TEST_SUITE_P(
    EveryWay, ItemNineRule,
    testing::Values(ItemNine{"zero", 0, 1, FollowUp::NotAnswered, {}, Urgency::Usual},
                    ItemNine{"first_one", 1, {}, FollowUp::NotAnswered, {}, Urgency::Today},
                    ItemNine{"first_one_followed_up", 1, {}, FollowUp::NothingFurther, {}, Urgency::Today},
                    ItemNine{"unchanged_unasked", 1, 1, FollowUp::NotAnswered, {}, Urgency::Today},
                    ItemNine{"unchanged_followed_up", 1, 1, FollowUp::NothingFurther, {}, Urgency::Soon},
                    ItemNine{"unchanged_positive", 1, 1, FollowUp::Positive, {}, Urgency::Today},
                    ItemNine{"covered", 1, 1, FollowUp::NotAnswered, 28, Urgency::Soon},
                    ItemNine{"note_too_old", 1, 1, FollowUp::NotAnswered, 29, Urgency::Today},
                    ItemNine{"note_from_tomorrow", 1, 1, FollowUp::NotAnswered, -1, Urgency::Today},
                    ItemNine{"note_does_not_cover_positive", 1, 1, FollowUp::Positive, 1, Urgency::Today},
                    ItemNine{"risen", 1, 0, FollowUp::NothingFurther, 1, Urgency::Today},
                    ItemNine{"fallen_is_not_unchanged", 1, 2, FollowUp::NotAnswered, 1, Urgency::Today},
                    ItemNine{"fallen_and_followed_up", 1, 3, FollowUp::NothingFurther, {}, Urgency::Today},
                    ItemNine{"two", 2, 2, FollowUp::NothingFurther, 1, Urgency::Today},
                    ItemNine{"three", 3, 3, FollowUp::NotAnswered, {}, Urgency::Today}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(AnswerJudge, GivesTheAnswerAsEvidenceWithRuleAndSource)
{
    const auto finding = judged("phq-9", filled("phq-9", {{"9", 1}}));
    EXPECT_EQ(finding.category, Category::Suicide);
    EXPECT_EQ(finding.subject, Subject::Self);
    ASSERT_EQ(finding.evidence.size(), 1U);
    EXPECT_EQ(finding.evidence[0].text,
              "Thoughts that you would be better off dead or of hurting yourself in some way: Several days");
    EXPECT_EQ(finding.evidence[0].rule, "answers:critical-item");
    EXPECT_EQ(finding.evidence[0].source, "handrail-item-9");
    EXPECT_EQ(finding.versions.at("scoring"), "scoring/1");
}

TEST(AnswerJudge, ALowTotalSoftensNothingAndAHighOneIsNotNow)
{
    EXPECT_EQ(judged("phq-9", filled("phq-9", {{"9", 3}})).urgency, Urgency::Today);
    const auto severe = filled("phq-9", {{"1", 3}, {"2", 3}, {"3", 3}, {"4", 3}, {"5", 3}, {"6", 3}, {"7", 3}, {"8", 3}});
    EXPECT_EQ(severe.score("total"), 24.0);
    EXPECT_EQ(judged("phq-9", severe).urgency, Urgency::Usual);
    QuestionnaireHistory history;
    history.previous_total = 18;
    EXPECT_EQ(judged("phq-9", severe, history).urgency, Urgency::Soon); // worse by exactly the reliable change of 6
    history.previous_total = 19;
    EXPECT_EQ(judged("phq-9", severe, history).urgency, Urgency::Usual);
}

TEST(AnswerJudge, HigherWellBeingIsNotWorse)
{
    const auto& who5 = *instruments().find("who-5");
    ASSERT_TRUE(who5.direction == ScoreDirection::HigherIsBetter);
    ASSERT_EQ(who5.main_score()->id, "percent");
    QuestionnaireHistory history;
    history.previous_total = 20;
    EXPECT_EQ(judged("who-5", filled("who-5", {{"1", 5}, {"2", 5}, {"3", 5}, {"4", 5}, {"5", 5}}), history).urgency,
              Urgency::Usual);
    // 10 points of percent are second-hand, which is enough to raise, and `content check` names it.
    history.previous_total = 100;
    EXPECT_EQ(judged("who-5", filled("who-5", {{"1", 1}}), history).urgency, Urgency::Soon);
}

// The PHQ-9M carries the adult's figures and nobody verified those of the WSAS.
TEST(AnswerJudge, JudgesNobodyByUnverifiedFigures)
{
    for (const auto* id : {"phq-9m", "wsas"}) {
        const auto& instrument = *instruments().find(id);
        ASSERT_TRUE(instrument.reliable_change.has_value()) << id;
        ASSERT_FALSE(instrument.reliable_change->judges()) << id;
        QuestionnaireHistory history;
        history.previous_total = -100;
        ScoringResult worst;
        worst.scores.push_back({instrument.main_score()->id, 40});
        EXPECT_EQ(judged(id, worst, history).urgency, Urgency::Usual) << id;
        history.now = today;
        const auto verified = [&] {
            Instrument other = instrument;
            other.reliable_change->mark = FigureMark::Verified;
            return judge_questionnaire(worst, other, answer_protocol(), history).urgency;
        }();
        EXPECT_EQ(verified, Urgency::Soon) << id;
    }
}

// An old yes to "ever tried" does not make a new answer to item 9 an unchanged one.
TEST(AnswerJudge, LooksAtEveryCriticalItemForItself)
{
    const auto form = [](int nine, int ever) { return filled("phq-9m", {{"9", nine}, {"12", 0}, {"13", ever}}); };
    const auto& phq9m = *instruments().find("phq-9m");
    ASSERT_EQ(critical_answers(phq9m, form(1, 1)).size(), 3U);
    QuestionnaireHistory history;
    history.previous_critical = 1;
    history.known_and_planned_at = today;
    history.previous_critical_items = critical_answers(phq9m, form(0, 1));
    EXPECT_EQ(judged("phq-9m", form(0, 1), history).urgency, Urgency::Soon);
    EXPECT_EQ(judged("phq-9m", form(1, 1), history).urgency, Urgency::Today);
    history.previous_critical_items.clear(); // kept before items were
    EXPECT_EQ(judged("phq-9m", form(0, 1), history).urgency, Urgency::Today);
}

TEST(AnswerJudge, ABlankCriticalItemAsksAHuman)
{
    EXPECT_EQ(judged("phq-9", filled("phq-9", {{"9", -1}})).urgency, Urgency::Unknown);
}

TEST(AnswerJudge, FiresFromAnInvalidForm)
{
    const auto& phq9 = *instruments().find("phq-9");
    GivenAnswers answers{{"3", {GivenAnswer::Kind::NotWhole, 0}}, {"9", {GivenAnswer::Kind::Whole, 2}}};
    EXPECT_EQ(judged("phq-9", score(phq9, answers)).urgency, Urgency::Today);
}

// care.md 5.2, each level of the C-SSRS screener.
TEST(AnswerJudge, TheColumbiaScreenerByWhatWasAnswered)
{
    const auto level = [](std::initializer_list<std::pair<const char*, int>> answers) {
        return judged("c-ssrs-screen", filled("c-ssrs-screen", answers)).urgency;
    };
    EXPECT_EQ(level({}), Urgency::Usual);
    EXPECT_EQ(level({{"1", 1}}), Urgency::Soon);
    EXPECT_EQ(level({{"2", 1}}), Urgency::Today);
    EXPECT_EQ(level({{"3", 1}}), Urgency::Today); // contradicts item 2 as well
    EXPECT_EQ(level({{"6", 1}}), Urgency::Today);
    EXPECT_EQ(level({{"6", 1}, {"6a", 1}}), Urgency::Today);
    EXPECT_EQ(level({{"2", 1}, {"4", 1}}), Urgency::Now);
    EXPECT_EQ(level({{"2", 1}, {"5", 1}}), Urgency::Now);
}

TEST(AnswerJudge, HalfAScreenerIsNotANo)
{
    const auto half = filled("c-ssrs-screen", {{"1", 0}, {"2", 0}}, false);
    EXPECT_EQ(judged("c-ssrs-screen", half).urgency, Urgency::Unknown);
    EXPECT_EQ(follow_up_of(*instruments().find("c-ssrs-screen"), half, answer_protocol()), FollowUp::NotAnswered);
}

TEST(AnswerJudge, TheAsqByWhatWasAnswered)
{
    EXPECT_EQ(judged("asq", filled("asq", {{"5", 1}, {"3", 1}})).urgency, Urgency::Now);
    EXPECT_EQ(judged("asq", filled("asq", {{"4", 1}})).urgency, Urgency::Today);
    EXPECT_EQ(judged("asq", filled("asq", {{"4", 1}, {"5", -1}})).urgency, Urgency::Today);
    EXPECT_EQ(judged("asq", filled("asq", {})).urgency, Urgency::Usual);
    AnswerContext refused;
    refused.refused = {"3"};
    const auto result = filled("asq", {{"3", -1}}, true, refused);
    EXPECT_EQ(judged("asq", result).urgency, Urgency::Today);
    EXPECT_EQ(follow_up_of(*instruments().find("asq"), result, answer_protocol()), FollowUp::Positive);
}

TEST(AnswerJudge, NamesTheCategoryOfOtherInstruments)
{
    const auto scoff = judged("scoff", filled("scoff", {{"1", 1}, {"2", 1}}));
    EXPECT_EQ(scoff.urgency, Urgency::Soon);
    EXPECT_EQ(scoff.category, Category::EatingDisorder);
    const auto audit = judged("audit", filled("audit", {{"6", 3}, {"1", 2}}));
    EXPECT_EQ(audit.urgency, Urgency::Soon);
    EXPECT_EQ(audit.category, Category::Substance);
}

// Every flag of every instrument is judged by a line or a level, and critical flags are never usual.
TEST(AnswerJudge, NoCriticalFlagOfAnyInstrumentIsUsual)
{
    for (const auto& [id, instrument] : instruments().all())
        for (const auto& rule : instrument.scoring.flags) {
            ScoringResult result;
            result.flags = {rule.flag};
            const auto finding = judged(id, result);
            if (rule.level == FlagLevel::Critical) {
                EXPECT_NE(finding.urgency, Urgency::Usual) << id << " " << rule.flag;
            }
            if (rule.level == FlagLevel::Review) {
                EXPECT_NE(finding.urgency, Urgency::Usual) << id << " " << rule.flag;
            }
        }
}

} // namespace
} // namespace handrail::monitoring
