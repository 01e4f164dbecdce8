#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "content/instruments.h"
#include "http/routes/condition_json.h"

// What a page is told so that it asks what is to be asked, and sends at once what cannot wait.
namespace handrail::http::routes {
namespace {

const content::Instruments& instruments()
{
    static const auto loaded = content::Instruments::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content");
    return *loaded;
}

/// As show() marks them: the items that some critical flag looks at.
std::set<std::string> critical_items(const char* id)
{
    const auto& instrument = *instruments().find(id);
    std::set<std::string> found;
    for (const auto& rule : instrument.scoring.flags)
        if (rule.level == FlagLevel::Critical)
            for (const auto place : items_in(rule.when))
                found.insert(instrument.items[place].id);
    return found;
}

// Only what stood at the top of a rule was found: the PHQ-9M's items 12 and 13, and all of the screeners', waited for the
// end of the form.
TEST(QuestionnaireCritical, ItemsAreFoundHoweverDeepTheyStand)
{
    using testing::ElementsAre;
    EXPECT_THAT(critical_items("phq-9"), ElementsAre("9"));
    EXPECT_THAT(critical_items("phq-9m"), ElementsAre("12", "13", "9"));
    EXPECT_THAT(critical_items("asq"), ElementsAre("1", "2", "3", "4", "5"));
    EXPECT_THAT(critical_items("c-ssrs-screen"), ElementsAre("1", "2", "3", "4", "5", "6", "6a"));
    EXPECT_THAT(critical_items("gad-7"), ElementsAre());
}

TEST(QuestionnaireSkips, AreSentAsTheFileHasThem)
{
    EXPECT_EQ(JsonObject{}.add("skips", skips_json(*instruments().find("c-ssrs-screen"))).done(),
              R"({"skips":[{"items":["3","4","5"],"when":{"item":"2","op":"==","value":0},"value":0},)"
              R"({"items":["6a"],"when":{"item":"6","op":"==","value":0},"value":0}]})");
    EXPECT_EQ(JsonObject{}.add("skips", skips_json(*instruments().find("audit"))).done(),
              R"({"skips":[{"items":["2","3","4","5","6","7","8"],"when":{"item":"1","op":"==","value":0},"value":0},)"
              R"({"items":["4","5","6","7","8"],"when":{"sum":["2","3"],"op":"==","value":0},"value":0}]})");
    EXPECT_EQ(JsonObject{}.add("skips", skips_json(*instruments().find("gad-7"))).done(), R"({"skips":[]})");
}

TEST(QuestionnaireSkips, AGateLeavesTheRestOut)
{
    EXPECT_EQ(JsonObject{}.add("skips", skips_json(*instruments().find("pc-ptsd-5"))).done(),
              R"({"skips":[{"items":["1","2","3","4","5"],"when":{"item":"0","op":"==","value":0}}]})");
}

} // namespace
} // namespace handrail::http::routes
