#include "detect/word_vectors.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "detect/order.h"

namespace handrail::detect {
namespace {

constexpr std::size_t width = 8;

/// Texts of two kinds: each draws its words from a hundred of its own, 1 to 100 or 101 to 200.
std::vector<std::vector<std::uint32_t>> two_kinds()
{
    Order random(5);
    std::vector<std::vector<std::uint32_t>> out;
    for (int text = 0; text < 400; ++text) {
        auto& words = out.emplace_back();
        for (int word = 0; word < 12; ++word)
            words.push_back((text % 2 == 0 ? 1 : 101) + random.below(100));
    }
    return out;
}

WordVectors learnt(const std::vector<std::vector<std::uint32_t>>& texts)
{
    return learn_word_vectors({texts.begin(), texts.end()}, width);
}

std::vector<float> pooled(const WordVectors& words, const std::vector<std::uint32_t>& text)
{
    std::vector<float> out(words.pooled_size(), 9);
    words.pool(text, out);
    return out;
}

double along(const std::vector<float>& a, const std::vector<float>& b, std::size_t count)
{
    double sum = 0;
    for (std::size_t at = 0; at < count; ++at)
        sum += static_cast<double>(a[at]) * static_cast<double>(b[at]);
    return sum;
}

TEST(WordVectors, WordsThatStandInTheSameCompanyAreAlike)
{
    const auto words = learnt(two_kinds());
    ASSERT_EQ(words.hashes.size(), 200U);
    EXPECT_TRUE(std::is_sorted(words.hashes.begin(), words.hashes.end()));
    const auto first = pooled(words, {1, 2, 3, 4});
    EXPECT_GT(along(first, pooled(words, {50, 51, 52, 53}), width),
              along(first, pooled(words, {150, 151, 152}), width) + 0.5);
}

TEST(WordVectors, ATextIsItsMeanAndItsExtremesEachOfLengthOne)
{
    const auto words = learnt(two_kinds());
    const auto text = pooled(words, {1, 150});
    EXPECT_NEAR(along(text, text, width), 1, 1e-5);
    EXPECT_NEAR(along(text, text, 3 * width), 2, 1e-5);
    for (std::size_t d = 0; d < width; ++d)
        EXPECT_GE(text[width + d], text[2 * width + d]);
}

TEST(WordVectors, WhatIsNotKnownIsNothing)
{
    const auto words = learnt(two_kinds());
    EXPECT_EQ(pooled(words, {}), std::vector<float>(3 * width, 0));
    EXPECT_EQ(pooled(words, {777}), std::vector<float>(3 * width, 0));
    EXPECT_EQ(pooled(words, {1, 777, 2}), pooled(words, {1, 2}));
}

TEST(WordVectors, FewWordsSayNothing)
{
    const auto words = learnt({{1, 2, 3}, {1, 2, 3}});
    EXPECT_TRUE(words.hashes.empty());
    EXPECT_EQ(pooled(words, {1}), std::vector<float>(3 * width, 0));
}

TEST(WordVectors, TheSameTextsGiveTheSameBytes)
{
    const auto a = learnt(two_kinds());
    const auto b = learnt(two_kinds());
    EXPECT_EQ(a.steps, b.steps);
    EXPECT_EQ(a.scales, b.scales);
    EXPECT_EQ(a.rarities, b.rarities);
}

} // namespace
} // namespace handrail::detect
