#include "detect/linear.h"

#include <algorithm>
#include <cmath>

#include "detect/order.h"

namespace handrail::detect {

void LinearWeights::score(std::span<const Cell> row, std::span<float> out) const
{
    const float* bias = weights.data() + columns * outputs;
    std::copy(bias, bias + outputs, out.begin());
    for (const auto& cell : row) {
        const float* from = weights.data() + cell.column * outputs;
        for (std::size_t k = 0; k < outputs; ++k)
            out[k] += cell.value * from[k];
    }
}

namespace {

/// The log-ratio of a column between the texts that have a label and those that do not (Wang and Manning 2012), brought
/// to a largest value of one and mixed with one.
std::vector<float> log_ratios(const SparseRows& features, const std::vector<std::uint32_t>& rows,
                              const std::vector<std::vector<std::uint16_t>>& positive, std::size_t columns,
                              std::size_t outputs, float scale)
{
    std::vector<float> with(columns * outputs, 0);
    std::vector<float> all(columns, 0);
    std::vector<double> with_total(outputs, 0);
    double total = 0;
    for (const auto row : rows)
        for (const auto& cell : features.row(row)) {
            all[cell.column] += cell.value;
            total += static_cast<double>(cell.value);
            for (const auto k : positive[row]) {
                with[cell.column * outputs + k] += cell.value;
                with_total[k] += static_cast<double>(cell.value);
            }
        }
    std::vector<float> out((columns + 1) * outputs, 1);
    constexpr float smoothing = 0.1F;
    for (std::size_t k = 0; k < outputs; ++k) {
        const auto yes_total = static_cast<float>(with_total[k]) + 1;
        const auto no_total = static_cast<float>(total - with_total[k]) + 1;
        float largest = 0;
        for (std::size_t column = 0; column < columns; ++column) {
            const auto yes = with[column * outputs + k];
            const auto ratio = std::log(((yes + smoothing) / yes_total) /
                                        ((std::max(0.0F, all[column] - yes) + smoothing) / no_total));
            out[column * outputs + k] = std::abs(ratio);
            largest = std::max(largest, std::abs(ratio));
        }
        for (std::size_t column = 0; column < columns; ++column)
            out[column * outputs + k] = (1 - scale) + scale * out[column * outputs + k] / std::max(largest, 1e-6F) * 3;
    }
    return out;
}

} // namespace

LinearWeights learn_linear(const SparseRows& features, const std::vector<std::uint32_t>& rows,
                           const std::vector<std::vector<std::uint16_t>>& positive,
                           const std::vector<float>& row_weights, std::size_t columns, std::size_t outputs,
                           const LinearPlan& plan)
{
    LinearWeights model;
    model.columns = columns;
    model.outputs = outputs;
    model.weights.assign((columns + 1) * outputs, 0);
    const bool scaled = plan.prior_scale > 0;
    std::vector<float> scale;
    if (scaled)
        scale = log_ratios(features, rows, positive, columns, outputs, plan.prior_scale);

    std::vector<double> share(outputs, 0);
    for (const auto row : rows)
        for (const auto k : positive[row])
            share[k] += 1.0 / static_cast<double>(rows.size());
    std::vector<float> yes_cost(outputs);
    std::vector<float> no_cost(outputs);
    for (std::size_t k = 0; k < outputs; ++k) {
        const auto p = std::clamp(share[k], 1e-4, 1 - 1e-4);
        yes_cost[k] = plan.cost * static_cast<float>(std::pow(0.5 / p, static_cast<double>(plan.balance)));
        no_cost[k] = plan.cost * static_cast<float>(std::pow(0.5 / (1 - p), static_cast<double>(plan.balance)));
    }

    std::vector<float> dual(rows.size() * outputs, 0);
    std::vector<float> square(rows.size() * (scaled ? outputs : 1), 1); // of each row, with the bias
    for (std::size_t at = 0; at < rows.size(); ++at)
        for (const auto& cell : features.row(rows[at]))
            if (scaled)
                for (std::size_t k = 0; k < outputs; ++k) {
                    const auto value = cell.value * scale[cell.column * outputs + k];
                    square[at * outputs + k] += value * value;
                }
            else
                square[at] += cell.value * cell.value;

    std::vector<std::uint32_t> order(rows.size());
    for (std::uint32_t at = 0; at < order.size(); ++at)
        order[at] = at;
    std::vector<float> score(outputs);
    std::vector<float> step(outputs);
    std::vector<float> sign(outputs, -1);
    float* const weights = model.weights.data();
    float* const bias = weights + columns * outputs;
    Order random(20240611);
    for (std::uint32_t round = 0; round < plan.rounds; ++round) {
        random.shuffle(order);
        for (const auto at : order) {
            const auto row = features.row(rows[at]);
            std::copy(bias, bias + outputs, score.begin());
            for (const auto& cell : row) {
                const float* from = weights + cell.column * outputs;
                const float value = cell.value;
                if (scaled) {
                    const float* by = scale.data() + cell.column * outputs;
                    for (std::size_t k = 0; k < outputs; ++k)
                        score[k] += value * by[k] * from[k];
                } else {
                    for (std::size_t k = 0; k < outputs; ++k)
                        score[k] += value * from[k];
                }
            }
            for (const auto k : positive[rows[at]])
                sign[k] = 1;
            bool any = false;
            for (std::size_t k = 0; k < outputs; ++k) {
                auto& alpha = dual[at * outputs + k];
                const auto cost = (sign[k] > 0 ? yes_cost[k] : no_cost[k]) * row_weights[rows[at]];
                const auto diagonal = 0.5F / cost;
                const auto gradient = sign[k] * score[k] - 1 + diagonal * alpha;
                const auto before = alpha;
                alpha = std::max(0.0F, alpha - gradient / (square[scaled ? at * outputs + k : at] + diagonal));
                step[k] = (alpha - before) * sign[k];
                any = any || step[k] != 0;
            }
            for (const auto k : positive[rows[at]])
                sign[k] = -1;
            if (!any)
                continue;
            for (const auto& cell : row) {
                float* to = weights + cell.column * outputs;
                const float value = cell.value;
                if (scaled) {
                    const float* by = scale.data() + cell.column * outputs;
                    for (std::size_t k = 0; k < outputs; ++k)
                        to[k] += value * by[k] * step[k];
                } else {
                    for (std::size_t k = 0; k < outputs; ++k)
                        to[k] += value * step[k];
                }
            }
            for (std::size_t k = 0; k < outputs; ++k)
                bias[k] += step[k];
        }
    }
    if (scaled)
        for (std::size_t at = 0; at < columns * outputs; ++at)
            model.weights[at] *= scale[at];
    return model;
}

} // namespace handrail::detect
