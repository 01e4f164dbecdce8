#pragma once

#include <string>

#include "base/result.h"

namespace handrail::postgres {

/// What a server has been told about keeping what it acknowledges, as it words it itself.
struct Promises {
    std::string version;
    std::string fsync;
    std::string synchronous_commit;
    std::string full_page_writes;
    bool passes_row_security = false; ///< this role
    bool standby = false;
};
/// @param conninfo As libpq takes it. Unavailable when the server cannot be reached.
Result<Promises> promises_of(const std::string& conninfo);

} // namespace handrail::postgres
