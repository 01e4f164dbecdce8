#pragma once

#include "base/result.h"
#include "rows/value.h"
#include "storage/dialect.h"

namespace handrail::storage {

/// Whether both backends can keep these values. Text must be UTF-8 without a NUL byte (PostgreSQL keeps no other);
/// bytes may be anything. Invalid otherwise, and the words are not quoted.
Result<void> storable(const rows::Statement& statement, rows::Values values);

/// Throws unless a statement and its caller agree: $2 … $n are all given, and only the system may leave out $1.
void check_call(const rows::Statement& statement, const Placeholders& placeholders, std::size_t values, bool by_system);

} // namespace handrail::storage
