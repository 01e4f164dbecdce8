// Alerts on their way out of the server, on both stores, with a pager's server that fails when it is told to.
#include <gmock/gmock.h>

#include <future>
#include <set>

#include "errands/alert_sending.h"

namespace handrail::errands {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::must;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

class AlertDelivery : public AlertSending {
protected:
    AlertDelivery() { channels = {care::Channel::Pager}; }
    AlertDeliveries::Sent send() { return must(deliveries->send_due(system(), care::Channel::Pager)); }
};

INSTANTIATE_TEST_SUITE_P(Stores, AlertDelivery, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(AlertDelivery, G5_TheTeamIsCalledAtOnceAndTheLeadWhenNobodyActs)
{
    in_danger();
    EXPECT_EQ(send().sent, 2);
    EXPECT_THAT(called(), UnorderedElementsAre(id(maeve), id(idris)));
    const auto first = pager.calls().front().body;
    EXPECT_EQ(first.at("urgency"), "now");
    EXPECT_EQ(first.at("step"), 0);
    EXPECT_EQ(first.at("due_at").as_string(), to_rfc3339(*alert().due_at));
    EXPECT_EQ(first.at("link").as_string(), "https://talk.example.org/staff/alerts/" + alert().id.text());
    EXPECT_EQ(send().sent, 0) << "once is enough";

    pass(minutes{5} + seconds{1});
    EXPECT_EQ(must(desks->alerts.escalate_due(system())), 1);
    EXPECT_EQ(send().sent, 1);
    EXPECT_THAT(called(2), UnorderedElementsAre(id(ruth)));
    EXPECT_EQ(pager.calls().back().body.at("step"), 1);

    pass(minutes{5} + seconds{1});
    EXPECT_EQ(must(desks->alerts.escalate_due(system())), 1);
    send();
    EXPECT_THAT(called(3), UnorderedElementsAre(id(ruth), id(kit)));
    EXPECT_EQ(pager.taken().size(), 5U) << "each under an id of its own";
}

TEST_P(AlertDelivery, G5_NobodyOnDutyCallsTheLeadAtOnceWhateverTheHour)
{
    desks->staff_hours(0, 0);
    for (const auto urgency : {Urgency::Now, Urgency::Today, Urgency::Unknown}) {
        care::Cause cause;
        cause.person = *desks->house->person("Somebody").person();
        cause.urgency = urgency;
        must(desks->house->record->write(system(), [&](trust::Writing& writing) -> Result<void> {
            TRY(desks->alerts.raise(writing, cause));
            return {};
        }));
    }
    EXPECT_EQ(send().sent, 3);
    EXPECT_THAT(called(), UnorderedElementsAre(id(ruth), id(ruth), id(ruth)));
}

TEST_P(AlertDelivery, G5_WhenNobodyCanBeNamedThePagerIsCalledAllTheSame)
{
    auto& house = *desks->house;
    for (const auto& each : {maeve, idris, ruth})
        must(house.accounts->suspend(*kit, each->account(), true));
    in_danger();
    send();
    EXPECT_THAT(called(), UnorderedElementsAre(id(kit))) << "no team and no lead: the administrator";
    must(house.record->write(system(), [&](trust::Writing& writing) -> Result<void> {
        TRY(writing.change(rows::Statement{"test.suspend", "UPDATE account SET state = 'suspended' WHERE "
                                                           "organisation = $1 AND account = $2"},
                           {rows::Value{kit->account()}}));
        return {};
    }));
    pass(minutes{6});
    EXPECT_EQ(must(desks->alerts.escalate_due(system())), 1);
    send();
    EXPECT_THAT(called(1), UnorderedElementsAre(""));
}

TEST_P(AlertDelivery, WhatSomebodyHasAcknowledgedCallsNobody)
{
    in_danger();
    must(desks->alerts.acknowledge(*maeve, alert().id, "on it"));
    const auto sent = send();
    EXPECT_EQ(sent.sent, 0);
    EXPECT_EQ(sent.not_needed, 2);
    EXPECT_THAT(pager.calls(), IsEmpty());
    for (const auto& each : kept(alert().id))
        EXPECT_EQ(each.state, care::DeliveryState::NotNeeded);

    // While it was on its way to be tried again, too.
    must(desks->alerts.record_outcome(*maeve, alert().id, {care::Outcome::NotReached, "No answer.", {}, {}}));
    pager.answer_with(503);
    EXPECT_EQ(send().put_off, 1) << "the lead";
    must(desks->alerts.acknowledge(*ruth, alert().id, "mine"));
    pager.answer_with(200);
    pass(minutes{2});
    EXPECT_EQ(send().sent, 0);
    EXPECT_THAT(pager.taken(), IsEmpty());
}

TEST_P(AlertDelivery, AnHourWithoutAServerLosesNothingAndDoublesNothing)
{
    pager.answer_with(0);
    in_danger();
    std::set<std::string> tried;
    for (int second = 0; second < 3600; second += 15) {
        pass(seconds{15});
        must(desks->alerts.escalate_due(system()));
        send();
    }
    for (const auto& call : pager.calls())
        tried.insert(call.id);
    EXPECT_THAT(pager.taken(), IsEmpty());
    const auto trouble = troubles();
    ASSERT_EQ(trouble.size(), 1U);
    EXPECT_GE(trouble[0].failing, 2);
    EXPECT_EQ(trouble[0].given_up, 0);
    EXPECT_THAT(trouble[0].problem, HasSubstr("did not answer"));

    pager.answer_with(200);
    for (int round = 0; round < 120; ++round) {
        pass(seconds{1});
        send();
    }
    // The team's first page, and to the lead and the administrator the newest one only.
    std::multiset<std::string> who;
    for (const auto& call : pager.calls())
        if (call.status == 200)
            who.insert(std::string(call.body.at("to").at("account").as_string()));
    EXPECT_THAT(who, UnorderedElementsAre(id(maeve), id(idris), id(ruth), id(kit)));
    for (const auto& [delivery, times] : pager.taken())
        EXPECT_EQ(times, 1) << delivery;
    std::map<care::DeliveryState, int> states;
    for (const auto& each : kept(alert().id))
        ++states[each.state];
    EXPECT_EQ(states[care::DeliveryState::Sent], 4);
    EXPECT_EQ(states[care::DeliveryState::Waiting], 0);
    EXPECT_EQ(states[care::DeliveryState::GivenUp], 0);
    EXPECT_THAT(troubles(), IsEmpty());
}

TEST_P(AlertDelivery, ARefusalIsTriedAgainUnderTheSameIdAfterAPause)
{
    must(desks->house->accounts->suspend(*kit, idris->account(), true));
    in_danger();
    pager.answer_with(500);
    EXPECT_EQ(send().problem, "The pager's server answered 500.");
    EXPECT_EQ(send().put_off, 0) << "not at once";
    pass(seconds{3});
    EXPECT_EQ(send().put_off, 1);
    pager.answer_with(429);
    pass(minutes{1});
    send();
    pager.answer_with(204);
    pass(minutes{1});
    EXPECT_EQ(send().sent, 1);
    const auto calls = pager.calls();
    ASSERT_EQ(calls.size(), 4U);
    for (const auto& call : calls)
        EXPECT_EQ(call.id, calls.front().id);
    const auto all = kept(alert().id);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].id.text(), calls.front().id);
    EXPECT_EQ(all[0].tries, 4);
    EXPECT_EQ(all[0].problem, "");
}

