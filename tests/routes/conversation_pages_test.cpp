#include <gmock/gmock.h>

#include "routes/service.h"

// A page that asks for older messages reads them, and nothing besides.
namespace handrail::test {

namespace {

using testing::HasSubstr;
using testing::Not;

class ConversationPages : public testing::Test {
protected:
    ConversationPages()
        : service(house, house.organisation), kit(house.staff(Role::Administrator, "kit")), ada(house.person()),
          of_ada(service.token_of(ada))
    {
    }
    std::size_t noted(const std::string& deed)
    {
        trust::AuditBook::Filter filter;
        filter.deed = deed;
        filter.limit = 200;
        return must(house.audit->page(kit, filter)).size();
    }
    std::string before(Instant at) const { return "/api/v1/conversation/messages?before=" + to_rfc3339(at); }

    House house;
    Service service;
    Actor kit, ada;
    std::string of_ada;
};

TEST_F(ConversationPages, OlderMessagesAreReadOnce)
{
    for (const char* words : {"the first thing", "the second thing", "the third thing"}) {
        house.clock.pass(std::chrono::minutes(1));
        ASSERT_EQ(
            service.post("/api/v1/conversation/messages", of_ada, R"({"text":")" + std::string(words) + R"("})").status,
            201);
    }
    const auto reads = noted("read.conversation");
    const auto page = service.get(before(house.clock.now()), of_ada);
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr("the first thing"));
    EXPECT_THAT(page.body, HasSubstr("the second thing"));
    EXPECT_THAT(page.body, Not(HasSubstr("the third thing")));
    EXPECT_EQ(noted("read.conversation"), reads + 1);
}

TEST_F(ConversationPages, WhoHasNoConversationIsGivenNone)
{
    const auto page = service.get(before(house.clock.now()), of_ada);
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, HasSubstr(R"("items":[])"));
    EXPECT_EQ(noted("open.conversation"), 0U);
}

TEST_F(ConversationPages, AskingForAPersonOpensAConversationWhereThereIsNone)
{
    const auto wanted = service.post("/api/v1/conversation/person-wanted", of_ada, {});
    EXPECT_EQ(wanted.status, 200) << wanted.body;
    EXPECT_THAT(wanted.body, HasSubstr(R"("state":"waiting")"));
    EXPECT_EQ(noted("open.conversation"), 1U);
    const auto off = service.ask(http::Method::Delete, "/api/v1/conversation/person-wanted", of_ada);
    EXPECT_THAT(off.body, HasSubstr(R"("state":"ai")"));
}

} // namespace

} // namespace handrail::test
