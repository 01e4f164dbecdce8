#pragma once

#include <string>
#include <string_view>
#include <vector>

/// One text of SQL serves both backends. What differs is translated here, at the door of each:
///
///   written                    SQLite                        PostgreSQL
///   BLOB, INTEGER              as they are                   BYTEA, BIGINT
///   ) WITHOUT ROWID            ) STRICT, WITHOUT ROWID       )
///   CREATE TABLE t (...)       STRICT                        and row-level security, if t has an organisation
///   FOR UPDATE [SKIP LOCKED]   nothing: there is one writer  as it is
///   FOR SHARE                  nothing                       as it is
///
/// Keywords are written in capitals and names in small letters; that is how the two are told apart.
namespace handrail::storage {

/// The statements of a migration script, without comments. Triggers, which hold semicolons, are not understood.
std::vector<std::string> statements_of(std::string_view script);

std::string for_sqlite(std::string_view statement);

/// A table becomes several statements: itself, and the policy that lets a connection see and write only the rows of the
/// organisation named by the setting `handrail.organisation` (hexadecimal), or every row while `handrail.all` is 'on'.
std::vector<std::string> for_postgres(std::string_view statement);

/// What a statement asks to be bound.
struct Placeholders {
    bool organisation = false; ///< whether $1 is mentioned
    int highest = 1;           ///< the largest number; 1 when there is none
};
Placeholders placeholders_of(std::string_view sql);

} // namespace handrail::storage
