#include <thread>

#include <gmock/gmock.h>

#include "routes/service.h"

// One request with an Idempotency-Key, however often it is sent and wherever a server dies, on both stores.
namespace handrail::test {

namespace {

using testing::HasSubstr;

class DoneOnce : public testing::TestWithParam<StoreKind> {
protected:
    void SetUp() override
    {
        house = GetParam().open();
        if (house == nullptr)
            GTEST_SKIP() << "no PostgreSQL server on this machine";
        node = std::make_unique<Service>(*house, house->organisation);
        const auto ada = house->person();
        person = *ada.person();
        of_ada = node->token_of(ada);
        of_maeve = node->token_of(house->staff(Role::Clinician, "maeve", {house->team}));
        house->clock.pass(std::chrono::seconds(1));
        ASSERT_EQ(
            node->post("/api/v1/conversation/messages", of_ada, R"({"text":"I have decided. It will be tonight."})")
                .status,
            201);
        alert = node->alert_of(person);
        ASSERT_FALSE(alert.empty());
        notes = "/api/v1/alerts/" + alert.text() + "/notes";
    }

    std::unique_ptr<House> house;
    std::unique_ptr<Service> node;
    PersonId person;
    AlertId alert;
    std::string of_ada, of_maeve, notes;
    const std::string rang = R"({"text":"rang twice, no answer"})";
};

TEST_P(DoneOnce, GivesTheSameAnswerAgain)
{
    const auto first = node->post(notes, of_maeve, rang, "key-0001");
    ASSERT_EQ(first.status, 200) << first.body;
    const auto again = node->post(notes, of_maeve, rang, "key-0001");
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.headers.get("Idempotent-Replay"), "true");
    EXPECT_EQ(node->steps(alert, "note"), 1);
    EXPECT_EQ(node->post(notes, of_maeve, rang, "key-0002").status, 200);
    EXPECT_EQ(node->steps(alert, "note"), 2);
}

TEST_P(DoneOnce, WhenItIsKilledBeforeTheAnswerIsKept)
{
    node->keeper.killed_before_keeping = true;
    ASSERT_EQ(node->post(notes, of_maeve, rang, "key-0001").status, 200);
    // Started again: nothing in memory is left.
    node.reset();
    house->close();
    house->open();
    node = std::make_unique<Service>(*house, house->organisation);
    for (int i = 0; i < 2; ++i) {
        const auto again = node->post(notes, of_maeve, rang, "key-0001");
        EXPECT_EQ(again.status, 409) << again.body;
        EXPECT_THAT(again.body, HasSubstr("/problems/done-before"));
    }
    EXPECT_EQ(node->steps(alert, "note"), 1);
    EXPECT_EQ(node->post(notes, of_maeve, R"({"text":"another"})", "key-0001").status, 422);
}

TEST_P(DoneOnce, FindsTheMessageByItsClientIdWhenTheAnswerIsLost)
{
    const std::string body = R"({"text":"I slept badly","client_id":"3f1c-77"})";
    house->clock.pass(std::chrono::seconds(1));
    node->keeper.killed_before_keeping = true;
    const auto first = node->post("/api/v1/conversation/messages", of_ada, body, "key-0001");
    ASSERT_EQ(first.status, 201) << first.body;
    node->keeper.killed_before_keeping = false;
    const auto again = node->post("/api/v1/conversation/messages", of_ada, body, "key-0001");
    EXPECT_EQ(again.status, 201) << again.body;
    EXPECT_EQ(again.body, first.body);
}

TEST_P(DoneOnce, AcknowledgedBeforeIsSaidAsItStands)
{
    const auto target = "/api/v1/alerts/" + alert.text() + "/acknowledge";
    node->keeper.killed_before_keeping = true;
    ASSERT_EQ(node->post(target, of_maeve, "{}", "key-0001").status, 200);
    node->keeper.killed_before_keeping = false;
    const auto again = node->post(target, of_maeve, "{}", "key-0001");
    EXPECT_EQ(again.status, 200) << again.body;
    EXPECT_THAT(again.body, HasSubstr(R"("state":"acknowledged")"));
    EXPECT_EQ(node->steps(alert, "acknowledged"), 1);
}

TEST_P(DoneOnce, WhatFailedLeavesNoClaim)
{
    const auto outcome = "/api/v1/alerts/" + alert.text() + "/outcome";
    const std::string reached = R"({"outcome":"reached","record":"Spoke with her."})";
    EXPECT_EQ(node->post(outcome, of_maeve, reached, "key-0001").status, 409) << "nobody has acknowledged it";
    ASSERT_EQ(node->post("/api/v1/alerts/" + alert.text() + "/acknowledge", of_maeve, "{}").status, 200);
    EXPECT_EQ(node->post(outcome, of_maeve, reached, "key-0001").status, 200) << "the same key, tried again";
    EXPECT_EQ(node->steps(alert, "outcome_reached"), 1);
}

TEST_P(DoneOnce, OnWhicheverNodeItArrives)
{
    Service other(*house, house->organisation); // its own gate: only the store knows of both
    for (int round = 0; round < 10; ++round) {
        const auto key = "key-of-round-" + std::to_string(round);
        const int before = node->steps(alert, "note");
        std::atomic<int> done = 0;
        std::vector<std::thread> senders;
        for (auto* each : {node.get(), &other})
            senders.emplace_back([&, each] {
                const auto answer = each->post(notes, of_maeve, rang, key);
                EXPECT_THAT(answer.status, testing::AnyOf(200, 409)) << answer.body;
                done += answer.status == 200 ? 1 : 0;
            });
        for (auto& sender : senders)
            sender.join();
        EXPECT_GE(done, 1);
        EXPECT_EQ(node->steps(alert, "note"), before + 1);
        EXPECT_EQ(other.post(notes, of_maeve, rang, key).headers.get("Idempotent-Replay"), "true");
    }
}

TEST_P(DoneOnce, AConversationThatIsOpenedOnTheWayTakesNoClaim)
{
    const auto ben = house->person("Ben");
    const auto of_ben = node->token_of(ben);
    node->keeper.killed_before_keeping = true;
    const auto wanted = node->post("/api/v1/conversation/person-wanted", of_ben, {}, "key-0001");
    ASSERT_EQ(wanted.status, 200) << wanted.body;
    EXPECT_THAT(wanted.body, HasSubstr(R"("state":"waiting")"));
    EXPECT_EQ(node->post("/api/v1/conversation/person-wanted", of_ben, {}, "key-0001").status, 409);
    node->keeper.killed_before_keeping = false;

    // Killed between opening it and the deed itself, the deed is still to be done.
    const auto cleo = house->person("Cleo");
    const auto claim = node->keeper.claim(cleo, "key-0001", "what was asked for");
    must(node->conversations.current(cleo.claiming(claim)));
    EXPECT_EQ(claim->state, Claim::State::Open);
    const auto said =
        node->post("/api/v1/conversation/messages", node->token_of(cleo), R"({"text":"hello"})", "key-0001");
    EXPECT_EQ(said.status, 201) << said.body;
}

INSTANTIATE_TEST_SUITE_P(On, DoneOnce, testing::ValuesIn(both_stores()),
                         [](const auto& each) { return std::string(each.param.name); });

} // namespace

} // namespace handrail::test
