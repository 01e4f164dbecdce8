#pragma once

#include <cstddef>

namespace handrail {

/// Gives back the room that one long text took in a buffer which a thread keeps between texts. What is in it is lost.
template <class Buffer> void keep_room(Buffer& buffer, std::size_t most)
{
    if (buffer.capacity() > most)
        Buffer().swap(buffer);
}

} // namespace handrail
