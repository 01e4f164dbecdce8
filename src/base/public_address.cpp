#include "base/public_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace handrail {

namespace {

struct Net {
    std::uint32_t first;
    int bits;
};

// What RFC 6890 and its successors set aside: not "globally reachable" in IANA's registry of special addresses.
constexpr std::array<Net, 14> set_aside{{{0x00000000, 8},
                                         {0x0a000000, 8},
                                         {0x64400000, 10},
                                         {0x7f000000, 8},
                                         {0xa9fe0000, 16},
                                         {0xac100000, 12},
                                         {0xc0000000, 24},
                                         {0xc0000200, 24},
                                         {0xc0586300, 24},
                                         {0xc0a80000, 16},
                                         {0xc6120000, 15},
                                         {0xc6336400, 24},
                                         {0xcb007100, 24},
                                         {0xe0000000, 3}}}; // many at once, and the rest that was never given out

bool is_public(std::uint32_t address)
{
    return std::none_of(set_aside.begin(), set_aside.end(), [&](const Net& net) {
        return (address >> (32 - net.bits)) == (net.first >> (32 - net.bits));
    });
}

std::uint32_t four(const unsigned char* bytes)
{
    return std::uint32_t{bytes[0]} << 24U | std::uint32_t{bytes[1]} << 16U | std::uint32_t{bytes[2]} << 8U | bytes[3];
}

bool is_public(const std::array<unsigned char, 16>& address)
{
    const auto begins = [&](std::initializer_list<unsigned char> with) {
        return std::equal(with.begin(), with.end(), address.begin());
    };
    // An older address inside: what it leads to counts.
    if (begins({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}) || begins({0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}))
        return is_public(four(address.data() + 12));
    if (begins({0x20, 0x02}))
        return is_public(four(address.data() + 2));
    const bool given_out = (address[0] & 0xe0U) == 0x20;
    const bool examples = begins({0x20, 0x01, 0x0d, 0xb8}) || begins({0x3f, 0xff});
    const bool of_protocols = begins({0x20, 0x01}) && (address[2] & 0xfeU) == 0;
    return given_out && !examples && !of_protocols;
}

} // namespace

std::optional<bool> is_public_address(std::string_view text)
{
    const std::string written(text);
    in_addr older{};
    if (inet_pton(AF_INET, written.c_str(), &older) == 1)
        return is_public(ntohl(older.s_addr));
    std::array<unsigned char, 16> newer{};
    if (inet_pton(AF_INET6, written.c_str(), newer.data()) == 1)
        return is_public(newer);
    return std::nullopt;
}

} // namespace handrail
