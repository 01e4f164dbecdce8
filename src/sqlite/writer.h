#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "sqlite/connection.h"
#include "storage/commit_tally.h"
#include "storage/store.h"

namespace handrail::sqlite {

/// The one thread that writes. Whoever waits is taken along: their bodies run one after another in one transaction,
/// each behind a savepoint, one COMMIT puts them all on disk, and then they are all let go. One by one, each would wait
/// for its own flush of the disk: 8 thousand writes a second instead of a hundred.
///
/// Only this thread moves the write-ahead log into the file (checkpoint): SQLite before 3.51.3 can damage a database
/// when several connections reset the log.
class Writer {
public:
    /// What a committed body left to be done, by the thread that waited.
    struct Left {
        std::vector<storage::Announcement> announcements;
        std::vector<std::function<void()>> after;
    };

    /// @param checkpoint_pages Pages in the log after which it is moved into the file; see Options.
    /// @param connection Used by the writer's thread only, from now until this is gone.
    Writer(Connection& connection, std::int64_t lane, int checkpoint_pages);
    /// Finishes what waits.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// Returns once the body's changes are on disk, or with its error. What the body throws is thrown here.
    Result<Left> write(const Actor& actor, const storage::Store::WritingBody& body);
    /// Runs `work` on the writer's thread, outside any transaction: migrations.
    Result<void> alone(const std::function<Result<void>(Connection&)>& work);

    /// Whether this is the writer's own thread, on which bodies run.
    bool is_this_thread() const { return std::this_thread::get_id() == thread_.get_id(); }
    std::int64_t waiting() const;
    /// What the last failed commit was noted as; empty when the last one went well.
    std::string trouble() const;
    std::vector<Measure> measures() const { return tally_.measures(); }

private:
    /// One caller's wish; lives on the caller's stack until `done`.
    struct Request {
        const Actor* actor = nullptr;
        const storage::Store::WritingBody* body = nullptr;
        const std::function<Result<void>(Connection&)>* work = nullptr; ///< instead of a body
        Result<void> outcome;
        std::exception_ptr thrown;
        Left left;
        std::mutex mutex;
        std::condition_variable changed;
        bool done = false;
        std::array<Request*, 2> wakes{}; ///< of the same group: let go by this one's thread
        std::chrono::steady_clock::time_point committing, committed; ///< of its group
    };

    void submit(Request& request);
    void run();
    Request* next();
    void run_group(Request* first);
    void run_member(Request& request, std::optional<Error>& broken);
    void run_alone(Request& request);
    static void let_go(Request& request);
    static void let_all_go(const std::vector<Request*>& group);
    void checkpoint_when_due();
    void checkpoint();

    Connection& connection_;
    std::int64_t lane_;
    int checkpoint_pages_;
    int log_pages_ = 0;    ///< in the write-ahead log after the last commit
    int checkpoint_at_;    ///< that many pages
    bool unmoved_ = false; ///< something was committed since the last checkpoint
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Request*> queue_;
    std::string trouble_;
    bool stopping_ = false;
    storage::CommitTally tally_;
    std::thread thread_;
};

} // namespace handrail::sqlite
