// The one logged way down (safety.md B6): an answer of safety, by one step, until a new sign says otherwise.
#include "nlp/safety_answer.h"

#include <gtest/gtest.h>

#include "content_for_test.h"

namespace handrail::nlp {
namespace {

using Context = std::vector<std::string>;

const char* const pills = "I have the pills in my hand and I want to die tonight";
const char* const safe = "I'm safe now, my sister is with me";

TEST(SafetyAnswer, IsRememberedInTheContext)
{
    const auto answered = shipped().screen(safe, Context{pills});
    EXPECT_EQ(answered.urgency, Urgency::Today);
    EXPECT_EQ(answered.combination, safety_answered);
    EXPECT_TRUE(answers_safety(answered));
    for (const char* next : {"thanks", "ok", "what time is it", "jk lol", "we had soup"}) {
        const auto later = shipped().screen(next, Context{pills, safe, "thank you"});
        EXPECT_EQ(later.urgency, Urgency::Today) << next;
        EXPECT_EQ(later.combination, safety_remembered) << next;
        EXPECT_NE(later.why.find("they are safe"), std::string::npos) << later.why;
        EXPECT_FALSE(answers_safety(later)) << "this message says nothing of the kind";
    }
}

TEST(SafetyAnswer, B6_FallsByOneStepAndNothingElseLowers)
{
    EXPECT_EQ(shipped().screen(safe, Context{pills, safe, safe}).urgency, Urgency::Today) << "once, not again";
    EXPECT_EQ(shipped().screen(safe, Context{"I want to die"}).urgency, Urgency::Today) << "today stays today";
    EXPECT_EQ(shipped().screen(safe, Context{"I want to die"}).combination, "") << "nothing fell";
    for (const char* joke : {"jk", "just kidding lol", "forget it", "I take it back", "haha I'm fine", "I am not safe now", "never mind"})
        EXPECT_EQ(shipped().screen(joke, Context{pills}).urgency, Urgency::Now) << joke;
}

TEST(SafetyAnswer, WhatSignsJoinedBeforeItFallsTooAndANewSignRaisesAgain)
{
    ASSERT_EQ(shipped().screen("tonight", Context{"I want to die"}).urgency, Urgency::Now);
    EXPECT_EQ(shipped().screen(safe, Context{"I want to die", "tonight"}).urgency, Urgency::Today);
    EXPECT_EQ(shipped().screen("thanks", Context{"I want to die", "tonight", safe}).urgency, Urgency::Today);
    EXPECT_EQ(shipped().screen("tonight", Context{"I want to die", "tonight", safe}).urgency, Urgency::Now);
    EXPECT_EQ(shipped().screen("I have the gun in my hand", Context{pills, safe}).urgency, Urgency::Now);
    EXPECT_EQ(shipped().screen("ok", Context{pills, safe, "I am going to kill myself tonight"}).urgency, Urgency::Now);
    EXPECT_EQ(shipped().screen("I'm safe now but I'm going to kill myself tonight", Context{pills}).urgency, Urgency::Now);
}

TEST(SafetyAnswer, IsHeardInEveryLanguage)
{
    const std::pair<const char*, const char*> talks[] = {
        {"me voy a matar esta noche", "ya estoy a salvo, mi hermana está conmigo"},
        {"ce soir je vais me tuer", "je suis en sécurité maintenant, ma sœur est avec moi"},
        {"ich bringe mich heute Nacht um", "ich bin jetzt in Sicherheit, meine Schwester ist bei mir"},
        {"hoje à noite vou me matar", "já estou a salvo, minha irmã está comigo"},
    };
    for (const auto& [danger, answer] : talks) {
        ASSERT_EQ(shipped().screen(danger).urgency, Urgency::Now) << danger;
        const auto eased = shipped().screen(answer, Context{danger});
        EXPECT_EQ(eased.urgency, Urgency::Today) << answer;
        EXPECT_EQ(eased.combination, safety_answered) << answer;
        EXPECT_EQ(shipped().screen("ok", Context{danger, answer}).urgency, Urgency::Today) << answer;
        EXPECT_EQ(shipped().screen(danger, Context{danger, answer}).urgency, Urgency::Now) << answer;
    }
    for (const char* denied : {"no estoy a salvo", "je ne suis pas en sécurité", "ich bin nicht in Sicherheit", "não estou a salvo"})
        EXPECT_EQ(shipped().screen(denied, Context{pills}).urgency, Urgency::Now) << denied;
}

TEST(Explanation, OfWhatIsNowByWhenItHappensSaysSo)
{
    const auto found = shipped().screen("I am going to kill myself tonight");
    EXPECT_EQ(found.urgency, Urgency::Now);
    EXPECT_NE(found.why.find("within a day"), std::string::npos) << found.why;
    const auto when = std::find_if(found.evidence.begin(), found.evidence.end(),
                                   [](const Evidence& each) { return each.rule == "when.within_a_day"; });
    ASSERT_NE(when, found.evidence.end());
    EXPECT_EQ(when->text, "tonight");
    EXPECT_EQ(shipped().screen("I want to kill myself").why.find("within a day"), std::string::npos);
}

} // namespace
} // namespace handrail::nlp
