#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "base/result.h"

namespace handrail::app {

/// Keeps one thing in order while the service runs (backups and keys; checkpoints), on a thread of its own: a backup of
/// a large store takes long, and no alert waits for it. All that a round does can be seen from the store and from
/// folders, so a crash forgets nothing.
class Keeper {
public:
    /// @param round  does what is due; asked to hurry by the token when the server stops
    /// @param note   told what a round could not do, when it is something else than the last time
    Keeper(std::function<Result<void>(const std::stop_token&)> round, std::function<void(const Error&)> note);
    ~Keeper();
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;

private:
    void round_once(const std::stop_token& stop);

    std::function<Result<void>(const std::stop_token&)> round_;
    std::function<void(const Error&)> note_;
    std::string noted_; ///< what was said last: the same is not said every minute
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread worker_;
};

} // namespace handrail::app
