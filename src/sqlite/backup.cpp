#include "sqlite/backup.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "sqlite/connection.h"
#include "sqlite/sqlite_error.h"

namespace handrail::sqlite {

namespace {

Result<void> flush(const std::string& path, int flags)
{
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0)
        return error_from_errno(errno, "opening a file to flush it");
    const int failed = ::fsync(descriptor) != 0 ? errno : 0;
    ::close(descriptor);
    if (failed != 0)
        return error_from_errno(failed, "flushing a file");
    return {};
}

Result<void> create_private(const std::string& path)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return error_from_errno(errno, "making the backup's file");
    ::close(descriptor);
    return {};
}

Result<void> copy(const std::string& from, const std::string& to, const char* vfs)
{
    const auto source = TRY(Connection::open(from, Connection::Access::ReadOnly, vfs));
    sqlite3_db_config(source->raw(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    const auto target = TRY(Connection::open(to, Connection::Access::ReadWrite, vfs));
    sqlite3_backup* const backup = sqlite3_backup_init(target->raw(), "main", source->raw(), "main");
    if (backup == nullptr)
        return error_from(target->raw(), sqlite3_errcode(target->raw()), "starting the backup");
    // In one step: the copy is of one instant, and the log keeps what is written meanwhile.
    const int stepped = sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(backup);
    if (stepped != SQLITE_DONE)
        return error_from(nullptr, finished != SQLITE_OK ? finished : stepped, "copying into the backup");
    const auto journal = TRY(target->answer_to("PRAGMA journal_mode = DELETE"));
    if (journal != "delete")
        return unavailable("The backup could not be finished.", "journal_mode of the copy");
    return {};
}

} // namespace

Result<void> flush_folder_of(const std::string& path)
{
    const auto folder = std::filesystem::path(path).parent_path();
    return flush(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY);
}

Result<void> back_up(const std::string& from, const std::string& to, const char* vfs)
{
    const auto unfinished = to + ".tmp";
    std::error_code ignored; // when it cannot be removed, making it anew says why
    std::filesystem::remove(unfinished, ignored);
    std::filesystem::remove(unfinished + "-journal", ignored);
    TRY(create_private(unfinished));
    auto copied = copy(from, unfinished, vfs);
    if (copied)
        copied = flush(unfinished, O_RDWR);
    if (copied && std::rename(unfinished.c_str(), to.c_str()) != 0)
        copied = error_from_errno(errno, "putting the backup in its place");
    if (!copied) {
        std::filesystem::remove(unfinished, ignored);
        return copied;
    }
    return flush_folder_of(to);
}

} // namespace handrail::sqlite
