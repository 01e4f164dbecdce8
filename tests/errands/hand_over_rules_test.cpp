#include <gmock/gmock.h>

#include <algorithm>
#include <barrier>
#include <thread>

#include "care/presence.h"
#include "errands/desks.h"
#include "trust/audit_book.h"

// The rules of the hand-over from the AI to people and back (safety.md G), on both stores.
namespace handrail::errands {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using support::Author;
using support::ConversationState;
using test::must;
using testing::HasSubstr;
using testing::Not;

/// The desks of a process that has just started on a store that others wrote.
struct Node {
    explicit Node(Desks& of)
        : alerts(*of.house->record, AlertPolicy{}), service(*of.house->record, *of.house->settings, alerts),
          listening(alerts, service, of.crisis_help),
          conversations(*of.house->record, listening, alerts, service, of.screener, of.dialogue, of.guard,
                        support::ConversationDesk::Languages::Every)
    {
    }
    care::AlertDesk alerts;
    care::ServiceDesk service;
    care::Listening listening;
    support::ConversationDesk conversations;
};

class HandOverRules : public OnBothStores {
protected:
    void SetUp() override
    {
        OnBothStores::SetUp();
        if (IsSkipped())
            return;
        auto& house = *desks->house;
        maeve = house.staff(Role::Clinician, "maeve", {house.team});
        tom = house.staff(Role::Clinician, "tom", {house.team});
    }
    Actor somebody() { return desks->house->person("Ada"); }
    support::Conversation now_of(const Actor& person) { return must(desks->conversations.current(person)); }
    static long count(const support::Conversation& conversation, Author author)
    {
        return std::count_if(conversation.messages.begin(), conversation.messages.end(),
                             [&](const auto& message) { return message.author == author; });
    }
    void pass(Duration length) { desks->house->clock.pass(length); }

