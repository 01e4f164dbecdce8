#include "nlp/silent_messages.h"

#include <cstring>

namespace handrail::nlp {

SilentMessages::SilentMessages() : key_(SecretKey::random()), marks_(std::make_unique<std::array<std::atomic<Mark>, room>>()) {}

SilentMessages::Mark SilentMessages::mark(std::string_view text) const
{
    const auto hash = keyed_hash(key_, text);
    Mark out = 0;
    std::memcpy(&out, hash.data(), sizeof out);
    return out == 0 ? 1 : out; // 0 is an empty place
}

bool SilentMessages::known(Mark mark) const
{
    return (*marks_)[mark % room].load(std::memory_order_relaxed) == mark;
}

void SilentMessages::remember(Mark mark)
{
    (*marks_)[mark % room].store(mark, std::memory_order_relaxed);
}

} // namespace handrail::nlp
