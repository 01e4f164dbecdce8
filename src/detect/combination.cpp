#include "detect/combination.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace handrail::detect {

namespace {

using Positive = std::vector<std::vector<std::uint16_t>>;

double logistic(double x)
{
    return 1 / (1 + std::exp(-x));
}

/// How far the scores of a way lie apart: what weights are measured in, so that one step suits all.
std::vector<double> spreads(const std::vector<const Scores*>& ways, const std::vector<std::uint32_t>& rows,
                            const Question& question, std::size_t labels)
{
    std::vector<double> out;
    for (const auto* way : ways) {
        double sum = 0;
        double squares = 0;
        double count = 0;
        for (const auto row : rows)
            for (std::size_t k = question.begin; k < question.end; ++k) {
                const auto value = static_cast<double>((*way)[row * labels + k]);
                sum += value;
                squares += value * value;
                ++count;
            }
        const auto mean = count > 0 ? sum / count : 0;
        out.push_back(count > 0 ? std::sqrt(std::max(squares / count - mean * mean, 1e-12)) : 1);
    }
    return out;
}

constexpr double pull = 1e-3; ///< toward nothing, so that a label told apart without a fault keeps finite weights

/// Logistic: Newton's method over the weights and the offset.
void fit_logistic(const std::vector<const Scores*>& ways, const std::vector<std::uint32_t>& rows,
                  const Positive& positive, std::size_t label, std::size_t labels, const std::vector<double>& spread,
                  std::span<float> weights, float& offset)
{
    const auto size = ways.size() + 1;
    std::vector<double> at(size, 0);
    std::vector<double> input(size, 1);
    std::vector<double> gradient(size);
    std::vector<double> matrix(size * size);
    for (int round = 0; round < 30; ++round) {
        std::fill(gradient.begin(), gradient.end(), 0.0);
        std::fill(matrix.begin(), matrix.end(), 0.0);
        for (const auto row : rows) {
            double sum = at[ways.size()];
            for (std::size_t way = 0; way < ways.size(); ++way) {
                input[way] = static_cast<double>((*ways[way])[row * labels + label]) / spread[way];
                sum += at[way] * input[way];
            }
            const auto p = logistic(sum);
            const auto error = p - (holds(positive[row], label) ? 1 : 0);
            for (std::size_t i = 0; i < size; ++i) {
                gradient[i] += error * input[i];
                for (std::size_t j = 0; j <= i; ++j)
                    matrix[i * size + j] += p * (1 - p) * input[i] * input[j];
            }
        }
        for (std::size_t i = 0; i < size; ++i) {
            gradient[i] += pull * at[i];
            matrix[i * size + i] += pull;
        }
        // Cholesky, in place.
        for (std::size_t i = 0; i < size; ++i)
            for (std::size_t j = 0; j <= i; ++j) {
                double sum = matrix[i * size + j];
                for (std::size_t k = 0; k < j; ++k)
                    sum -= matrix[i * size + k] * matrix[j * size + k];
                matrix[i * size + j] = i == j ? std::sqrt(std::max(sum, 1e-9)) : sum / matrix[j * size + j];
            }
        std::vector<double> step = gradient;
        for (std::size_t i = 0; i < size; ++i) {
            for (std::size_t k = 0; k < i; ++k)
                step[i] -= matrix[i * size + k] * step[k];
            step[i] /= matrix[i * size + i];
        }
        for (std::size_t i = size; i-- > 0;) {
            for (std::size_t k = i + 1; k < size; ++k)
                step[i] -= matrix[k * size + i] * step[k];
            step[i] /= matrix[i * size + i];
        }
        double moved = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const auto by = std::clamp(step[i], -2.0, 2.0);
            at[i] -= by;
            moved = std::max(moved, std::abs(by));
        }
        if (moved < 1e-6)
            break;
    }
    for (std::size_t way = 0; way < ways.size(); ++way)
        weights[way] = static_cast<float>(at[way] / spread[way]);
    offset = static_cast<float>(at[ways.size()]);
}

