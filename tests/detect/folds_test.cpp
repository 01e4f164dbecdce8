#include "detect/folds.h"

#include <set>

#include <gtest/gtest.h>

namespace handrail::detect {
namespace {

Row row(std::string text, std::string group = {})
{
    return {std::move(text), std::move(group), {0}, 1};
}

TEST(Folds, KeepGroupsAndEqualWordsTogetherAcrossCorpora)
{
    Corpus first;
    Corpus second;
    for (int each = 0; each < 200; ++each) {
        const auto number = std::to_string(each);
        first.rows.push_back(row("post number " + number, "author" + std::to_string(each % 40)));
        second.rows.push_back(row("Post, number " + number + "!"));
    }
    const auto folds = deal_folds({&first, &second}, 5);
    for (std::size_t each = 0; each < 200; ++each) {
        EXPECT_EQ(folds[0][each], folds[0][each % 40]) << "one author";
        EXPECT_EQ(folds[0][each], folds[1][each]) << "the same words";
    }
    EXPECT_EQ(std::set<std::uint8_t>(folds[0].begin(), folds[0].end()).size(), 5U);
}

TEST(Folds, FollowFromTheTextsNotFromTheirOrder)
{
    Corpus one;
    Corpus turned;
    for (int each = 0; each < 50; ++each)
        one.rows.push_back(row("text " + std::to_string(each)));
    turned.rows.assign(one.rows.rbegin(), one.rows.rend());
    const auto a = deal_folds({&one}, 5)[0];
    const auto b = deal_folds({&turned}, 5)[0];
    EXPECT_EQ(a, std::vector<std::uint8_t>(b.rbegin(), b.rend()));
}

} // namespace
} // namespace handrail::detect
