#pragma once

#include <optional>
#include <string_view>

namespace handrail {

/// Whether an address in numbers ("192.0.2.1", "fe80::1") is one that the whole internet reaches: not this machine's, not of
/// a network of one's own, not set aside. None when the text is no address in numbers.
std::optional<bool> is_public_address(std::string_view text);

} // namespace handrail
