#include "base/ids.h"

#include <sodium.h>

namespace handrail {

namespace {
constexpr char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
}

RawId random_id()
{
    RawId id;
    randombytes_buf(id.bytes.data(), id.bytes.size());
    return id;
}

RawId timed_id(Instant at)
{
    RawId id = random_id();
    const auto micros = static_cast<std::uint64_t>(to_stored(at));
    const auto time = micros / 1000 << 16 | micros % 1000;
    for (int i = 0; i < 8; ++i)
        id.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(time >> (56 - 8 * i));
    return id;
}

std::string to_text(const RawId& id)
{
    // 130 bits for 128: the first character carries three of them.
    std::string out(26, '0');
    unsigned carry = 0;
    int bits = 2; // two leading zero bits
    std::size_t at = 0;
    for (const auto byte : id.bytes) {
        carry = (carry << 8) | byte;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            out[at++] = alphabet[(carry >> bits) & 31U];
        }
        carry &= (1U << bits) - 1U;
    }
    return out;
}

Result<RawId> raw_id_from(std::string_view text)
{
    const auto wrong = invalid("An id has 26 characters of 0-9 and a-z without i, l, o and u.");
    if (text.size() != 26)
        return wrong;
    RawId id;
    unsigned carry = 0;
    int bits = -2;
    std::size_t at = 0;
    for (const char c : text) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        const char* found = lower == '\0' ? nullptr : std::strchr(alphabet, lower);
        if (found == nullptr)
            return wrong;
        carry = (carry << 5) | static_cast<unsigned>(found - alphabet);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            id.bytes[at++] = static_cast<std::uint8_t>(carry >> bits);
            carry &= (1U << bits) - 1U;
        } else if (at == 0 && bits == 3 && carry > 7U) {
            return wrong; // more than 128 bits
        }
    }
    return id;
}

} // namespace handrail
