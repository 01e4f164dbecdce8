#include "app/keeper.h"

#include "trust/key_rotation.h"

namespace handrail::app {

namespace {

constexpr std::chrono::seconds between_rounds{20};

}

Keeper::Keeper(House& house, std::function<void(const std::string&)> note) : house_(house), note_(std::move(note))
{
    worker_ = std::thread([this] {
        std::unique_lock lock(mutex_);
        while (!stopping_) {
            lock.unlock();
            round();
            lock.lock();
            wake_.wait_for(lock, between_rounds, [this] { return stopping_; });
        }
    });
}

Keeper::~Keeper()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    worker_.join();
}

void Keeper::round()
{
    const auto kept = house_.backups.round();
    const auto problem = kept.ok()                    ? std::string{}
                         : kept.error().noted.empty() ? kept.error().told
                                                      : kept.error().noted;
    if (!problem.empty() && problem != noted_)
        note_("backups and keys: " + problem);
    noted_ = problem;
    look_for_newer_nodes();
}

/// Nodes are replaced one after the other, and this one goes on meanwhile. It must not be forgotten.
void Keeper::look_for_newer_nodes()
{
    auto newer = newer_store(house_.vault);
    if (!newer.ok() || *newer == newer_) // that the store is away is told elsewhere
        return;
    newer_ = *std::move(newer);
    if (!newer_.empty())
        note_("store: " + newer_);
}

} // namespace handrail::app
