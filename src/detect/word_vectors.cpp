#include "detect/word_vectors.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "detect/order.h"

namespace handrail::detect {

namespace {

constexpr std::size_t most_words = 20'000;
constexpr std::size_t most_neighbours = 3'000; ///< the most frequent words, as what stands near
constexpr std::size_t least_count = 5;
constexpr std::size_t window = 6;
constexpr int rounds = 4;
constexpr double common = 1e-3; ///< share of the texts in which a word that counts half stands

float short_float(float value)
{
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(value) & 0xFFFF0000U);
}

void to_length_one(std::span<float> values)
{
    double squares = 0;
    for (const auto value : values)
        squares += static_cast<double>(value) * static_cast<double>(value);
    if (squares <= 0)
        return;
    const auto factor = static_cast<float>(1 / std::sqrt(squares));
    for (auto& value : values)
        value *= factor;
}

/// Rows of a matrix one after the other.
struct Dense {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<float> cells;
    Dense(std::size_t r, std::size_t c) : rows(r), columns(c), cells(r * c, 0) {}
    float* row(std::size_t at) { return cells.data() + at * columns; }
    const float* row(std::size_t at) const { return cells.data() + at * columns; }
};

struct Sparse {
    std::size_t columns = 0;
    std::vector<std::size_t> starts{0};
    std::vector<std::uint32_t> column_of;
    std::vector<float> cells;
    std::size_t rows() const { return starts.size() - 1; }
};

Dense times(const Sparse& a, const Dense& b)
{
    Dense out(a.rows(), b.columns);
    for (std::size_t row = 0; row < a.rows(); ++row)
        for (auto at = a.starts[row]; at < a.starts[row + 1]; ++at) {
            const auto* from = b.row(a.column_of[at]);
            auto* to = out.row(row);
            for (std::size_t k = 0; k < b.columns; ++k)
                to[k] += a.cells[at] * from[k];
        }
    return out;
}

Dense turned_times(const Sparse& a, const Dense& b)
{
    Dense out(a.columns, b.columns);
    for (std::size_t row = 0; row < a.rows(); ++row)
        for (auto at = a.starts[row]; at < a.starts[row + 1]; ++at) {
            auto* to = out.row(a.column_of[at]);
            const auto* from = b.row(row);
            for (std::size_t k = 0; k < b.columns; ++k)
                to[k] += a.cells[at] * from[k];
        }
    return out;
}

/// Gram-Schmidt over the columns, twice for precision.
void make_orthonormal(Dense& a)
{
    for (std::size_t k = 0; k < a.columns; ++k)
        for (int again = 0; again < 2; ++again) {
            std::vector<double> along(k + 1, 0);
            for (std::size_t row = 0; row < a.rows; ++row) {
                const auto* cells = a.row(row);
                for (std::size_t j = 0; j <= k; ++j)
                    along[j] += static_cast<double>(cells[j]) * static_cast<double>(cells[k]);
            }
            double left = along[k];
            for (std::size_t j = 0; j < k; ++j)
                left -= along[j] * along[j];
            const auto length = std::sqrt(std::max(left, 1e-20));
            for (std::size_t row = 0; row < a.rows; ++row) {
                auto* cells = a.row(row);
                double value = static_cast<double>(cells[k]);
                for (std::size_t j = 0; j < k; ++j)
                    value -= along[j] * static_cast<double>(cells[j]);
                cells[k] = static_cast<float>(value / length);
            }
        }
}

/// How often words stand near each other, nearer ones counting more, as positive mutual information.
Sparse information(const std::vector<std::vector<std::uint32_t>>& texts, std::size_t words, std::size_t neighbours)
{
    Dense near(words, neighbours);
    for (const auto& text : texts)
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (text[at] >= words)
                continue;
            for (std::size_t apart = 1; apart <= window && at + apart < text.size(); ++apart) {
                const auto other = text[at + apart];
                const auto weight = 1.0F / static_cast<float>(apart);
                if (other < neighbours)
                    near.row(text[at])[other] += weight;
                if (other < words && text[at] < neighbours)
                    near.row(other)[text[at]] += weight;
            }
        }
    std::vector<double> of_word(words, 0);
    std::vector<double> of_neighbour(neighbours, 0);
    for (std::size_t word = 0; word < words; ++word)
        for (std::size_t other = 0; other < neighbours; ++other) {
            const auto count = static_cast<double>(near.row(word)[other]);
            of_word[word] += count;
            of_neighbour[other] += count;
        }
    double smoothed_total = 0;
    for (auto& each : of_neighbour)
        smoothed_total += each = std::pow(each, 0.75); // rare neighbours would weigh too much
    Sparse out;
    out.columns = neighbours;
    for (std::size_t word = 0; word < words; ++word) {
        for (std::size_t other = 0; other < neighbours; ++other) {
            const auto count = static_cast<double>(near.row(word)[other]);
            if (count <= 0)
                continue;
            const auto more = std::log(count * smoothed_total / (of_word[word] * of_neighbour[other]));
            if (more > 0) {
                out.column_of.push_back(static_cast<std::uint32_t>(other));
                out.cells.push_back(static_cast<float>(more));
            }
        }
        out.starts.push_back(out.cells.size());
    }
    return out;
}

