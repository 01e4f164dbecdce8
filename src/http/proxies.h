#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace handrail::http
{

/// The addresses whose word about X-Forwarded-For and X-Forwarded-Proto is taken.
class Proxies
{
public:
    /// "10.0.0.0/8", "192.0.2.7", "::1". Invalid names the one that is no address.
    static Result<Proxies> from(const std::vector<std::string>& networks);

    bool trusted(std::string_view address) const;
    /// The browser's address: the last one in the list that is not a trusted proxy itself; `peer` when there
    /// is none.
    std::string browser(std::string_view peer, std::string_view forwarded_for) const;

private:
    struct Network {
        std::array<std::uint8_t, 16> bytes;
        unsigned bits;
    };
    std::vector<Network> networks_;
};

} // namespace handrail::http
