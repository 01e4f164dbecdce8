#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <sqlite3.h>

namespace handrail::tests {

/// SQLite's way to the files, with a disk that can lose its power. It remembers of every file what was flushed and what
/// was written since. After a loss of power a file holds what was flushed and, of the rest, whatever happened to reach
/// the disk: some writes, not others, some in part (by sectors of 512 bytes). `kill -9` cannot show this, as the
/// kernel's memory outlives the process.
///
/// It can also let any one call fail: an error of the disk, or a full disk.
///
/// Not modelled: a new file whose name was not flushed. SQLite flushes the folder itself when it makes a journal.
class ForgetfulVfs {
public:
    ForgetfulVfs();
    ~ForgetfulVfs();
    ForgetfulVfs(const ForgetfulVfs&) = delete;
    ForgetfulVfs& operator=(const ForgetfulVfs&) = delete;

    const char* name() const { return name_.c_str(); }

    /// From now on nothing can be read or written, until power_up().
    void cut_power();
    /// Leaves in the files what the loss of power leaves. Every file must be closed.
    /// @param kept The part of the unflushed writes that reached the disk, 0-1.
    void power_up(std::mt19937& dice, double kept);

    /// The `nth` call from now (1 is the next) fails, and `more` calls after it too. 0: none any more.
    enum class Fault { DiskError, DiskFull };
    void fail_at(long nth, Fault fault, long more = 0);
    /// The same of the calls that this thread makes: not of those of a writer that still moves its log into the file.
    void fail_at_of_this_thread(long nth, Fault fault);
    /// Calls since fail_at().
    long calls() const;
    /// Whether the fault has been met.
    bool failed() const;

private:
    struct Change {
        sqlite3_int64 at = 0;
        std::string bytes;
        bool cuts = false; ///< the file is cut off at `at` instead
    };
    struct Shadow {
        std::string flushed;
        std::vector<Change> since;
        int open = 0;
    };
    struct File;
    struct Calls;

    static void apply(std::string& image, const Change& change, std::size_t length);
    /// Counts a call; gives the code it fails with, or SQLITE_OK. `code` is what a disk error gives here.
    int meet(int code, bool writes);

    std::string name_;
    sqlite3_vfs* real_;
    sqlite3_vfs vfs_{};
    mutable std::mutex mutex_;
    std::map<std::string, Shadow> files_;
    bool off_ = false;
    long calls_ = 0;
    long first_failure_ = 0;
    long more_failures_ = 0;
    bool failed_ = false;
    std::optional<std::thread::id> only_; ///< whose calls count; none: everybody's
    Fault fault_ = Fault::DiskError;
};

} // namespace handrail::tests
