#include "app/minutes.h"

#include <algorithm>
#include <map>

#include "care/alert_watch.h"
#include "http/json_text.h"
#include "trust/actor_desk.h"

namespace handrail::app {

namespace {

using http::JsonList;
using http::JsonObject;
using std::chrono::duration_cast;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr minutes span_length{5};
constexpr std::array all_urgencies{Urgency::Usual, Urgency::Soon, Urgency::Today, Urgency::Now, Urgency::Unknown};

/// Some minutes as one: the worst that stood in any of them, and the sum of what happened.
struct Span {
    Instant from;
    std::int64_t minutes = 0;
    Minute worst;
    bool known = true;
    bool answers = true;
};

template <class T> void raise_to(T& worst, const T& value)
{
    worst = std::max(worst, value);
}

void add(Span& span, const Minute& minute)
{
    auto& worst = span.worst;
    const auto& now = minute.standing;
    if (span.minutes == 0 || now.disk_free < worst.standing.disk_free)
        worst.standing.disk_free = now.disk_free;
    ++span.minutes;
    span.known = span.known && now.known;
    span.answers = span.answers && now.store.answers;
    for (std::size_t i = 0; i < now.alerts.size(); ++i) {
        auto& alerts = worst.standing.alerts[i];
        raise_to(alerts.waiting, now.alerts[i].waiting);
        raise_to(alerts.past_their_time, now.alerts[i].past_their_time);
        raise_to(alerts.oldest, now.alerts[i].oldest);
    }
    raise_to(worst.standing.people.waiting, now.people.waiting);
    raise_to(worst.standing.people.longest, now.people.longest);
    raise_to(worst.standing.store.waiting_writes, now.store.waiting_writes);
    raise_to(worst.standing.disk_size, now.disk_size);
    worst.standing.backup = now.backup;
    raise_to(worst.waiting_requests, minute.waiting_requests);
    raise_to(worst.event_streams, minute.event_streams);
    worst.commits += minute.commits;
    raise_to(worst.commit_median, minute.commit_median);
    raise_to(worst.commit_slow, minute.commit_slow);
    worst.requests.requests += minute.requests.requests;
    worst.requests.refused += minute.requests.refused;
    worst.requests.failed += minute.requests.failed;
    for (std::size_t i = 0; i < worst.screened.size(); ++i)
        worst.screened[i] += minute.screened[i];
}

JsonObject alerts_of(const Standing& standing)
{
    JsonObject alerts;
    for (std::size_t i = 0; i < alert_urgencies.size(); ++i) {
        JsonObject one;
        one.add("waiting", standing.alerts[i].waiting).add("past_their_time", standing.alerts[i].past_their_time);
        one.add("oldest_seconds", standing.alerts[i].oldest.value_or(seconds{0}).count());
        alerts.add(name(alert_urgencies[i]), one);
    }
    return alerts;
}

JsonObject json_of(const Span& span)
{
    const auto& worst = span.worst;
    const auto& then = worst.standing;
    JsonObject out;
    out.add("from", span.from).add("minutes", span.minutes).add("answers", span.answers);
    if (span.known) {
        out.add("alerts", alerts_of(then)).add("people_waiting", then.people.waiting);
        out.add("longest_wait_seconds", then.people.longest.value_or(seconds{0}).count());
    }
    out.add("waiting_writes", then.store.waiting_writes).add("waiting_requests", worst.waiting_requests);
    out.add("event_streams", worst.event_streams).add("commits", worst.commits);
    if (worst.commits > 0)
        out.add("commit_median_seconds", worst.commit_median).add("commit_slow_seconds", worst.commit_slow);
    out.add("requests", worst.requests.requests).add("refused", worst.requests.refused);
    out.add("failed", worst.requests.failed);
    JsonObject screened;
    for (const auto urgency : all_urgencies)
        screened.add(name(urgency), worst.screened[static_cast<std::size_t>(urgency)]);
    out.add("screened", screened);
    if (then.disk_size > 0)
        out.add("disk_free_bytes", then.disk_free).add("disk_size_bytes", then.disk_size);
    if (then.backup)
        out.add("backup_age_seconds", then.backup->age.count()).add("backup_bytes", then.backup->bytes);
    return out;
}

JsonList spans_of(const std::deque<Minute>& all)
{
    JsonList list;
    std::optional<Span> span;
    for (const auto& minute : all) {
        const Instant from{duration_cast<Duration>(std::chrono::floor<minutes>(minute.at).time_since_epoch() /
                                                   span_length * span_length)};
        if (span && span->from != from) {
            list.add(json_of(*span));
            span.reset();
        }
        if (!span)
            span.emplace().from = from;
        add(*span, minute);
    }
    if (span)
        list.add(json_of(*span));
    return list;
}

/// The middle of them, and the longest. The lower middle of an even number: it is one that somebody really took.
JsonObject times_of(std::vector<Duration> took)
{
    std::ranges::sort(took);
    return JsonObject{}
        .add("count", took.size())
        .add("median_seconds", duration_cast<seconds>(took[(took.size() - 1) / 2]).count())
        .add("longest_seconds", duration_cast<seconds>(took.back()).count());
}

} // namespace

void Minutes::add(Minute minute)
{
    const std::lock_guard lock(mutex_);
    minutes_.push_back(std::move(minute));
    if (minutes_.size() > most)
        minutes_.pop_front();
}

std::deque<Minute> Minutes::all() const
{
    const std::lock_guard lock(mutex_);
    return minutes_;
}

MinuteTaker::MinuteTaker(Numbers& numbers)
    : numbers_(numbers), commits_(numbers.commits()), requests_(numbers.requests())
{
    for (const auto urgency : all_urgencies)
        screened_[static_cast<std::size_t>(urgency)] = numbers.screened(urgency);
}

Minute MinuteTaker::take(Instant at)
{
    Minute minute;
    minute.at = at;
    minute.standing = numbers_.standing();
    minute.standing.store.noted.clear();
    minute.waiting_requests = numbers_.waiting_requests();
    minute.event_streams = numbers_.event_streams();
    const auto commits = numbers_.commits();
    const auto fresh = commits.since(commits_);
    commits_ = commits;
    minute.commits = fresh.all();
    minute.commit_median = fresh.at_most(0.5);
    minute.commit_slow = fresh.at_most(0.99);
    const auto requests = numbers_.requests();
    minute.requests = {requests.requests - requests_.requests, requests.refused - requests_.refused,
                       requests.failed - requests_.failed};
    requests_ = requests;
    for (const auto urgency : all_urgencies) {
        const auto i = static_cast<std::size_t>(urgency);
        const auto screened = numbers_.screened(urgency);
        minute.screened[i] = screened - screened_[i];
        screened_[i] = screened;
    }
    return minute;
}

MinuteKeeper::MinuteKeeper(Numbers& numbers, const Clock& clock, Minutes& kept) : taker_(numbers)
{
    worker_ = std::thread([this, &clock, &kept] {
        std::unique_lock lock(mutex_);
        // The first at once, so that the page has something to show from the start.
        while (!stopping_) {
            lock.unlock();
            kept.add(taker_.take(clock.now()));
            lock.lock();
            wake_.wait_for(lock, minutes{1}, [this] { return stopping_; });
        }
    });
}

MinuteKeeper::~MinuteKeeper()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    worker_.join();
}

