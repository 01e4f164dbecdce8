// Every reply in tests/support/replies is judged as its author says.

#include <fstream>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "app/commands/guard.h"

namespace handrail::test {
namespace {

namespace json = boost::json;

const std::filesystem::path source(HANDRAIL_SOURCE_DIR);

bool held_back(const json::object& verdict)
{
    const auto& reasons = verdict.at("reasons").as_array();
    return std::any_of(reasons.begin(), reasons.end(),
                       [](const auto& reason) { return reason.as_string() != "C1" && reason.as_string() != "H2"; });
}

TEST(Guard, RepliesAreJudgedAsTheirAuthorsSay)
{
    const auto screener = nlp::Screener::load(source / "content");
    const auto dialogue = support::Dialogue::load(source / "content");
    const auto guard = support::Guard::load(source / "content");
    ASSERT_TRUE(screener.ok() && dialogue.ok() && guard.ok());
    int replies = 0;
    for (const auto& entry : std::filesystem::directory_iterator(source / "tests/support/replies")) {
        if (entry.path().extension() != ".jsonl")
            continue;
        const auto language = entry.path().stem().string();
        std::ifstream file(entry.path());
        std::string line;
        for (std::size_t number = 1; std::getline(file, line); ++number, ++replies) {
            auto reply = json::parse(line).as_object();
            reply["lang"] = language;
            const auto answer = app::guard_line(*guard, *dialogue, *screener, json::serialize(reply), number);
            ASSERT_TRUE(answer.read) << answer.text;
            const bool as_said = held_back(json::parse(answer.text).as_object()) != reply.at("allowed").as_bool();
            const bool missed = reply.contains("missed");
            EXPECT_NE(as_said, missed) << language << ".jsonl:" << number << (missed ? " is right now: take the mark away. " : ": ")
                                       << line << "\n  " << answer.text;
        }
    }
    EXPECT_GT(replies, 2000);
}

} // namespace
} // namespace handrail::test
