#pragma once

#include <chrono>

#include "base/result.h"
#include "postgres/session.h"
#include "storage/migrations.h"

namespace handrail::postgres {

/// "handrail" for the record and "handrail_keys" for the keys: even in one database they are two schemas.
std::string schema_of(storage::Set which);

Result<int> version_of(Session& session, const std::string& schema);

/// Applies one migration in one transaction. Several nodes may start at once: one does it and the others wait for it.
/// Nodes of the version before may be serving: it waits for a table only shortly, so that nobody stands behind it, and
/// tries again. Unavailable, with nothing changed, when it had no turn in all of `patience`.
Result<void> apply(Session& session, const std::string& schema, const storage::Migration& migration,
                   std::chrono::milliseconds patience);

/// What the server has been told about keeping what it acknowledges, and about us.
struct Footing {
    bool durable = false; ///< fsync is on, and synchronous_commit is not off
    bool passes_row_security = false;
    int version = 0; ///< 150004
    bool utf8 = false;
    bool in_recovery = false; ///< a standby: it takes no writes
};
Result<Footing> footing(Session& session);

} // namespace handrail::postgres
