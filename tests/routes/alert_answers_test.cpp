#include <gmock/gmock.h>

#include "errands/alert_page.h"
#include "routes/service.h"

// Whoever closes an alert is told what became of it, also when closing it ends what they may read.
namespace handrail::test {

namespace {

using testing::HasSubstr;

class AlertAnswers : public testing::Test {
protected:
    AlertAnswers()
        : service(house, house.organisation), maeve(house.staff(Role::Clinician, "maeve", {house.team})),
          ruth(house.staff(Role::Lead, "ruth")), ada(house.person()), of_maeve(service.token_of(maeve)),
          of_ruth(service.token_of(ruth)), of_ada(service.token_of(ada))
    {
        service.post("/api/v1/conversation/messages", of_ada, R"({"text":"I have decided. It will be tonight."})");
        alert = service.alert_of(*ada.person());
    }
    std::string path(const std::string& what = {}) const { return "/api/v1/alerts/" + alert.text() + what; }
    /// Escalated to the lead, taken by the clinician, who says that no contact is needed.
    void ask_for_a_second()
    {
        house.clock.pass(std::chrono::minutes(6));
        ASSERT_EQ(must(service.alerts.escalate_due(house.system())), 1);
        must(service.alerts.acknowledge(maeve, alert, {}));
        must(service.alerts.record_outcome(
            maeve, alert, {care::Outcome::NoContactNeeded, "Her brother rang us.", {}, "He is with her."}));
    }

    House house;
    Service service;
    Actor maeve, ruth, ada;
    std::string of_maeve, of_ruth, of_ada;
    AlertId alert;
};

TEST_F(AlertAnswers, TheLeadWhoAgreesSeesItClosed)
{
    ask_for_a_second();
    const auto answer = service.post(path("/second"), of_ruth, R"({"agree":true,"note":"I spoke with him too."})");
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_THAT(answer.body, HasSubstr(R"("state":"closed")"));
    EXPECT_THAT(answer.body, HasSubstr("I spoke with him too."));
    EXPECT_EQ(service.get(path(), of_ruth).status, 403) << "it is no longer routed to the lead";
}

TEST_F(AlertAnswers, TheDeedAndThePageAreOneTransaction)
{
    ask_for_a_second();
    const errands::AlertPage page(*house.record, *house.accounts, *house.consents);
    const auto view = must(page.act(
        ruth, alert, [&](trust::Writing& writing) { return service.alerts.second(writing, alert, true, "agreed"); }));
    EXPECT_EQ(view.alert.state, care::AlertState::Closed);
    EXPECT_EQ(view.alert.second_by, ruth.account());
    ASSERT_TRUE(view.person);
    EXPECT_EQ(view.person->name, "Ada");
    EXPECT_FALSE(view.messages.empty());
    EXPECT_EQ(page.open(ruth, alert).error().kind, ErrorKind::NotAllowed);
    // What the page cannot show is not done either.
    EXPECT_FALSE(page.act(ruth, alert, [](trust::Writing&) -> Result<void> { return {}; }));
}

TEST_F(AlertAnswers, WhoReachedAPersonThatDidNotAgreeToReadingSeesItClosed)
{
    must(house.consents->put(ada, *ada.person(), {{"staff_reading", false, "en-1", {}}}));
    ASSERT_EQ(service.post(path("/acknowledge"), of_maeve, "{}").status, 200);
    const auto answer =
        service.post(path("/outcome"), of_maeve, R"({"outcome":"reached","record":"Spoke with her for ten minutes."})");
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_THAT(answer.body, HasSubstr(R"("state":"closed")"));
    EXPECT_EQ(service.get(path(), of_maeve).status, 403);
}

TEST_F(AlertAnswers, OfTwoWhoAcknowledgeTheSecondReadsWhoHasIt)
{
    const auto of_idris = service.token_of(house.staff(Role::Clinician, "idris", {house.team}));
    ASSERT_EQ(service.post(path("/acknowledge"), of_maeve, R"({"note":"calling now"})").status, 200);
    const auto second = service.post(path("/acknowledge"), of_idris, R"({"note":"calling now"})");
    EXPECT_EQ(second.status, 409);
    EXPECT_THAT(second.body, HasSubstr("A colleague has already acknowledged this alert. (maeve)"));
    EXPECT_EQ(service.post(path("/acknowledge"), of_maeve, "{}").status, 200) << "the same tap twice";
    EXPECT_EQ(service.steps(alert, "acknowledged"), 1);
    const auto outcome = service.post(path("/outcome"), of_idris, R"({"outcome":"reached","record":"Spoke with her."})");
    EXPECT_EQ(outcome.status, 409);
    EXPECT_THAT(outcome.body, HasSubstr("(maeve)"));
    EXPECT_EQ(service.alert(alert).state, care::AlertState::Acknowledged);
}

TEST_F(AlertAnswers, ThePathReadsInTheOrderInWhichThingsHappened)
{
    ask_for_a_second();
    ASSERT_EQ(service.post(path("/second"), of_ruth, R"({"agree":true})").status, 200);
    std::vector<std::string> kinds;
    Instant before;
    for (const auto& step : service.alert(alert).path) {
        kinds.push_back(step.kind);
        EXPECT_LT(before, step.at);
        before = step.at;
    }
    EXPECT_THAT(kinds, testing::ElementsAre("raised", "escalated", "acknowledged", "outcome_no_contact_needed",
                                            "second_wanted", "second_agreed", "closed"));
}

} // namespace

} // namespace handrail::test
