#include "sqlite/forgetful_vfs.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <new>
#include <stdexcept>

namespace handrail::tests {

namespace {
constexpr std::size_t sector = 512;
}

/// What SQLite holds as a file: ours first, then the real one's bytes.
struct ForgetfulVfs::File {
    sqlite3_file base{};
    ForgetfulVfs* disk = nullptr;
    Shadow* shadow = nullptr; ///< nullptr for temporary files, which need not outlive anything
    sqlite3_file* real = nullptr;
};

/// The calls as SQLite makes them.
struct ForgetfulVfs::Calls {
    static File& file(sqlite3_file* each) { return *reinterpret_cast<File*>(each); }
    static ForgetfulVfs& disk(sqlite3_vfs* vfs) { return *static_cast<ForgetfulVfs*>(vfs->pAppData); }

    static int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* place, int flags, int* out_flags)
    {
        auto& self = disk(vfs);
        auto* const made = new (place) File;
        made->disk = &self;
        made->real = reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(place) + sizeof(File));
        std::memset(made->real, 0, static_cast<std::size_t>(self.real_->szOsFile));
        if (const int code = self.meet(SQLITE_CANTOPEN, false); code != SQLITE_OK)
            return code;
        const int code = self.real_->xOpen(self.real_, path, made->real, flags, out_flags);
        if (code != SQLITE_OK)
            return code;
        made->base.pMethods = &methods;
        const std::lock_guard lock(self.mutex_);
        const bool lasting = (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
        if (path != nullptr && lasting) {
            const auto [found, is_new] = self.files_.try_emplace(path);
            if (is_new) {
                std::ifstream contents(path, std::ios::binary);
                found->second.flushed.assign(std::istreambuf_iterator<char>(contents), {});
            }
            ++found->second.open;
            made->shadow = &found->second;
        }
        return SQLITE_OK;
    }

    static int close(sqlite3_file* each)
    {
        auto& closing = file(each);
        if (closing.shadow != nullptr) {
            const std::lock_guard lock(closing.disk->mutex_);
            --closing.shadow->open;
        }
        return closing.real->pMethods->xClose(closing.real);
    }

    static int read(sqlite3_file* each, void* into, int size, sqlite3_int64 at)
    {
        auto& from = file(each);
        if (const int code = from.disk->meet(SQLITE_IOERR_READ, false); code != SQLITE_OK)
            return code;
        return from.real->pMethods->xRead(from.real, into, size, at);
    }

    static int write(sqlite3_file* each, const void* bytes, int size, sqlite3_int64 at)
    {
        auto& to = file(each);
        const int refused = to.disk->meet(SQLITE_IOERR_WRITE, true);
        if (refused != SQLITE_OK)
            size /= 2; // a part may have got there
        const std::lock_guard lock(to.disk->mutex_);
        if (to.disk->off_)
            return SQLITE_IOERR_WRITE;
        const int code = size == 0 ? SQLITE_OK : to.real->pMethods->xWrite(to.real, bytes, size, at);
        if (code == SQLITE_OK && to.shadow != nullptr)
            to.shadow->since.push_back({at, {static_cast<const char*>(bytes), static_cast<std::size_t>(size)}, false});
        return refused != SQLITE_OK ? refused : code;
    }

    static int truncate(sqlite3_file* each, sqlite3_int64 size)
    {
        auto& cut = file(each);
        if (const int code = cut.disk->meet(SQLITE_IOERR_TRUNCATE, false); code != SQLITE_OK)
            return code;
        const std::lock_guard lock(cut.disk->mutex_);
        const int code = cut.real->pMethods->xTruncate(cut.real, size);
        if (code == SQLITE_OK && cut.shadow != nullptr)
            cut.shadow->since.push_back({size, {}, true});
        return code;
    }

    static int sync(sqlite3_file* each, int)
    {
        auto& flushed = file(each);
        if (const int code = flushed.disk->meet(SQLITE_IOERR_FSYNC, false); code != SQLITE_OK)
            return code;
        const std::lock_guard lock(flushed.disk->mutex_);
        if (flushed.disk->off_)
            return SQLITE_IOERR_FSYNC;
        if (flushed.shadow != nullptr) {
            for (const auto& change : flushed.shadow->since)
                apply(flushed.shadow->flushed, change, change.bytes.size());
            flushed.shadow->since.clear();
        }
        return SQLITE_OK; // the real disk need not be asked: this one stands for it
    }

    static int size(sqlite3_file* each, sqlite3_int64* out)
    {
        auto& asked = file(each);
        if (const int code = asked.disk->meet(SQLITE_IOERR_FSTAT, false); code != SQLITE_OK)
            return code;
        return asked.real->pMethods->xFileSize(asked.real, out);
    }

    static int lock(sqlite3_file* each, int level)
    {
        auto& locked = file(each);
        if (const int code = locked.disk->meet(SQLITE_IOERR_LOCK, false); code != SQLITE_OK)
            return code;
        return locked.real->pMethods->xLock(locked.real, level);
    }
    static int unlock(sqlite3_file* each, int level)
    {
        return file(each).real->pMethods->xUnlock(file(each).real, level);
    }
    static int check_reserved(sqlite3_file* each, int* out)
    {
        return file(each).real->pMethods->xCheckReservedLock(file(each).real, out);
    }
    static int control(sqlite3_file* each, int operation, void* argument)
    {
        return file(each).real->pMethods->xFileControl(file(each).real, operation, argument);
    }
    static int sector_size(sqlite3_file*) { return static_cast<int>(sector); }
    /// Promises nothing: no atomic writes, and what was not written may be torn.
    static int characteristics(sqlite3_file*) { return 0; }

