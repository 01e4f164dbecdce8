#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/measure.h"
#include "base/trace.h"
#include "http/collector_link.h"

namespace handrail::http {

struct TraceSenderLimits {
    std::size_t waiting = 2'048; ///< traces; more are dropped, and counted
    std::size_t batch = 256;
    std::chrono::milliseconds between{1'000};     ///< batches, unless more wait than fit into one
    std::chrono::milliseconds answer_time{5'000}; ///< for the collector
    std::chrono::milliseconds pause{10'000};      ///< after a collector that could not be reached
};

/// Sends what requests did to a collector over OTLP/HTTP, from a thread of its own. A request never waits for it: when
/// the collector is away or slow the queue fills and the newest traces are dropped.
class TraceSender {
public:
    /// @param note A line for the log: once when the collector goes away, once when it is back.
    TraceSender(CollectorAddress to, std::string version, std::function<void(const std::string&)> note = {},
                TraceSenderLimits limits = {});
    /// Sends no more than one batch.
    ~TraceSender();
    TraceSender(const TraceSender&) = delete;
    TraceSender& operator=(const TraceSender&) = delete;

    void take(std::unique_ptr<trace::Trace> trace);

    struct Counts {
        std::uint64_t sent = 0;
        std::uint64_t dropped = 0; ///< the queue was full
        std::uint64_t refused = 0; ///< the collector would not have them
    };
    Counts counts() const;
    std::vector<Measure> measures() const;

private:
    using Batch = std::vector<std::unique_ptr<trace::Trace>>;
    void run();
    Batch next();
    bool deliver(const Batch& batch, std::chrono::milliseconds within);
    void put_back(Batch batch);

    const CollectorAddress to_;
    const std::string version_;
    const std::function<void(const std::string&)> note_;
    const TraceSenderLimits limits_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::unique_ptr<trace::Trace>> waiting_;
    Counts counts_;
    bool stopping_ = false;
    bool away_ = false; ///< the sender's thread only
    std::thread thread_;
};

} // namespace handrail::http