/// The eigenvectors of a small symmetric matrix by Jacobi's rotations: as columns of the result; the matrix becomes
/// diagonal.
std::vector<double> rotated_to_diagonal(std::vector<double>& a, std::size_t size)
{
    std::vector<double> vectors(size * size, 0);
    for (std::size_t i = 0; i < size; ++i)
        vectors[i * size + i] = 1;
    for (int sweep = 0; sweep < 12; ++sweep)
        for (std::size_t p = 0; p < size; ++p)
            for (std::size_t q = p + 1; q < size; ++q) {
                const auto apq = a[p * size + q];
                if (std::abs(apq) < 1e-12)
                    continue;
                const auto theta = (a[q * size + q] - a[p * size + p]) / (2 * apq);
                const auto t = (theta >= 0 ? 1.0 : -1.0) / (std::abs(theta) + std::sqrt(theta * theta + 1));
                const auto c = 1 / std::sqrt(t * t + 1);
                const auto s = t * c;
                for (std::size_t k = 0; k < size; ++k) {
                    const auto x = a[k * size + p];
                    const auto y = a[k * size + q];
                    a[k * size + p] = c * x - s * y;
                    a[k * size + q] = s * x + c * y;
                }
                for (std::size_t k = 0; k < size; ++k) {
                    const auto x = a[p * size + k];
                    const auto y = a[q * size + k];
                    a[p * size + k] = c * x - s * y;
                    a[q * size + k] = s * x + c * y;
                }
                for (std::size_t k = 0; k < size; ++k) {
                    const auto x = vectors[k * size + p];
                    const auto y = vectors[k * size + q];
                    vectors[k * size + p] = c * x - s * y;
                    vectors[k * size + q] = s * x + c * y;
                }
            }
    return vectors;
}

} // namespace

void WordVectors::pool(std::span<const std::uint32_t> words, std::span<float> out) const
{
    std::fill(out.begin(), out.end(), 0.0F);
    const auto mean = out.first(width);
    const auto most = out.subspan(width, width);
    const auto least = out.last(width);
    bool any = false;
    for (const auto word : words) {
        const auto found = std::lower_bound(hashes.begin(), hashes.end(), word);
        if (found == hashes.end() || *found != word)
            continue;
        const auto at = static_cast<std::size_t>(found - hashes.begin());
        const auto* from = steps.data() + at * width;
        for (std::size_t d = 0; d < width; ++d) {
            const auto value = scales[at] * static_cast<float>(from[d]);
            mean[d] += rarities[at] * value;
            most[d] = any ? std::max(most[d], value) : value;
            least[d] = any ? std::min(least[d], value) : value;
        }
        any = true;
    }
    to_length_one(mean);
    to_length_one(out.subspan(width));
}

