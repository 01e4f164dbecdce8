#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace handrail::http
{

/// A bounded pool of threads with a bounded queue: what does not fit is refused, so that a slow store is told
/// to the caller at once and memory stays where it is.
class Workers
{
public:
    Workers(std::size_t threads, std::size_t longest_queue);
    ~Workers();

    /// False when the queue is full or the pool has stopped.
    bool take(std::function<void()> work);
    std::size_t waiting() const;
    /// Finishes what is running, drops what waits, and ends the threads.
    void stop();

private:
    void work();

    mutable std::mutex mutex_;
    std::condition_variable more_;
    std::deque<std::function<void()>> queue_;
    const std::size_t longest_queue_;
    bool stopped_ = false;
    std::vector<std::thread> threads_;
};

} // namespace handrail::http
