#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "base/clock.h"

namespace handrail::app {

class House;

/// Whether what people write can be kept at this moment. Finds out by really keeping something every few seconds, so
/// that a full disk is noticed before anybody's words meet it, and its end as soon as it ends. A look that does not
/// come back counts as a store that is away.
class StoreWatch {
public:
    enum class State { Keeps, CannotWrite, Away };
    struct Found {
        State state = State::Keeps;
        Instant since{};   ///< since when it is so
        std::string told;  ///< in words, for the administrator; empty while it keeps
        std::string noted; ///< for the log
        bool hangs = false; ///< the last look does not come back: whoever asks the store would wait in vain
    };
    struct Look {
        bool reads = false;
        bool writes = false;
        std::string told;
        std::string noted;
    };
    struct Pace {
        std::chrono::milliseconds while_well{5'000};   ///< between two looks
        std::chrono::milliseconds in_trouble{2'000};   ///< the same, while something is wrong
        std::chrono::milliseconds hangs_after{15'000}; ///< a look that takes longer than this does not come back
        std::chrono::milliseconds between_ticks{500};
    };

    /// @param look    reads and durably writes; runs on a thread of this class, and may take as long as it takes
    /// @param changed told of every change, before and after, on another thread
    StoreWatch(std::function<Look()> look, const Clock& clock,
               std::function<void(const Found& before, const Found& now)> changed, Pace pace);
    StoreWatch(std::function<Look()> look, const Clock& clock,
               std::function<void(const Found& before, const Found& now)> changed)
        : StoreWatch(std::move(look), clock, std::move(changed), Pace{})
    {
    }
    ~StoreWatch(); ///< waits for a look that is under way
    StoreWatch(const StoreWatch&) = delete;
    StoreWatch& operator=(const StoreWatch&) = delete;

    Found found() const;
    bool hangs() const { return found().hangs; }

private:
    using Steady = std::chrono::steady_clock;

    void keep_looking();
    void keep_telling();
    void find(Look look, bool hangs = false);

    const std::function<Look()> look_;
    const Clock& clock_;
    const std::function<void(const Found& before, const Found& now)> changed_;
    const Pace pace_;

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    Found found_;
    Found told_; ///< what others were told last
    bool looking_ = false;
    Steady::time_point look_began_{};
    std::thread looker_;
    std::thread teller_;
};

/// A change as a line of the log.
std::string told(const StoreWatch::Found& before, const StoreWatch::Found& now);

/// Reads from both stores, and durably writes what says nothing new.
StoreWatch::Look look_at_store(House& house);

} // namespace handrail::app
