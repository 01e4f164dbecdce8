#include "app/commands/converse.h"

#include <set>
#include <sstream>

#include <gmock/gmock.h>

#include "app/commands/guard.h"

namespace handrail::app {
namespace {

using testing::HasSubstr;

const std::filesystem::path content = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";

std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        out.push_back(line);
    return out;
}

TEST(Converse, OneLineOutForOneLineInAndOneReplyForEachTurn)
{
    std::istringstream in(R"({"id":7,"region":"IE","turns":["I want to kill myself","yes"],"more":true})"
                          "\n\n"
                          R"({"id":"b","turns":[]})"
                          "\n");
    std::ostringstream out, err;
    EXPECT_EQ(converse(in, out, err, content), 0) << err.str();
    const auto lines = lines_of(out.str());
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_THAT(lines[0], testing::StartsWith("{\"id\":7,\"replies\":[{\"text\":\"I am an AI"));
    EXPECT_THAT(lines[0], HasSubstr("116 123"));
    EXPECT_THAT(lines[0], HasSubstr("\"urgency\":\"today\""));
    EXPECT_THAT(lines[0], HasSubstr("\"evidence\":[{\"begin\":"));
    EXPECT_EQ(lines[1], "{\"id\":\"b\",\"replies\":[]}");
}

TEST(Converse, ALineThatCannotBeReadGivesAnErrorLineAndTheRunGoesOn)
{
    std::istringstream in("nope\n{\"id\":1,\"turns\":\"hi\"}\n{\"id\":2,\"turns\":[\"\xff\"]}\n"
                          "{\"id\":3,\"age_band\":\"old\",\"turns\":[]}\n{\"id\":4,\"turns\":[\"hello\"]}\n");
    std::ostringstream out, err;
    EXPECT_EQ(converse(in, out, err, content), 1);
    const auto lines = lines_of(out.str());
    ASSERT_EQ(lines.size(), 5U);
    for (int i = 0; i < 4; ++i)
        EXPECT_THAT(lines[static_cast<std::size_t>(i)], HasSubstr("\"error\":")) << i;
    EXPECT_THAT(lines[1], HasSubstr("{\"id\":1,\"line\":2"));
    EXPECT_THAT(lines[4], HasSubstr("\"replies\":[{"));
}

TEST(Converse, TheSameInputGivesTheSameBytes)
{
    std::string before;
    for (int i = 0; i < 2; ++i) {
        std::istringstream in("{\"id\":1,\"turns\":[\"hi\",\"my boss shouted at me\",\"I am so tired\"]}\n");
        std::ostringstream out, err;
        converse(in, out, err, content);
        if (i == 1) {
            EXPECT_EQ(out.str(), before);
        }
        before = out.str();
    }
}

/// The replies of one line, in order.
std::vector<std::string> replies_to(const std::string& line)
{
    std::istringstream in(line + "\n");
    std::ostringstream out, err;
    EXPECT_EQ(converse(in, out, err, content), 0) << out.str().substr(0, 300);
    std::vector<std::string> replies;
    const auto text = out.str();
    for (auto at = text.find("{\"text\":\""); at != std::string::npos; at = text.find("{\"text\":\"", at + 9))
        replies.push_back(text.substr(at + 9, text.find("\",\"urgency\"", at) - at - 9));
    return replies;
}

TEST(Converse, WhatHoldsNoWordsIsAskedAboutAndNothingIsReadIntoIt)
{
    for (const char* language : {"en", "es", "fr", "de", "pt"}) {
        const auto replies = replies_to(R"({"id":1,"lang":")" + std::string(language) +
                                        R"(","turns":["","   ","😀😀😀","\u0001\u0002\u0007"]})");
        ASSERT_EQ(replies.size(), 4U);
        EXPECT_EQ(std::set<std::string>(replies.begin(), replies.end()).size(), 4U) << "in other words each time";
        for (const auto& reply : replies)
            EXPECT_FALSE(reply.empty());
        if (language == std::string("en")) {
            EXPECT_THAT(replies[0], HasSubstr("I did not quite understand that."));
            EXPECT_THAT(replies[2], HasSubstr("I am not sure what you mean by that."));
        }
    }
}

TEST(Converse, AMegabyteHasOneReplyLikeAnythingElse)
{
    std::string words;
    while (words.size() < 1'000'000)
        words += "my work was long today ";
    for (const auto& turn : {words, std::string(1'000'000, 'x')}) {
        const auto replies = replies_to(R"({"id":1,"turns":[")" + turn + R"(","and then I went home"]})");
        ASSERT_EQ(replies.size(), 2U);
        EXPECT_LT(replies[0].size(), 2000U) << "not given back whole";
    }
}

TEST(Converse, ControlCharactersNeverComeBack)
{
    const auto replies = replies_to("{\"id\":1,\"turns\":[\"my b\\u0007oss \\u001b[31mshouted at me\\u0000\",\"\\u202emy work is long\\u2066\"]}");
    ASSERT_EQ(replies.size(), 2U);
    for (const auto& reply : replies)
        for (const char* never : {"\\u00", "\\b", "\u202e", "\u2066"})
            EXPECT_THAT(reply, testing::Not(HasSubstr(never)));
}

TEST(Converse, MissingContentIsWrongUsage)
{
    std::istringstream in;
    std::ostringstream out, err;
    EXPECT_EQ(converse(in, out, err, "/nowhere"), 2);
    EXPECT_FALSE(err.str().empty());
}

TEST(GuardCommand, SaysWhyAndWhatInstead)
{
    std::istringstream in("{\"id\":1,\"text\":\"Take 50 mg of sertraline.\",\"region\":\"IE\"}\n"
                          "{\"id\":2,\"text\":\"That sounds hard.\"}\n{\"id\":3}\n");
    std::ostringstream out, err;
    EXPECT_EQ(guard(in, out, err, content), 1);
    const auto lines = lines_of(out.str());
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_THAT(lines[0], HasSubstr("\"allowed\":false,\"reasons\":[\"D2\"],\"replacement\":\""));
    EXPECT_EQ(lines[1], "{\"id\":2,\"allowed\":true,\"reasons\":[]}");
    EXPECT_THAT(lines[2], HasSubstr("\"error\""));
}

} // namespace
} // namespace handrail::app
