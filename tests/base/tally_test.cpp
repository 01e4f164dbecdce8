#include "base/tally.h"

#include <array>

#include <gtest/gtest.h>

namespace handrail {
namespace {

constexpr std::array<double, 3> edges{1, 10, 60};

TEST(Tally, CountsIntoTheStepThatEndsAtTheValueOrAbove)
{
    Tally tally(edges);
    for (const double value : {0.0, 1.0, 1.5, 10.0, 60.5})
        tally.count(value);
    const auto steps = tally.read();
    EXPECT_EQ(steps.counts, (std::vector<std::uint64_t>{2, 2, 0, 1}));
    EXPECT_EQ(steps.all(), 5U);
    EXPECT_DOUBLE_EQ(steps.sum, 73.0);
}

TEST(Tally, KnowsTheEdgeBelowWhichAShareLies)
{
    Tally tally(edges);
    EXPECT_EQ(tally.read().at_most(0.5), 0) << "nothing was counted";
    for (const double value : {0.5, 5.0, 6.0, 7.0})
        tally.count(value);
    EXPECT_EQ(tally.read().at_most(0.25), 1);
    EXPECT_EQ(tally.read().at_most(0.26), 10);
    EXPECT_EQ(tally.read().at_most(1), 10);
    tally.count(std::chrono::minutes{5});
    EXPECT_EQ(tally.read().at_most(1), 60) << "more than the last edge cannot be told apart";
}

TEST(Tally, TellsWhatCameSince)
{
    Tally tally(edges);
    tally.count(0.5);
    const auto before = tally.read();
    tally.count(20.0);
    const auto since = tally.read().since(before);
    EXPECT_EQ(since.counts, (std::vector<std::uint64_t>{0, 0, 1, 0}));
    EXPECT_DOUBLE_EQ(since.sum, 20.0);
}

} // namespace
} // namespace handrail
