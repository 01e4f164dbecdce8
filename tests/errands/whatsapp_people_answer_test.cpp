#include "errands/whatsapp_people.h"

namespace handrail::errands {

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Meta's terms ask for a service that people staff: where the service says so the AI only sorts.
class PeopleAnswer : public WhatsApp {
protected:
    void SetUp() override
    {
        WhatsApp::SetUp();
        if (IsSkipped())
            return;
        settings.people_answer = {"+353"};
        restart();
        maeve = desks->house->staff(Role::Clinician, "maeve", {desks->house->team});
    }
    static std::string all(const std::vector<GraphStandIn::Received>& got)
    {
        std::string out;
        for (const auto& each : got)
            out += each.text() + "\n";
        return out;
    }
    static std::string chooses(const std::string& id)
    {
        return R"("type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":")" + id + R"(","title":"x"}})";
    }
    std::optional<Actor> maeve;
    std::vector<support::Waiting> queue() const { return must(desks->conversations.queue(*maeve)); }
};

INSTANTIATE_TEST_SUITE_P(Stores, PeopleAnswer, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(PeopleAnswer, L10_TheFirstWordsAskForAHumanAndNobodyIsListenedToInTheirPlace)
{
    const auto first = all(writes("1", text("My boss shouted at me in front of everyone")));
    EXPECT_THAT(first, AllOf(HasSubstr("I am an AI"), HasSubstr("People of the team answer here, not the AI.")));
    EXPECT_THAT(first, Not(HasSubstr("your boss")));
    ASSERT_EQ(queue().size(), 1U);
    EXPECT_EQ(queue().front().state, support::ConversationState::Waiting);
    // What comes while a human is awaited is kept and screened; it is said a few times, then nothing more.
    EXPECT_THAT(all(writes("2", text("I keep replaying it and cannot sleep"))), HasSubstr("for the person who answers"));
    for (int i = 3; i < 6; ++i)
        writes(std::to_string(i), text("and then there was another thing " + std::to_string(i)));
    EXPECT_TRUE(writes("6", text("that was all of it for today")).empty());
    EXPECT_EQ(last_of(person("353871234567"), support::Author::Person).text, "that was all of it for today");
    EXPECT_EQ(desks->conversations.counts().received, desks->conversations.counts().screened);
    EXPECT_EQ(queue().size(), 1U);
}

TEST_P(PeopleAnswer, C12_DangerIsAnsweredAtOnceWithTheFixedWords)
{
    writes("1", text("hello"));
    const auto got = all(writes("2", text(danger)));
    EXPECT_THAT(got, HasSubstr("112"));
    EXPECT_TRUE(desks->alert(person("353871234567")).has_value());
}

TEST_P(PeopleAnswer, WhatTheAiIsAskedAboutItselfItAnswersAndAsksNothingBack)
{
    writes("1", text("hello"));
    writes("2", text("it rains here")); // with it the age was asked
    const auto got = all(writes("3", text("Are you a human or a bot?")));
    EXPECT_THAT(got, AllOf(HasSubstr("AI"), Not(HasSubstr("?"))));
}

TEST_P(PeopleAnswer, ElsewhereTheAiAnswers)
{
    const auto got = all(writes("1", text("My boss shouted at me in front of everyone"), "12025550100"));
    EXPECT_THAT(got, AllOf(HasSubstr("your boss"), Not(HasSubstr("People of the team answer here"))));
    EXPECT_TRUE(queue().empty());
}

// Who is known by an id alone may live anywhere.
TEST_P(PeopleAnswer, WhereTheCountryIsNotKnownPeopleDo)
{
    EXPECT_EQ(settings.answers({"", ""}), support::ConversationDesk::Answers::People);
    EXPECT_EQ(settings.answers({"US.13491208655302741918", ""}), support::ConversationDesk::Answers::Ai);
    settings.people_answer.clear();
    EXPECT_EQ(settings.answers({"", ""}), support::ConversationDesk::Answers::Ai);
}

// Who reads is the person's to say, here as on the page; until they do, an alert opens it after too long a wait.
TEST_P(PeopleAnswer, WhetherTheTeamMayReadIsAskedAtOnceAndCanBeTakenBack)
{
    const auto got = writes("1", text("hello"));
    ASSERT_EQ(got.size(), 2U);
    EXPECT_THAT(got[1].text(), HasSubstr("May people of the team read what you write here"));
    EXPECT_THAT(got[1].choices(), testing::ElementsAre("r|yes", "r|no"));
    const auto conversation = queue().front().conversation;
    EXPECT_FALSE(desks->conversations.take(*maeve, conversation).ok());
    EXPECT_THAT(all(writes("2", chooses("r|yes"))), HasSubstr("Whoever answers can read"));
    must(desks->conversations.take(*maeve, conversation));
    EXPECT_THAT(all(writes("3", chooses("r|no"))), HasSubstr("they do not read along"));
    EXPECT_FALSE(desks->conversations.open(*maeve, conversation).ok());
    // Asked once: the age comes with the next message.
    EXPECT_THAT(all(writes("4", text("it rains and rains here"))), Not(HasSubstr("May people of the team")));
}

TEST_P(PeopleAnswer, AfterAHumanHandedBackTheNextWordsAskForOneAgain)
{
    writes("1", text("hello"));
    writes("yes", chooses("r|yes"));
    const auto conversation = queue().front().conversation;
    must(desks->conversations.take(*maeve, conversation));
    must(desks->conversations.hand_back(*maeve, conversation, "I have to go now."));
    EXPECT_TRUE(queue().empty());
    const auto got = all(writes("2", text("one more thing about work please")));
    EXPECT_THAT(got, HasSubstr("people of the team who answer you"));
    EXPECT_EQ(queue().size(), 1U);
}

} // namespace

} // namespace handrail::errands
