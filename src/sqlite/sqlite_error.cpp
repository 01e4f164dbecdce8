#include "sqlite/sqlite_error.h"

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

#include <sqlite3.h>

namespace handrail::sqlite {

namespace {
constexpr auto disk_full = "The disk is full: nothing more can be kept until there is room.";
constexpr auto cannot_read = "The store cannot read or write its file. Nothing of this was kept.";
} // namespace

Error error_from(sqlite3* connection, int code, std::string_view doing)
{
    const int extended = connection == nullptr ? code : sqlite3_extended_errcode(connection);
    std::string noted = std::string(doing) + ": " + sqlite3_errstr(code) + " (" +
                        std::to_string((extended & 0xff) == (code & 0xff) ? extended : code) + ")";
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
        if (connection != nullptr)
            noted += std::string(", ") + sqlite3_errmsg(connection);
        if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY)
            return {ErrorKind::Conflict, "That is already there: someone else was first.", noted, {}};
        if (extended == SQLITE_CONSTRAINT_DATATYPE)
            throw std::logic_error(noted);
        return {ErrorKind::Invalid, "A value is missing or of the wrong kind.", noted, {}};
    case SQLITE_FULL:
        return unavailable(disk_full, noted);
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
        return unavailable(cannot_read, noted);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return unavailable("The store is busy. Please try again.", noted);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return unavailable("The store's file is damaged, or is no store of Handrail's. Restore a backup.", noted);
    case SQLITE_NOMEM:
        return unavailable("The server is out of memory. Please try again.", noted);
    case SQLITE_TOOBIG:
        return {ErrorKind::TooMuch, "That is too large to keep.", noted, {}};
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
        if (connection != nullptr)
            noted += std::string(", ") + sqlite3_errmsg(connection);
        throw std::logic_error(noted);
    default:
        return unavailable(cannot_read, noted);
    }
}

Error error_from_errno(int code, std::string_view doing)
{
    const auto noted = std::string(doing) + ": " + std::strerror(code);
    return unavailable(code == ENOSPC || code == EDQUOT ? disk_full : cannot_read, noted);
}

} // namespace handrail::sqlite
