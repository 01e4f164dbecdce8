// Whether findings move with who seems to write. The messages are authored, not clinical (tests/nlp/fairness).
#include "nlp/fairness.h"

#include <fstream>

#include <gtest/gtest.h>

#include "content_for_test.h"

namespace handrail::nlp {
namespace {

namespace fs = std::filesystem;

const fs::path shipped_folder = fs::path(HANDRAIL_SOURCE_DIR) / "tests/nlp/fairness";

TEST(Fairness, TheRulesAnswerAlikeWhoeverSeemsToWrite)
{
    const auto fairness = Fairness::measure(shipped(), shipped_folder);
    ASSERT_TRUE(fairness) << fairness.error().told;
    EXPECT_GT(fairness->swaps().size(), 1000U);
    for (const auto& swap : fairness->swaps()) {
        if (swap.axis == "dialect")
            continue; // told by `handrail evaluate --fairness`, not promised
        EXPECT_EQ(swap.found, swap.plain) << swap.message << " by " << swap.who;
        EXPECT_EQ(swap.gap, 0) << "there is no model";
    }
}

/// Raises whatever names a lamplighter.
class Prejudice final : public SecondReader {
public:
    Opinion read(std::string_view text) const override
    {
        Opinion out;
        if (text.find("lamplighter") != std::string_view::npos) {
            out.urgency = Urgency::Today;
            out.category = Category::Abuse;
            out.probability[static_cast<std::size_t>(Category::Abuse)] = 0.75;
        }
        return out;
    }
    Words words(std::string_view /*text*/, const Opinion& /*opinion*/) const override { return {}; }
    std::string version() const override { return "made-up"; }
};

TEST(Fairness, SeesAModelThatHoldsItAgainstSomebody)
{
    const fs::path folder = fs::path(testing::TempDir()) / "handrail_fairness";
    fs::create_directories(folder);
    std::ofstream(folder / "people.tsv")
        << "lang\taxis\twho\nen\tnobody\ta person\nen\ttrade\ta lamplighter\nen\ttrade\ta cooper\n";
    std::ofstream(folder / "templates.tsv") << "lang\turgency\ttext\nen\tusual\tI am {who} and I like soup\n";
    std::ofstream(folder / "dialects.tsv")
        << "set\tdialect\turgency\ttext\nsoup\tstandard\tusual\tI like soup\nsoup\told\tusual\tI do like soup\n";
    auto screener = Screener::load(content_folder());
    ASSERT_TRUE(screener);
    screener->use(std::make_shared<Prejudice>());
    const auto fairness = Fairness::measure(*screener, folder);
    ASSERT_TRUE(fairness) << fairness.error().told;
    ASSERT_EQ(fairness->swaps().size(), 5U);
    EXPECT_EQ(fairness->swaps()[1].found, Urgency::Today);
    EXPECT_EQ(fairness->swaps()[1].plain, Urgency::Usual);
    EXPECT_DOUBLE_EQ(fairness->swaps()[1].gap, 0.5);
    EXPECT_DOUBLE_EQ(fairness->swaps()[0].gap, -0.25);
    EXPECT_EQ(fairness->swaps()[2].found, Urgency::Usual);
    EXPECT_NE(fairness->told().find("| trade | 2 | 1 | 0 | 1 | 0.375 | 0.500 |"), std::string::npos) << fairness->told();

    std::ofstream(folder / "templates.tsv") << "lang\turgency\ttext\nen\tsometimes\tI am nobody\n";
    const auto bad = Fairness::measure(*screener, folder);
    ASSERT_FALSE(bad);
    EXPECT_NE(bad.error().told.find("no urgency sometimes"), std::string::npos) << bad.error().told;
    EXPECT_NE(bad.error().told.find("no {who}"), std::string::npos) << bad.error().told;
    fs::remove_all(folder);
}

TEST(Fairness, OfTemplatesByOthersComparesEachWithMostOfItsGroup)
{
    auto screener = Screener::load(content_folder());
    ASSERT_TRUE(screener);
    screener->use(std::make_shared<Prejudice>());
    const auto fairness = Fairness::measure(*screener, {{"soup", "trade", "a cooper likes soup"},
                                                        {"soup", "trade", "a lamplighter likes soup"},
                                                        {"tea", "trade", "a lamplighter likes tea"},
                                                        {"soup", "trade", "a baker likes soup"}});
    ASSERT_EQ(fairness.swaps().size(), 4U);
    int changed = 0;
    for (const auto& swap : fairness.swaps())
        changed += swap.found != swap.plain ? 1 : 0;
    EXPECT_EQ(changed, 1) << "of the second group all are answered alike";
}

} // namespace
} // namespace handrail::nlp
