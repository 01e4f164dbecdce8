#include "detect/model.h"

#include <array>

namespace handrail::detect {

Detection concluded(std::span<const std::span<const float>> ways, const Combination& combination,
                    const Decision& decision, double known)
{
    Detection out;
    out.known = known;
    out.probabilities.resize(combination.offsets.size());
    combination.probabilities(ways, out.probabilities);
    out.answer = decision.decide(out.probabilities);
    out.abstain = out.answer.certain < static_cast<double>(decision.least_certain) ||
                  known < static_cast<double>(decision.least_known);
    return out;
}

Detection Model::detect(std::string_view utf8, const Encoder& encoder) const
{
    Ngrams ngrams;
    read_ngrams(utf8, vocabulary.shape(), ngrams);
    std::vector<Cell> cells;
    const auto known = static_cast<double>(vocabulary.weigh(ngrams, cells));
    const auto count = labels.size();
    std::vector<float> from_linear(count);
    linear.score(cells, from_linear);

    std::vector<float> text(encoder.words.pooled_size());
    encoder.words.pool(ngrams.singles, text);
    std::vector<float> from_words(pooled.end() - static_cast<std::ptrdiff_t>(count), pooled.end());
    for (std::size_t d = 0; d < text.size(); ++d)
        for (std::size_t k = 0; k < count; ++k)
            from_words[k] += text[d] * pooled[d * count + k];

    if (encoder.vocabulary.shape() != vocabulary.shape())
        read_ngrams(utf8, encoder.vocabulary.shape(), ngrams);
    cells.clear();
    encoder.vocabulary.weigh(ngrams, cells);
    const std::size_t width = encoder.vectors.width;
    std::vector<float> inner(width);
    encoder.vectors.hidden(cells, inner);
    std::vector<float> from_network(head_bias);
    for (std::size_t k = 0; k < count; ++k)
        for (std::size_t d = 0; d < width; ++d)
            from_network[k] += head[k * width + d] * inner[d];

    const std::array<std::span<const float>, 3> ways{from_linear, from_words, from_network};
    return concluded(ways, combination, decision, known);
}

} // namespace handrail::detect
