// Notifications to staff about alerts, on both stores, to a push service that fails when it is told to.
#include <gmock/gmock.h>

#include <set>

#include "base/text.h"
#include "errands/alert_sending.h"
#include "errands/push_stand_in.h"

namespace handrail::errands {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::must;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class AlertPush : public AlertSending {
protected:
    AlertPush() { channels = {care::Channel::Push}; }
    void SetUp() override
    {
        AlertSending::SetUp();
        if (IsSkipped())
            return;
        settings.push = {"mailto:ops@service.example", true};
        settings.says = must(channels::NoticeTexts::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content"));
        deliveries = node();
        must(push_key(*desks->house->record, system()));
        desk.emplace(*desks->house->record, *desks->house->keyring);
        switch_on(*maeve, "maeve-phone");
        switch_on(*ruth, "ruth-phone");
    }
    void TearDown() override
    {
        AlertSending::TearDown();
        for (const auto& each : push.wrong())
            ADD_FAILURE() << "A push service or a browser would have refused: " << each;
    }
    void switch_on(const Actor& who, const std::string& name) { must(desk->switch_on(who, push.device(name))); }
    AlertDeliveries::Sent send() { return must(deliveries->send_due(system(), care::Channel::Push)); }
    std::multiset<std::string> rung() const
    {
        std::multiset<std::string> all;
        for (const auto& each : push.rings())
            all.insert(each.device);
        return all;
    }

    PushStandIn push;
    std::optional<trust::PushDesk> desk;
};

INSTANTIATE_TEST_SUITE_P(Stores, AlertPush, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(AlertPush, G5_TheTeamIsRungAtOnceAndTheLeadWhenNobodyActs)
{
    in_danger();
    auto sent = send();
    EXPECT_EQ(sent.sent, 1);
    EXPECT_THAT(kept(alert().id), SizeIs(1)) << "idris has switched on no device, which is no trouble";
    EXPECT_THAT(troubles(), IsEmpty());
    EXPECT_THAT(rung(), UnorderedElementsAre("maeve-phone"));
    const auto ring = push.rings().front();
    EXPECT_EQ(ring.notice.at("say"), "Handrail: an alert waits for you");
    EXPECT_EQ(ring.notice.at("open").as_string(), "/staff/alerts/" + alert().id.text());
    EXPECT_EQ(ring.urgency, "high");
    EXPECT_EQ(ring.service_key, to_base64url(must(push_key(*desks->house->record, system())).public_point()));
    EXPECT_EQ(send().sent, 0) << "once is enough";

    pass(minutes{5} + seconds{1});
    must(desks->alerts.escalate_due(system()));
    EXPECT_EQ(send().sent, 1);
    EXPECT_THAT(push.taken("ruth-phone"), SizeIs(1));
}

TEST_P(AlertPush, ADeviceThatWasSwitchedOffBeforeItWentIsNoTrouble)
{
    in_danger();
    must(desk->switch_off(*maeve, push.device("maeve-phone").endpoint));
    EXPECT_EQ(send().not_needed, 1);
    EXPECT_THAT(push.rings(), IsEmpty());
    EXPECT_THAT(troubles(), IsEmpty());
}

TEST_P(AlertPush, G5_QuietHoursOfPeopleHoldNoAlertBack)
{
    desks->house->clock.set(*from_rfc3339("2026-01-05T23:30:00Z"));
    in_danger();
    EXPECT_EQ(send().sent, 1);
}

TEST_P(AlertPush, WhatSomebodyHasAcknowledgedRingsNobody)
{
    push.answer_with("maeve-phone", 503);
    in_danger();
    send();
    must(desks->alerts.acknowledge(*maeve, alert().id, "on it"));
    push.answer_with("maeve-phone", 201);
    pass(minutes{2});
    EXPECT_EQ(send().not_needed, 1);
    EXPECT_THAT(push.taken("maeve-phone"), IsEmpty());
}

TEST_P(AlertPush, WhatLiesAtThePushServiceIsGoneWhenTheAlertGoesUpAndIsReplacedByTheNext)
{
    in_danger();
    pass(minutes{2});
    send();
    EXPECT_EQ(push.rings().at(0).lasts, 180) << "a phone that is off until then does not ring afterwards";
    must(desks->alerts.acknowledge(*maeve, alert().id, "on it"));
    must(desks->alerts.record_outcome(*maeve, alert().id, {care::Outcome::HandedOver, "She knows you.", ruth->account(), {}}));
    send();
    ASSERT_THAT(push.rings(), SizeIs(2));
    EXPECT_EQ(push.rings()[0].topic, push.rings()[1].topic);
    EXPECT_EQ(push.rings()[0].notice.at("tag"), push.rings()[1].notice.at("tag"));
    must(desks->alerts.raise_test(*kit, maeve->account()));
    send();
    EXPECT_NE(push.rings().back().topic, push.rings().front().topic) << "of another alert";
    EXPECT_EQ(push.rings().back().notice.at("say"), "Handrail: this is a test");
}

TEST_P(AlertPush, ADeviceThatWasSwitchedOffInTheBrowserIsRemoved)
{
    switch_on(*maeve, "maeve-desk");
    push.answer_with("maeve-phone", 410);
    in_danger();
    EXPECT_EQ(send().sent, 1);
    EXPECT_THAT(must(desk->own(*maeve)), SizeIs(1));
    push.answer_with("maeve-desk", 404);
    must(desks->alerts.raise_test(*kit, maeve->account()));
    EXPECT_EQ(send().given_up, 1);
    EXPECT_EQ(troubles().at(0).problem, "No device takes notifications any more.");
    EXPECT_THAT(must(desk->own(*maeve)), IsEmpty());
}

TEST_P(AlertPush, WhatADeviceDidNotTakeIsTriedAgainAndTheOthersRingOnce)
{
    switch_on(*maeve, "maeve-desk");
    push.answer_with("maeve-phone", 429);
    in_danger();
    EXPECT_EQ(send().put_off, 1);
    EXPECT_EQ(troubles().at(0).problem, "A push service answered 429.");
    EXPECT_THAT(push.taken("maeve-desk"), SizeIs(1));
    pass(minutes{1});
    push.answer_with("maeve-phone", 0);
    EXPECT_THAT(send().problem, HasSubstr("did not answer"));
    push.answer_with("maeve-phone", 201);
    pass(minutes{1});
    EXPECT_EQ(send().sent, 1);
    EXPECT_THAT(push.taken("maeve-phone"), SizeIs(1));
    EXPECT_THAT(push.taken("maeve-desk"), SizeIs(1));
    EXPECT_THAT(troubles(), IsEmpty());
}

TEST_P(AlertPush, OneDeadDeviceIsNotTroubleForLongWhenAnotherHasRung)
{
    switch_on(*maeve, "maeve-desk");
    push.answer_with("maeve-phone", 500);
    in_danger();
    send();
    pass(minutes{11});
    EXPECT_EQ(send().sent, 1);
    EXPECT_THAT(troubles(), IsEmpty());
}

TEST_P(AlertPush, AnHourWithoutThePushServiceLosesNothingAndDoublesNothing)
{
    push.answer_with("maeve-phone", 0);
    must(desks->alerts.raise_test(*kit, maeve->account()));
    for (int second = 0; second < 3600; second += 30) {
        pass(seconds{30});
        send();
    }
    EXPECT_EQ(troubles().at(0).failing, 1);
    push.answer_with("maeve-phone", 201);
    for (int round = 0; round < 120; ++round) {
        pass(seconds{1});
        send();
    }
    EXPECT_THAT(push.taken("maeve-phone"), SizeIs(1));
    EXPECT_THAT(troubles(), IsEmpty());
}

TEST_P(AlertPush, NothingThatLeavesHasANameOrAWordInIt)
{
    in_danger();
    must(desks->alerts.raise_test(*kit, maeve->account()));
    send();
    EXPECT_THAT(push.rings(), SizeIs(2));
    for (const auto& ring : push.rings())
        for (const auto* word : {"Ada", "Quill", "kill", "tonight", "suicid", "danger", "Maeve", "person", "health", "mental",
                                 "crisis", "patient", "harm"})
            EXPECT_THAT(ring.raw, Not(HasSubstr(word)));
}

TEST_P(AlertPush, OneBrowserIsOneDeviceAndTheLastWhoSwitchesItOnHasIt)
{
    switch_on(*maeve, "shared");
    switch_on(*maeve, "shared");
    EXPECT_THAT(must(desk->own(*maeve)), SizeIs(2));
    switch_on(*idris, "shared");
    EXPECT_THAT(must(desk->own(*maeve)), SizeIs(1));
    must(desk->switch_off(*maeve, push.device("shared").endpoint));
    EXPECT_THAT(must(desk->own(*idris)), SizeIs(1)) << "nobody switches off what is another's";
    must(desk->switch_off(*idris, push.device("shared").endpoint));
    EXPECT_THAT(must(desk->own(*idris)), IsEmpty());
    for (int each = 0; each < 9; ++each) {
        pass(seconds{1});
        switch_on(*idris, "device-" + std::to_string(each));
    }
    const auto own = must(desk->own(*idris));
    ASSERT_THAT(own, SizeIs(trust::most_push_devices));
    EXPECT_THAT(own.back().endpoint, HasSubstr("device-8"));
}

TEST_P(AlertPush, TheKeyIsMadeOnceAndNeitherItNorAnAddressLiesOpen)
{
    auto& house = *desks->house;
    const auto pair = must(push_key(*house.record, system()));
    EXPECT_EQ(must(push_key(*house.record, system())).public_point(), pair.public_point());
    EXPECT_THAT(test::files_holding(house.folder.path(), must(pair.kept())), IsEmpty());
    EXPECT_THAT(test::files_holding(house.folder.path(), "/push/maeve-phone"), IsEmpty());
    if (std::string_view(GetParam().name) == "sqlite") { // the other store keeps nothing in this folder
        EXPECT_THAT(test::files_holding(house.folder.path(), "push.key"), Not(IsEmpty()));
    }
}

TEST_P(AlertPush, AnAddressThatLeadsIntoANetworkOfOnesOwnIsNotCalled)
{
    settings.push.anywhere = false;
    deliveries = node();
    in_danger();
    EXPECT_EQ(send().put_off, 1);
    EXPECT_THAT(push.rings(), IsEmpty()) << "refused where the socket is opened, whatever name led there";
}

} // namespace

} // namespace handrail::errands
