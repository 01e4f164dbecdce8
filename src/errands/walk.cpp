#include "errands/walk.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/crypto.h"
#include "base/fields.h"
#include "care/delivery.h"

namespace handrail::errands {

namespace {

constexpr std::chrono::minutes claimed_for{10};
constexpr std::chrono::hours kept_for{7 * 24};
constexpr std::chrono::milliseconds look_again{250};
constexpr std::string_view job_name = "walk";

struct Words {
    WalkStep step;
    std::string_view name;
    std::string_view broken; ///< what it means that it did not hold
};
constexpr std::array<Words, 9> all_words{
    {{WalkStep::CameIn, "came_in", "nobody new could come in"},
     {WalkStep::Screened, "screened", "a message in plain danger was not kept, or the screener did not say now"},
     {WalkStep::Answered, "answered", "the reply was not the fixed words of danger"},
     {WalkStep::Raised, "raised", "no alert was raised, or its timer was not set"},
     {WalkStep::WentUp, "went_up", "an alert whose time was over did not go up"},
     {WalkStep::Sent, "sent", "a call to staff was not taken from the store by its sender"},
     {WalkStep::Channels, "channels", "calls to staff have not got out for ten minutes"},
     {WalkStep::Ended, "ended", "an alert could not be closed by a human's deed"},
     {WalkStep::Removed, "removed", "what the walk left could not be removed"}}};

constexpr rows::Statement select_job{"walk.read",
                                     "SELECT due_at, sealed_body FROM job WHERE organisation = $1 AND job = $2"};
constexpr rows::Statement insert_job{
    "walk.begin", "INSERT INTO job (organisation, job, kind, due_at, tries, claimed_until, sealed_body) "
                  "VALUES ($1, $2, 'walk', $3, 0, NULL, $4) ON CONFLICT DO NOTHING"};
constexpr rows::Statement claim_job{
    "walk.claim", "UPDATE job SET claimed_until = $2, tries = tries + 1 WHERE organisation = $1 AND job = $3 "
                  "AND due_at <= $4 AND (claimed_until IS NULL OR claimed_until <= $4)"};
// Only by the node that holds it.
constexpr rows::Statement put_job{"walk.put", "UPDATE job SET due_at = $2, claimed_until = NULL, sealed_body = $3 "
                                              "WHERE organisation = $1 AND job = $4 AND claimed_until = $5"};
constexpr rows::Statement let_job_go{
    "walk.let_go", "UPDATE job SET claimed_until = NULL WHERE organisation = $1 AND job = $2 AND claimed_until = $3"};
constexpr rows::Statement insert_step{"walk.step",
                                      "INSERT INTO walk_step (organisation, walk, step, name, at, took, held) "
                                      "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
// A walk's id begins with its instant.
constexpr rows::Statement delete_old{"walk.old", "DELETE FROM walk_step WHERE organisation = $1 AND walk < $2"};
// The newest first; a walk has at most nine steps.
constexpr rows::Statement select_last{"walk.last",
                                      "SELECT walk, name, at, took, held FROM walk_step WHERE organisation = $1 AND "
                                      "walk > $2 ORDER BY walk DESC, step DESC LIMIT 9"};

RawId job_id() { return id_of_named(job_name); }

/// The least id of an instant.
RawId first_id_at(Instant at)
{
    auto id = timed_id(at);
    std::fill(id.bytes.begin() + 8, id.bytes.end(), std::uint8_t{0});
    return id;
}

std::string reason_of(WalkStep step)
{
    std::string broken;
    for (const auto& each : all_words)
        if (each.step == step)
            broken = each.broken;
    return "The service's own walk along the way of an alert broke: " + broken +
           ". Until this is mended, look at people's messages and alerts on the page yourselves.";
}

} // namespace

std::string_view name(WalkStep step)
{
    for (const auto& each : all_words)
        if (each.step == step)
            return each.name;
    return "";
}

std::optional<WalkStep> walk_step_from(std::string_view text)
{
    for (const auto& each : all_words)
        if (each.name == text)
            return each.step;
    return std::nullopt;
}

bool Walked::held() const { return !broke_at(); }

std::optional<WalkStep> Walked::broke_at() const
{
    for (const auto& each : steps)
        if (!each.held)
            return each.step;
    return std::nullopt;
}

Result<bool> Walk::claim(const Actor& system, Instant until) const
{
    // Read first, so that a quiet round costs no commit.
    bool due = false;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        const auto found = TRY(reading.rows(select_job, {rows::Value{job_id()}}));
        due = found.empty() || found.front()[0].instant() <= reading.now();
        return {};
    }));
    if (!due)
        return false;
    bool claimed = false;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        const auto now = writing.now();
        const auto nothing = TRY(writing.seal({"job", "body", job_id()}, Confidential{Fields{}.encoded()}));
        TRY(writing.change(insert_job, {job_id(), now, nothing}));
        claimed = TRY(writing.change(claim_job, {until, job_id(), now})) == 1;
        return {};
    }));
    return claimed;
}

