// The screener meets whatever people type. Offsets must lie in the text, and normalising twice must change nothing.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "nlp/screener.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto screener = handrail::nlp::Screener::load(HANDRAIL_SOURCE_DIR "/content");
    if (!screener)
        std::abort();
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const auto border = all.find('\0');
    const std::string context[] = {std::string(all.substr(0, border == std::string_view::npos ? 0 : border))};
    const auto text = border == std::string_view::npos ? all : all.substr(border + 1);
    const auto found = screener->screen(text, context);
    for (const auto& each : found.evidence)
        if (each.begin >= each.end ||
            (each.context_index < 0 && handrail::valid_utf8(text) && each.end > handrail::code_points(text)))
            std::abort();
    return 0;
}