    std::optional<Actor> maeve, tom;
};

INSTANTIATE_TEST_SUITE_P(Stores, HandOverRules, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(HandOverRules, A7_WhatAHumanSaysIsMarkedAsAHumansAndWhatTheAISaysAsTheAIs)
{
    const auto ada = somebody();
    const auto reply = must(desks->conversations.write(ada, "hello", {})).replies.at(0);
    EXPECT_EQ(reply.author, Author::Ai);
    EXPECT_TRUE(reply.author_account.empty());
    must(desks->conversations.take(*maeve, now_of(ada).id));
    const auto written = must(desks->conversations.write_as_human(*maeve, now_of(ada).id, "Hello Ada.", {}));
    EXPECT_EQ(written.author, Author::Human);
    EXPECT_EQ(written.author_account, maeve->account());
}

TEST_P(HandOverRules, A8_AChangeOfTheAnsweringVoiceStandsInTheConversation)
{
    const auto ada = somebody();
    const auto id = now_of(ada).id;
    pass(seconds{5});
    must(desks->conversations.take(*maeve, id));
    EXPECT_EQ(now_of(ada).messages.back().author, Author::System);
    EXPECT_EQ(now_of(ada).messages.back().text, "joined");
    EXPECT_EQ(now_of(ada).messages.back().author_account, maeve->account());
    pass(seconds{5});
    must(desks->conversations.hand_back(*maeve, id, "calmer"));
    EXPECT_EQ(now_of(ada).messages.back().text, "left");
}

TEST_P(HandOverRules, G1_AWishForAHumanIsHeardInAnyWordsAndByAButton)
{
    for (const auto* words : {"can I talk to a real person?", "let me speak to a human", "I don't want a bot, get me someone real",
                              "is there a person I can talk to"}) {
        const auto ada = somebody();
        must(desks->conversations.write(ada, words, {}));
        EXPECT_EQ(now_of(ada).state, ConversationState::Waiting) << words;
    }
    const auto ada = somebody();
    EXPECT_EQ(must(desks->conversations.want_person(ada, true)).state, ConversationState::Waiting);
}

TEST_P(HandOverRules, G1_NowBeginsAHandOverAndSaysSoAndTodayOffersIt)
{
    const auto ada = somebody();
    const auto now = must(desks->conversations.write(ada, "I am going to kill myself tonight", {})).replies.at(0);
    EXPECT_EQ(now_of(ada).state, ConversationState::Waiting);
    EXPECT_TRUE(std::any_of(now.blocks.begin(), now.blocks.end(),
                            [](const auto& block) { return block.kind == Block::Kind::Told; }))
        << now.text;
    const auto ben = somebody();
    const auto today = must(desks->conversations.write(ben, "I want to die", {})).replies.at(0);
    EXPECT_EQ(now_of(ben).state, ConversationState::Ai) << "asked first";
    EXPECT_TRUE(desks->alert(*ben.person()).has_value()) << "and alerted all the same";
    EXPECT_TRUE(std::any_of(today.blocks.begin(), today.blocks.end(), [](const auto& block) {
        return std::any_of(block.items.begin(), block.items.end(),
                           [](const auto& item) { return item.action == "talk_to_person"; });
    })) << today.text;
}

TEST_P(HandOverRules, G2_WhileAHumanHasItTheAIIsSilentAndScreeningGoesOn)
{
    const auto ada = somebody();
    must(desks->conversations.take(*maeve, now_of(ada).id));
    const auto before = count(now_of(ada), Author::Ai);
    for (const auto* words : {"hello", "are you there?", "can I talk to a real person?", "I want to die"}) {
        pass(seconds{5});
        EXPECT_TRUE(must(desks->conversations.write(ada, words, {})).replies.empty()) << words;
    }
    EXPECT_EQ(count(now_of(ada), Author::Ai), before);
    ASSERT_TRUE(desks->alert(*ada.person()).has_value());
    EXPECT_EQ(desks->alert(*ada.person())->urgency, Urgency::Today);
}

TEST_P(HandOverRules, G3_TheReturnIsSaidAndNothingPromisesAHumanAnyMore)
{
    const auto ada = somebody();
    must(desks->conversations.want_person(ada, true));
    EXPECT_FALSE(now_of(ada).waiting_text.empty());
    pass(seconds{5});
    must(desks->conversations.take(*maeve, now_of(ada).id));
    pass(seconds{5});
    must(desks->conversations.hand_back(*maeve, now_of(ada).id, "She wanted to hear a voice."));
    const auto after = now_of(ada);
    EXPECT_EQ(after.state, ConversationState::Ai);
    EXPECT_EQ(after.messages.back().author, Author::System);
    EXPECT_TRUE(after.waiting_text.empty());
    EXPECT_FALSE(after.wait.has_value());
    pass(seconds{5});
    const auto exchange = must(desks->conversations.write(ada, "thank you, I slept badly", {}));
    ASSERT_EQ(exchange.replies.size(), 1U) << "the AI answers the next message";
    EXPECT_EQ(exchange.replies.front().author, Author::Ai);
    for (const auto* promise : {"a person", "care team", "take over", "minutes"})
        EXPECT_THAT(exchange.replies.front().text, Not(HasSubstr(promise)));
    pass(minutes{30});
    EXPECT_EQ(must(desks->conversations.act_on_waits(desks->house->system())), 0);
    EXPECT_FALSE(desks->alert(*ada.person()).has_value());
}

TEST_P(HandOverRules, G5_TheQueueTellsSinceWhenSomebodyWaitsAndTheMostPressingFirst)
{
    const auto ada = somebody();
    must(desks->conversations.want_person(ada, true));
    const auto asked_at = desks->house->clock.now();
    pass(minutes{1});
    must(desks->conversations.write(ada, "are you there", {}));
    const auto ben = somebody();
    must(desks->conversations.write(ben, "I am going to kill myself tonight", {}));
    const auto queue = must(desks->conversations.queue(*maeve));
    ASSERT_EQ(queue.size(), 2U);
    EXPECT_EQ(queue[0].person, *ben.person());
    EXPECT_EQ(queue[1].person, *ada.person());
    EXPECT_EQ(queue[1].since, asked_at) << "not since the last message";
}

TEST_P(HandOverRules, G6_WhoIsThereIsCountedAndARotaIsNotTakenForPeople)
{
    auto& house = *desks->house;
    const auto lead = house.staff(Role::Lead, "ruth", {house.team});
    const auto stranger = house.staff(Role::Clinician, "elsewhere", {must(house.teams->create(house.system(), "Other"))});
    const auto ada = somebody();
    EXPECT_THAT(must(desks->conversations.want_person(ada, true)).waiting_text, HasSubstr("Nobody on your team has this page open"));
    for (const auto& other : {lead, stranger})
        must(care::mark_here(*house.record, other));
    EXPECT_THAT(now_of(ada).waiting_text, HasSubstr("Nobody on your team")) << "neither can take it";
    must(care::mark_here(*house.record, *maeve));
    EXPECT_THAT(now_of(ada).waiting_text, HasSubstr("One person on your team has this page open now."));
    must(care::mark_here(*house.record, *tom));
    must(care::mark_here(*house.record, *tom));
    EXPECT_THAT(now_of(ada).waiting_text, HasSubstr("2 people on your team have this page open now."));
    pass(care::here_for + seconds{1});
    EXPECT_THAT(now_of(ada).waiting_text, HasSubstr("Nobody on your team has this page open"));
    EXPECT_EQ(care::mark_here(*house.record, ada).error().kind, ErrorKind::NotAllowed);
}

TEST_P(HandOverRules, G6_NobodyOnDutyIsSaidAtOnceWithPeopleWhoAnswerAndNoPromise)
{
    auto settings = must(desks->service.read(desks->house->system()));
    settings.hours[0].from = 9 * 60;
    settings.hours[0].to = 17 * 60;
    must(desks->service.save(desks->house->system(), settings)); // it is 22:10
    const auto ada = somebody();
    const auto told = must(desks->conversations.want_person(ada, true)).messages.back().text;
    EXPECT_THAT(told, HasSubstr("on duty"));
    EXPECT_THAT(told, HasSubstr("116 123"));
    for (const auto* promise : {"within", "will call you", "call you back", "soon"})
        EXPECT_THAT(told, Not(HasSubstr(promise)));
    EXPECT_THAT(now_of(ada).waiting_text, HasSubstr("until"));
}

TEST_P(HandOverRules, G7_TheSameMessageMakesOneAlertAndOneReplyOnTwoNodes)
{
    const auto ada = somebody();
    const auto first = must(desks->conversations.write(ada, "I am going to kill myself tonight", "m-1"));
    const Node other(*desks);
    const auto again = must(other.conversations.write(ada, "I am going to kill myself tonight", "m-1"));
    EXPECT_TRUE(again.again);
    EXPECT_EQ(again.message.id, first.message.id);
    EXPECT_EQ(again.replies.at(0).id, first.replies.at(0).id);
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM alert WHERE organisation = $1 AND person = $2", *ada.person()), 1);
    EXPECT_EQ(count(now_of(ada), Author::Person), 1);
}

TEST_P(HandOverRules, G7_OfTwoWhoTakeItAtOnceOneHasItAndTheOtherIsToldWho)
{
    for (int round = 0; round < 5; ++round) {
        const auto ada = somebody();
        const auto id = must(desks->conversations.want_person(ada, true)).id;
        std::barrier start(2);
        std::optional<Result<support::Conversation>> by_maeve, by_tom;
        std::thread first([&] {
            start.arrive_and_wait();
            by_maeve = desks->conversations.take(*maeve, id);
        });
        std::thread second([&] {
            start.arrive_and_wait();
            by_tom = desks->conversations.take(*tom, id);
        });
        first.join();
        second.join();
        ASSERT_NE(by_maeve->ok(), by_tom->ok());
        const auto& winner = by_maeve->ok() ? *maeve : *tom;
        const auto& told = by_maeve->ok() ? by_tom->error() : by_maeve->error();
        EXPECT_EQ(told.kind, ErrorKind::Conflict);
        EXPECT_EQ(told.where, "account:" + winner.account().text());
        EXPECT_EQ(now_of(ada).held_by, winner.account());
        EXPECT_EQ(count(now_of(ada), Author::System), 1) << "joined once";
    }
}

TEST_P(HandOverRules, G7_AProcessThatEndsBetweenAnyTwoStepsLosesAndDoublesNothing)
{
    auto& house = *desks->house;
    const auto ada = somebody();
    const auto id = now_of(ada).id;
    const std::vector<std::function<void(Node&)>> story{
        [&](Node& node) { must(node.conversations.write(ada, "can I talk to a real person?", "a-1")); },
        [&](Node& node) { must(node.conversations.want_person(ada, true)); },
        [&](Node& node) { must(node.conversations.take(*maeve, id)); },
        [&](Node& node) { must(node.conversations.write_as_human(*maeve, id, "Hello Ada, this is Maeve.", "m-1")); },
        [&](Node& node) { must(node.conversations.write(ada, "I am going to kill myself tonight", "a-2")); },
        [&](Node& node) { must(node.conversations.act_on_waits(house.system())); },
        [&](Node& node) { must(node.conversations.write_as_human(*maeve, id, "I am here.", "m-2")); },
        [&](Node& node) { static_cast<void>(node.conversations.hand_back(*maeve, id, "Her brother came.")); },
        [&](Node& node) { must(node.conversations.write(ada, "thank you", "a-3")); }};
    for (std::size_t step = 0; step < story.size(); ++step) {
        SCOPED_TRACE(step);
        pass(step == 5 ? seconds{61} : seconds{5});
        for (int sending = 0; sending < 2; ++sending) { // the answer was lost, and the page sends it again
            house.close();
            house.open();
            Node node(*desks);
            story[step](node);
        }
    }
    Node after(*desks);
    const auto conversation = must(after.conversations.current(ada));
    EXPECT_EQ(count(conversation, Author::Person), 3);
    EXPECT_EQ(count(conversation, Author::Human), 2);
    EXPECT_EQ(count(conversation, Author::System), 2) << "joined and left";
    EXPECT_EQ(count(conversation, Author::Ai), 4) << "the notice, two replies, one automatic message";
    EXPECT_EQ(conversation.state, ConversationState::Ai);
    std::int64_t alerts = 0;
    must(house.record->read(house.system(), [&](trust::Reading& reading) -> Result<void> {
        const rows::Statement all{"test.alerts", "SELECT COUNT(*) FROM alert WHERE organisation = $1"};
        alerts = TRY(reading.rows(all, {})).front()[0].number();
        return {};
    }));
    EXPECT_EQ(alerts, 1);
}

TEST_P(HandOverRules, G8_WhatStaffDoIsInTheRecordWithWhoAndWhen)
{
    const auto ada = somebody();
    const auto id = now_of(ada).id;
    must(desks->conversations.take(*maeve, id));
    must(desks->conversations.write_as_human(*maeve, id, "Hello.", {}));
    must(desks->conversations.hand_back(*maeve, id, "calmer"));
    const auto lines = must(desks->house->audit->who_looked(ada, std::nullopt, 100));
    for (const auto* deed : {"take.conversation", "write.message", "hand_back.conversation"})
        EXPECT_TRUE(std::any_of(lines.begin(), lines.end(),
                                [&](const auto& line) { return line.deed == deed && line.account == maeve->account(); }))
            << deed;
}

TEST_P(HandOverRules, G8_ALevelIsSetByAHumanAndOnlyWithAReason)
{
    auto& house = *desks->house;
    const auto ada = somebody();
    const auto id = now_of(ada).id;
    EXPECT_EQ(desks->conversations.set_urgency(*maeve, id, Urgency::Today, " ").error().kind, ErrorKind::Invalid);
    EXPECT_EQ(desks->conversations.set_urgency(*maeve, id, Urgency::Unknown, "why").error().kind, ErrorKind::Invalid);
    EXPECT_EQ(desks->conversations.set_urgency(ada, id, Urgency::Usual, "I am fine").error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(now_of(ada).urgency, Urgency::Usual);
    must(desks->conversations.set_urgency(*maeve, id, Urgency::Today, "He has stopped eating."));
    EXPECT_EQ(now_of(ada).urgency, Urgency::Today);
    const auto administrator = house.staff(Role::Administrator, "admin");
    const auto page = must(house.audit->page(administrator, {}));
    EXPECT_TRUE(std::any_of(page.begin(), page.end(), [&](const auto& line) {
        return line.deed == "set.urgency" && line.account == maeve->account() &&
               line.reason.find("He has stopped eating.") != std::string::npos;
    }));
}

TEST_P(HandOverRules, G8_SettingALevelLengthensNoWaitAndTakesNoFixedWordsAway)
{
    const auto ada = somebody();
    must(desks->conversations.write(ada, "I want to die", {}));
    must(desks->conversations.want_person(ada, true));
    const auto due = now_of(ada).wait->due_at;
    must(desks->conversations.set_urgency(*maeve, now_of(ada).id, Urgency::Usual, "A line of a song."));
    EXPECT_LE(now_of(ada).wait->due_at, due);
    pass(seconds{5});
    EXPECT_THAT(must(desks->conversations.write(ada, "I want to die", {})).replies.at(0).text, HasSubstr("116 123"));
}

} // namespace

} // namespace handrail::errands
