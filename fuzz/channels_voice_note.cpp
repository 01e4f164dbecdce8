// What Meta and a transcriber send: files and answers of any bytes are read or refused, and nothing of them is taken on trust.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/text.h"
#include "channels/voice_note.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    namespace channels = handrail::channels;
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    if (const auto length = channels::length_of_opus(text))
        handrail::ensure(length->count() >= 0 && length->count() <= 86'400'000, "a length is one of a day at most");
    constexpr std::size_t most = 50;
    if (const auto words = channels::transcript_in(text, most))
        handrail::ensure(handrail::valid_utf8(*words) && !words->empty() && handrail::code_points(*words) <= most,
                         "words are words, and no more than asked for");
    (void)channels::media_place_in(text);
    if (channels::may_fetch(text, {})) {
        handrail::ensure(text.substr(0, 8) == "https://", "the token goes over https");
        handrail::ensure(text.substr(8, text.find('/', 8) - 8).find('@') == std::string_view::npos, "and to nobody's guest");
    }
    return 0;
}
