#pragma once

#include <functional>
#include <string>

#include "base/crypto.h"
#include "base/result.h"

namespace handrail::trust {

/// Where the master key comes from. It is written as 64 hexadecimal digits; space around them does not
/// matter.
struct MasterKeySource {
    enum class Kind {
        File,        ///< `where` is a path; the file must be readable by its owner only (mode 600)
        Environment, ///< `where` is the name of a variable
        Command,     ///< `where` is given to /bin/sh -c; its output is the key, so that a key service can be used
    };
    Kind kind = Kind::File;
    std::string where;
    /// Only for File: a missing file is made with a fresh key. Only on the very first start; a lost key must
    /// never be replaced silently.
    bool create_when_missing = false;
};

/// Reads the master key, or says in one sentence what is wrong and what to do. Writes nothing unless told to
/// create.
Result<SecretKey> read_master_key(const MasterKeySource& source);

/// A change of a master key that lies in a file. PATH is the key in use, PATH.next the coming one, PATH.old one about
/// to be overwritten. A kill between any two steps leaves files that finish_master_change() understands.
using BeforeStep = std::function<Result<void>(const char* step)>;
/// Makes the coming key durable beside the one in use, or reads the one that a try before this one left.
Result<SecretKey> prepare_next_master(const std::string& path, const BeforeStep& before_step = {});
/// Puts it in its place and overwrites the old one. Only when the epoch key file is sealed with it.
Result<void> put_next_master_in_force(const std::string& path, const BeforeStep& before_step = {});
/// Finishes, or takes back, a change that was cut short, by asking with which of the two keys the epoch key file opens.
Result<void> finish_master_change(const std::string& path, const std::function<bool(const SecretKey&)>& opens);

/// A key that is written as its source holds it: 64 hexadecimal digits.
std::string written(const SecretKey& key);
Result<SecretKey> read_written_key(std::string written, const std::string& from);

} // namespace handrail::trust
