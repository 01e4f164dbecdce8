#include "content/next_steps.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "folder_for_test.h"

// What whoever answers an alert does next: read whole, and refused where it could do harm.
namespace handrail::content {

namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::filesystem::path shipped = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";

const NextSteps& steps()
{
    static const NextSteps read = [] {
        auto all = load_next_steps(shipped);
        EXPECT_TRUE(all.ok()) << all.error().told;
        return *std::move(all);
    }();
    return read;
}

/// What is said of the shipped file with one place of it changed.
std::string said_of_steps(const std::string& from, const std::string& to)
{
    const tests::FolderForTest folder;
    std::filesystem::copy(shipped / "sources", folder.path() / "sources");
    std::ifstream in(shipped / "protocols/next_steps.json");
    std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto at = text.find(from);
    if (at == std::string::npos)
        return "the file does not say " + from;
    std::filesystem::create_directories(folder.path() / "protocols");
    std::ofstream(folder.path() / "protocols/next_steps.json") << text.replace(at, from.size(), to);
    const auto read = load_next_steps(folder.path());
    return read.ok() ? std::string{} : read.error().told;
}

} // namespace

TEST(NextSteps, EveryCategoryHasAWayThatBeginsWithThePerson)
{
    for (std::size_t i = 0; i < category_count; ++i) {
        const auto category = static_cast<Category>(i);
        const auto* way = steps().way(category);
        ASSERT_NE(way, nullptr) << name(category);
        EXPECT_EQ(steps().step(way->steps.front())->does, NextSteps::Does::CallPerson) << name(category);
        EXPECT_FALSE(way->questions.empty()) << name(category);
        EXPECT_EQ(way->screener, category == Category::Suicide || category == Category::SelfHarm) << name(category);
    }
}

TEST(NextSteps, NobodyElseIsCalledAboutAbuseAndNoFileCanChangeThat)
{
    for (const auto& id : steps().way(Category::Abuse)->steps)
        EXPECT_NE(steps().step(id)->does, NextSteps::Does::CallContact) << id;
    EXPECT_THAT(said_of_steps("[\"call_safely\", \"ask_alone\"", "[\"call_safely\", \"call_contact\", \"ask_alone\""),
                AllOf(HasSubstr("protocols/next_steps.json"), HasSubstr("/ways/5/steps"), HasSubstr("never the partner")));
    EXPECT_THAT(said_of_steps("[\"call_safely\", \"ask_alone\"", "[\"call_safely\", \"make_plan\", \"ask_alone\""),
                HasSubstr("may be watched"));
    EXPECT_THAT(said_of_steps("\"instead\"", "\"elsewhere\""), AllOf(HasSubstr("/steps/2"), HasSubstr("a partner is never called")));
}

TEST(NextSteps, AFileThatNamesWhatIsNotThereIsRefusedWithThePlace)
{
    EXPECT_EQ(said_of_steps("\"version\": \"1\"", "\"version\": \"2\""), "");
    EXPECT_THAT(said_of_steps("[\"done_already\", \"within_reach\"", "[\"done\", \"within_reach\""),
                AllOf(HasSubstr("/ways/0/questions/0"), HasSubstr("a question that is not there: done")));
    EXPECT_THAT(said_of_steps("\"safety_plan\", \"make_plan\"", "\"plan\", \"make_plan\""), HasSubstr("a step that is not there: plan"));
    EXPECT_THAT(said_of_steps("{\"categories\": [\"psychosis\"]", "{\"categories\": [\"mania\"]"),
                AllOf(HasSubstr("has a way already: mania"), HasSubstr("has none for psychosis")));
    EXPECT_THAT(said_of_steps("{\"id\": \"way_in_mind\"", "{\"id\": \"suicide_now\""), HasSubstr("stands there twice"));
    EXPECT_THAT(said_of_steps("\"way_in_mind\", \"version\": 1", "\"way_in_mind\", \"version\": 0"), HasSubstr("is 1 or more"));
    EXPECT_THAT(said_of_steps("\"does\": \"not_reached\"", "\"does\": \"reached\""), HasSubstr("none of them is not_reached"));
    EXPECT_THAT(said_of_steps("{\"value\": 10", "{\"value\": 61"), HasSubstr("between 1 and 60"));
}

TEST(NextSteps, NoMarkIsBetterThanItsSource)
{
    EXPECT_THAT(said_of_steps("\"easl-2018\", \"mark\": \"second-hand\"", "\"easl-2018\", \"mark\": \"verified\""), HasSubstr("better than that of its source"));
    EXPECT_THAT(said_of_steps("\"nice-cg178\", \"mark\": \"verified\"", "\"nice-cg178\", \"mark\": \"house\""), HasSubstr("a published one"));
    EXPECT_THAT(said_of_steps("\"source\": \"handrail-next-step\", \"mark\": \"house\"", "\"source\": \"handrail-next-step\", \"mark\": \"verified\""),
                HasSubstr("so the mark is house"));
    EXPECT_THAT(said_of_steps("\"source\": \"nice-cg178\"", "\"source\": \"nice-cg1\""), HasSubstr("no such source"));
}

TEST(NextSteps, OnlyWhereWordsAreAllThatShowsWhyAreTheyNeeded)
{
    for (const auto& outcome : steps().outcomes) {
        EXPECT_FALSE(outcome.words) << outcome.id << ": the reason and the colleague are asked for by what it does";
        EXPECT_FALSE(outcome.why.empty()) << outcome.id;
    }
}

} // namespace handrail::content