Result<void> Walk::let_go(const Actor& system, Instant claimed_until) const
{
    return record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        TRY(writing.change(let_job_go, {job_id(), claimed_until}));
        return {};
    });
}

std::optional<Walked> Walk::walk(const Actor& system, const Wait& wait) const
{
    Walked walked;
    bool stopped = false;
    // A bug on the way is what a walk looks for, so it is a broken step here and not the end of the thread.
    const auto step = [&](WalkStep which, const std::function<Result<bool>()>& how) {
        const auto began = clock_.now();
        bool held = false;
        try {
            const auto done = how();
            held = done.ok() && *done;
            if (!done.ok())
                walked.problem = done.error().noted.empty() ? done.error().told : done.error().noted;
        } catch (const std::exception& bug) {
            walked.problem = bug.what();
        }
        walked.steps.push_back({which, clock_.now(), clock_.now() - began, held});
        return held;
    };
    const auto within = [&](Duration patience, const std::function<Result<bool>()>& done) -> Result<bool> {
        const auto began = clock_.now();
        for (;;) {
            if (TRY(done()))
                return true;
            if (clock_.now() - began >= patience)
                return false;
            if (!wait(look_again)) {
                stopped = true;
                return false;
            }
        }
    };

    std::optional<WalkPath::Walker> walker;
    WalkPath::Said said;
    AlertId alert;
    const std::pair<WalkStep, std::function<Result<bool>()>> way[] = {
        {WalkStep::CameIn,
         [&]() -> Result<bool> {
             walker = TRY(path_.come_in());
             return TRY(path_.left(*walker)) == 0;
         }},
        {WalkStep::Screened,
         [&]() -> Result<bool> {
             said = TRY(path_.say(*walker));
             return said.urgency == Urgency::Now;
         }},
        {WalkStep::Answered, [&]() -> Result<bool> { return said.fixed_words; }},
        {WalkStep::Raised,
         [&]() -> Result<bool> {
             const auto open = TRY(path_.alert(*walker));
             if (!open || open->urgency != Urgency::Now || open->state != care::AlertState::Open || !open->due_at ||
                 *open->due_at > open->raised_at + path_.time_to_answer() || open->told_text_id.empty())
                 return false;
             alert = open->id;
             return true;
         }},
        {WalkStep::WentUp,
         [&]() -> Result<bool> {
             TRY(path_.hurry(*walker, alert));
             return within(times_.for_timers, [&]() -> Result<bool> {
                 const auto open = TRY(path_.alert(*walker));
                 return open && open->step > 0;
             });
         }},
        {WalkStep::Sent,
         [&]() -> Result<bool> {
             return within(times_.for_senders, [&]() -> Result<bool> {
                 const auto sent = TRY(path_.sent(*walker, alert));
                 return std::ranges::all_of(path_.channels(), [&](care::Channel each) {
                     return std::ranges::find(sent, each) != sent.end();
                 });
             });
         }},
        {WalkStep::Channels, [&]() -> Result<bool> { return channels_well(system); }},
        {WalkStep::Ended,
         [&]() -> Result<bool> {
             TRY(path_.end(*walker, alert));
             return !TRY(path_.alert(*walker));
         }},
    };
    for (const auto& [which, how] : way)
        if (!step(which, how))
            break;
    if (stopped)
        return std::nullopt; // whoever walks next removes what is left
    if (walker)
        step(WalkStep::Removed, [&]() -> Result<bool> {
            TRY(path_.remove(*walker));
            return TRY(path_.left(*walker)) == 0;
        });
    return walked;
}

