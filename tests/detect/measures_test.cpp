#include "detect/measures.h"

#include <gtest/gtest.h>

#include "detect/evaluation.h"

namespace handrail::detect {
namespace {

TEST(Measures, Auroc)
{
    const std::vector<std::uint8_t> so{0, 0, 1, 1};
    EXPECT_DOUBLE_EQ(auroc(std::vector<double>{.1, .2, .3, .4}, so), 1);
    EXPECT_DOUBLE_EQ(auroc(std::vector<double>{.4, .3, .2, .1}, so), 0);
    EXPECT_DOUBLE_EQ(auroc(std::vector<double>{.1, .4, .35, .8}, so), 0.75);
    EXPECT_DOUBLE_EQ(auroc(std::vector<double>{.5, .5, .5, .5}, so), 0.5);
    EXPECT_DOUBLE_EQ(auroc(std::vector<double>{.5, .6}, std::vector<std::uint8_t>{1, 1}), 0.5);
}

TEST(Measures, RecallAtSpecificity)
{
    // Twenty negatives at 1 to 20: 95 % of them lie at or below 19.
    std::vector<double> scores;
    std::vector<std::uint8_t> so;
    for (int each = 1; each <= 20; ++each) {
        scores.push_back(each);
        so.push_back(0);
    }
    for (const double score : {18.5, 19.0, 19.5, 25.0}) {
        scores.push_back(score);
        so.push_back(1);
    }
    EXPECT_DOUBLE_EQ(recall_at_specificity(scores, so, 0.95), 0.5);
}

TEST(Measures, OfAnEvaluationByHand)
{
    Corpus corpus;
    corpus.labels = {"0", "1"};
    corpus.questions = {{0, 2}};
    const std::uint16_t truth[] = {1, 1, 1, 0, 0};
    const std::uint16_t answers[] = {1, 1, 0, 1, 0};
    CrossValidated said;
    for (int row = 0; row < 5; ++row) {
        corpus.rows.push_back({"text", "", {truth[row]}, 1});
        said.probabilities.insert(said.probabilities.end(), {answers[row] == 1 ? .2 : .8, answers[row] == 1 ? .8 : .2});
        said.answers.push_back({{answers[row]}, answers[row], .8});
        said.abstained.push_back(0);
    }
    const auto evaluation = evaluate(*find_label_set("stress"), corpus, said);
    EXPECT_EQ(evaluation.figures.front().name, "F1 of 1");
    EXPECT_NEAR(evaluation.figures.front().value, 2. / 3, 1e-12); // 2 hits, 1 false alarm, 1 miss
    EXPECT_EQ(evaluation.confusion, (std::vector<std::vector<std::uint32_t>>{{1, 1}, {1, 2}}));
    EXPECT_NEAR(evaluation.calibration_error, 0.2, 1e-9); // said .8, was so in 3 of 5
    EXPECT_NEAR(evaluation.brier, (3 * .08 + 2 * 1.28) / 5, 1e-9);
    EXPECT_NEAR(evaluation.coverage.back().accuracy, 0.6, 1e-12);
}

} // namespace
} // namespace handrail::detect
