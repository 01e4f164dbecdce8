// What a conversation keeps for a person, through the store and back: plan, memory, exercises (safety.md C8, E6).
#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "care/documents.h"
#include "errands/desks.h"
#include "errands/own_record.h"

namespace handrail::errands {

namespace {

using std::chrono::minutes;
using test::must;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class OwnWords : public OnBothStores {
protected:
    void SetUp() override
    {
        OnBothStores::SetUp();
        if (!desks)
            return;
        ada = desks->house->person("Ada");
        must(desks->conversations.current(*ada));
    }
    std::string say(const std::string& words)
    {
        desks->house->clock.pass(minutes{1});
        const auto exchange = must(desks->conversations.write(*ada, words, {}));
        return exchange.replies.empty() ? std::string() : exchange.replies.front().text;
    }
    care::DocumentDesk documents() { return care::DocumentDesk(*desks->house->record); }
    PersonId who() { return *ada->person(); }

    std::optional<Actor> ada;
};

INSTANTIATE_TEST_SUITE_P(Stores, OwnWords, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(OwnWords, C8_AnAnswerInTheChatIsALineOfThePlanThatThePageShows)
{
    auto plan = must(documents().safety_plan(*ada, who()));
    plan.coping = {"drawing"};
    plan.kept_on_device = true;
    must(documents().save(*ada, who(), plan));
    say("I want to make a safety plan");
    say("I stop opening the curtains");
    plan = must(documents().safety_plan(*ada, who()));
    EXPECT_EQ(plan.warning_signs, std::vector<std::string>{"I stop opening the curtains"});
    EXPECT_EQ(plan.coping, std::vector<std::string>{"drawing"}) << "a part that holds something is left alone";
    EXPECT_TRUE(plan.kept_on_device);
    EXPECT_EQ(plan.version, 2);
}

TEST_P(OwnWords, E6_AYesKeepsItForTheNextConversationAndForgettingLeavesNothingBehind)
{
    say("walking by the sea helps me");
    EXPECT_THAT(must(documents().memory(*ada, who())), IsEmpty());
    say("yes");
    const auto items = must(documents().memory(*ada, who()));
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].text, "walking by the sea");

    desks->house->clock.pass(minutes{1});
    must(desks->conversations.begin_anew(*ada, true));
    EXPECT_THAT(say("what do you remember about me?"), HasSubstr("walking by the sea"));
    EXPECT_THAT(say("forget everything you know about me"), HasSubstr("?"));
    say("yes");
    EXPECT_THAT(must(documents().memory(*ada, who())), IsEmpty());
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM document WHERE organisation = $1 AND person = $2 AND kind = 'memory'", who()), 1)
        << "no earlier version";
}

TEST_P(OwnWords, E6_AConversationBegunWithoutMemoryUsesAndKeepsNothing)
{
    must(documents().remember(*ada, who(), {{}, care::MemoryItem::Kind::Name, "Ada", {}}));
    desks->house->clock.pass(minutes{1});
    must(desks->conversations.begin_anew(*ada, false));
    EXPECT_THAT(say("hello"), Not(HasSubstr("Ada")));
    say("walking by the sea helps me");
    say("yes");
    say("I want to make a safety plan");
    say("I stop opening the curtains");
    say("forget everything");
    say("yes");
    EXPECT_EQ(must(documents().memory(*ada, who())).size(), 1U);
    EXPECT_EQ(must(documents().safety_plan(*ada, who())).version, 0);
    EXPECT_THAT(must(documents().exercise_runs(*ada, who())), IsEmpty());
}

TEST_P(OwnWords, E6_AnItemIsCorrectedOneByOneAndOnlyByThePerson)
{
    const auto desk = documents();
    const auto name = must(desk.remember(*ada, who(), {{}, care::MemoryItem::Kind::Name, "Ada", {}}));
    must(desk.remember(*ada, who(), {{}, care::MemoryItem::Kind::Goal, "sleep", {}}));
    must(desk.correct(*ada, who(), name.id, "Addie"));
    EXPECT_EQ(must(desk.memory(*ada, who()))[0].text, "Addie");
    must(desk.remember(*ada, who(), {{}, care::MemoryItem::Kind::Name, "A.", {}}));
    EXPECT_EQ(must(desk.memory(*ada, who())).size(), 2U) << "one name";
    EXPECT_EQ(desk.correct(*ada, who(), "none", "x").error().kind, ErrorKind::NotFound);
    EXPECT_EQ(desk.remember(*ada, who(), {{}, care::MemoryItem::Kind::Goal, "  ", {}}).error().kind, ErrorKind::Invalid);
    const auto maeve = desks->house->staff(Role::Clinician, "maeve", {desks->house->team});
    EXPECT_EQ(desk.memory(maeve, who()).error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(desk.exercise_runs(maeve, who()).error().kind, ErrorKind::NotAllowed);
}

TEST_P(OwnWords, WhatAnExerciseAskedForStandsInThePlanUntilItIsTakenOut)
{
    say("I have felt so low and sad all week");
    say("can you give me one small step please");
    for (int i = 0; i < 10; ++i)
        say("a walk along the canal with the dog");
    const auto runs = must(documents().exercise_runs(*ada, who()));
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_FALSE(runs[0].title.empty());
    ASSERT_FALSE(runs[0].lines.empty());
    EXPECT_EQ(runs[0].lines[0].text, "a walk along the canal with the dog");
    EXPECT_FALSE(runs[0].lines[0].asks.empty());

    const OwnRecord own(*desks->house->record, *desks->house->accounts, *desks->house->consents);
    const auto record = boost::json::parse(must(own.everything(*ada)));
    EXPECT_EQ(record.at("exercise_runs").as_array().size(), 1U);

    must(documents().remove_exercise_run(*ada, who(), runs[0].id));
    EXPECT_THAT(must(documents().exercise_runs(*ada, who())), IsEmpty());
}

} // namespace

} // namespace handrail::errands
