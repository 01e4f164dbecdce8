#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"

namespace handrail::app {

/// "2026-03-02T221000Z" sorts as it reads and stands in a file name anywhere.
std::string stamp(Instant at);

struct StampedName {
    Instant at;
    std::string rest; ///< after the dash
};
/// "2026-03-02T221000Z-manual"; Invalid for any other form.
Result<StampedName> read_stamped(std::string_view name);

} // namespace handrail::app
