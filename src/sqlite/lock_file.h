#pragma once

#include <string>

#include "base/result.h"

namespace handrail::sqlite {

/// Held while a process has the store open: the file beside the store is locked, and the kernel lets go of the lock
/// when the process ends in whatever way. A second process, or a second open in this one, is refused.
class LockFile {
public:
    /// Conflict when somebody holds it.
    static Result<LockFile> take(const std::string& path);
    LockFile(LockFile&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
    LockFile& operator=(LockFile&&) = delete;
    ~LockFile();

private:
    explicit LockFile(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

} // namespace handrail::sqlite