    static int shared_map(sqlite3_file* each, int page, int size, int extend, void volatile** out)
    {
        auto& shared = file(each);
        if (const int code = shared.disk->meet(SQLITE_IOERR_SHMMAP, false); code != SQLITE_OK)
            return code;
        return shared.real->pMethods->xShmMap(shared.real, page, size, extend, out);
    }
    static int shared_lock(sqlite3_file* each, int at, int count, int flags)
    {
        return file(each).real->pMethods->xShmLock(file(each).real, at, count, flags);
    }
    static void shared_barrier(sqlite3_file* each) { file(each).real->pMethods->xShmBarrier(file(each).real); }
    static int shared_unmap(sqlite3_file* each, int remove)
    {
        return file(each).real->pMethods->xShmUnmap(file(each).real, remove);
    }

    static int remove(sqlite3_vfs* vfs, const char* path, int flush)
    {
        auto& self = disk(vfs);
        if (const int code = self.meet(SQLITE_IOERR_DELETE, false); code != SQLITE_OK)
            return code;
        const std::lock_guard lock(self.mutex_);
        self.files_.erase(path);
        return self.real_->xDelete(self.real_, path, flush);
    }
    static int access(sqlite3_vfs* vfs, const char* path, int flags, int* out)
    {
        return disk(vfs).real_->xAccess(disk(vfs).real_, path, flags, out);
    }
    static int full_path(sqlite3_vfs* vfs, const char* path, int size, char* out)
    {
        return disk(vfs).real_->xFullPathname(disk(vfs).real_, path, size, out);
    }

    static const sqlite3_io_methods methods; ///< version 2: shared memory, no mapped files
};

const sqlite3_io_methods ForgetfulVfs::Calls::methods{2,
                                                      close,
                                                      read,
                                                      write,
                                                      truncate,
                                                      sync,
                                                      size,
                                                      lock,
                                                      unlock,
                                                      check_reserved,
                                                      control,
                                                      sector_size,
                                                      characteristics,
                                                      shared_map,
                                                      shared_lock,
                                                      shared_barrier,
                                                      shared_unmap,
                                                      nullptr,
                                                      nullptr};

ForgetfulVfs::ForgetfulVfs() : real_(sqlite3_vfs_find(nullptr))
{
    static int made = 0;
    name_ = "forgetful-" + std::to_string(++made);
    vfs_ = *real_; // time, randomness and sleep are the real one's; its functions take any sqlite3_vfs
    vfs_.pNext = nullptr;
    vfs_.zName = name_.c_str();
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
    vfs_.pAppData = this;
    vfs_.xOpen = Calls::open;
    vfs_.xDelete = Calls::remove;
    vfs_.xAccess = Calls::access;
    vfs_.xFullPathname = Calls::full_path;
    if (sqlite3_vfs_register(&vfs_, 0) != SQLITE_OK)
        throw std::runtime_error("the VFS cannot be registered");
}

ForgetfulVfs::~ForgetfulVfs()
{
    sqlite3_vfs_unregister(&vfs_);
}

int ForgetfulVfs::meet(int code, bool writes)
{
    const std::lock_guard lock(mutex_);
    if (off_)
        return code;
    if ((fault_ == Fault::DiskFull && !writes) || (only_ && *only_ != std::this_thread::get_id()))
        return SQLITE_OK;
    ++calls_;
    if (first_failure_ == 0 || calls_ < first_failure_ || calls_ > first_failure_ + more_failures_)
        return SQLITE_OK;
    failed_ = true;
    return fault_ == Fault::DiskFull ? SQLITE_FULL : code;
}

void ForgetfulVfs::fail_at(long nth, Fault fault, long more)
{
    const std::lock_guard lock(mutex_);
    calls_ = 0;
    failed_ = false;
    first_failure_ = nth;
    more_failures_ = more;
    fault_ = fault;
    only_.reset();
}

void ForgetfulVfs::fail_at_of_this_thread(long nth, Fault fault)
{
    fail_at(nth, fault);
    const std::lock_guard lock(mutex_);
    only_ = std::this_thread::get_id();
}

long ForgetfulVfs::calls() const
{
    const std::lock_guard lock(mutex_);
    return calls_;
}

bool ForgetfulVfs::failed() const
{
    const std::lock_guard lock(mutex_);
    return failed_;
}

void ForgetfulVfs::cut_power()
{
    const std::lock_guard lock(mutex_);
    off_ = true;
}

void ForgetfulVfs::apply(std::string& image, const Change& change, std::size_t length)
{
    const auto at = static_cast<std::size_t>(change.at);
    if (change.cuts) {
        if (image.size() > at)
            image.resize(at);
        return;
    }
    image.resize(std::max(image.size(), at + length));
    image.replace(at, length, change.bytes, 0, length);
}

void ForgetfulVfs::power_up(std::mt19937& dice, double kept)
{
    const std::lock_guard lock(mutex_);
    std::bernoulli_distribution reached(kept);
    std::bernoulli_distribution torn(0.2);
    for (auto& [path, shadow] : files_) {
        if (shadow.open != 0)
            throw std::logic_error("a file is still open");
        for (const auto& change : shadow.since) {
            if (!reached(dice))
                continue;
            auto length = change.bytes.size();
            if (length > sector && torn(dice))
                length = std::uniform_int_distribution<std::size_t>(1, length / sector)(dice) * sector;
            apply(shadow.flushed, change, length);
        }
        std::ofstream(path, std::ios::binary | std::ios::trunc) << shadow.flushed;
        std::filesystem::remove(path + "-shm");
    }
    files_.clear();
    off_ = false;
}

} // namespace handrail::tests
