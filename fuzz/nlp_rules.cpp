// Rules are read from files that people edit: whatever stands in a pattern, it is read or complained about, and what is
// read can be looked for.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "nlp/normaliser.h"
#include "nlp/phrase.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace handrail::nlp;
    std::string_view left(reinterpret_cast<const char*>(data), size);
    const auto next = [&] {
        const auto end = left.find('\n');
        const auto line = left.substr(0, end);
        left.remove_prefix(end == std::string_view::npos ? left.size() : end + 1);
        return line;
    };
    // A line for a class, one for what it is compared with, and patterns.
    Lexicon lexicon;
    Phrases phrases(lexicon);
    Complaints complaints;
    phrases.add_class("one", next(), "one", complaints);
    const auto text = next();
    while (!left.empty())
        phrases.add_pattern(next(), "pattern", complaints);
    phrases.link(complaints);
    if (!complaints.empty())
        return 0;
    NormalisedText normal;
    Normaliser(lexicon).normalise(text, normal);
    std::vector<Phrases::Found> found;
    phrases.find(normal.words, found);
    for (const auto& each : found)
        if (each.begin >= each.end || each.end > normal.words.size())
            std::abort();
    return 0;
}
