#include <gmock/gmock.h>

#include <algorithm>

#include "care/presence.h"
#include "routes/service.h"

// What the pages of a hand-over are told: the queue, the summary, drafts, notes, saved replies.
namespace handrail::test {

namespace {

using testing::HasSubstr;
using testing::Not;

class HandOverRoutes : public testing::Test {
protected:
    HandOverRoutes()
        : service(house, house.organisation), maeve(house.staff(Role::Clinician, "maeve", {house.team})),
          tom(house.staff(Role::Clinician, "tom", {house.team})), ruth(house.staff(Role::Lead, "ruth", {house.team})),
          ada(house.person()), of_maeve(service.token_of(maeve)), of_tom(service.token_of(tom)),
          of_ruth(service.token_of(ruth)), of_ada(service.token_of(ada)),
          conversation(must(service.conversations.current(ada)).id)
    {
    }
    std::string path(const std::string& what = {}) const
    {
        return "/api/v1/conversations/" + conversation.text() + what;
    }
    http::Response put(const std::string& target, const std::string& token, const std::string& body)
    {
        return service.ask(http::Method::Put, target, token, body);
    }
    void says(const std::string& words)
    {
        house.clock.pass(std::chrono::seconds{5});
        ASSERT_EQ(service.post("/api/v1/conversation/messages", of_ada, R"({"text":")" + words + R"("})").status, 201);
    }

    House house;
    Service service;
    Actor maeve, tom, ruth, ada;
    std::string of_maeve, of_tom, of_ruth, of_ada;
    ConversationId conversation;
};

TEST_F(HandOverRoutes, TheSecondToTakeItIsToldTheNameOfTheFirst)
{
    EXPECT_EQ(service.post(path("/take"), of_maeve, "").status, 200);
    const auto second = service.post(path("/take"), of_tom, "");
    EXPECT_EQ(second.status, 409);
    EXPECT_THAT(second.body, HasSubstr("(maeve)"));
}

TEST_F(HandOverRoutes, ANoteIsBesideTheConversationForStaffAndNowhereForThePerson)
{
    EXPECT_EQ(service.post(path("/notes"), of_maeve, R"({"text":"Her brother has the tablets."})").status, 204);
    EXPECT_THAT(service.get(path(), of_tom).body, HasSubstr("Her brother has the tablets."));
    EXPECT_THAT(service.get("/api/v1/conversation", of_ada).body, Not(HasSubstr("tablets")));
    EXPECT_EQ(service.post(path("/notes"), of_ada, R"({"text":"mine"})").status, 403);
    EXPECT_EQ(service.post(path("/notes"), of_maeve, R"({"text":""})").status, 422);
}

TEST_F(HandOverRoutes, SavedRepliesAreReadByStaffAndChangedByTheLead)
{
    const std::string one = R"({"items":[{"language":"en","title":"Here","text":"{name}, I am here."}],"version":0})";
    EXPECT_EQ(put("/api/v1/saved-replies", of_maeve, one).status, 403);
    EXPECT_EQ(put("/api/v1/saved-replies", of_ruth, one).status, 200);
    EXPECT_THAT(service.get("/api/v1/saved-replies", of_maeve).body, HasSubstr("{name}, I am here."));
    EXPECT_EQ(service.get("/api/v1/saved-replies", of_ada).status, 403);
    EXPECT_EQ(put("/api/v1/saved-replies", of_ruth, one).status, 409) << "somebody saved in between";
}

TEST_F(HandOverRoutes, ADraftIsForWhoHasTheConversation)
{
    EXPECT_EQ(service.get(path("/draft"), of_maeve).status, 409);
    service.post(path("/take"), of_maeve, "");
    says("I feel so alone since I moved here");
    const auto before = must(service.conversations.current(ada)).messages.size();
    EXPECT_THAT(service.get(path("/draft"), of_maeve).body, HasSubstr(R"("draft":{"to":)"));
    EXPECT_EQ(service.get(path("/draft"), of_tom).status, 409);
    EXPECT_EQ(service.get(path("/draft"), of_ada).status, 403);
    EXPECT_EQ(must(service.conversations.current(ada)).messages.size(), before);
}

TEST_F(HandOverRoutes, G4_TheSummaryWithoutConsentHoldsNoWordOfThePerson)
{
    says("my zebrafish is ill and I want to die");
    EXPECT_THAT(service.get(path("/summary"), of_maeve).body, HasSubstr("want to die"));
    must(house.consents->put(ada, *ada.person(), {{"staff_reading", false, "en-1", {}}}));
    says("the zebrafish is better");
    const auto alert = service.alert_of(*ada.person());
    ASSERT_EQ(service.post("/api/v1/alerts/" + alert.text() + "/acknowledge", of_maeve, "{}").status, 200);
    ASSERT_EQ(service.post("/api/v1/alerts/" + alert.text() + "/outcome", of_maeve,
                           R"({"outcome":"reached","record":"Spoke with her."})")
                  .status,
              200);
    EXPECT_EQ(service.get(path(), of_maeve).status, 403);
    const auto summary = service.get(path("/summary"), of_maeve);
    EXPECT_EQ(summary.status, 200) << summary.body;
    EXPECT_THAT(summary.body, HasSubstr(R"("words":false,"staff_reading":false)"));
    EXPECT_THAT(summary.body, HasSubstr(R"("urgency":"today")"));
    EXPECT_THAT(summary.body, HasSubstr(R"("country":"IE")"));
    for (const auto* words : {"zebrafish", "die", "evidence\":[{"})
        EXPECT_THAT(summary.body, Not(HasSubstr(words)));
}

TEST_F(HandOverRoutes, G8_ALevelWithoutAReasonIsRefused)
{
    EXPECT_EQ(put(path("/urgency"), of_maeve, R"({"urgency":"today"})").status, 422);
    EXPECT_EQ(put(path("/urgency"), of_maeve, R"({"urgency":"today","reason":""})").status, 422);
    EXPECT_EQ(put(path("/urgency"), of_maeve, R"({"urgency":"unknown","reason":"why"})").status, 422);
    EXPECT_EQ(put(path("/urgency"), of_maeve, R"({"urgency":"today","reason":"He stopped eating."})").status, 204);
    EXPECT_THAT(service.get(path(), of_tom).body, HasSubstr("He stopped eating."));
}

TEST_F(HandOverRoutes, TheQueueTellsWhoIsHereAndWhenTheTimerRunsOut)
{
    must(service.conversations.want_person(ada, true));
    EXPECT_THAT(service.get("/api/v1/live", of_maeve).body, HasSubstr(R"("here":[])"));
    EXPECT_EQ(service.post("/api/v1/live/here", of_maeve, "").status, 204);
    const auto queue = service.get("/api/v1/live", of_tom).body;
    EXPECT_THAT(queue, HasSubstr(R"("here":[{"id":")" + maeve.account().text()));
    EXPECT_THAT(queue, HasSubstr(R"("due_at":)"));
    service.post(path("/take"), of_maeve, "");
    EXPECT_THAT(service.get("/api/v1/live", of_tom).body, HasSubstr(R"("away":false)"));
    house.clock.pass(care::here_for + std::chrono::seconds{1});
    EXPECT_THAT(service.get("/api/v1/live", of_tom).body, HasSubstr(R"("away":true)"));
    EXPECT_EQ(service.post("/api/v1/live/here", of_ada, "").status, 403);
}

} // namespace

} // namespace handrail::test
