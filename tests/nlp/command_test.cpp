#include <sstream>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "app/commands/screen.h"
#include "content_for_test.h"

namespace handrail::app {
namespace {

namespace json = boost::json;

struct Ran {
    int code = 0;
    std::vector<std::string> lines;
    std::string err;
};

Ran run(const std::string& input)
{
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    Ran ran;
    ran.code = screen(in, out, err, nlp::content_folder());
    ran.err = err.str();
    std::istringstream written(out.str());
    for (std::string line; std::getline(written, line);)
        ran.lines.push_back(line);
    return ran;
}

TEST(ScreenCommand, AnswersEveryLineInOrderAndExitsZero)
{
    const auto ran = run("{\"id\":1,\"text\":\"I want to die\"}\n\n{\"id\":\"b\",\"text\":\"hello there\"}\n");
    EXPECT_EQ(ran.code, 0);
    ASSERT_EQ(ran.lines.size(), 2U);
    const auto first = json::parse(ran.lines[0]).as_object();
    EXPECT_EQ(first.at("id").as_int64(), 1);
    EXPECT_EQ(first.at("urgency").as_string(), "today");
    EXPECT_EQ(first.at("category").as_string(), "suicide");
    EXPECT_EQ(first.at("subject").as_string(), "self");
    EXPECT_EQ(first.at("lang").as_string(), "en");
    const auto& evidence = first.at("evidence").as_array().at(0).as_object();
    EXPECT_EQ(evidence.at("begin").as_int64(), 2);
    EXPECT_EQ(evidence.at("end").as_int64(), 13);
    EXPECT_EQ(evidence.at("text").as_string(), "want to die");
    for (const char* field : {"time", "categories", "probability", "versions"})
        EXPECT_TRUE(first.contains(field)) << field;
    EXPECT_EQ(json::parse(ran.lines[1]).as_object().at("urgency").as_string(), "usual");
}

TEST(ScreenCommand, EchoesTheIdAsItWasGiven)
{
    for (const std::string id :
         {"1.0", "1e3", "\"a\\u0041\"", "null", "true", "[1, 2]", "{\"a\": \"}\"}", "-0", "12345678901234567890123"}) {
        const auto ran = run("{\"x\":{\"id\":9},\"id\":" + id + ",\"text\":\"hi\"}\n");
        ASSERT_EQ(ran.lines.size(), 1U);
        EXPECT_TRUE(ran.lines[0].starts_with("{\"id\":" + id + ",\"urgency\"")) << ran.lines[0];
    }
    EXPECT_TRUE(run("{\"text\":\"hi\"}\n").lines.at(0).starts_with("{\"id\":null,"));
}

TEST(ScreenCommand, NamesEveryBadLineAndGoesOn)
{
    const std::string bad[] = {"not json",
                               "[]",
                               "{\"id\":2}",
                               "{\"id\":2,\"text\":5}",
                               "{\"id\":2,\"text\":\"a\\ud800b\"}",
                               "{\"id\":2,\"text\":\"\xff\xfe\"}",
                               "{\"id\":2,\"text\":\"a\",\"context\":\"b\"}",
                               "{\"id\":2,\"text\":\"a\",\"context\":[1]}",
                               "{\"id\":2,\"text\":\"a\",\"lang\":1}"};
    for (const auto& line : bad) {
        const auto ran = run("\n" + line + "\n{\"id\":3,\"text\":\"hi\"}\n");
        EXPECT_EQ(ran.code, 1) << line;
        ASSERT_EQ(ran.lines.size(), 2U) << line;
        const auto answer = json::parse(ran.lines[0]).as_object();
        EXPECT_EQ(answer.at("line").as_int64(), 2) << line;
        EXPECT_FALSE(answer.at("error").as_string().empty());
        EXPECT_EQ(json::parse(ran.lines[1]).as_object().at("id").as_int64(), 3);
    }
}

TEST(ScreenCommand, ContextCountsAndItsEvidenceCarriesItsIndex)
{
    const auto ran = run("{\"id\":1,\"text\":\"jk\",\"context\":[\"hello\",\"I want to die\"],\"extra\":[{}]}\n");
    const auto answer = json::parse(ran.lines.at(0)).as_object();
    EXPECT_EQ(answer.at("urgency").as_string(), "today");
    EXPECT_EQ(answer.at("evidence").as_array().at(0).as_object().at("context").as_int64(), 1);
}

TEST(ScreenCommand, TheSameInputGivesTheSameBytes)
{
    const std::string input =
        "{\"id\":1,\"text\":\"I took all my pills and I hear voices\"}\r\n{\"id\":2,\"text\":\"\"}\n";
    EXPECT_EQ(run(input).lines, run(input).lines);
    EXPECT_EQ(run(input).code, 0);
}

TEST(ScreenCommand, LongTextsAreAnswered)
{
    const auto ran = run("{\"id\":1,\"text\":\"" + std::string(1'000'000, 'a') + "\"}\n{\"id\":2,\"text\":\"" + [] {
        std::string words;
        for (int i = 0; i < 200'000; ++i)
            words += "kill ";
        return words;
    }() + "\"}\n");
    EXPECT_EQ(ran.code, 0);
    EXPECT_EQ(ran.lines.size(), 2U);
}

TEST(ScreenCommand, MissingRulesAreSaid)
{
    std::istringstream in("{\"id\":1,\"text\":\"a\"}\n");
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(screen(in, out, err, "/nowhere"), 2);
    EXPECT_NE(err.str().find("/nowhere"), std::string::npos);
}

} // namespace
} // namespace handrail::app
