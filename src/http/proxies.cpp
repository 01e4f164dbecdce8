#include "http/proxies.h"

#include <charconv>
#include <optional>

#include <arpa/inet.h>

#include "base/text.h"

namespace handrail::http
{
namespace
{

using Bytes = std::array<std::uint8_t, 16>;

/// IPv4 is held as IPv6, ::ffff:a.b.c.d, so that one comparison serves both.
std::optional<Bytes> bytes_of(std::string_view text)
{
    const std::string address(text);
    Bytes out{};
    if (inet_pton(AF_INET6, address.c_str(), out.data()) == 1)
        return out;
    out = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0};
    if (inet_pton(AF_INET, address.c_str(), out.data() + 12) == 1)
        return out;
    return std::nullopt;
}

bool within(const Bytes& address, const Bytes& network, unsigned bits)
{
    for (unsigned i = 0; i < bits; ++i) {
        const unsigned mask = 0x80U >> (i % 8);
        if ((address[i / 8] & mask) != (network[i / 8] & mask))
            return false;
    }
    return true;
}

/// "203.0.113.9:1234" and "[2001:db8::1]:443" without their ports.
std::string_view without_port(std::string_view entry)
{
    entry = trimmed(entry);
    if (entry.starts_with('['))
        return entry.substr(1, entry.find(']') - 1);
    const auto colon = entry.find(':');
    if (colon != std::string_view::npos && entry.find(':', colon + 1) == std::string_view::npos)
        return entry.substr(0, colon);
    return entry;
}

} // namespace

Result<Proxies> Proxies::from(const std::vector<std::string>& networks)
{
    Proxies out;
    for (const auto& written : networks) {
        const auto slash = written.find('/');
        const auto bytes = bytes_of(std::string_view(written).substr(0, slash));
        const bool four = written.find(':') == std::string::npos;
        unsigned bits = four ? 32 : 128;
        bool good = bytes.has_value();
        if (good && slash != std::string::npos) {
            const auto* end = written.data() + written.size();
            const auto [stopped, error] = std::from_chars(written.data() + slash + 1, end, bits);
            good = error == std::errc() && stopped == end && bits <= (four ? 32U : 128U);
        }
        if (!good)
            return invalid("trusted_proxies: \"" + written +
                           "\" is not an address or network such as 10.0.0.0/8.");
        out.networks_.push_back({*bytes, four ? bits + 96 : bits});
    }
    return out;
}

bool Proxies::trusted(std::string_view address) const
{
    if (networks_.empty())
        return false;
    const auto bytes = bytes_of(address);
    if (!bytes)
        return false;
    for (const auto& network : networks_)
        if (within(*bytes, network.bytes, network.bits))
            return true;
    return false;
}

std::string Proxies::browser(std::string_view peer, std::string_view forwarded_for) const
{
    std::string out(peer);
    if (!trusted(peer))
        return out;
    const auto entries = split(forwarded_for, ',');
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        const auto address = without_port(*entry);
        if (!bytes_of(address))
            break; // whoever wrote this wrote what stands before it too
        out = address;
        if (!trusted(address))
            break;
    }
    return out;
}

} // namespace handrail::http
