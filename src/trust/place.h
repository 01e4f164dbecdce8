#pragma once

#include <string_view>

#include "base/ids.h"

namespace handrail::trust {

/// Where a sealed value stands. It is part of what is authenticated (with organisation, person and format
/// version), so a value moved to another row, field or person does not open.
struct Place {
    std::string_view table;
    std::string_view field;
    RawId row;
};

} // namespace handrail::trust
