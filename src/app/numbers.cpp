#include "app/numbers.h"

#include <algorithm>
#include <filesystem>

#include "app/backup.h"
#include "care/alert_watch.h"
#include "trust/actor_desk.h"

namespace handrail::app {

namespace {

namespace fs = std::filesystem;
using std::chrono::duration_cast;
using std::chrono::seconds;

constexpr const char* commit_seconds = "handrail_store_commit_seconds";

std::optional<Standing::Backup> backup_in(const fs::path& folder, Instant now)
{
    const auto newest = newest_backup(folder);
    if (!newest)
        return std::nullopt;
    Standing::Backup backup{std::max(seconds{0}, duration_cast<seconds>(now - newest->at)), 0};
    for (const auto& part : backup_parts) {
        std::error_code gone; // its key file goes with an erasure
        const auto size = fs::file_size(newest->folder / part.in_backup, gone);
        backup.bytes += gone ? 0 : size;
    }
    return backup;
}

Measure by_urgency(std::string name, std::string help, const Standing& standing,
                   std::optional<double> (*value)(const Standing::Alerts&))
{
    Measure measure{std::move(name), std::move(help), Measure::Kind::Gauge};
    for (std::size_t i = 0; i < alert_urgencies.size(); ++i)
        if (const auto found = value(standing.alerts[i]))
            measure.points.push_back({{{"urgency", std::string(handrail::name(alert_urgencies[i]))}}, *found});
    return measure;
}

void add_alerts(std::vector<Measure>& all, const Standing& now)
{
    using Alerts = Standing::Alerts;
    all.push_back(by_urgency("handrail_alerts_waiting", "Alerts that nobody has acknowledged.", now,
                             [](const Alerts& a) -> std::optional<double> { return a.waiting; }));
    all.push_back(by_urgency("handrail_alerts_in_hand", "Alerts that somebody acknowledged and has not closed.", now,
                             [](const Alerts& a) -> std::optional<double> { return a.in_hand; }));
    all.push_back(by_urgency("handrail_alerts_past_their_time",
                             "Alerts not closed that went up because nobody acted in time.", now,
                             [](const Alerts& a) -> std::optional<double> { return a.past_their_time; }));
    all.push_back(by_urgency(
        "handrail_alert_oldest_seconds", "Age of the oldest alert that nobody has acknowledged; 0 when there is none.",
        now, [](const Alerts& a) -> std::optional<double> { return a.oldest.value_or(seconds{0}).count(); }));
}

Measure by_channel(std::string name, std::string help, const Standing& standing,
                   std::int64_t care::DeliveryTrouble::*value)
{
    Measure measure{std::move(name), std::move(help), Measure::Kind::Gauge};
    for (const auto& each : standing.channels)
        measure.points.push_back({{{"channel", std::string(care::name(each.channel))}}, static_cast<double>(each.*value)});
    return measure;
}

} // namespace

Standing::People Numbers::people(const std::vector<support::ConversationDesk::Unmet>& unmet, Instant now)
{
    Standing::People people{static_cast<std::int64_t>(unmet.size()), std::nullopt};
    const std::lock_guard lock(mutex_);
    std::map<ConversationId, Instant> still;
    for (const auto& each : unmet) {
        const auto before = seen_.find(each.conversation);
        const auto since = before == seen_.end() ? each.changed_at : std::min(before->second, each.changed_at);
        still.emplace(each.conversation, since);
        people.longest = std::max(people.longest.value_or(seconds{0}), duration_cast<seconds>(now - since));
    }
    seen_ = std::move(still);
    return people;
}

Result<void> Numbers::ask_store(Standing& standing)
{
    const auto now = house_.clock.now();
    std::vector<support::ConversationDesk::Unmet> unmet;
    for (const auto channel : house_.alerts.channels())
        standing.channels.emplace_back().channel = channel;
    for (const auto& organisation : TRY(house_.organisations.of_people())) {
        const auto system = trust::ActorDesk::system(organisation.id);
        for (const auto& found : TRY(care::standing_alerts(*house_.record, system))) {
            const auto place = std::ranges::find(alert_urgencies, found.urgency);
            if (place == alert_urgencies.end())
                continue; // no other urgency raises one
            auto& alerts = standing.alerts[static_cast<std::size_t>(place - alert_urgencies.begin())];
            alerts.past_their_time += found.past_their_time;
            if (found.state != care::AlertState::Open) {
                alerts.in_hand += found.count;
                continue;
            }
            alerts.waiting += found.count;
            alerts.oldest = std::max(alerts.oldest.value_or(seconds{0}), duration_cast<seconds>(now - found.oldest));
        }
        for (auto& each : TRY(house_.conversations.unmet(system)))
            unmet.push_back(each);
        std::vector<care::DeliveryTrouble> troubles;
        TRY(house_.record->read(system, [&](trust::Reading& reading) -> Result<void> {
            troubles = TRY(care::delivery_troubles(reading));
            return {};
        }));
        for (const auto& each : troubles)
            for (auto& channel : standing.channels)
                if (channel.channel == each.channel) {
                    channel.failing += each.failing;
                    channel.given_up += each.given_up;
                }
        standing.erasures_waiting += TRY(house_.erasures.waiting(system));
    }
    standing.people = people(unmet, now);
    TRY(house_.record->read(house_.system(), [&](trust::Reading& reading) -> Result<void> {
        standing.walk = TRY(house_.walk.state(reading));
        return {};
    }));
    return {};
}

Standing Numbers::standing()
{
    Standing standing;
    if (!away_ || !away_())
        standing.store = house_.vault.data->health();
    standing.known = standing.store.answers && ask_store(standing).ok();
    standing.backup = backup_in(house_.config.backups, house_.clock.now());
    std::error_code unknown;
    const auto space = fs::space(house_.config.folder, unknown);
    if (!unknown) {
        standing.disk_free = space.available;
        standing.disk_size = space.capacity;
    }
    return standing;
}

Tally::Steps Numbers::commits() const
{
    for (auto& measure : house_.vault.data->measures())
        if (measure.name == commit_seconds)
            return std::move(*measure.points.front().steps);
    return {};
}

std::vector<Measure> Numbers::measures()
{
    const auto now = standing();
    std::vector<Measure> all;
    const auto gauge = [&](const char* name, const char* help, auto value) {
        all.push_back(Measure::gauge(name, help, static_cast<double>(value)));
    };
    gauge("handrail_store_answers", "1 when the store answers and its last commit went well.", now.store.answers);
    gauge("handrail_store_durable", "1 when the store keeps what it acknowledged if the power fails.",
          now.store.durable);
    if (now.known) {
        add_alerts(all, now);
        if (!now.channels.empty()) {
            all.push_back(by_channel("handrail_deliveries_failing",
                                     "Calls to staff that were tried and that nobody has taken yet.", now,
                                     &care::DeliveryTrouble::failing));
            all.push_back(by_channel("handrail_deliveries_given_up", "Calls to staff given up in the last 24 hours.",
                                     now, &care::DeliveryTrouble::given_up));
        }
        if (now.walk.last) {
            gauge("handrail_walk_held", "1 when the service's own last walk along the way of an alert held.",
                  now.walk.last->held());
            gauge("handrail_walk_age_seconds", "Age of that walk.",
                  std::max(seconds{0}, duration_cast<seconds>(house_.clock.now() - now.walk.last->at())).count());
        }
        gauge("handrail_walk_overdue", "1 when two walks should have been over and were not.", now.walk.overdue);
        gauge("handrail_people_waiting", "People who asked for a human, and none has come.", now.people.waiting);
        gauge("handrail_people_waiting_longest_seconds",
              "How long the one who has waited longest waits, as far as this process saw it; 0 when nobody waits.",
              now.people.longest.value_or(seconds{0}).count());
        gauge("handrail_erasures_waiting", "People who asked to be erased and are not yet.", now.erasures_waiting);
    }
    all.push_back(house_.alerts.answer_times().measure());
    const auto chat = house_.conversations.counts();
    all.push_back(Measure::counter("handrail_chat_messages_received_total", "Messages of people that were kept.",
                                   static_cast<double>(chat.received)));
    all.push_back(Measure::counter("handrail_chat_messages_screened_total",
                                   "Those of them that the screener read before anything answered: the same number.",
                                   static_cast<double>(chat.screened)));
    for (auto& measure : house_.screener.measures())
        all.push_back(std::move(measure));
    gauge("handrail_store_writes_waiting", "Writes that wait for the store.", now.store.waiting_writes);
    for (auto& measure : house_.vault.data->measures())
        all.push_back(std::move(measure));
    gauge("handrail_http_requests_waiting", "Requests that wait for a worker.", waiting_requests());
    gauge("handrail_http_buffered_bytes", "Bytes of requests and answers that connections hold, beyond 8 KiB each.",
          server_ == nullptr ? 0 : server_->buffered_bytes());
    gauge("handrail_http_connections", "Open connections.", server_ == nullptr ? 0 : server_->connections());
    gauge("handrail_event_streams", "Pages that listen for events.", event_streams());
    if (now.backup) {
        gauge("handrail_backup_age_seconds", "Age of the newest backup in the backup folder.", now.backup->age.count());
        gauge("handrail_backup_bytes", "Size of the newest backup.", now.backup->bytes);
    }
    gauge("handrail_backup_problem", "1 when the last round of backups and keys could not do all it had to.",
          !house_.backups.state().problem.empty());
    const auto checkpoints = house_.checkpoints.state();
    if (checkpoints.newest)
        gauge("handrail_checkpoint_age_seconds", "Age of the newest checkpoint of the audit record in its folder.",
              std::max(seconds{0}, duration_cast<seconds>(house_.clock.now() - checkpoints.newest->at)).count());
    gauge("handrail_checkpoint_problem",
          "1 when the audit record does not hold, or a checkpoint could not be written or handed over.",
          !checkpoints.problem.empty());
    gauge("handrail_disk_free_bytes", "Free on the disk of the data folder.", now.disk_free);
    gauge("handrail_disk_size_bytes", "Size of the disk of the data folder.", now.disk_size);
    all.push_back(Measure::counter("handrail_clock_jumps_total",
                                   "How often the system clock jumped by more than a minute, or the machine slept.",
                                   house_.clock.system().jumps().count));
    if (more_)
        for (auto& measure : more_())
            all.push_back(std::move(measure));
    return all;
}

} // namespace handrail::app
