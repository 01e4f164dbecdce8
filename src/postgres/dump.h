#pragma once

#include <string>

#include "base/result.h"
#include "postgres/session.h"

namespace handrail::postgres {

/// Runs pg_dump (custom format, of one instant) into a file at `to` with mode 600; pg_restore reads it. The password
/// goes through the environment, where other users of the machine do not see it.
/// @param program "pg_dump", found on the PATH, or where it is.
Result<void> dump(const Session& session, const std::string& schema, const std::string& program, const std::string& to);

} // namespace handrail::postgres
