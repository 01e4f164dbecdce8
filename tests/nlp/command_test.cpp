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

TEST(ScreenCommand, AnyScriptIsAnsweredInOrder)
{
    const std::string texts[] = {"",
                                 "\\u0000\\u0001\\u001f",
                                 "\u0627\u0646\u0627 \u0623\u0631\u064a\u062f \u0623\u0646 \u0623\u0645\u0648\u062a",
                                 "\u202e\u0065\u0069\u0064 \u202c I want \u05dc\u05de\u05d5\u05ea",
                                 "\U0001F469\u200D\U0001F467 \U0001F1E9\U0001F1EA \U0010FFFF",
                                 "\u0e09\u0e31\u0e19\u0e2d\u0e22\u0e32\u0e01\u0e15\u0e32\u0e22",
                                 "a\u0301\u0301\u0301\u0301\u0301 k\u0336i\u0336l\u0336l\u0336 myself",
                                 "https://example.org/?q=%F0%9F%98%AD&x[]=1"};
    std::string input;
    for (std::size_t at = 0; at < std::size(texts); ++at)
        input += "{\"id\":" + std::to_string(at) + ",\"text\":\"" + texts[at] + "\"}\n";
    const auto ran = run(input);
    EXPECT_EQ(ran.code, 0);
    ASSERT_EQ(ran.lines.size(), std::size(texts));
    for (std::size_t at = 0; at < ran.lines.size(); ++at)
        EXPECT_EQ(json::parse(ran.lines[at]).as_object().at("id").as_int64(), static_cast<std::int64_t>(at));
    // Arabic and Thai have no rules here: a human is asked.
    for (const std::size_t foreign : {2U, 5U})
        EXPECT_EQ(json::parse(ran.lines[foreign]).as_object().at("urgency").as_string(), "unknown") << foreign;
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
