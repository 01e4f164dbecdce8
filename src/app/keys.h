#pragma once

#include <iosfwd>
#include <string>

#include "app/backups.h"
#include "app/keeping.h"
#include "app/vault.h"

namespace handrail::app {

/// `handrail keys rotate --what master|epoch|organisation|person`: on a running server through its socket, or on a
/// stopped one. May be killed at any point: the next start, or the same command again, finishes it.
struct RotateAsked {
    std::string what;
    std::string whom;       ///< a person's id, or the slug of an organisation ("main")
    std::string new_source; ///< for the master key: file, environment, command; empty: a fresh one in the same file
    std::string new_where;  ///< path, variable name or command of the new master key
};
int rotate_keys(const Where& where, const RotateAsked& asked, std::ostream& out, std::ostream& err);

/// What the command does inside the process that has the store.
struct Rotation {
    std::string what;
    std::string whom;
    std::string new_master; ///< 64 hexadecimal digits; empty: a fresh one in the file that the configuration names
    bool alone = false;     ///< no server and no other node has keys in memory
};
Result<std::string> rotate(Vault& vault, Backups& backups, const Config& config, const Clock& clock, Rotation rotation);

} // namespace handrail::app
