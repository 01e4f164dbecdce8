// Server-sent events of somebody else's service: any bytes, cut anywhere, give the same events.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "language/sse_reader.h"

namespace {

using handrail::language::SseReader;

std::vector<std::string> read(std::string_view bytes, std::size_t piece)
{
    SseReader reader;
    std::vector<std::string> events;
    const auto take = [&](SseReader::Event event) {
        events.push_back(event.name + "|" + event.data);
        return true;
    };
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        handrail::ensure(reader.feed(bytes.substr(at, piece), take).ok(), "4 KiB are no event that is too large");
    reader.finish(take);
    return events;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto whole = read(text, size + 1);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{3}})
        handrail::ensure(read(text, piece) == whole, "where the bytes are cut changes nothing");
    for (const auto& event : whole)
        handrail::ensure(event.size() <= size + 1, "nothing is invented");
    return 0;
}
