#include <gmock/gmock.h>

#include "http/openapi.h"
#include "routes/service.h"
#include "support/state.h"

// The clocks of a person, over the routes: they outlive a conversation, and what the operator set holds outside danger.
namespace handrail::test {

namespace {

using testing::HasSubstr;
using testing::Not;

class Sittings : public testing::Test {
protected:
    Sittings()
        : service(house, house.organisation), of_kit(service.token_of(house.staff(Role::Administrator, "kit"))),
          ada(house.person()), of_ada(service.token_of(ada))
    {
    }
    http::Response says(const std::string& words, std::chrono::minutes after = std::chrono::minutes{1})
    {
        house.clock.pass(after);
        return service.post("/api/v1/conversation/messages", of_ada, R"({"text":")" + words + R"("})");
    }
    http::Response limits(const std::string& body)
    {
        return service.ask(http::Method::Put, "/api/v1/admin/conversation-limits", of_kit, body);
    }

    House house;
    Service service;
    std::string of_kit;
    Actor ada;
    std::string of_ada;
};

TEST_F(Sittings, E4_TheOperatorSetsTheLongestSittingAndANewConversationIsNoWayRoundIt)
{
    EXPECT_THAT(service.get("/api/v1/admin/conversation-limits", of_kit).body, HasSubstr(R"("sitting_minutes":0)"));
    const auto set = limits(R"({"rest_after_minutes":0,"sitting_minutes":20,"under_age":"child_safe"})");
    ASSERT_EQ(set.status, 200) << set.body;
    EXPECT_THAT(set.body, HasSubstr(R"("sitting_minutes":20)"));
    for (int i = 0; i < 2; ++i)
        EXPECT_THAT(says("work was long", std::chrono::minutes{10}).body, Not(HasSubstr("This service has set a limit")));
    ASSERT_EQ(service.post("/api/v1/conversation/new", of_ada, R"({"memory":false})").status, 200);
    const auto over = says("work was very long", std::chrono::minutes{10});
    EXPECT_EQ(over.status, 201) << "it is kept, screened and answered like any other";
    EXPECT_THAT(over.body, HasSubstr("This service has set a limit of 20 minutes"));
    const auto danger = says("I am going to kill myself tonight");
    EXPECT_THAT(danger.body, Not(HasSubstr("pause")));
    EXPECT_THAT(danger.body, HasSubstr("calls"));
    EXPECT_FALSE(service.alert_of(*ada.person()).empty());
}

TEST_F(Sittings, E4_OnlyAnAdministratorSetsLimitsAndTheyMakeSense)
{
    for (const char* body : {R"({"rest_after_minutes":5,"sitting_minutes":0,"under_age":"child_safe"})",
                             R"({"rest_after_minutes":0,"sitting_minutes":3,"under_age":"child_safe"})",
                             R"({"rest_after_minutes":0,"sitting_minutes":0,"under_age":"turn_away"})"})
        EXPECT_EQ(limits(body).status, 422) << body;
    EXPECT_EQ(service.ask(http::Method::Put, "/api/v1/admin/conversation-limits", of_ada,
                          R"({"rest_after_minutes":60,"sitting_minutes":0,"under_age":"child_safe"})")
                  .status,
              403);
}

TEST_F(Sittings, A3_AnAgeThatWasToldHoldsInTheNextConversation)
{
    says("I am 15 and my brother broke my laptop");
    ASSERT_EQ(service.post("/api/v1/conversation/new", of_ada, "{}").status, 200);
    says("he never says sorry");
    std::string replies;
    for (int i = 0; i < 4; ++i)
        replies += says("and mum takes his side", std::chrono::minutes{20}).body;
    EXPECT_THAT(replies, HasSubstr("not a person")) << "after one hour, as to any minor";
}

TEST_F(Sittings, F1_UnderTheServicesLeastAgeAChildIsShownWhoAnswersChildrenAndIsStillScreened)
{
    ASSERT_EQ(limits(R"({"rest_after_minutes":0,"sitting_minutes":0,"under_age":"helpline"})").status, 200);
    EXPECT_THAT(says("I am 11 years old and my homework is hard").body,
                HasSubstr("made for people who are older than you"));
    EXPECT_TRUE(service.alert_of(*ada.person()).empty());
    const auto disclosure = says("my dad is hitting me right now");
    EXPECT_THAT(disclosure.body, Not(HasSubstr("made for people who are older")));
    EXPECT_FALSE(service.alert_of(*ada.person()).empty());
}

// Everything that a page of staff or of a person is given stands in this document: no name in it makes time in the chat, or
// coming back to it, look like success. tests/app/numbers_test.cpp looks at what is measured.
TEST_F(Sittings, E5_NothingThatPagesAreGivenRewardsTimeInTheChat)
{
    const auto document = service.get("/api/openapi.json", {});
    const auto text = document.status == 200 ? document.body : http::openapi(service.router, "a test");
    ASSERT_THAT(text, HasSubstr("conversation-limits"));
    for (const char* name :
         {"engagement", "streak", "minutes_in_chat", "time_in_chat", "time_spent", "session_length", "messages_per_person",
          "daily_active", "weekly_active", "retention_rate", "return_rate", "longest_conversation", "hours_in", "leaning",
          "nights_in", "all_day_share", "most_active"})
        EXPECT_THAT(text, Not(HasSubstr(name)));
}

} // namespace

} // namespace handrail::test