Result<bool> Walk::channels_well(const Actor& system) const
{
    bool well = true;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        const auto troubles = TRY(care::delivery_troubles(reading));
        well = std::none_of(troubles.begin(), troubles.end(), [&](const care::DeliveryTrouble& each) {
            return each.since && reading.now() - *each.since >= times_.channel_may_fail;
        });
        return {};
    }));
    return well;
}

Result<void> Walk::keep(const Actor& system, const Walked& walked, Instant claimed_until) const
{
    return record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        const auto now = writing.now();
        const auto found = TRY(writing.rows(select_job, {rows::Value{job_id()}}));
        if (found.empty())
            return {};
        const auto words = TRY(writing.open({"job", "body", job_id()}, found.front()[1].blob()));
        const auto before = TRY(Fields::decoded(words.reveal()));
        Fields body;
        std::string paged = before.text("paged");
        if (const auto broken = walked.broke_at()) {
            if (paged.empty()) // once for a break, not once a walk
                paged = TRY(alerts_.raise_about_service(writing, reason_of(*broken))).text();
            body.add("paged", paged);
        }
        const auto sealed = TRY(writing.seal({"job", "body", job_id()}, Confidential{body.encoded()}));
        if (TRY(writing.change(put_job, {now + times_.every, sealed, job_id(), claimed_until})) != 1)
            return conflict("Another node took the walk over.");
        const RawId id = timed_id(now);
        std::int64_t number = 0;
        for (const auto& each : walked.steps)
            TRY(writing.change(insert_step, {id, ++number, name(each.step), each.at, each.took.count(), each.held}));
        TRY(writing.change(delete_old, {rows::Value{first_id_at(now - kept_for)}}));
        return {};
    });
}

Result<std::optional<Walked>> Walk::round(const Actor& system, const Wait& wait) const
{
    std::optional<Walked> walked;
    if (times_.every.count() == 0)
        return walked;
    const auto until = clock_.now() + claimed_for;
    if (!TRY(claim(system, until)))
        return walked; // not due, or another node is at it
    walked = walk(system, wait);
    if (walked)
        TRY(keep(system, *walked, until));
    else
        TRY(let_go(system, until));
    return walked;
}

Result<WalkState> Walk::state(trust::Reading& reading) const
{
    WalkState state;
    Walked last;
    const auto found = TRY(reading.rows(select_last, {rows::Value{first_id_at(reading.now() - kept_for)}}));
    for (const auto& row : found)
        if (const auto step = walk_step_from(row[1].text()); step && row[0].raw_id() == found.front()[0].raw_id())
            last.steps.insert(last.steps.begin(), {*step, row[2].instant(), Duration{row[3].number()}, row[4].number() == 1});
    if (!last.steps.empty())
        state.last = std::move(last);
    if (times_.every.count() == 0)
        return state;
    // A walk itself may take as long as the timers and senders are given.
    const auto longest = 2 * times_.every + times_.for_timers + times_.for_senders;
    const auto job = TRY(reading.rows(select_job, {rows::Value{job_id()}}));
    const auto since = state.last ? std::optional{state.last->at()}
                       : job.empty() ? std::nullopt
                                     : std::optional{job.front()[0].instant()};
    state.overdue = since && reading.now() - *since > longest;
    return state;
}

} // namespace handrail::errands