WordVectors learn_word_vectors(const std::vector<std::span<const std::uint32_t>>& texts, std::size_t width)
{
    if (width == 0)
        return {};
    // The text's number beside each word, so that texts are counted too.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> all;
    for (std::uint32_t text = 0; text < texts.size(); ++text)
        for (const auto word : texts[text])
            all.emplace_back(word, text);
    std::sort(all.begin(), all.end());
    struct Counted {
        std::uint32_t hash;
        std::size_t count;
        std::size_t texts;
    };
    std::vector<Counted> counted;
    for (std::size_t at = 0; at < all.size();) {
        auto end = at;
        std::size_t in = 0;
        for (; end < all.size() && all[end].first == all[at].first; ++end)
            in += end == at || all[end].second != all[end - 1].second ? 1 : 0;
        if (end - at >= least_count)
            counted.push_back({all[at].first, end - at, in});
        at = end;
    }
    std::stable_sort(counted.begin(), counted.end(),
                     [](const Counted& a, const Counted& b) { return a.count > b.count; });
    counted.resize(std::min(counted.size(), most_words));
    WordVectors out;
    out.width = width;
    const auto neighbours = std::min(counted.size(), most_neighbours);
    if (neighbours < width)
        return out; // too few words to say anything
    std::unordered_map<std::uint32_t, std::uint32_t> number;
    for (std::uint32_t at = 0; at < counted.size(); ++at)
        number[counted[at].hash] = at;
    std::vector<std::vector<std::uint32_t>> numbered;
    for (const auto& text : texts) {
        auto& into = numbered.emplace_back();
        for (const auto hash : text) {
            const auto found = number.find(hash);
            into.push_back(found == number.end() ? UINT32_MAX : found->second);
        }
    }
    const auto matrix = information(numbered, counted.size(), neighbours);
    // Subspace iteration (Halko, Martinsson and Tropp 2011).
    Order random(640);
    Dense right(neighbours, width);
    for (auto& cell : right.cells)
        cell = random.unit() - 0.5F;
    auto left = times(matrix, right);
    for (int round = 0; round < rounds; ++round) {
        make_orthonormal(left);
        right = turned_times(matrix, left);
        make_orthonormal(right);
        left = times(matrix, right);
    }
    // Along its own axes, each by the root of its strength.
    std::vector<double> square(width * width, 0);
    for (std::size_t row = 0; row < left.rows; ++row)
        for (std::size_t i = 0; i < width; ++i)
            for (std::size_t j = 0; j < width; ++j)
                square[i * width + j] += static_cast<double>(left.row(row)[i]) * static_cast<double>(left.row(row)[j]);
    const auto axes = rotated_to_diagonal(square, width);
    std::vector<std::uint32_t> order(counted.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return counted[a].hash < counted[b].hash; });
    std::vector<float> turned(width);
    for (const auto word : order) {
        float largest = 1e-12F;
        double length = 0;
        for (std::size_t k = 0; k < width; ++k) {
            double sum = 0;
            for (std::size_t j = 0; j < width; ++j)
                sum += static_cast<double>(left.row(word)[j]) * axes[j * width + k];
            sum /= std::pow(std::max(square[k * width + k], 1e-9), 0.25);
            length += sum * sum;
            turned[k] = static_cast<float>(sum);
            largest = std::max(largest, std::abs(turned[k]));
        }
        // Cut short the scale becomes smaller, never so much that a step leaves a byte.
        const auto step = largest / 126;
        out.hashes.push_back(counted[word].hash);
        out.scales.push_back(short_float(step / static_cast<float>(std::sqrt(std::max(length, 1e-12)))));
        out.rarities.push_back(short_float(static_cast<float>(
            common / (common + static_cast<double>(counted[word].texts) / static_cast<double>(texts.size())))));
        for (std::size_t k = 0; k < width; ++k)
            out.steps.push_back(static_cast<std::int8_t>(std::clamp<long>(std::lround(turned[k] / step), -127, 127)));
    }
    return out;
}

} // namespace handrail::detect
