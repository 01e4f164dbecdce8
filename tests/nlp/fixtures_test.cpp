// The authored messages of tests/nlp/fixtures against the shipped rules. They are authored, not clinical: they show
// that the rules do what they say, not how often real messages are caught.
#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "content_for_test.h"
#include "nlp/table.h"

namespace handrail::nlp {
namespace {

struct Count {
    int now = 0, now_missed = 0, grave = 0, grave_missed = 0, calm = 0, calm_raised = 0, calm_soon = 0, other = 0,
        other_wrong = 0;
};

class FixtureFiles : public testing::TestWithParam<const char*> {};

/// B2: each of the nine kinds of danger has messages of its own, and most of the grave ones are named as what they are.
TEST(Fixtures, B2_EachOfNineKindsOfDangerIsHeardAndNamed)
{
    int kinds = 0;
    for (const auto category : {Category::Suicide, Category::SelfHarm, Category::HarmToOthers, Category::Abuse, Category::Psychosis,
                                Category::Mania, Category::EatingDisorder, Category::Substance, Category::MedicalEmergency}) {
        Complaints complaints;
        const auto file = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "tests/nlp/fixtures" / (std::string(name(category)) + ".tsv");
        int grave = 0;
        int named = 0;
        for (const auto& row : read_table(file, {"text", "least", "most", "subject"}, complaints)) {
            const auto least = urgency_from(row.cells[1]);
            if (least != Urgency::Now && least != Urgency::Today)
                continue;
            ++grave;
            const auto found = shipped().screen(row.cells[0]);
            named += std::find(found.categories.begin(), found.categories.end(), category) != found.categories.end() ? 1 : 0;
        }
        EXPECT_GE(grave, 10) << name(category);
        EXPECT_GT(named * 2, grave) << name(category) << ": " << named << " of " << grave;
        std::cout << name(category) << ": named in " << named << " of " << grave << "\n";
        ++kinds;
    }
    EXPECT_EQ(kinds, 9);
}

TEST_P(FixtureFiles, B12_AreJudgedWithinTheirRange)
{
    Complaints complaints;
    const auto file =
        std::filesystem::path(HANDRAIL_SOURCE_DIR) / "tests/nlp/fixtures" / (std::string(GetParam()) + ".tsv");
    const auto rows = read_table(file, {"text", "least", "most", "subject"}, complaints);
    ASSERT_TRUE(complaints.empty()) << complaints.error().told;
    ASSERT_GE(rows.size(), 20U);
    Count count;
    for (const auto& row : rows) {
        const auto least = urgency_from(row.cells[1]);
        const auto most = urgency_from(row.cells[2]);
        ASSERT_TRUE(least && most) << row.where;
        const auto found = shipped().screen(row.cells[0]);
        const bool caught = need(found.urgency) >= need(*least) && found.urgency != Urgency::Unknown;
        const bool raised = need(found.urgency) > need(*most);
        const std::string told = row.where + ": " + std::string(name(found.urgency)) + " by " +
                                 (found.evidence.empty() ? "nothing" : found.evidence.front().rule) + " | " +
                                 row.cells[0];
        if (*least == Urgency::Now) {
            ++count.now;
            count.now_missed += caught ? 0 : 1;
            if (!caught)
                ADD_FAILURE() << "now missed: " << told;
        }
        if (*least == Urgency::Now || *least == Urgency::Today) {
            ++count.grave;
            if (!raises_alert(found.urgency)) {
                ++count.grave_missed;
                std::cout << "missed: " << told << "\n";
            }
        } else if (*least == Urgency::Usual) {
            ++count.calm;
            if (raised && raises_alert(found.urgency)) {
                ++count.calm_raised;
                std::cout << "raised: " << told << "\n";
            }
            count.calm_soon += found.urgency == Urgency::Usual ? 0 : 1;
        } else {
            ++count.other;
            if (!caught || raised) {
                ++count.other_wrong;
                std::cout << "soon missed: " << told << "\n";
            }
        }
    }
    std::cout << GetParam() << ": now " << count.now - count.now_missed << "/" << count.now << ", today and now "
              << count.grave - count.grave_missed << "/" << count.grave << ", soon " << count.other - count.other_wrong
              << "/" << count.other << ", look-alikes raised to today or now " << count.calm_raised << "/" << count.calm
              << ", raised at all " << count.calm_soon << "\n";
    EXPECT_LE(count.grave_missed * 50, count.grave) << "recall of today and now under 98 %";
    EXPECT_EQ(count.calm_raised, 0) << "a look-alike was raised to today or now";
    EXPECT_LE(count.calm_soon * 20, count.calm) << "more than 5 % of the look-alikes were raised at all";
    EXPECT_LE(count.other_wrong * 10, count.other) << "more than 10 % of the soon messages were missed";
}

INSTANTIATE_TEST_SUITE_P(English, FixtureFiles,
                         testing::Values("suicide", "self_harm", "harm_to_others", "abuse", "psychosis", "mania",
                                         "eating_disorder", "substance", "medical_emergency"),
                         [](const auto& each) { return std::string(each.param); });
INSTANTIATE_TEST_SUITE_P(Other, FixtureFiles,
                         testing::Values("grammar", "disguises", "languages", "said_otherwise", "families_abuse",
                                         "families_body", "families_de", "families_fr", "families_harm", "families_languages",
                                         "families_suicide", "means_de", "means_en", "means_es", "means_fr", "means_pt"),
                         [](const auto& each) { return std::string(each.param); });

} // namespace
} // namespace handrail::nlp
