// Ordinary talk from public corpora, which are not part of the project: only rates are printed, never a text.
#include <fstream>

#include <gtest/gtest.h>

#include "content_for_test.h"
#include "shared_corpora.h"

namespace handrail::nlp {
namespace {

using test::corpora;
using test::texts_of;

struct Talk {
    const char* corpus;
    double alert_share; ///< raised to today or now at most, of all
    double unknown_share;
};

class OrdinaryTalk : public testing::TestWithParam<Talk> {};

TEST_P(OrdinaryTalk, RaisesFewAlarms)
{
    const auto file = corpora() / GetParam().corpus / "dev.jsonl.gz";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "NOT RUN: the corpus " << GetParam().corpus << " is not at " << file;
    const auto texts = texts_of(file);
    ASSERT_FALSE(texts.empty());
    int counts[5] = {};
    for (const auto& text : texts)
        ++counts[static_cast<int>(shipped().screen(text).urgency)];
    const auto share = [&](Urgency urgency) {
        return static_cast<double>(counts[static_cast<int>(urgency)]) / static_cast<double>(texts.size());
    };
    std::cout << GetParam().corpus << ": " << texts.size() << " texts, now " << 100 * share(Urgency::Now)
              << " %, today " << 100 * share(Urgency::Today) << " %, soon " << 100 * share(Urgency::Soon)
              << " %, unknown " << 100 * share(Urgency::Unknown) << " %\n";
    EXPECT_LE(share(Urgency::Now) + share(Urgency::Today), GetParam().alert_share);
    EXPECT_LE(share(Urgency::Unknown), GetParam().unknown_share);
}

INSTANTIATE_TEST_SUITE_P(Dev, OrdinaryTalk,
                         testing::Values(Talk{"goemotions", 0.001, 0.02}, Talk{"clinc150", 0.001, 0.02}),
                         [](const auto& each) { return std::string(each.param.corpus); });

} // namespace
} // namespace handrail::nlp
