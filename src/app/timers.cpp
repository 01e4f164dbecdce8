#include "app/timers.h"

#include "app/erasures.h"
#include "http/routes/kept_replies.h"
#include "trust/actor_desk.h"

namespace handrail::app {

Timers::Timers(House& house, std::function<void(const std::string&)> note, std::vector<Hourly> hourly)
    : house_(house), note_(std::move(note)), hourly_(std::move(hourly))
{
    worker_ = std::thread([this] {
        int seconds = 0;
        std::unique_lock lock(mutex_);
        while (!stopping_) {
            lock.unlock();
            round(seconds % 3600 == 0);
            lock.lock();
            wake_.wait_for(lock, std::chrono::seconds{1}, [this] { return stopping_; });
            ++seconds;
        }
    });
}

Timers::~Timers()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    worker_.join();
}

void Timers::told(const char* what, const Error& error)
{
    note_(std::string(what) + ": " + (error.noted.empty() ? error.told : error.noted));
}

void Timers::watch_clock()
{
    using std::chrono::duration_cast;
    using std::chrono::seconds;
    const auto& clock = house_.clock.system();
    const auto jumps = clock.jumps();
    if (jumps.count != jumps_told_) {
        jumps_told_ = jumps.count;
        const auto by = duration_cast<seconds>(jumps.last->by).count();
        note_("clock: the system clock jumped " + std::string(by > 0 ? "forward" : "back") + " by " +
              std::to_string(by > 0 ? by : -by) + " s at " + to_rfc3339(jumps.last->at) +
              (by > 0 ? ". Whatever was due in between is late or was taken up early."
                      : ". Time goes on without it until it has caught up."));
    }
    const auto ahead = duration_cast<seconds>(clock.ahead()).count();
    if (ahead > 60 && !behind_told_)
        note_("clock: the system clock is " + std::to_string(ahead) +
              " s behind the newest stored instant. Time goes on from that one; set the clock right.");
    behind_told_ = ahead > 60;
}

void Timers::take_away(const Actor& system)
{
    const auto walk = walks_.find(system.organisation());
    if (walk == walks_.end())
        return;
    const auto slice = house_.retention.slice(system, walk->second);
    if (!slice.ok()) {
        told("timers: retention", slice.error());
        walks_.erase(walk); // again in an hour
        return;
    }
    if (slice->problem)
        told("timers: retention", *slice->problem);
    if (slice->next)
        walk->second = *slice->next;
    else
        walks_.erase(walk);
}

void Timers::round(bool slow)
{
    watch_clock();
    const auto organisations = house_.organisations.all();
    if (!organisations.ok())
        return told("timers: organisations", organisations.error());
    for (const auto& organisation : *organisations) {
        const auto system = trust::ActorDesk::system(organisation.id);
        if (const auto up = house_.alerts.escalate_due(system); !up.ok())
            told("timers: escalation", up.error());
        if (const auto acted = house_.conversations.act_on_waits(system); !acted.ok())
            told("timers: waiting for a human", acted.error());
        if (const auto judged = house_.nightly.round(system); !judged.ok())
            told("timers: nightly judging", judged.error());
        if (const auto asked = house_.asks.round(system); !asked.ok())
            told("timers: asking", asked.error());
        if (const auto asked = house_.informants.round(system); !asked.ok())
            told("timers: asking somebody close", asked.error());
        if (slow)
            walks_.try_emplace(organisation.id);
        take_away(system);
        if (!slow)
            continue;
        if (const auto due = house_.erasures.due(system); !due.ok()) {
            told("timers: erasures", due.error());
        } else {
            for (const auto& person : *due)
                if (const auto erased = house_.erasures.erase(system, person); !erased.ok())
                    told("timers: erasure", erased.error());
        }
        if (const auto cleared = house_.sessions.clear_ended(system); !cleared.ok())
            told("timers: sessions", cleared.error());
        for (const auto& each : hourly_)
            if (const auto worked = each.work(system); !worked.ok())
                told(each.what, worked.error());
        if (const auto cleared = http::routes::clear_kept_replies(*house_.record, system); !cleared.ok())
            told("timers: kept replies", cleared.error());
    }
    if (!slow)
        return;
    // The list beside the backups at once; the new epoch and what follows from it are the keeper's.
    if (const auto kept = keep_erasures(*house_.vault.keyring, house_.config.backups, false); !kept.ok())
        told("timers: list of erasures", kept.error());
}

} // namespace handrail::app
