#include <set>
#include <thread>

#include <gmock/gmock.h>

#include "routes/service.h"
#include "trust/erasure_desk.h"

// What people, their phones and their networks really send: each is answered sensibly, nothing is lost, nothing doubled.
namespace handrail::test {

namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* messages = "/api/v1/conversation/messages";

std::size_t times(const std::string& text, const std::string& part)
{
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++count;
    return count;
}

std::string body_of(const std::string& text, const std::string& client_id = {})
{
    return R"({"text":")" + text + (client_id.empty() ? R"("})" : R"(","client_id":")" + client_id + R"("})");
}

class BadInput : public testing::TestWithParam<StoreKind> {
protected:
    void SetUp() override
    {
        house = GetParam().open();
        if (house == nullptr)
            GTEST_SKIP() << "no PostgreSQL server on this machine";
        node = std::make_unique<Service>(*house, house->organisation);
        ada = house->person();
        of_ada = node->token_of(*ada);
        conversation(); // opened, with the notice
        house->clock.pass(std::chrono::seconds(1));
    }
    std::string conversation() { return node->get("/api/v1/conversation", of_ada).body; }

    std::unique_ptr<House> house;
    std::unique_ptr<Service> node;
    std::optional<Actor> ada;
    std::string of_ada;
};

TEST_P(BadInput, NothingToReadIsSaidAndNotKept)
{
    for (const char* text : {"", "   ", "\\n\\t", "\\u0001\\u0007", "\\u0000", "\\u200b\\u200d\\ufeff", "\\u00ad\\u2060"}) {
        const auto answer = node->post(messages, of_ada, body_of(text));
        EXPECT_EQ(answer.status, 422) << text << answer.body;
        EXPECT_THAT(answer.body, HasSubstr("/text")) << text;
    }
    EXPECT_EQ(times(conversation(), R"("author":"person")"), 0U);
}

TEST_P(BadInput, NoTextOrBrokenJsonIsAProblemDocument)
{
    for (const char* body : {"", "{", "[]", "{}", R"({"text":7})", R"({"text":null})", R"({"text":["a"]})"}) {
        const auto answer = node->post(messages, of_ada, body);
        EXPECT_GE(answer.status, 400) << body;
        EXPECT_LT(answer.status, 500) << body;
        EXPECT_THAT(answer.body, HasSubstr("\"title\"")) << body;
    }
}

TEST_P(BadInput, TwentyThousandCharactersAreReadAndNotOneMore)
{
    std::string at_most;
    for (int i = 0; i < 4000; ++i)
        at_most += "été, "; // 5 characters, 7 bytes
    const auto kept = node->post(messages, of_ada, body_of(at_most));
    EXPECT_EQ(kept.status, 201) << kept.body.substr(0, 400);
    for (const auto& text : {at_most + "s", std::string(1'000'000, 'x')}) {
        const auto answer = node->post(messages, of_ada, body_of(text));
        EXPECT_EQ(answer.status, 413) << answer.body.substr(0, 400);
        EXPECT_THAT(answer.body, HasSubstr("20,000 characters"));
        EXPECT_THAT(answer.body, HasSubstr("in parts"));
        EXPECT_LT(answer.body.size(), 1000U) << "the words are not sent back";
    }
    EXPECT_EQ(times(conversation(), R"("author":"person")"), 1U);
}

TEST_P(BadInput, OnlyEmojiAndControlCharactersBetweenWordsAreAnswered)
{
    for (const char* text : {"😀😀😀", "💔", "?!?!", "....", "ab cd\\u0007 \\u001b[31m my work\\u0008", "\\u202emy work is long"}) {
        const auto answer = node->post(messages, of_ada, body_of(text));
        ASSERT_EQ(answer.status, 201) << text << answer.body;
        EXPECT_EQ(times(answer.body, R"("author":"ai")"), 1U) << answer.body;
        const auto replies = answer.body.substr(answer.body.find("\"replies\""));
        for (const char* never : {"\\u0000", "\\u0007", "\\u001b", "\\b", "\u202e"})
            EXPECT_THAT(replies, Not(HasSubstr(never))) << text;
    }
}

