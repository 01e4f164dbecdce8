#include "app/keeper.h"

#include <chrono>

namespace handrail::app {

namespace {

constexpr std::chrono::seconds between_rounds{20};

}

Keeper::Keeper(std::function<Result<void>(const std::stop_token&)> round, std::function<void(const Error&)> note)
    : round_(std::move(round)), note_(std::move(note))
{
    worker_ = std::jthread([this](const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        while (!stop.stop_requested()) {
            lock.unlock();
            round_once(stop);
            lock.lock();
            wake_.wait_for(lock, stop, between_rounds, [] { return false; });
        }
    });
}

Keeper::~Keeper()
{
    worker_.request_stop();
    worker_.join();
}

void Keeper::round_once(const std::stop_token& stop)
{
    const auto kept = round_(stop);
    if (!kept.ok() && stop.stop_requested())
        return; // cut short, not wrong
    const auto problem = kept.ok() ? std::string{} : kept.error().told;
    if (!problem.empty() && problem != noted_)
        note_(kept.error());
    noted_ = problem;
}

} // namespace handrail::app
