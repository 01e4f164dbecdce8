// The rule that says which lines are shown (content/crisis_lines.json, safety.md H1-H5).
#include "content/crisis_lines.h"

#include <algorithm>

#include <gmock/gmock.h>

namespace handrail::content {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

const CrisisLines& lines()
{
    static const auto loaded = CrisisLines::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content");
    if (!loaded)
        throw std::runtime_error(loaded.error().told);
    return *loaded;
}

std::vector<std::string> numbers(std::string_view iso, Category category)
{
    std::vector<std::string> out;
    for (const auto& number : emergency_for(*lines().country(iso), category))
        out.push_back(number.number);
    return out;
}

TEST(CrisisLines, ConflictSingleSourceAndUnverifiedAreNeverShownByThemselves)
{
    int shown = 0;
    for (const auto& [iso, country] : lines().countries())
        for (const auto& line : lines().accepted_for_demo(iso)) {
            EXPECT_THAT(line.status, testing::AnyOf(LineStatus::Agreed, LineStatus::AgreedFlagged, LineStatus::AgreedUndated));
            EXPECT_EQ(line.confirmed, line.status == LineStatus::Agreed) << line.id;
            ++shown;
        }
    EXPECT_GT(shown, 150);
}

TEST(CrisisLines, TheSecondBestStandsInOnlyWhereAnAudienceHasNoAgreedLine)
{
    for (const auto& [iso, country] : lines().countries()) {
        const auto accepted = lines().accepted_for_demo(iso);
        for (const auto& line : accepted) {
            if (line.confirmed)
                continue;
            for (const auto& other : accepted)
                EXPECT_FALSE(other.confirmed && other.audience == line.audience) << line.id << " beside " << other.id;
        }
    }
}

TEST(CrisisLines, AnInstallationShowsOnlyWhatItsAdministratorAccepted)
{
    EXPECT_TRUE(lines().accepted("IE", {}).empty());
    const auto one = lines().accepted("IE", {"ie-1"});
    ASSERT_EQ(one.size(), 1U);
    EXPECT_EQ(one.front().name, "Samaritans Ireland");
}

TEST(CrisisLines, TheAudienceOfTheCategoryComesFirst)
{
    const auto gb = lines().accepted_for_demo("GB");
    EXPECT_EQ(fitting(gb, Category::Abuse, false).front().id, "gb-6");
    EXPECT_EQ(fitting(gb, Category::Suicide, false).front().id, "gb-1");
    EXPECT_EQ(fitting(gb, Category::EatingDisorder, false).front().id, "gb-7");
    EXPECT_EQ(fitting(gb, Category::Substance, false).front().id, "gb-14");
    EXPECT_EQ(fitting(gb, Category::Suicide, true).front().id, "gb-3");
    EXPECT_EQ(fitting(lines().accepted_for_demo("US"), Category::Suicide, false, {"veterans"}).front().id, "us-3");
}

TEST(CrisisLines, PoisonAdviceAndTextToEmergencyNeverStandInForACrisisLine)
{
    for (const auto& [iso, country] : lines().countries())
        for (const auto category : {Category::Suicide, Category::Substance, Category::Abuse})
            for (const auto& line : fitting(lines().accepted_for_demo(iso), category, false))
                EXPECT_THAT(line.audience, testing::AllOf(Not("poison"), Not("emergency_text"))) << line.id;
}

// Both sides of a country that has one number for the police and one for the ambulance.
TEST(CrisisLines, TheEmergencyNumberReachesWhatTheCategoryNeeds)
{
    EXPECT_THAT(numbers("BR", Category::Suicide), ElementsAre("192"));
    EXPECT_THAT(numbers("BR", Category::Abuse), ElementsAre("190"));
    EXPECT_THAT(numbers("IE", Category::Suicide), ElementsAre("112", "999"));
    EXPECT_THAT(numbers("DE", Category::HarmToOthers), ElementsAre("112", "110"));
    EXPECT_THAT(numbers("DE", Category::MedicalEmergency), ElementsAre("112"));
    EXPECT_THAT(numbers("US", Category::Suicide), ElementsAre("911"));
}

TEST(CrisisLines, AnUnverifiedEmergencyNumberSaysCheckLocally)
{
    for (const auto& number : lines().country("XK")->emergency)
        EXPECT_TRUE(number.check_locally);
    for (const auto& number : lines().country("IE")->emergency)
        EXPECT_FALSE(number.check_locally);
}

TEST(CrisisLines, EveryCountryHasAnEmergencyNumberForEveryCategory)
{
    for (const auto& [iso, country] : lines().countries())
        for (const auto category : {Category::None, Category::Suicide, Category::Abuse, Category::MedicalEmergency})
            EXPECT_FALSE(emergency_for(country, category).empty()) << iso;
    EXPECT_EQ(lines().countries().size(), 117U);
    EXPECT_EQ(lines().country("ie"), lines().country("IE"));
    EXPECT_EQ(lines().country(""), nullptr);
}

} // namespace
} // namespace handrail::content
