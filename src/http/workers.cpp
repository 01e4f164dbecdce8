#include "http/workers.h"

#include <algorithm>
#include <csignal>

namespace handrail::http
{

Workers::Workers(std::size_t threads, std::size_t longest_queue) : longest_queue_(longest_queue)
{
    // Signals are for main: a worker in the middle of a commit is not to be interrupted by Ctrl-C.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (std::size_t i = 0; i < std::max<std::size_t>(1, threads); ++i)
        threads_.emplace_back([this] { work(); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

Workers::~Workers()
{
    stop();
}

bool Workers::take(std::function<void()> work)
{
    {
        const std::lock_guard lock(mutex_);
        if (stopped_ || queue_.size() >= longest_queue_)
            return false;
        queue_.push_back(std::move(work));
    }
    more_.notify_one();
    return true;
}

std::size_t Workers::waiting() const
{
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

void Workers::stop()
{
    std::deque<std::function<void()>> dropped;
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        dropped.swap(queue_);
    }
    more_.notify_all();
    for (auto& thread : threads_)
        if (thread.joinable())
            thread.join();
}

void Workers::work()
{
    std::unique_lock lock(mutex_);
    while (true) {
        more_.wait(lock, [this] { return stopped_ || !queue_.empty(); });
        if (stopped_)
            return;
        auto next = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        next();
        next = nullptr;
        lock.lock();
    }
}

} // namespace handrail::http
