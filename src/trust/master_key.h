#pragma once

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

} // namespace handrail::trust