Result<std::string> measurements(House& house, const Minutes& kept)
{
    const auto now = house.clock.now();
    std::map<Urgency, std::vector<Duration>> took;
    std::map<std::pair<Instant, Urgency>, std::vector<Duration>> by_hour;
    for (const auto& organisation : TRY(house.organisations.of_people()))
        for (const auto& answer : TRY(care::first_answers_since(
                 *house.record, trust::ActorDesk::system(organisation.id), now - hours{24}))) {
            took[answer.urgency].push_back(answer.took);
            by_hour[{std::chrono::floor<hours>(answer.at), answer.urgency}].push_back(answer.took);
        }
    JsonObject answered;
    for (const auto& [urgency, times] : took)
        answered.add(name(urgency), times_of(times));
    JsonList answered_by_hour;
    for (const auto& [place, times] : by_hour)
        answered_by_hour.add(
            JsonObject{}.add("from", place.first).add("urgency", name(place.second)).add("times", times_of(times)));
    const auto all = kept.all();
    JsonObject out;
    out.add("now", now).add("span_seconds", duration_cast<seconds>(span_length).count());
    out.add("kept_minutes", Minutes::most).add("taken_minutes", all.size());
    // A span is as bad as its worst minute; what stands now is what the last look saw.
    if (!all.empty() && all.back().standing.known)
        out.add("alerts_now", alerts_of(all.back().standing));
    out.add("answered", answered).add("answered_by_hour", answered_by_hour);
    out.add("spans", spans_of(all));
    return out.done();
}

} // namespace handrail::app
