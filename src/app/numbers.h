#pragma once

#include <array>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "app/house.h"
#include "base/measure.h"
#include "http/event_stream.h"
#include "http/metrics.h"
#include "http/server.h"

namespace handrail::app {

/// The urgencies that raise an alert, the gravest first.
inline constexpr std::array alert_urgencies{Urgency::Now, Urgency::Today, Urgency::Unknown};

/// How the service stands at one moment, all organisations together. Numbers only: nobody's words are opened for it.
struct Standing {
    struct Alerts {
        std::int64_t waiting = 0; ///< nobody has acknowledged them
        std::int64_t in_hand = 0; ///< acknowledged, or waiting for a second person
        std::int64_t past_their_time = 0;
        std::optional<std::chrono::seconds> oldest; ///< age of the oldest that is waiting
    };
    struct People {
        std::int64_t waiting = 0; ///< asked for a human, and none has come
        std::optional<std::chrono::seconds> longest;
    };
    struct Backup {
        std::chrono::seconds age;
        std::uintmax_t bytes = 0;
    };
    bool known = false; ///< false: the store did not say, and what follows from it is not known
    std::array<Alerts, alert_urgencies.size()> alerts;
    People people;
    std::int64_t erasures_waiting = 0;
    std::vector<care::DeliveryTrouble> channels; ///< of each that is set up
    errands::WalkState walk;
    storage::Store::Health store;
    std::optional<Backup> backup;
    std::uintmax_t disk_free = 0;
    std::uintmax_t disk_size = 0;
};

/// The numbers that matter, gathered from where they are counted.
class Numbers {
public:
    /// @param server Null where there is none yet: then there are no connections.
    Numbers(House& house, const http::EventHub& events, const http::Metrics& metrics, const http::Server* server)
        : house_(house), events_(events), metrics_(metrics), server_(server)
    {
    }

    /// Some indexed look-ups; cheap enough for a scrape every few seconds.
    Standing standing();
    /// Measures of a part that this server has only when it is configured.
    void also(std::function<std::vector<Measure>()> more) { more_ = std::move(more); }
    /// While this says so the store is not asked: it would not answer.
    void not_while(std::function<bool()> away) { away_ = std::move(away); }
    /// Everything, for /metrics; but what http::Metrics tells by route.
    std::vector<Measure> measures();

    std::size_t event_streams() const { return events_.open_streams(); }
    std::size_t waiting_requests() const { return server_ == nullptr ? 0 : server_->waiting_requests(); }
    http::Metrics::Totals requests() const { return metrics_.totals(); }
    /// But for the service's own walks.
    std::uint64_t screened(Urgency urgency) const
    {
        return house_.screener.screened(urgency) - (urgency == Urgency::Now ? house_.walk_path.said() : 0);
    }
    /// Length of the commits so far.
    Tally::Steps commits() const;

private:
    Result<void> ask_store(Standing& standing);
    Standing::People people(const std::vector<support::ConversationDesk::Unmet>& unmet, Instant now);

    House& house_;
    const http::EventHub& events_;
    const http::Metrics& metrics_;
    const http::Server* server_;
    std::function<std::vector<Measure>()> more_;
    std::function<bool()> away_;
    std::mutex mutex_; ///< guards seen_
    /// Since when each of those who wait for a human was seen waiting: a conversation keeps the instant of its last
    /// change in clear, and that moves on while its person goes on writing.
    std::map<ConversationId, Instant> seen_;
};

} // namespace handrail::app
