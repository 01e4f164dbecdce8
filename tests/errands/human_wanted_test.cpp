#include "errands/desks.h"

// The stories are in tests/scenarios; here the rows, on both stores.
namespace handrail::errands {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::must;

class HumanWanted : public OnBothStores {
protected:
    std::int64_t timers()
    {
        std::int64_t number = -1;
        must(desks->house->record->read(desks->house->system(), [&](trust::Reading& reading) -> Result<void> {
            const rows::Statement all{"test.timers", "SELECT COUNT(*) FROM job WHERE organisation = $1"};
            number = TRY(reading.rows(all, {})).front()[0].number();
            return {};
        }));
        return number;
    }
    int act() { return must(desks->conversations.act_on_waits(desks->house->system())); }
    void pass(Duration length) { desks->house->clock.pass(length); }
};

INSTANTIATE_TEST_SUITE_P(Stores, HumanWanted, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(HumanWanted, G5_ARequestHasOneTimerUntilSomebodyTakesIt)
{
    auto& house = *desks->house;
    const auto maeve = house.staff(Role::Clinician, "maeve", {house.team});
    const auto ada = house.person("Ada");
    desks->answer(ada, {{"staff_reading", true, "t", {}}});
    const auto asked = must(desks->conversations.want_person(ada, true));
    EXPECT_EQ(timers(), 1);
    const auto said = asked.messages.size();
    EXPECT_EQ(must(desks->conversations.want_person(ada, true)).messages.size(), said) << "asked twice, answered once";
    EXPECT_EQ(timers(), 1);
    pass(minutes{4});
    EXPECT_EQ(act(), 0);
    must(desks->conversations.take(maeve, asked.id));
    EXPECT_EQ(timers(), 0);
    pass(minutes{10});
    EXPECT_EQ(act(), 0);
    EXPECT_FALSE(desks->alert(*ada.person()).has_value());
}

TEST_P(HumanWanted, CallingItOffTakesTheTimer)
{
    const auto ada = desks->house->person("Ada");
    must(desks->conversations.want_person(ada, true));
    must(desks->conversations.want_person(ada, false));
    EXPECT_EQ(timers(), 0);
}

TEST_P(HumanWanted, AConversationThatEndsWaitsForNobody)
{
    const auto ada = desks->house->person("Ada");
    must(desks->conversations.want_person(ada, true));
    must(desks->conversations.begin_anew(ada, true));
    pass(minutes{10});
    EXPECT_EQ(act(), 0);
    EXPECT_EQ(timers(), 0);
    EXPECT_FALSE(desks->alert(*ada.person()).has_value());
}

TEST_P(HumanWanted, G5_WhenItsTimeIsOverItIsAnAlertOnceAlsoAfterARestart)
{
    auto& house = *desks->house;
    const auto ada = house.person("Ada");
    must(desks->conversations.write(ada, "can I talk to a real person?", {}));
    EXPECT_EQ(timers(), 1);
    pass(minutes{5} + seconds{1});
    EXPECT_EQ(act(), 1);
    EXPECT_EQ(act(), 0);
    EXPECT_EQ(timers(), 0);
    const auto alert = desks->alert(*ada.person());
    ASSERT_TRUE(alert.has_value());
    EXPECT_EQ(alert->urgency, Urgency::Today);
    EXPECT_NE(alert->told_text.find("Nobody has taken this conversation yet"), std::string::npos);
    // The person who waits in a live chat has five minutes more until the lead is told (G5).
    EXPECT_EQ(*alert->due_at, house.clock.now() + minutes{5});
    EXPECT_NE(must(desks->conversations.current(ada)).waiting_text.find("Nobody has come yet"), std::string::npos);
}

TEST_P(HumanWanted, AnErasedConversationsTimerGoes)
{
    auto& house = *desks->house;
    const auto ada = house.person("Ada");
    must(desks->conversations.want_person(ada, true));
    must(house.erasure->erase(house.system(), *ada.person()));
    pass(minutes{10});
    EXPECT_EQ(act(), 0);
    EXPECT_EQ(timers(), 0);
}

TEST_P(HumanWanted, G2_DangerThatAHumanLeavesUnansweredGetsTheFixedWordsOnce)
{
    auto& house = *desks->house;
    const auto maeve = house.staff(Role::Clinician, "maeve", {house.team});
    const auto ada = house.person("Ada");
    desks->answer(ada, {{"staff_reading", true, "t", {}}});
    const auto conversation = must(desks->conversations.current(ada)).id;
    must(desks->conversations.take(maeve, conversation));
    pass(seconds{5});
    EXPECT_TRUE(must(desks->conversations.write(ada, "I am going to kill myself tonight", {})).replies.empty());
    EXPECT_EQ(timers(), 1);
    must(desks->alerts.acknowledge(maeve, desks->alert(*ada.person())->id, {}));
    // Ordinary words do not move it.
    pass(seconds{30});
    must(desks->conversations.write(ada, "are you there", {}));
    pass(seconds{29});
    EXPECT_EQ(act(), 0);
    pass(seconds{2});
    EXPECT_EQ(act(), 1);
    EXPECT_EQ(act(), 0);
    const auto last = must(desks->conversations.current(ada)).messages.back();
    EXPECT_EQ(last.author, support::Author::Ai);
    EXPECT_FALSE(last.text_id.empty()) << "the fixed words";
    EXPECT_EQ(last.text.rfind("This message is automatic.", 0), 0U) << last.text;
    EXPECT_EQ(desks->alert(*ada.person())->state, care::AlertState::Open);
    EXPECT_EQ(must(desks->conversations.current(ada)).state, support::ConversationState::Human);
}

TEST_P(HumanWanted, AReplyOrAnOutcomeStopsIt)
{
    auto& house = *desks->house;
    const auto maeve = house.staff(Role::Clinician, "maeve", {house.team});
    for (const bool by_reply : {true, false}) {
        const auto ada = house.person("Ada");
        desks->answer(ada, {{"staff_reading", true, "t", {}}});
        const auto conversation = must(desks->conversations.current(ada)).id;
        must(desks->conversations.take(maeve, conversation));
        pass(seconds{5});
        must(desks->conversations.write(ada, "I want to die", {}));
        if (by_reply) {
            must(desks->conversations.write_as_human(maeve, conversation, "I am here.", {}));
            EXPECT_EQ(timers(), 0);
        } else {
            desks->close_alert(maeve, *ada.person());
        }
        const auto said = must(desks->conversations.current(ada)).messages.size();
        pass(minutes{6});
        act();
        EXPECT_EQ(must(desks->conversations.current(ada)).messages.size(), said);
        EXPECT_EQ(timers(), 0);
    }
}

TEST_P(HumanWanted, G2_HandingBackDoesNotEndTheWaitForAReply)
{
    auto& house = *desks->house;
    const auto maeve = house.staff(Role::Clinician, "maeve", {house.team});
    const auto ada = house.person("Ada");
    desks->answer(ada, {{"staff_reading", true, "t", {}}});
    const auto conversation = must(desks->conversations.current(ada)).id;
    must(desks->conversations.take(maeve, conversation));
    pass(seconds{5});
    must(desks->conversations.write(ada, "I am going to kill myself tonight", {}));
    must(desks->conversations.hand_back(maeve, conversation, "called away"));
    pass(seconds{61});
    EXPECT_EQ(act(), 1);
    EXPECT_FALSE(must(desks->conversations.current(ada)).messages.back().text_id.empty());
}

} // namespace

} // namespace handrail::errands