TEST_P(AlertDelivery, AfterADayItIsGivenUpLoudly)
{
    must(desks->house->accounts->suspend(*kit, idris->account(), true));
    const auto page = must(desks->alerts.raise_test(*kit, maeve->account()));
    pager.answer_with(404);
    send();
    pass(hours{24});
    EXPECT_EQ(send().given_up, 1);
    pager.answer_with(200);
    pass(hours{1});
    EXPECT_EQ(send().sent, 0);
    const auto trouble = troubles();
    ASSERT_EQ(trouble.size(), 1U);
    EXPECT_EQ(trouble[0].given_up, 1);
    EXPECT_EQ(trouble[0].problem, "The pager's server answered 404.");
    EXPECT_EQ(kept(page)[0].state, care::DeliveryState::GivenUp);
    pass(hours{24});
    EXPECT_THAT(troubles(), IsEmpty()) << "told for a day";
}

TEST_P(AlertDelivery, ACrashAfterTheIntentSendsItAgainUnderTheSameId)
{
    in_danger();
    const auto before = kept(alert().id);
    must(desks->house->record->write(system(), [&](trust::Writing& writing) -> Result<void> {
        for (const auto& each : before)
            EXPECT_TRUE(TRY(care::claim_delivery(writing, each.id)));
        return {};
    })); // and the process is gone
    deliveries = node();
    EXPECT_EQ(send().sent, 0) << "it may still be on its way";
    pass(seconds{46});
    EXPECT_EQ(send().sent, 2);
    for (const auto& each : before)
        EXPECT_EQ(pager.taken()[each.id.text()], 1);
}

