#pragma once

#include <string_view>

#include "base/result.h"

struct sqlite3;

namespace handrail::sqlite {

/// What SQLite's result code means to whoever asked. `doing` is the statement's name or a few words of ours.
/// SQLite's own message names tables and columns only; our statements hold no values.
/// Throws on codes that only a mistake in our code can cause (a statement that does not parse, misuse).
Error error_from(sqlite3* connection, int code, std::string_view doing);

/// The same for the operating system's errno on a file of ours.
Error error_from_errno(int code, std::string_view doing);

} // namespace handrail::sqlite
