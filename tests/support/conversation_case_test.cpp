#include "conversation_case.h"

#include <gmock/gmock.h>

#include "shipped_words.h"
#include "support/guard.h"

namespace handrail::test {
namespace {

const support::Dialogue& dialogue()
{
    static const auto loaded = support::Dialogue::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content");
    if (!loaded)
        throw std::runtime_error(loaded.error().told + loaded.error().noted);
    return *loaded;
}

const support::Guard& guard()
{
    static const auto loaded = support::Guard::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content");
    if (!loaded)
        throw std::runtime_error(loaded.error().told);
    return *loaded;
}

TEST(Conversation, EveryScriptedCaseHolds)
{
    int cases = 0;
    std::vector<std::filesystem::path> files;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "tests/scenarios/converse"))
        if (entry.path().extension() == ".case")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        const auto script = read_case(file);
        ASSERT_EQ(script.problem, "");
        for (const auto& each : misread(shipped_screener_with_model(), script))
            ADD_FAILURE() << each;
        const auto talked = talk(dialogue(), script);
        for (const auto& fault : faults(script, talked.replies))
            ADD_FAILURE() << fault;
        auto region = script.situation.region;
        for (std::size_t i = 0; i < talked.replies.size(); ++i) {
            support::GuardContext context;
            context.region = region.empty() ? talked.state.region : region;
            const auto verdict = guard().check(talked.replies[i].text, context, dialogue());
            EXPECT_TRUE(verdict.allowed) << file.filename() << ": " << talked.replies[i].text << "\n  "
                                         << (verdict.allowed ? "" : verdict.reasons[0].rule + " " + verdict.reasons[0].found);
        }
        if (std::getenv("HANDRAIL_SHOW_CASES") != nullptr)
            for (std::size_t i = 0; i < talked.replies.size(); ++i) {
                std::cout << "\n> " << script.turns[i].words << "\n" << talked.replies[i].text << "\n  [";
                for (const auto& move : talked.replies[i].moves)
                    std::cout << move << " ";
                std::cout << name(talked.replies[i].urgency) << "]\n";
            }
        ++cases;
    }
    EXPECT_GE(cases, 250);
}

} // namespace
} // namespace handrail::test
