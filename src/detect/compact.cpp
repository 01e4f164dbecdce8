#include "detect/compact.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace handrail::detect {

namespace {

float short_float(float value)
{
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(value) & 0xFFFF0000U);
}

} // namespace

CompactLinear CompactLinear::of(const LinearWeights& weights, std::size_t most)
{
    CompactLinear out;
    out.columns = static_cast<std::uint32_t>(weights.columns);
    out.outputs = static_cast<std::uint32_t>(weights.outputs);
    const auto outputs = weights.outputs;
    const auto count = weights.columns * outputs;
    out.bias.assign(weights.weights.begin() + static_cast<std::ptrdiff_t>(count), weights.weights.end());
    out.scales.assign(outputs, 0);
    for (std::size_t at = 0; at < count; ++at)
        out.scales[at % outputs] = std::max(out.scales[at % outputs], std::abs(weights.weights[at]));
    for (auto& scale : out.scales)
        scale = std::max(scale, 1e-12F) / 127;
    float cut = 0;
    if (count > most) {
        std::vector<float> sizes(count);
        for (std::size_t at = 0; at < count; ++at)
            sizes[at] = std::abs(weights.weights[at]);
        const auto nth = sizes.begin() + static_cast<std::ptrdiff_t>(count - most);
        std::nth_element(sizes.begin(), nth, sizes.end());
        cut = *nth;
    }
    out.starts.push_back(0);
    for (std::size_t column = 0; column < weights.columns; ++column) {
        for (std::size_t k = 0; k < outputs; ++k) {
            const auto weight = weights.weights[column * outputs + k];
            const auto steps = static_cast<int>(std::lround(weight / out.scales[k]));
            if (steps == 0 || std::abs(weight) < cut)
                continue;
            out.output_of.push_back(static_cast<std::uint16_t>(k));
            out.steps.push_back(static_cast<std::int8_t>(steps));
        }
        out.starts.push_back(static_cast<std::uint32_t>(out.steps.size()));
    }
    return out;
}

void CompactLinear::score(std::span<const Cell> row, std::span<float> out) const
{
    std::fill(out.begin(), out.end(), 0.0F);
    for (const auto& cell : row)
        for (auto at = starts[cell.column]; at < starts[cell.column + 1]; ++at)
            out[output_of[at]] += cell.value * static_cast<float>(steps[at]);
    for (std::size_t k = 0; k < outputs; ++k)
        out[k] = out[k] * scales[k] + bias[k];
}

CompactVectors CompactVectors::of(const Network& network)
{
    CompactVectors out;
    out.columns = static_cast<std::uint32_t>(network.columns);
    out.width = static_cast<std::uint32_t>(network.width);
    out.bias = network.bias;
    out.scales.reserve(network.columns);
    out.steps.reserve(network.vectors.size());
    for (std::size_t column = 0; column < network.columns; ++column) {
        const float* from = network.vectors.data() + column * network.width;
        float largest = 1e-12F;
        for (std::size_t d = 0; d < network.width; ++d)
            largest = std::max(largest, std::abs(from[d]));
        // Cut short the scale becomes smaller, never so much that a step leaves a byte.
        const auto scale = short_float(largest / 126);
        out.scales.push_back(scale);
        for (std::size_t d = 0; d < network.width; ++d)
            out.steps.push_back(static_cast<std::int8_t>(std::clamp<long>(std::lround(from[d] / scale), -127, 127)));
    }
    return out;
}

void CompactVectors::hidden(std::span<const Cell> row, std::span<float> out) const
{
    std::copy(bias.begin(), bias.end(), out.begin());
    for (const auto& cell : row) {
        const auto* from = steps.data() + static_cast<std::size_t>(cell.column) * width;
        const auto factor = cell.value * scales[cell.column];
        for (std::size_t d = 0; d < width; ++d)
            out[d] += factor * static_cast<float>(from[d]);
    }
    for (auto& each : out)
        each = std::max(each, 0.0F);
}

} // namespace handrail::detect
