#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "app/house.h"

namespace handrail::app {

/// Keeps backups and keys in order while the service runs, on a thread of its own: a backup of a large store takes
/// long, and no alert waits for it. All that it does stands in the store and in the backup folder, so a crash forgets
/// nothing.
class Keeper {
public:
    Keeper(House& house, std::function<void(const std::string&)> note);
    ~Keeper();
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;

private:
    void round();
    void look_for_newer_nodes();

    House& house_;
    std::function<void(const std::string&)> note_;
    std::string noted_; ///< what was said last: the same is not said every minute
    std::string newer_; ///< what was said of the other nodes
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread worker_;
};

} // namespace handrail::app
