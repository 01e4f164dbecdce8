#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "app/house.h"

namespace handrail::app {

/// What happens by the clock: alerts go up, erasures fall due, ended sessions and old replies go. All of it stands in the
/// store, so a crash forgets nothing; every node may run it.
class Timers {
public:
    /// What else is due once an hour, in each organisation.
    struct Hourly {
        const char* what;
        std::function<Result<int>(const Actor& system)> work;
    };

    Timers(House& house, std::function<void(const std::string&)> note, std::vector<Hourly> hourly = {});
    ~Timers();
    Timers(const Timers&) = delete;
    Timers& operator=(const Timers&) = delete;

    /// One round, as the thread does it every second; `slow` includes the hourly work.
    void round(bool slow);

private:
    /// One slice of what time takes away, while the hour's walk through everybody is not over.
    void take_away(const Actor& system);
    void told(const char* what, const Error& error);
    /// Notes when the system clock moved by itself: timers went off early, or time goes on from the store's.
    void watch_clock();

    House& house_;
    std::function<void(const std::string&)> note_;
    std::vector<Hourly> hourly_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::map<OrganisationId, PersonId> walks_; ///< after whom the next slice begins
    int jumps_told_ = 0;
    bool behind_told_ = false;
    std::thread worker_;
};

} // namespace handrail::app
