#include "gateway/chat_request.h"

#include <gmock/gmock.h>

namespace handrail::gateway {
namespace {

using testing::HasSubstr;

/// "person:words" for everything that has to be screened, in order.
std::vector<std::string> said(std::string_view body)
{
    const auto request = read_chat_request(body);
    if (!request)
        return {"refused: " + request.error().told};
    std::vector<std::string> out;
    for (const auto& each : request->said)
        out.push_back((each.by == Said::By::Person      ? "person:"
                       : each.by == Said::By::Assistant ? "assistant:"
                                                        : "tool:") +
                      each.text);
    return out;
}

TEST(ChatRequest, FindsEveryTextButTheAppsOwn)
{
    EXPECT_EQ(said(R"({"model":"m","messages":[
        {"role":"system","content":"Be kind"},
        {"role":"developer","content":[{"type":"text","text":"in short"}]},
        {"role":"user","content":[{"type":"text","text":"I want"},{"type":"text","text":"to sleep"}],"name":"ada"},
        {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{\"q\":\"rain\"}"}}]},
        {"role":"tool","tool_call_id":"c1","content":"It rains"},
        {"role":"function","name":"old","content":"result"},
        {"role":"assistant","content":"Take care","refusal":"I cannot"},
        {"role":"user","content":"thanks"}]})"),
              (std::vector<std::string>{"person:I want to sleep", "tool:I wantto sleep", "tool:ada", "assistant:c1\nfunction\nlook\n{\"q\":\"rain\"}",
                                        "tool:It rains", "tool:result", "tool:old", "assistant:Take care", "assistant:I cannot",
                                        "person:thanks"}));
}

TEST(ChatRequest, WordsUnderANameItDoesNotKnowAreScreenedToo)
{
    EXPECT_EQ(said(R"({"model":"m","documents":[{"body":"hidden words"}],"messages":[{"role":"user","content":"hi","thought":"more"}]})"),
              (std::vector<std::string>{"tool:hidden words", "person:hi", "tool:more"}));
}

TEST(ChatRequest, WhatTwoReadersCouldUnderstandDifferentlyIsRefused)
{
    EXPECT_THAT(said(R"({"model":"m","messages":[{"role":"user","content":"a"}],"messages":[]})").front(), HasSubstr("twice"));
    EXPECT_THAT(said(R"({"model":"m","messages":[{"role":"user","content":"a","content":"b"}]})").front(), HasSubstr("twice"));
    EXPECT_THAT(said("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"\xff\"}]}").front(), HasSubstr("UTF-8"));
    EXPECT_THAT(said("{\"model\":").front(), HasSubstr("not JSON"));
    EXPECT_THAT(said(R"({"model":"m","messages":[{"role":"oracle","content":"a"}]})").front(), HasSubstr("role"));
    EXPECT_THAT(said(R"({"messages":[{"role":"user","content":"a"}]})").front(), HasSubstr("model"));
    EXPECT_THAT(said(R"({"model":"m","messages":[]})").front(), HasSubstr("messages"));
    EXPECT_THAT(said(R"({"model":"m","n":99,"messages":[{"role":"user","content":"a"}]})").front(), HasSubstr("\"n\""));
}

TEST(ChatRequest, KnowsWhatCannotBeScreenedAndWhatShapeIsAsked)
{
    const auto pictured = read_chat_request(
        R"({"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"see"},{"type":"image_url","image_url":{"url":"https://x"}}]}]})");
    ASSERT_TRUE(pictured.ok());
    EXPECT_EQ(pictured->unreadable, "image_url");
    const auto spoken = read_chat_request(R"({"model":"m","modalities":["text","audio"],"messages":[{"role":"user","content":"a"}]})");
    ASSERT_TRUE(spoken.ok());
    EXPECT_EQ(spoken->unreadable, "audio");

    const auto forced = read_chat_request(
        R"({"model":"m","stream":true,"stream_options":{"include_usage":true},"n":2,"user":"u1","safety_identifier":"s1",
            "tools":[{"type":"function","function":{"name":"a","parameters":{}}},{"type":"function","function":{"name":"b","parameters":{"type":"object"}}}],
            "tool_choice":{"type":"function","function":{"name":"b"}},"messages":[{"role":"user","content":"a"}]})");
    ASSERT_TRUE(forced.ok());
    EXPECT_EQ(forced->forced_tool, "b");
    EXPECT_EQ(forced->user, "s1");
    EXPECT_EQ(forced->choices, 2);
    EXPECT_TRUE(forced->stream && forced->include_usage);
    EXPECT_EQ(forced->unreadable, "");
}

} // namespace
} // namespace handrail::gateway