TEST_P(AlertDelivery, WhoIsAloneTakesUpAtOnceWhatTheLastRunHadInHand)
{
    in_danger();
    const auto before = kept(alert().id);
    must(desks->house->record->write(system(), [&](trust::Writing& writing) -> Result<void> {
        for (const auto& each : before)
            EXPECT_TRUE(TRY(care::claim_delivery(writing, each.id)));
        return {};
    }));
    deliveries = node();
    must(deliveries->take_up(system(), care::Channel::Mail));
    EXPECT_EQ(send().sent, 0) << "of another channel";
    must(deliveries->take_up(system(), care::Channel::Pager));
    EXPECT_EQ(send().sent, 2);
    must(deliveries->take_up(system(), care::Channel::Pager));
    EXPECT_EQ(send().sent, 0) << "what was sent stays sent";
}

TEST_P(AlertDelivery, WhatWasNotCommittedCallsNobody)
{
    const auto refused = desks->house->record->write(system(), [&](trust::Writing& writing) -> Result<void> {
        care::Cause cause;
        cause.person = *ada->person();
        cause.urgency = Urgency::Now;
        TRY(desks->alerts.raise(writing, cause));
        return conflict("Something else went wrong.");
    });
    EXPECT_FALSE(refused.ok());
    EXPECT_EQ(send().sent, 0);
}

TEST_P(AlertDelivery, SeveralNodesSendEachOnce)
{
    constexpr int people = 12;
    for (int each = 0; each < people; ++each)
        must(desks->conversations.write(desks->house->person("Somebody"), danger, {}));
    std::vector<std::unique_ptr<AlertDeliveries>> nodes;
    std::vector<std::future<int>> sent;
    for (int each = 0; each < 3; ++each)
        nodes.push_back(node());
    for (const auto& each : nodes)
        sent.push_back(std::async(std::launch::async, [&] {
            int all = 0;
            for (int round = 0; round < 3; ++round)
                all += must(each->send_due(system(), care::Channel::Pager)).sent;
            return all;
        }));
    int all = 0;
    for (auto& each : sent)
        all += each.get();
    EXPECT_EQ(all, 2 * people);
    EXPECT_EQ(pager.calls().size(), 2U * people);
    EXPECT_EQ(pager.taken().size(), 2U * people);
}

TEST_P(AlertDelivery, NothingThatLeavesHasANameOrAWordInIt)
{
    in_danger();
    must(desks->alerts.raise_test(*kit, maeve->account()));
    send();
    pass(minutes{6});
    must(desks->alerts.escalate_due(system()));
    send();
    must(desks->alerts.acknowledge(*ruth, alert().id, "Quillfeather is on the line"));
    must(desks->alerts.record_outcome(*ruth, alert().id, {care::Outcome::NoContactNeeded, "joked", {}, "a joke"}));
    send();
    const auto calls = pager.calls();
    EXPECT_GE(calls.size(), 5U);
    for (const auto& call : calls) {
        for (const auto* word : {"Ada", "Quillfeather", "kill", "tonight", "suicid", "self_harm", "danger", "maeve", "ruth",
                                 "Maeve", "Ruth", "joke", "line", "person", "health", "reason", "category"})
            EXPECT_THAT(call.raw, Not(HasSubstr(word)));
        EXPECT_THAT(call.raw, Not(HasSubstr(ada->person()->text())));
    }
}

TEST_P(AlertDelivery, AHandOverCallsTheColleagueAndASecondPersonIsNotTheOneWhoAsks)
{
    in_danger();
    send();
    must(desks->alerts.acknowledge(*maeve, alert().id, "on it"));
    const auto before = pager.calls().size();
    must(desks->alerts.record_outcome(*maeve, alert().id,
                                      {care::Outcome::HandedOver, "She knows you.", idris->account(), {}}));
    send();
    EXPECT_THAT(called(before), UnorderedElementsAre(id(idris)));
    must(desks->alerts.accept(*idris, alert().id));
    must(desks->alerts.record_outcome(*idris, alert().id, {care::Outcome::NoContactNeeded, "A song.", {}, "a song"}));
    send();
    EXPECT_THAT(called(before + 1), UnorderedElementsAre(id(maeve)));
    // New danger tells the team again, whoever had it.
    must(desks->alerts.second(*maeve, alert().id, true, "agreed"));
    in_danger();
    send();
    EXPECT_THAT(called(before + 2), UnorderedElementsAre(id(maeve), id(idris)));
}

