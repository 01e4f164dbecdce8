// Answers of a service's own check-in that call for a human.
#include "monitoring/design_calls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "content/asking_protocol.h"
#include "monitoring/evening_check.h"

namespace handrail::monitoring {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::vector<std::string>& danger_words()
{
    static const auto read = content::load_asking_protocol(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content");
    return read->danger_words;
}

/// A scale of 0 to 10 that asks how strong such thoughts were.
CheckInDesign thoughts(std::vector<DesignItem::Call> calls)
{
    auto design = evening_check();
    design.items[0].question = {{"en", "How strong were thoughts of ending your life?"},
                                {"de", "Wie stark waren Gedanken, dir das Leben zu nehmen?"}};
    design.items[0].calls = std::move(calls);
    return design;
}

const DesignItem::Call today{{1, 2, 3, 4, 5, 6, 7}, Urgency::Today, Category::Suicide};
const DesignItem::Call now{{8, 9, 10}, Urgency::Now, Category::Suicide};

CheckInAnswers energy(int value)
{
    CheckInAnswers answers;
    answers.one["energy"] = value;
    return answers;
}

std::string told(const CheckInDesign& design)
{
    const auto problems = problems_of_calls(design, danger_words());
    return problems.empty() ? "" : problems.front().where + " " + problems.front().told;
}

TEST(DesignCalls, AQuestionAboutDangerHasToSayWhoseAnswersNeedAHuman)
{
    EXPECT_THAT(problems_of_calls(evening_check(), danger_words()), IsEmpty());
    EXPECT_THAT(told(thoughts({})), HasSubstr("/items/0/calls Item 1 (energy): This seems to ask about danger"));
    EXPECT_EQ(told(thoughts({today, now})), "");
    auto bread = thoughts({});
    bread.items[0].no_danger = true;
    EXPECT_EQ(told(bread), "") << "the service's word counts";
    auto words = evening_check();
    words.items[3].question["en"] = "Did you think of suicide? Write what you want.";
    EXPECT_EQ(told(words), "") << "free text is screened";
    for (const auto& [language, question] : std::map<std::string, std::string>{
             {"en", "Did you hurt yourself today?"}, {"es", "¿Has tenido ganas de morir?"}, {"fr", "Avez-vous eu envie de mourir ?"},
             {"de", "Hattest du den Drang, dich zu verletzen?"}, {"pt", "Teve vontade de morrer?"}}) {
        auto design = evening_check();
        design.items[1].options[0][language] = question; // an option asks as well
        EXPECT_THAT(told(design), HasSubstr("/items/1/calls")) << language;
    }
}

TEST(DesignCalls, SaysWhatIsWrongWithThem)
{
    EXPECT_THAT(told(thoughts({{{11}, Urgency::Today, Category::Suicide}})), HasSubstr("Nobody can answer 11. It is not on the scale."));
    EXPECT_THAT(told(thoughts({{{}, Urgency::Today, Category::Suicide}})), HasSubstr("Name the answers"));
    EXPECT_THAT(told(thoughts({{{3}, Urgency::Usual, Category::Suicide}})), HasSubstr("soon, today or now"));
    EXPECT_THAT(told(thoughts({{{3}, Urgency::Today, Category::None}})), HasSubstr("what it is about"));
    EXPECT_THAT(told(thoughts({today, {{7, 8}, Urgency::Now, Category::Suicide}})), HasSubstr("The answer 7 is named twice"));
    EXPECT_THAT(told(thoughts({today, now, now, now})), HasSubstr("at most three"));
    auto choice = evening_check();
    choice.items[1].calls = {{{3}, Urgency::Soon, Category::Abuse}};
    EXPECT_THAT(told(choice), HasSubstr("Options are counted from 1"));
    auto text = evening_check();
    text.items[3].calls = {today};
    EXPECT_THAT(told(text), HasSubstr("read by the screening"));
}

TEST(DesignCalls, AnAnswerCallsForWhatTheServiceSetAndALowOneForNothing)
{
    const auto design = thoughts({today, now});
    EXPECT_THAT(called_for(design, energy(0)), IsEmpty());
    EXPECT_THAT(called_for(design, {}), IsEmpty()) << "left open says nothing";
    const auto found = called_for(design, energy(2));
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].urgency, Urgency::Today);
    EXPECT_EQ(found[0].category, Category::Suicide);
    EXPECT_EQ(found[0].subject, Subject::Self);
    ASSERT_THAT(found[0].evidence, SizeIs(1));
    EXPECT_EQ(found[0].evidence[0].text, "How strong were thoughts of ending your life?: 2 (0: none, 10: a lot)");
    EXPECT_EQ(found[0].evidence[0].rule, "check_in:energy");
    EXPECT_THAT(found[0].why, testing::Not(HasSubstr("life"))) << "the answer stands in the evidence, sealed";
    EXPECT_EQ(called_for(design, energy(9))[0].urgency, Urgency::Now);
}

TEST(DesignCalls, OfSeveralChosenTheGravestCountsAndOfSeveralItemsEach)
{
    auto design = thoughts({today});
    design.items[2].calls = {{{1}, Urgency::Soon, Category::EatingDisorder}, {{3}, Urgency::Now, Category::Substance}};
    auto answers = energy(1);
    answers.many["did"] = {"1", "3"};
    const auto found = called_for(design, answers);
    ASSERT_THAT(found, SizeIs(2));
    EXPECT_EQ(found[0].urgency, Urgency::Now) << "the gravest first";
    EXPECT_EQ(found[0].category, Category::Substance);
    EXPECT_EQ(found[1].urgency, Urgency::Today);
}

TEST(DesignCalls, AreKeptWithTheDesign)
{
    auto design = thoughts({today, now});
    design.items[1].no_danger = true;
    const auto back = design_in(encoded(design));
    ASSERT_TRUE(back.ok());
    ASSERT_THAT(back->items[0].calls, SizeIs(2));
    EXPECT_EQ(back->items[0].calls[1].answers, now.answers);
    EXPECT_EQ(back->items[0].calls[1].urgency, Urgency::Now);
    EXPECT_EQ(back->items[0].calls[1].category, Category::Suicide);
    EXPECT_TRUE(back->items[1].no_danger);
    EXPECT_EQ(encoded(*back).encoded(), encoded(design).encoded());
    // What was damaged still brings a human.
    EXPECT_EQ(call_in(Fields{{"urgency", "?"}}).urgency, Urgency::Today);
}

} // namespace
} // namespace handrail::monitoring
