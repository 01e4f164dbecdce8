#pragma once

#include "base/result.h"
#include "sqlite/connection.h"
#include "storage/migrations.h"

namespace handrail::sqlite {

/// Written into the file's header, so that a key store is not taken for the record: "HRdt" and "HRky".
std::int64_t application_id(storage::Set which);
/// Invalid when the file is another set's, or another program's. A fresh file is anybody's.
Result<void> check_identity(Connection& connection, storage::Set which);
/// The newest migration that was applied; 0 for a fresh file.
Result<int> version_of(Connection& connection);

} // namespace handrail::sqlite
