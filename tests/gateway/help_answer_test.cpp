#include "gateway/help_answer.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

namespace handrail::gateway {
namespace {

namespace json = boost::json;

ChatRequest request(const std::string& more)
{
    auto read = read_chat_request(R"({"model":"m","messages":[{"role":"user","content":"a"}])" + more + "}");
    EXPECT_TRUE(read.ok());
    return *read;
}

std::string filled(const char* schema)
{
    return json::serialize(filled_schema(json::parse(schema), "Help"));
}

TEST(HelpAnswer, StandsInTheFirstTextThatMayHoldIt)
{
    EXPECT_EQ(filled(R"({"type":"object","properties":{"mood":{"enum":["up","down"]},"n":{"type":"integer"},"reply":{"type":"string"},"more":{"type":"string"}}})"),
              R"({"mood":"up","n":0,"reply":"Help","more":""})");
    EXPECT_EQ(filled(R"({"type":"object","properties":{"steps":{"type":"array","items":{"$ref":"#/$defs/step"}}},"$defs":{"step":{"type":"object","properties":{"text":{"type":["string","null"]}}}}})"),
              R"({"steps":[{"text":"Help"}]})");
    EXPECT_EQ(filled(R"({"anyOf":[{"type":"object","properties":{"a":{"type":"string","maxLength":2},"b":{"type":"string"}}}]})"),
              R"({"a":"","b":"Help"})");
    // A schema without any room for words, and one that refers to itself for ever.
    EXPECT_EQ(filled(R"({"type":"object","properties":{"ok":{"type":"boolean"}}})"), "null");
    EXPECT_EQ(filled(R"({"$ref":"#"})"), "null");
}

TEST(HelpAnswer, K3_HelpComesInTheShapeThatWasAskedFor)
{
    EXPECT_EQ(shaped(request(""), "Help").content, "Help");
    EXPECT_EQ(shaped(request(R"(,"response_format":{"type":"json_object"})"), "Help").content, R"({"message":"Help"})");
    EXPECT_EQ(shaped(request(R"(,"response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object","properties":{"answer":{"type":"string"}}}}})"), "Help").content,
              R"({"answer":"Help"})");
    const auto called = shaped(request(R"(,"tools":[{"type":"function","function":{"name":"say","parameters":{"type":"object","properties":{"text":{"type":"string"}}}}}],"tool_choice":"required")"), "Help");
    ASSERT_EQ(called.calls.size(), 1u);
    EXPECT_EQ(called.calls[0].name, "say");
    EXPECT_EQ(called.calls[0].arguments, R"({"text":"Help"})");
    EXPECT_FALSE(called.has_content);
    // No room in the tool either: then plain words, which a person can read.
    const auto plain = shaped(request(R"(,"tools":[{"type":"function","function":{"name":"count","parameters":{"type":"object","properties":{"n":{"type":"number"}}}}}],"tool_choice":"required")"), "Help");
    EXPECT_TRUE(plain.calls.empty());
    EXPECT_EQ(plain.content, "Help");
}

TEST(HelpAnswer, K7_CountsItsWordsAndEndsAsAStreamShould)
{
    const auto body = help_body(request(R"(,"stream":true,"stream_options":{"include_usage":true})"), {"chatcmpl-1", 5, "m", {}, true, R"({"urgency":"now"})"}, "Help me");
    std::vector<std::string> events;
    for (std::size_t at = 0; at < body.size();) {
        const auto end = body.find("\n\n", at);
        ASSERT_NE(end, std::string::npos);
        ASSERT_EQ(body.substr(at, 6), "data: ");
        events.push_back(body.substr(at + 6, end - at - 6));
        at = end + 2;
    }
    ASSERT_EQ(events.size(), 5u);
    EXPECT_EQ(events.back(), "[DONE]");
    const auto first = json::parse(events[0]);
    EXPECT_EQ(first.at("handrail").at("urgency").as_string(), "now");
    EXPECT_EQ(first.at("choices").at(0).at("delta").at("role").as_string(), "assistant");
    EXPECT_EQ(json::parse(events[1]).at("choices").at(0).at("delta").at("content").as_string(), "Help me");
    EXPECT_EQ(json::parse(events[2]).at("choices").at(0).at("finish_reason").as_string(), "stop");
    const auto usage = json::parse(events[3]);
    EXPECT_TRUE(usage.at("choices").as_array().empty());
    EXPECT_EQ(usage.at("usage").at("completion_tokens").as_int64(), 2);
    EXPECT_EQ(usage.at("usage").at("total_tokens").as_int64(), 3);
}

} // namespace
} // namespace handrail::gateway
