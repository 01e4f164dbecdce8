// Text messages to staff about alerts, on both stores, to a gateway that fails when it is told to.
#include <gmock/gmock.h>

#include "errands/alert_sending.h"
#include "errands/text_stand_in.h"

namespace handrail::errands {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::must;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class AlertText : public AlertSending {
protected:
    AlertText() { channels = {care::Channel::Text}; }
    void SetUp() override
    {
        AlertSending::SetUp();
        if (IsSkipped())
            return;
        settings.text = {gateway.url(), key};
        settings.says = must(channels::NoticeTexts::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content"));
        deliveries = node();
        reach(*maeve, "", "+353 87 123 4567");
        reach(*idris, "", "+353 87 765 4321");
        reach(*ruth, "", "+353 86 111 1111");
    }
    void TearDown() override
    {
        AlertSending::TearDown();
        for (const auto& each : gateway.wrong())
            ADD_FAILURE() << "A gateway would have refused: " << each;
    }
    AlertDeliveries::Sent send() { return must(deliveries->send_due(system(), care::Channel::Text)); }

    TextStandIn gateway{key};
};

INSTANTIATE_TEST_SUITE_P(Stores, AlertText, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(AlertText, G5_TheTeamGetsATextAtOnceAndTheLeadWhenNobodyActs)
{
    in_danger();
    EXPECT_EQ(send().sent, 2);
    const auto text = gateway.texts().front();
    EXPECT_EQ(text.text, "Handrail: an alert waits for you https://talk.example.org/staff/alerts/" + alert().id.text());
    EXPECT_EQ(text.kind, "alert");
    pass(minutes{5} + seconds{1});
    must(desks->alerts.escalate_due(system()));
    EXPECT_EQ(send().sent, 1);
    EXPECT_EQ(gateway.texts().back().to, "+353861111111");
    for (const auto& each : gateway.texts())
        for (const auto* word : {"Ada", "Quill", "kill", "tonight", "maeve", "person", "health", "crisis", "urgen", "harm"})
            EXPECT_THAT(each.text, Not(HasSubstr(word)));
}

TEST_P(AlertText, WhatSomebodyHasAcknowledgedIsNotSent)
{
    gateway.answer_with(0);
    in_danger();
    send();
    must(desks->alerts.acknowledge(*maeve, alert().id, "on it"));
    gateway.answer_with(202);
    pass(minutes{2});
    EXPECT_EQ(send().not_needed, 2);
    for (const auto& each : gateway.texts())
        EXPECT_EQ(each.status, 0);
}

TEST_P(AlertText, ARefusalIsTriedAgainUnderTheSameId)
{
    const auto page = must(desks->alerts.raise_test(*kit, maeve->account()));
    gateway.answer_with(500);
    EXPECT_EQ(send().problem, "The gateway for texts answered 500.");
    gateway.answer_with(202);
    pass(minutes{1});
    EXPECT_EQ(send().sent, 1);
    ASSERT_THAT(gateway.texts(), SizeIs(2));
    EXPECT_EQ(gateway.texts()[0].id, kept(page)[0].id.text());
    EXPECT_EQ(gateway.texts()[1].id, gateway.texts()[0].id);
    EXPECT_EQ(gateway.texts()[1].kind, "test");
}

TEST_P(AlertText, ANumberThatTakesNoMoreIsNotTriedUntilItIsSetAnew)
{
    gateway.answer_with(410);
    must(desks->alerts.raise_test(*kit, maeve->account()));
    EXPECT_EQ(send().given_up, 1);
    EXPECT_THAT(troubles().at(0).problem, HasSubstr("takes no texts"));
    EXPECT_EQ(must(trust::staff_contact(*desks->house->record, *kit, maeve->account())).phone, "+353871234567")
        << "the pager may still call it";
    gateway.answer_with(202);
    must(desks->alerts.raise_test(*kit, maeve->account()));
    EXPECT_EQ(send().given_up, 1);
    EXPECT_THAT(gateway.texts(), SizeIs(1));
    reach(*maeve, "", "+353 87 123 4567");
    must(desks->alerts.raise_test(*kit, maeve->account()));
    EXPECT_EQ(send().sent, 1);
}

TEST_P(AlertText, WhoHasNoNumberIsNamedAsATrouble)
{
    reach(*maeve, "maeve@service.example", "");
    must(desks->alerts.raise_test(*kit, maeve->account()));
    EXPECT_EQ(send().given_up, 1);
    EXPECT_EQ(troubles().at(0).problem, "No work number is known.");
    EXPECT_THAT(gateway.texts(), IsEmpty());
}

} // namespace

} // namespace handrail::errands
