#include "gateway/event_post.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "base/fields.h"
#include "channels/pager_webhook.h"
#include "errands/signed_post.h"

namespace handrail::gateway {

namespace {

namespace json = boost::json;
using std::chrono::seconds;

constexpr int most_at_once = 20;
constexpr std::array<seconds, 8> pauses{seconds{20},  seconds{60},  seconds{180},  seconds{300},
                                        seconds{600}, seconds{1200}, seconds{1800}, seconds{3600}};
constexpr std::chrono::hours give_up_after{24};
constexpr std::string_view told_setting = "gateway_told";

constexpr rows::Statement put_job{"gateway_event.put",
                                  "INSERT INTO job (organisation, job, kind, due_at, tries, sealed_body) VALUES ($1, $2, "
                                  "'gateway_event', $3, 0, $4)"};
constexpr rows::Statement due_jobs{"gateway_event.due",
                                   "SELECT job, due_at, tries, sealed_body FROM job WHERE organisation = $1 AND "
                                   "due_at <= $2 AND kind = 'gateway_event' ORDER BY due_at LIMIT $3"};
constexpr rows::Statement claim_job{
    "gateway_event.claim",
    "UPDATE job SET due_at = $2, tries = tries + 1 WHERE organisation = $1 AND job = $3 AND due_at = $4"};
constexpr rows::Statement drop_job{"gateway_event.drop", "DELETE FROM job WHERE organisation = $1 AND job = $2"};
constexpr rows::Statement that_person{"gateway_event.person",
                                      "SELECT person FROM person WHERE organisation = $1 AND person = $2"};

// How sending goes is no setting that somebody decided: it makes no audit entry, as the counts of a day make none.
constexpr rows::Statement select_told{"gateway_event.told",
                                      "SELECT sealed_value FROM setting WHERE organisation = $1 AND name = $2"};
constexpr rows::Statement put_told{
    "gateway_event.put_told", "INSERT INTO setting (organisation, name, sealed_value, changed_at) VALUES ($1, $2, $3, $4) "
                              "ON CONFLICT (organisation, name) DO UPDATE SET sealed_value = excluded.sealed_value, "
                              "changed_at = excluded.changed_at"};

trust::Place job_place(const RawId& job) { return {"job", "body", job}; }
trust::Place told_place() { return {"setting", told_setting, RawId{}}; }

/// One that waits, and whether it may still go: its user may have been erased since.
struct Waiting {
    ToldEvent event;
    Instant due_at{};
    int tries = 0;
    bool person_is_there = false;
};

Result<std::vector<Waiting>> waiting_now(trust::Reading& reading)
{
    std::vector<Waiting> all;
    for (const auto& row : TRY(reading.rows(due_jobs, {reading.now(), most_at_once}))) {
        Waiting one;
        one.event.id = row[0].raw_id();
        one.due_at = row[1].instant();
        one.tries = static_cast<int>(row[2].number());
        const auto body = TRY(Fields::decoded(TRY(reading.open(job_place(one.event.id), row[3].blob())).reveal()));
        one.event.key = body.text("key");
        one.event.reference = body.text("reference");
        one.event.urgency = urgency_from(body.text("urgency")).value_or(Urgency::Unknown);
        one.event.category = category_from(body.text("category")).value_or(Category::None);
        one.event.at = from_stored(body.number("at"));
        const auto person = TRY(PersonId::from(body.text("person")));
        one.person_is_there = !TRY(reading.rows(that_person, {rows::Value{person}})).empty();
        all.push_back(std::move(one));
    }
    return all;
}

Result<void> keep_telling(trust::Writing& writing, const std::string& key, const std::function<void(Telling&)>& change)
{
    auto all = TRY(EventPost::read(writing));
    change(all[key]);
    Fields out;
    for (const auto& [id, telling] : all) {
        Fields one;
        one.add("id", id).add("problem", telling.problem).add("given_up", telling.given_up);
        if (telling.told_at)
            one.add("told_at", to_stored(*telling.told_at));
        if (telling.failing_since)
            one.add("failing_since", to_stored(*telling.failing_since));
        out.add("key", one);
    }
    auto sealed = TRY(writing.seal(told_place(), Confidential(out.encoded())));
    TRY(writing.change(put_told, {told_setting, std::move(sealed), writing.now()}));
    return {};
}

} // namespace

std::string event_body(const ToldEvent& event)
{
    return json::serialize(json::object{
        {"type", "handrail.gateway_event"},
        {"event", to_text(event.id)},
        {"key", event.key},
        {"user", event.reference.empty() ? json::value() : json::value(event.reference)},
        {"urgency", std::string(name(event.urgency))},
        {"category", event.category == Category::None ? json::value() : json::value(std::string(name(event.category)))},
        {"at", to_rfc3339(event.at)},
    });
}

Result<void> put_event(trust::Writing& writing, PersonId person, const ToldEvent& event)
{
    Fields body;
    body.add("person", person.text()).add("key", event.key).add("reference", event.reference);
    body.add("urgency", name(event.urgency)).add("category", name(event.category)).add("at", to_stored(event.at));
    auto sealed = TRY(writing.seal(job_place(event.id), Confidential(body.encoded())));
    TRY(writing.change(put_job, {event.id, event.at, std::move(sealed)}));
    return {};
}

Result<std::map<std::string, Telling>> EventPost::read(trust::Reading& reading)
{
    std::map<std::string, Telling> all;
    const auto found = TRY(reading.rows(select_told, {told_setting}));
    if (found.empty())
        return all;
    const auto fields = TRY(Fields::decoded(TRY(reading.open(told_place(), found.front()[0].blob())).reveal()));
    for (const auto& each : fields.inner("key")) {
        auto& telling = all[each.text("id")];
        telling.problem = each.text("problem");
        telling.given_up = each.number("given_up");
        if (each.has("told_at"))
            telling.told_at = from_stored(each.number("told_at"));
        if (each.has("failing_since"))
            telling.failing_since = from_stored(each.number("failing_since"));
    }
    return all;
}

Result<EventPost::Sent> EventPost::send_due(const Actor& system, const std::function<bool()>& stopping) const
{
    Sent sent;
    std::vector<Waiting> waiting;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        waiting = TRY(waiting_now(reading));
        return {};
    }));
    if (waiting.empty())
        return sent;
    const auto keys = TRY(keys_.list(system));
    for (const auto& one : waiting) {
        if (stopping())
            return sent;
        const auto key = std::find_if(keys.begin(), keys.end(), [&](const Key& each) { return each.id == one.event.key; });
        const bool wanted = one.person_is_there && key != keys.end() && !key->revoked_at && !key->events_url.empty();
        Instant now{};
        bool mine = false;
        bool late = false;
        TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            now = writing.now();
            late = now - one.event.at >= give_up_after;
            mine = wanted && !late;
            if (mine) {
                const auto pause = pauses[std::min<std::size_t>(static_cast<std::size_t>(one.tries), pauses.size() - 1)];
                mine = TRY(writing.change(claim_job, {now + pause, one.event.id, one.due_at})) > 0;
                return {};
            }
            const bool dropped = TRY(writing.change(drop_job, {rows::Value{one.event.id}})) > 0;
            if (wanted && dropped)
                TRY(keep_telling(writing, one.event.key, [](Telling& telling) { ++telling.given_up; }));
            return {};
        }));
        sent.given_up += wanted && late ? 1 : 0;
        if (!mine)
            continue;
        const auto secret = TRY(channels::pager_key(key->events_secret));
        const auto status = errands::signed_post(web_, {key->events_url, secret}, to_text(one.event.id), now,
                                                 event_body(one.event), stopping);
        if (status.ok() && *status == 0)
            return sent; // broken off: it goes again
        const bool taken = status.ok() && *status >= 200 && *status < 300;
        const auto problem = taken         ? std::string()
                             : status.ok() ? "answered " + std::to_string(*status)
                                           : std::string("did not answer");
        TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            if (taken)
                TRY(writing.change(drop_job, {rows::Value{one.event.id}}));
            return keep_telling(writing, one.event.key, [&](Telling& telling) {
                telling.problem = problem;
                if (taken) {
                    telling.told_at = writing.now();
                    telling.failing_since.reset();
                } else if (!telling.failing_since) {
                    telling.failing_since = writing.now();
                }
            });
        }));
        sent.taken += taken ? 1 : 0;
        if (!taken)
            sent.problem = "the address for events of key " + one.event.key + " " + problem;
    }
    return sent;
}

} // namespace handrail::gateway