TEST_P(BadInput, FiveMessagesInOneSecondEachHaveOneReplyInOrder)
{
    for (int i = 0; i < 5; ++i) {
        house->clock.pass(std::chrono::milliseconds(150));
        const auto answer = node->post(messages, of_ada, body_of("thing number " + std::to_string(i), "c" + std::to_string(i)));
        ASSERT_EQ(answer.status, 201) << answer.body;
        EXPECT_EQ(times(answer.body, R"("author":"ai")"), 1U);
    }
    const auto all = conversation();
    std::size_t at = 0;
    for (int i = 0; i < 5; ++i) {
        const auto here = all.find("thing number " + std::to_string(i));
        ASSERT_NE(here, std::string::npos) << i;
        EXPECT_GT(here, at);
        at = here;
    }
    EXPECT_EQ(times(all, R"("author":"person")"), 5U);
    EXPECT_EQ(times(all, R"("author":"ai")"), 6U) << "and the notice at the beginning";
}

TEST_P(BadInput, TwoDevicesAtOnceLoseNothingAndDoubleNothing)
{
    Service other(*house, house->organisation);
    std::atomic<int> kept = 0;
    std::vector<std::thread> devices;
    int device = 0;
    for (auto* each : {node.get(), &other})
        devices.emplace_back([&, each, device = device++] {
            for (int i = 0; i < 4; ++i) {
                const auto name = "device " + std::to_string(device) + " line " + std::to_string(i);
                // Told to send it again, a phone does.
                for (int tries = 0; tries < 5; ++tries) {
                    const auto status = each->post(messages, of_ada, body_of(name, "id of " + std::to_string(device) + std::to_string(i))).status;
                    EXPECT_THAT(status, testing::AnyOf(201, 409));
                    if (status == 201) {
                        ++kept;
                        break;
                    }
                }
            }
        });
    for (auto& each : devices)
        each.join();
    EXPECT_EQ(kept, 8);
    const auto all = conversation();
    for (int from = 0; from < 2; ++from)
        for (int i = 0; i < 4; ++i)
            EXPECT_EQ(times(all, "\"device " + std::to_string(from) + " line " + std::to_string(i) + "\""), 1U);
    EXPECT_EQ(times(all, R"("author":"person")"), 8U);
    EXPECT_EQ(times(all, R"("author":"ai")"), 9U);
}

TEST_P(BadInput, TheSameMessageFromTwoDevicesIsOne)
{
    Service other(*house, house->organisation);
    std::vector<std::thread> devices;
    for (auto* each : {node.get(), &other})
        devices.emplace_back([&, each] {
            EXPECT_EQ(each->post(messages, of_ada, body_of("sent by two connections", "one-id")).status, 201);
        });
    for (auto& each : devices)
        each.join();
    EXPECT_EQ(times(conversation(), "sent by two connections"), 1U);
    EXPECT_EQ(times(conversation(), R"("author":"person")"), 1U);
}

TEST_P(BadInput, AnAnswerToAQuestionOfAClosedConversationIsToldSo)
{
    const auto first = node->post(messages, of_ada, body_of("I want to kill myself")).body;
    const auto replies = first.substr(first.find("\"replies\""));
    const auto id = replies.substr(replies.find("\"id\":\"") + 6, 26);
    ASSERT_EQ(node->post("/api/v1/conversation/new", of_ada, "{}").status, 200);
    const auto late = node->post("/api/v1/conversation/choices", of_ada, R"({"message":")" + id + R"(","choice":"yes"})");
    EXPECT_THAT(late.status, testing::AnyOf(404, 409)) << late.body;
    EXPECT_THAT(late.body, HasSubstr("\"title\""));
    EXPECT_EQ(times(conversation(), R"("author":"person")"), 0U);
}

TEST_P(BadInput, AWordAfterErasureIsRefusedAndKeptNowhere)
{
    ASSERT_EQ(node->post(messages, of_ada, body_of("my work is long")).status, 201);
    ASSERT_TRUE(house->erasure->erase(house->system(house->organisation), *ada->person()).ok());
    for (const auto& answer : {node->post(messages, of_ada, body_of("am I still here")), node->get("/api/v1/conversation", of_ada)}) {
        EXPECT_THAT(answer.status, testing::AnyOf(401, 403, 404)) << answer.body;
        EXPECT_THAT(answer.body, HasSubstr("\"title\""));
    }
}

INSTANTIATE_TEST_SUITE_P(Stores, BadInput, testing::ValuesIn(both_stores()),
                         [](const auto& each) { return std::string(each.param.name); });

} // namespace

} // namespace handrail::test
