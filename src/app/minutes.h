#pragma once

#include <array>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "app/numbers.h"

namespace handrail::app {

/// One minute of the service: how it stood at its end, and what happened in it.
struct Minute {
    Instant at; ///< its end
    Standing standing;
    std::size_t waiting_requests = 0;
    std::size_t event_streams = 0;
    std::uint64_t commits = 0;
    double commit_median = 0; ///< seconds, as the upper edge of its step; 0 when there was no commit
    double commit_slow = 0;   ///< seconds; 99 of 100 took at most that
    http::Metrics::Totals requests;
    std::array<std::uint64_t, 5> screened{}; ///< by Urgency
};

/// The last 24 hours in minutes, in memory: 1,440 of them, under half a megabyte, the oldest making room. Gone when the
/// process ends; whoever wants longer lets Prometheus collect /metrics.
class Minutes {
public:
    static constexpr std::size_t most = 24 * 60;

    void add(Minute minute);
    /// Oldest first.
    std::deque<Minute> all() const;

private:
    mutable std::mutex mutex_;
    std::deque<Minute> minutes_;
};

/// Takes the differences between one look and the next.
class MinuteTaker {
public:
    explicit MinuteTaker(Numbers& numbers);
    Minute take(Instant at);

private:
    Numbers& numbers_;
    Tally::Steps commits_;
    http::Metrics::Totals requests_;
    std::array<std::uint64_t, 5> screened_{};
};

/// Looks once a minute, on a thread of its own.
class MinuteKeeper {
public:
    MinuteKeeper(Numbers& numbers, const Clock& clock, Minutes& minutes);
    ~MinuteKeeper();
    MinuteKeeper(const MinuteKeeper&) = delete;
    MinuteKeeper& operator=(const MinuteKeeper&) = delete;

private:
    MinuteTaker taker_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread worker_;
};

/// What the administrator's page draws, as JSON: the minutes in spans of five, and from the store how long people took
/// to acknowledge the alerts of the last 24 hours.
Result<std::string> measurements(House& house, const Minutes& minutes);

} // namespace handrail::app
