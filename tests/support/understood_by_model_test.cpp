// A model hears a feeling where the rules heard none, and never in place of what they understood.
#include "support/understood_by_model.h"

#include <gmock/gmock.h>

#include "conversation_case.h"
#include "shipped_words.h"

namespace handrail::support {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// One that is always sure of the same.
class AlwaysSad final : public nlp::FeelingReader {
public:
    std::string feeling(std::string_view) const override { return "sad"; }
    std::string version() const override { return "a test"; }
};

Dialogue with_model()
{
    auto out = test::shipped_dialogue();
    out.use(std::make_shared<AlwaysSad>());
    return out;
}

TEST(UnderstoodByModel, NamesAFeelingInPlainTalkWithoutOne)
{
    const auto dialogue = with_model();
    EXPECT_THAT(dialogue.hear("en", "the house is so quiet since march").feelings, ElementsAre("sad"));
    State state;
    Situation here;
    here.now = from_stored(1'000'000);
    const auto reply = dialogue.answer(state, "the house is so quiet since march", test::finding_of(Urgency::Usual), here);
    EXPECT_TRUE(test::made(reply, "feeling_by_model"));
    EXPECT_TRUE(test::made(reply, "reflect_feeling")) << reply.text;
}

TEST(UnderstoodByModel, WhatTheRulesUnderstoodStands)
{
    const auto dialogue = with_model();
    for (const char* words : {"I am so anxious about all of it", "can I talk to a real human being", "how do I stop my sertraline now",
                              "I am so stupid and useless again", "I cannot afford to see anybody about it", "you are a stupid machine you know"}) {
        const auto by_rules = test::shipped_dialogue().hear("en", words);
        const auto by_both = dialogue.hear("en", words);
        EXPECT_EQ(by_both.feelings, by_rules.feelings) << words;
        EXPECT_EQ(by_both.intent, by_rules.intent) << words;
    }
}

TEST(UnderstoodByModel, NothingOfAWordOrTwoNorOfAQuestionNorOfAnotherLanguage)
{
    const auto dialogue = with_model();
    for (const char* words : {"ok", "yes it is", "is it always so quiet in here?"})
        EXPECT_THAT(dialogue.hear("en", words).feelings, IsEmpty()) << words;
    EXPECT_THAT(dialogue.hear("de", "das Haus ist so still seit März").feelings, IsEmpty());
}

TEST(UnderstoodByModel, InDangerItSaysNothing)
{
    const auto dialogue = with_model();
    for (const auto urgency : {Urgency::Soon, Urgency::Today, Urgency::Now, Urgency::Unknown}) {
        State state, other;
        Situation here;
        here.now = from_stored(1'000'000);
        const auto finding = test::finding_of(urgency, Category::Suicide);
        const auto reply = dialogue.answer(state, "the house is so quiet since march", finding, here);
        EXPECT_FALSE(test::made(reply, "feeling_by_model"));
        EXPECT_EQ(reply.text, test::shipped_dialogue().answer(other, "the house is so quiet since march", finding, here).text);
    }
}

TEST(UnderstoodByModel, TheSameWordsHaveTheSameReply)
{
    const auto dialogue = with_model();
    std::string before;
    for (int i = 0; i < 2; ++i) {
        State state;
        Situation here;
        here.now = from_stored(1'000'000);
        const auto reply = dialogue.answer(state, "the house is so quiet since march", test::finding_of(Urgency::Usual), here);
        if (i == 1) {
            EXPECT_EQ(reply.text, before);
        }
        before = reply.text;
    }
}

} // namespace
} // namespace handrail::support