TEST_P(AlertDelivery, MoreThanOnePageOfAlertsGoesUpInOneRound)
{
    constexpr int people = 230;
    std::vector<PersonId> all;
    for (int each = 0; each < people; ++each)
        all.push_back(*desks->house->person("Somebody").person());
    must(desks->house->record->write(system(), [&](trust::Writing& writing) -> Result<void> {
        for (const auto& person : all) {
            care::Cause cause;
            cause.person = person;
            cause.urgency = Urgency::Today;
            TRY(desks->alerts.raise(writing, cause));
        }
        return {};
    }));
    pass(minutes{61});
    EXPECT_EQ(must(desks->alerts.escalate_due(system())), people);
    EXPECT_EQ(must(desks->alerts.escalate_due(system())), 0);
}

TEST_P(AlertDelivery, ThePolicySaysWhoAndByWhat)
{
    AlertPolicy policy;
    policy.channels_today = {"mail"};
    policy.steps = {{AlertPolicy::Who::Team}, {AlertPolicy::Who::Administrator}};
    policy.today = minutes{10};
    const care::AlertDesk alerts(*desks->house->record, policy, {care::Channel::Pager, care::Channel::Mail});
    care::Cause cause;
    cause.person = *ada->person();
    cause.urgency = Urgency::Today;
    must(desks->house->record->write(system(), [&](trust::Writing& writing) -> Result<void> {
        TRY(alerts.raise(writing, cause));
        return {};
    }));
    const auto of_channel = [&](care::Channel channel) {
        std::multiset<std::string> all;
        for (const auto& each : kept(alert().id))
            if (each.channel == channel)
                all.insert(each.account.text());
        return all;
    };
    EXPECT_THAT(of_channel(care::Channel::Pager), IsEmpty());
    EXPECT_THAT(of_channel(care::Channel::Mail), UnorderedElementsAre(id(maeve), id(idris)));
    pass(minutes{10});
    EXPECT_EQ(must(alerts.escalate_due(system())), 1);
    EXPECT_THAT(of_channel(care::Channel::Mail), UnorderedElementsAre(id(maeve), id(idris), id(kit)));
    cause.urgency = Urgency::Now;
    must(desks->house->record->write(system(), [&](trust::Writing& writing) -> Result<void> {
        TRY(alerts.raise(writing, cause));
        return {};
    }));
    EXPECT_THAT(of_channel(care::Channel::Pager), UnorderedElementsAre(id(maeve), id(idris), id(kit)))
        << "graver: the team hears of it again, and whoever it had gone up to";
}

TEST_P(AlertDelivery, GoesWithThePersonAndWithAge)
{
    in_danger();
    send();
    const auto about = alert().id;
    desks->close_alert(*maeve, *ada->person());
    EXPECT_EQ(kept(about).size(), 2U);
    desks->save(30);
    pass(hours{24} * 31);
    desks->walk();
    EXPECT_THAT(kept(about), IsEmpty());

    in_danger();
    const auto again = alert().id;
    desks->close_alert(*maeve, *ada->person());
    must(desks->house->erasure->erase(system(), *ada->person()));
    EXPECT_THAT(kept(again), IsEmpty());
}

TEST_P(AlertDelivery, WhoWasToldOfATestPageGoesAfterThirtyDaysAndNothingElse)
{
    const auto ended = must(desks->alerts.raise_test(*kit, maeve->account()));
    const auto forgotten = must(desks->alerts.raise_test(*kit, idris->account()));
    in_danger();
    send();
    must(desks->alerts.acknowledge(*maeve, ended, "it reached me"));
    pass(hours{29 * 24});
    desks->walk();
    EXPECT_EQ(kept(ended).size(), 1U);
    pass(hours{2 * 24});
    EXPECT_GT(desks->walk(), 0);
    EXPECT_THAT(kept(ended), IsEmpty());
    EXPECT_THAT(kept(forgotten), IsEmpty()) << "also of one that nobody acknowledged";
    EXPECT_EQ(kept(alert().id).size(), 2U) << "what was told about a person stays with their alert";
    EXPECT_EQ(desks->walk(), 0);
}

} // namespace

} // namespace handrail::errands
