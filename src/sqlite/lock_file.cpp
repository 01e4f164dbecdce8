#include "sqlite/lock_file.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "sqlite/sqlite_error.h"

namespace handrail::sqlite {

Result<LockFile> LockFile::take(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return error_from_errno(errno, "opening the store's lock file");
    LockFile lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return conflict(
                "Another Handrail has this store open. Stop it first, or ask it: only one process at a time "
                "writes to an embedded store.");
        return error_from_errno(errno, "locking the store");
    }
    return lock;
}

LockFile::~LockFile()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

} // namespace handrail::sqlite