/// Softmax: gradient descent over all rows at once with steps of Adam.
void fit_softmax(const std::vector<const Scores*>& ways, const std::vector<std::uint32_t>& rows,
                 const Positive& positive, const Question& question, std::size_t labels,
                 const std::vector<double>& spread, std::span<float> weights, std::span<float> offsets)
{
    const auto count = static_cast<std::size_t>(question.end - question.begin);
    const auto size = ways.size() + count;
    std::vector<double> at(size, 0);
    for (std::size_t way = 0; way < ways.size(); ++way)
        at[way] = 1.0;
    std::vector<double> first(size, 0);
    std::vector<double> second(size, 0);
    std::vector<double> gradient(size);
    std::vector<double> p(count);
    const int rounds = count > 50 ? 120 : 300;
    for (int round = 1; round <= rounds; ++round) {
        std::fill(gradient.begin(), gradient.end(), 0.0);
        for (const auto row : rows) {
            double largest = -1e300;
            for (std::size_t k = 0; k < count; ++k) {
                p[k] = at[ways.size() + k];
                for (std::size_t way = 0; way < ways.size(); ++way)
                    p[k] +=
                        at[way] * static_cast<double>((*ways[way])[row * labels + question.begin + k]) / spread[way];
                largest = std::max(largest, p[k]);
            }
            double sum = 0;
            for (auto& each : p)
                sum += each = std::exp(each - largest);
            for (std::size_t k = 0; k < count; ++k) {
                const auto error = p[k] / sum - (holds(positive[row], question.begin + k) ? 1 : 0);
                gradient[ways.size() + k] += error;
                for (std::size_t way = 0; way < ways.size(); ++way)
                    gradient[way] +=
                        error * static_cast<double>((*ways[way])[row * labels + question.begin + k]) / spread[way];
            }
        }
        const auto rate = 0.1 * (1 - static_cast<double>(round - 1) / rounds);
        for (std::size_t i = 0; i < size; ++i) {
            const auto slope = gradient[i] / static_cast<double>(rows.size()) + 1e-4 * at[i];
            first[i] = 0.9 * first[i] + 0.1 * slope;
            second[i] = 0.99 * second[i] + 0.01 * slope * slope;
            at[i] -= rate * (first[i] / (1 - std::pow(0.9, round))) /
                     (std::sqrt(second[i] / (1 - std::pow(0.99, round))) + 1e-8);
        }
    }
    for (std::size_t way = 0; way < ways.size(); ++way)
        weights[way] = static_cast<float>(at[way] / spread[way]);
    for (std::size_t k = 0; k < count; ++k)
        offsets[k] = static_cast<float>(at[ways.size() + k]);
}

} // namespace

Combination Combination::fit(const std::vector<Question>& questions, const std::vector<const Scores*>& ways,
                             const std::vector<std::uint32_t>& rows, const Positive& positive, std::size_t labels)
{
    Combination out;
    out.questions = questions;
    out.weights.assign(questions.size() * ways.size(), 0);
    out.offsets.assign(labels, 0);
    for (std::size_t q = 0; q < questions.size(); ++q) {
        const auto& question = questions[q];
        const auto spread = spreads(ways, rows, question, labels);
        const std::span<float> weights(out.weights.data() + q * ways.size(), ways.size());
        if (question.one_of())
            fit_softmax(ways, rows, positive, question, labels, spread, weights,
                        {out.offsets.data() + question.begin, static_cast<std::size_t>(question.end - question.begin)});
        else
            fit_logistic(ways, rows, positive, question.begin, labels, spread, weights, out.offsets[question.begin]);
    }
    return out;
}

void Combination::probabilities(std::span<const std::span<const float>> ways, std::span<double> out) const
{
    for (std::size_t q = 0; q < questions.size(); ++q) {
        const auto& question = questions[q];
        double largest = -1e300;
        for (std::size_t k = question.begin; k < question.end; ++k) {
            out[k] = static_cast<double>(offsets[k]);
            for (std::size_t way = 0; way < ways.size(); ++way)
                out[k] += static_cast<double>(weights[q * ways.size() + way]) * static_cast<double>(ways[way][k]);
            largest = std::max(largest, out[k]);
        }
        if (!question.one_of()) {
            out[question.begin] = logistic(out[question.begin]);
            continue;
        }
        double sum = 0;
        for (std::size_t k = question.begin; k < question.end; ++k)
            sum += out[k] = std::exp(out[k] - largest);
        for (std::size_t k = question.begin; k < question.end; ++k)
            out[k] /= sum;
    }
}

} // namespace handrail::detect
