// A model file whose checksum fits but whose inside nobody vouches for: read or refused, and what is read is safe to
// use.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "detect/model_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace handrail::detect;
    const auto file = sealed_with_checksum("HANDRAIL" + std::string(reinterpret_cast<const char*>(data), size));
    const std::string text = "a text about nothing much, \xe5\xa4\xa9\xe6\xb0\x94";
    Encoder encoder{"", "", Vocabulary({}, {}, {}), {}, {}};
    if (auto read = read_encoder(file)) {
        if (written(*read) != file)
            std::abort();
        Ngrams ngrams;
        std::vector<Cell> cells;
        std::vector<float> inner(read->vectors.width);
        read_ngrams(text, read->vocabulary.shape(), ngrams);
        read->vocabulary.weigh(ngrams, cells);
        read->vectors.hidden(cells, inner);
        std::vector<float> pooled(read->words.pooled_size());
        read->words.pool(ngrams.singles, pooled);
    }
    if (const auto read = read_model(file)) {
        encoder.vectors.width = static_cast<std::uint32_t>(read->head.size() / read->labels.size());
        encoder.vectors.bias.assign(encoder.vectors.width, 0.5F);
        encoder.words.width = (read->pooled.size() / read->labels.size() - 1) / 3;
        if ((read->pooled.size() / read->labels.size() - 1) % 3 == 0)
            read->detect(text, encoder);
    }
    return 0;
}
