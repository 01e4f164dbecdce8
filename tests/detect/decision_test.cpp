#include "detect/decision.h"

#include <array>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "detect/combination.h"
#include "detect/order.h"

namespace handrail::detect {
namespace {

TEST(Decision, OneOfSeveralIsTheLikeliestAfterItsOffset)
{
    Decision decision;
    decision.questions = {{0, 3}};
    decision.cuts = {0, 0, 0};
    EXPECT_EQ(decision.decide(std::array{.2, .5, .3}).first, 1);
    decision.cuts = {0, 0, 1};
    const auto answer = decision.decide(std::array{.2, .5, .3});
    EXPECT_EQ(answer.first, 2);
    EXPECT_DOUBLE_EQ(answer.certain, .3);
}

TEST(Decision, LabelsByThemselvesMayBeNone)
{
    Decision decision;
    decision.questions = {{0, 1}, {1, 2}};
    decision.cuts = {.5F, .25F};
    EXPECT_EQ(decision.decide(std::array{.6, .3}).labels, (std::vector<std::uint16_t>{0, 1}));
    const auto none = decision.decide(std::array{.4, .1});
    EXPECT_TRUE(none.labels.empty());
    EXPECT_EQ(none.first, 0) << "a label is always named: the one nearest to its cut";
    EXPECT_NEAR(none.certain, .6 * .9, 1e-12);
    decision.at_least_one = true;
    EXPECT_EQ(decision.decide(std::array{.4, .1}).labels, (std::vector<std::uint16_t>{0}));
}

TEST(Decision, CutsAreChosenForTheMeasure)
{
    // A rare label with probabilities that never reach a half, but are higher where it is so.
    Corpus corpus;
    corpus.labels = {"joy"};
    corpus.questions = {{0, 1}};
    std::vector<double> probabilities;
    for (int row = 0; row < 100; ++row) {
        const bool so = row % 10 == 0;
        corpus.rows.push_back({"text", "", so ? std::vector<std::uint16_t>{0} : std::vector<std::uint16_t>{}, 1});
        probabilities.push_back(so ? .4 : .05);
    }
    std::vector<std::uint32_t> rows(100);
    std::iota(rows.begin(), rows.end(), 0U);
    const auto decision = Decision::choose(*find_label_set("emotion"), corpus, probabilities, rows);
    EXPECT_GT(decision.cuts[0], .05F);
    EXPECT_LT(decision.cuts[0], .4F);
}

TEST(Combination, GivesCalibratedProbabilities)
{
    // Scores whose true log-odds are three times as large, and a second way that says nothing.
    Scores first;
    Scores second;
    std::vector<std::vector<std::uint16_t>> positive;
    std::vector<std::uint32_t> rows;
    Order random(7);
    for (std::uint32_t row = 0; row < 4000; ++row) {
        const auto score = random.unit() * 2 - 1;
        first.push_back(score);
        second.push_back(random.unit());
        positive.emplace_back();
        if (random.unit() < 1 / (1 + std::exp(-3 * score)))
            positive.back().push_back(0);
        rows.push_back(row);
    }
    const auto combination = Combination::fit({{0, 1}}, {&first, &second}, rows, positive, 1);
    EXPECT_NEAR(combination.weights[0], 3, .4);
    EXPECT_NEAR(combination.weights[1], 0, .4);
}

TEST(Combination, SoftmaxFindsTheWeightOfAWay)
{
    Scores scores;
    std::vector<std::vector<std::uint16_t>> positive;
    std::vector<std::uint32_t> rows;
    Order random(8);
    for (std::uint32_t row = 0; row < 4000; ++row) {
        std::array<float, 3> each{random.unit(), random.unit(), random.unit()};
        double sum = 0;
        std::array<double, 3> p{};
        for (int k = 0; k < 3; ++k)
            sum += p[k] = std::exp(4 * static_cast<double>(each[k]));
        auto draw = static_cast<double>(random.unit()) * sum;
        std::uint16_t label = 0;
        while (label < 2 && draw > p[label])
            draw -= p[label++];
        scores.insert(scores.end(), each.begin(), each.end());
        positive.push_back({label});
        rows.push_back(row);
    }
    const auto combination = Combination::fit({{0, 3}}, {&scores}, rows, positive, 3);
    EXPECT_NEAR(combination.weights[0], 4, .4);
}

} // namespace
} // namespace handrail::detect
