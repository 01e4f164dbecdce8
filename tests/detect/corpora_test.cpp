// The public corpora, which are not part of the project: only counts are looked at, never a text.
#include <gtest/gtest.h>

#include "detect/corpus.h"
#include "detect/messages.h"
#include "detect/replies.h"
#include "shared_corpora.h"

namespace handrail::detect {
namespace {

using test::corpora;

class PublicCorpus : public testing::TestWithParam<LabelSet> {};

TEST_P(PublicCorpus, IsReadWhole)
{
    const auto& set = GetParam();
    const auto folder = corpora() / (set.name == screening_set ? "goemotions" : set.name == reply_set ? "counselchat" : set.corpus);
    if (!std::filesystem::exists(folder / "train.jsonl.gz"))
        GTEST_SKIP() << "NOT RUN: the corpus " << set.corpus << " is not at " << folder;
    const auto messages = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content/screening/messages";
    const auto replies = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content/conversation/replies";
    const auto corpus = set.name == screening_set ? read_messages(set, messages, corpora())
                        : set.name == reply_set   ? read_replies(replies, corpora())
                            : read_corpus(set, {folder / "train.jsonl.gz", folder / "dev.jsonl.gz"});
    ASSERT_TRUE(corpus) << corpus.error().told;
    EXPECT_GT(corpus->rows.size(), 500U);
    for (const auto& row : corpus->rows)
        ASSERT_TRUE(set.kind == Kind::Many || row.labels.size() == corpus->questions.size());
    if (set.name == "suicide_risk") {
        EXPECT_EQ(corpus->labels.size(), 6U);
    }
    if (set.name == "emotion") {
        EXPECT_EQ(corpus->labels.size(), 28U);
    }
    if (set.name == "intent") {
        EXPECT_EQ(corpus->labels.size(), 151U);
    }
    if (set.name == "empathy") {
        EXPECT_EQ(corpus->questions.size(), 3U);
    }
}

INSTANTIATE_TEST_SUITE_P(All, PublicCorpus, testing::ValuesIn(label_sets().begin(), label_sets().end()),
                         [](const auto& each) { return std::string(each.param.name); });

} // namespace
} // namespace handrail::detect
