#include "language/chat.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "base/text.h"

namespace handrail::language {
namespace {

using End = ChatAnswer::End;

struct Read {
    std::string text;
    End end;
};

/// Fed in pieces of a size, so that every cut is tried.
Read read(const std::string& bytes, std::size_t piece)
{
    ChatAnswer answer;
    Read out;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        const bool more = answer.take(std::string_view(bytes).substr(at, piece));
        const auto fresh = answer.fresh();
        EXPECT_TRUE(valid_utf8(fresh));
        out.text += fresh;
        if (!more)
            break;
    }
    answer.close();
    out.text += answer.fresh();
    out.end = answer.end();
    return out;
}

struct Case {
    const char* what;
    std::string bytes;
    std::string text;
    End end;
};

const std::string stop = R"(data: {"choices":[{"delta":{},"finish_reason":"stop"}]})";

class Answers : public testing::TestWithParam<Case> {};

TEST_P(Answers, AreReadHoweverTheyAreCut)
{
    for (std::size_t piece = 1; piece <= 9; ++piece) {
        const auto got = read(GetParam().bytes, piece);
        EXPECT_EQ(got.end, GetParam().end) << GetParam().what << " in pieces of " << piece;
        if (GetParam().end != End::Broken) {
            EXPECT_EQ(got.text, GetParam().text) << GetParam().what << " in pieces of " << piece;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Chat, Answers,
    testing::Values(
        Case{"a stream", "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"Gr\\u00fc\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"\xC3\x9F dich\"}}]}\n\n" + stop + "\n\ndata: [DONE]\n\n", "Gr\u00fc\u00df dich", End::Stop},
        Case{"lines of the other kind, a comment, no space", ": hello\r\ndata:{\"choices\":[{\"delta\":{\"content\":\"Yes\"}}]}\r\n\r\n" + stop + "\r\n\r\ndata: [DONE]\r\n\r\n", "Yes", End::Stop},
        Case{"a letter cut between two events", "data: {\"choices\":[{\"delta\":{\"content\":\"caf\xC3\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"\xA9.\"}}]}\n\n" + stop + "\n\n", "caf\u00e9.", End::Stop},
        Case{"no reason given", "data: {\"choices\":[{\"delta\":{\"content\":\"Yes\"}}]}\n\ndata: [DONE]\n\n", "Yes", End::Stop},
        Case{"a count of tokens", "data: {\"choices\":[{\"delta\":{\"content\":\"Yes\"}}]}\n\n" + stop + "\n\ndata: {\"choices\":[],\"usage\":{}}\n\ndata: [DONE]\n\n", "Yes", End::Stop},
        Case{"the limit", "data: {\"choices\":[{\"delta\":{\"content\":\"I hear\"},\"finish_reason\":\"length\"}]}\n\n", "I hear", End::Length},
        Case{"a filter", "data: {\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"content_filter\"}]}\n\n", "", End::Refused},
        Case{"no stream", "{\"choices\":[{\"message\":{\"content\":\"Yes\"},\n\"finish_reason\":\"stop\"}]}", "Yes", End::Stop},
        Case{"broken off", "data: {\"choices\":[{\"delta\":{\"content\":\"I hear\"}}]}\n\n", "I hear", End::None},
        Case{"nothing", "", "", End::None},
        Case{"an error in the stream", "data: {\"choices\":[{\"delta\":{\"content\":\"I\"}}]}\n\ndata: {\"error\":{\"message\":\"overloaded\"}}\n\n", "", End::Broken},
        Case{"no JSON", "data: {\"choices\":[{\n\n", "", End::Broken},
        Case{"a page", "<html><body>502</body></html>", "", End::Broken},
        Case{"no UTF-8", "data: {\"choices\":[{\"delta\":{\"content\":\"\xFF\xFE\"}}]}\n\n" + stop + "\n\n", "", End::Broken},
        Case{"half a letter at the end", "data: {\"choices\":[{\"delta\":{\"content\":\"caf\xC3\"}}]}\n\n" + stop + "\n\ndata: [DONE]\n\n", "", End::Broken}));

TEST(ChatRequest, IsWhatAnEndpointTakes)
{
    const auto body = boost::json::parse(chat_json({{{ChatLine::Role::System, "Be brief."}, {ChatLine::Role::User, "a \"b\"\n"}}, 90, 0.2}, "small-1")).as_object();
    EXPECT_EQ(body.at("model").as_string(), "small-1");
    EXPECT_EQ(body.at("max_tokens").as_int64(), 90);
    EXPECT_TRUE(body.at("stream").as_bool());
    EXPECT_FALSE(body.contains("tools"));
    EXPECT_EQ(body.at("messages").as_array().at(0).at("role").as_string(), "system");
    EXPECT_EQ(body.at("messages").as_array().at(1).at("content").as_string(), "a \"b\"\n");
}

} // namespace
} // namespace handrail::language
