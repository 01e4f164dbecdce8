// Normalising twice must change nothing, whatever people type; every word must lie in the text it came from.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "nlp/normaliser.h"
#include "nlp/rule_book.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace handrail::nlp;
    static const auto book = [] {
        Complaints complaints;
        const std::filesystem::path folder = HANDRAIL_SOURCE_DIR "/content/screening";
        return RuleBook::read(folder, Lexicon::read(folder, complaints), complaints);
    }();
    NormalisedText once;
    NormalisedText twice;
    const Normaliser normaliser(book->lexicon);
    normaliser.normalise(std::string_view(reinterpret_cast<const char*>(data), size), once);
    for (const auto& word : once.words)
        if (word.begin >= word.end || word.end > once.code_points)
            std::abort();
    const auto line = once.line();
    normaliser.normalise(line, twice);
    if (twice.line() != line)
        std::abort();
    return 0;
}
