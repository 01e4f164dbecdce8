#include "errands/nightly.h"

#include <algorithm>
#include <optional>
#include <thread>
#include <vector>

#include "base/crypto.h"
#include "base/fields.h"
#include "care/findings.h"
#include "monitoring/answer_rows.h"

namespace handrail::errands {

namespace {

constexpr int pages_a_slice = 2;
constexpr std::chrono::minutes claimed_for{1};
constexpr std::chrono::minutes look_again{1};
// Answers that were given without a network arrive late. What was told before is known by its id and not told again.
constexpr std::chrono::hours looks_back{7 * 24};
constexpr int begins_at_minute = 2 * 60; ///< of the service's own clock

// What other organisations' jobs are called by stands in the id; of this one there is one an organisation.
constexpr std::string_view job_name = "nightly";

constexpr rows::Statement courses_after{
    "course.after", "SELECT person, sealed_body FROM course WHERE organisation = $1 AND person > $2 "
                    "ORDER BY person LIMIT $3"};
constexpr trust::OneAPerson courses{"course", "body", courses_after};
constexpr rows::Statement select_pass{"nightly.read",
                                      "SELECT due_at, sealed_body FROM job WHERE organisation = $1 AND job = $2"};
constexpr rows::Statement insert_pass{
    "nightly.begin", "INSERT INTO job (organisation, job, kind, due_at, tries, claimed_until, sealed_body) "
                     "VALUES ($1, $2, 'nightly', $3, 0, NULL, $4) ON CONFLICT DO NOTHING"};
constexpr rows::Statement claim_pass{
    "nightly.claim", "UPDATE job SET claimed_until = $2, tries = tries + 1 WHERE organisation = $1 AND job = $3 "
                     "AND due_at <= $4 AND (claimed_until IS NULL OR claimed_until <= $4)"};
// Only by the node that holds it: one whose time ran out must not move the pass back.
constexpr rows::Statement update_pass{
    "nightly.put", "UPDATE job SET due_at = $2, claimed_until = NULL, sealed_body = $3 WHERE organisation = $1 AND "
                   "job = $4 AND claimed_until = $5"};
constexpr rows::Statement select_person{"nightly.person",
                                        "SELECT state FROM person WHERE organisation = $1 AND person = $2"};

RawId job_id() { return id_of_named(job_name); }

trust::Deed deed_of(const Nightly::Tally& tally)
{
    return {"judge.course", std::nullopt, "course", {}, {},
            "people " + std::to_string(tally.judged) + ", not opened " + std::to_string(tally.shut) + ", findings " +
                std::to_string(tally.found)};
}

} // namespace

FindingId Nightly::id_of(PersonId person, const monitoring::NightFinding& finding)
{
    return FindingId{id_of_named(to_text(person) + finding.key)};
}

Nightly::Tally& Nightly::Tally::operator+=(const Tally& more)
{
    judged += more.judged;
    shut += more.shut;
    found += more.found;
    alerts += more.alerts;
    return *this;
}

Result<Nightly::Tally> Nightly::keep(const Actor& system, const Judged& judged) const
{
    Tally kept;
    const auto keep_once = [&](trust::Writing& writing) -> Result<void> {
        kept = {};
        const auto there = TRY(writing.rows(select_person, {rows::Value{judged.person}}));
        if (there.empty() || there.front()[0].text() != "active")
            return {};
        const auto state = TRY(care::read_person_state(writing, judged.person));
        for (const auto& [id, finding] : judged.found) {
            if (TRY(care::is_kept(writing, id))) // another node was faster
                continue;
            care::Heard heard;
            heard.person = judged.person;
            heard.about = finding.about;
            heard.about_id = judged.person;
            heard.finding = finding.finding;
            heard.id = id;
            // Nothing was said to the person at that moment: they are asleep, as far as anybody knows.
            const auto followed = TRY(listening_.follow(writing, heard, state, care::Help{}));
            ++kept.found;
            kept.alerts += followed.alert.empty() ? 0 : 1;
        }
        return {};
    };
    // Another node may keep the same finding between the look and the commit. Looked at again, it is there.
    auto done = record_.write(system, keep_once);
    for (std::size_t again = 0; !done.ok() && done.error().kind == ErrorKind::Conflict && again < judged.found.size(); ++again)
        done = record_.write(system, keep_once);
    TRY(std::move(done));
    return kept;
}

Result<void> Nightly::leave_out_what_is_kept(const Actor& system, std::vector<Judged>& all) const
{
    return record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        for (auto& judged : all)
            for (auto each = judged.found.begin(); each != judged.found.end();)
                each = TRY(care::is_kept(reading, each->first)) ? judged.found.erase(each) : each + 1;
        return {};
    });
}

Result<Nightly::Tally> Nightly::judge_page(const Actor& system, PersonId after, const trust::EveryPerson::Page& page,
                                           Instant now) const
{
    const auto opened = TRY(people_.open(system, courses, after, page));
    Tally tally;
    tally.shut = opened.shut;
    std::vector<Judged> all;
    for (const auto& [person, words] : opened.values) {
        const auto course = monitoring::Course::decoded(words.reveal());
        if (!course.ok()) {
            ++tally.shut;
            continue;
        }
        ++tally.judged;
        Judged one{person, {}};
        for (auto& each : judge_.judge(*course, now - looks_back, now)) {
            const auto id = id_of(person, each);
            one.found.emplace_back(id, std::move(each));
        }
        if (!one.found.empty())
            all.push_back(std::move(one));
    }
    if (!all.empty())
        TRY(leave_out_what_is_kept(system, all));
    for (const auto& each : all)
        if (!each.found.empty())
            tally += TRY(keep(system, each));
    return tally;
}

Result<Nightly::Tally> Nightly::everybody(const Actor& system, int threads) const
{
    const auto now = clock_.now();
    std::mutex mutex; // guards the sum
    Tally tally;
    TRY(people_.walk(system, courses, people_a_page_, threads,
                     [&](PersonId after, const trust::EveryPerson::Page& page) -> Result<void> {
                         const auto judged = TRY(judge_page(system, after, page, now));
                         const std::lock_guard lock(mutex);
                         tally += judged;
                         return {};
                     }));
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        writing.note(deed_of(tally));
        return {};
    }));
    return tally;
}

Nightly::Replay& Nightly::Replay::operator+=(const Replay& more)
{
    people += more.people;
    answers += more.answers;
    carried += more.carried;
    differ += more.differ;
    shut += more.shut;
    findings += more.findings;
    return *this;
}

Result<Nightly::Replay> Nightly::replay_page(const Actor& system, const monitoring::Asking& asking,
                                             const trust::EveryPerson::Page& page, Instant now) const
{
    Replay out;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        out = {};
        monitoring::CourseReplay again(asking, reading);
        for (const auto& [person, sealed] : page) {
            const auto kept = monitoring::read_course(reading, person);
            const auto made = kept.ok() ? again.of(person, *kept) : kept.error();
            if (!made.ok()) {
                ++out.shut;
                continue;
            }
            ++out.people;
            out.answers += made->answers;
            out.carried += made->carried;
            out.differ += made->course.encoded() == kept->encoded() ? 0 : 1;
            out.findings += static_cast<std::int64_t>(judge_.judge(made->course, now - looks_back, now).size());
        }
        reading.note({"replay.course", std::nullopt, "course", {}, {}, {}});
        return {};
    }));
    return out;
}

Result<Nightly::Replay> Nightly::replay(const Actor& system, const monitoring::Asking& asking, int threads) const
{
    const auto now = clock_.now();
    std::mutex mutex; // guards the sum
    Replay all;
    TRY(people_.walk(system, courses, people_a_page_, threads,
                     [&](PersonId, const trust::EveryPerson::Page& page) -> Result<void> {
                         const auto replayed = TRY(replay_page(system, asking, page, now));
                         const std::lock_guard lock(mutex);
                         all += replayed;
                         return {};
                     }));
    return all;
}

Result<std::optional<Nightly::Pass>> Nightly::read_pass(trust::Reading& reading) const
{
    const auto found = TRY(reading.rows(select_pass, {rows::Value{job_id()}}));
    if (found.empty())
        return std::optional<Pass>{};
    const auto words = TRY(reading.open({"job", "body", job_id()}, found.front()[1].blob()));
    const auto body = TRY(Fields::decoded(words.reveal()));
    Pass pass;
    pass.due_at = found.front()[0].instant();
    if (body.has("begun_at"))
        pass.begun_at = from_stored(body.number("begun_at"));
    if (body.has("after"))
        pass.after = TRY(PersonId::from(body.text("after")));
    pass.tally = {body.number("judged"), body.number("shut"), body.number("found"), body.number("alerts")};
    return std::optional{pass};
}

Result<rows::Blob> Nightly::sealed(trust::Writing& writing, const Pass& pass) const
{
    Fields body;
    if (pass.begun_at)
        body.add("begun_at", to_stored(*pass.begun_at));
    if (!pass.after.empty())
        body.add("after", pass.after.text());
    body.add("judged", pass.tally.judged).add("shut", pass.tally.shut);
    body.add("found", pass.tally.found).add("alerts", pass.tally.alerts);
    return writing.seal({"job", "body", job_id()}, Confidential{body.encoded()});
}

/// Two in the morning by the service's own clock; on the day the clock is set, an hour off.
Result<Instant> Nightly::next_night(trust::Reading& reading, Instant now) const
{
    const auto service = TRY(service_.read(reading));
    const auto clock = care::local_time(service, now); // "hh:mm"
    const int minute = (clock[0] - '0') * 600 + (clock[1] - '0') * 60 + (clock[3] - '0') * 10 + (clock[4] - '0');
    const int ahead = (begins_at_minute - minute + 24 * 60 - 1) % (24 * 60) + 1;
    return now + std::chrono::minutes{ahead};
}

Result<std::optional<Nightly::Pass>> Nightly::claim(const Actor& system, Instant until) const
{
    std::optional<Pass> pass;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        pass.reset();
        const auto now = writing.now();
        if (TRY(writing.change(claim_pass, {until, job_id(), now})) == 1) {
            pass = TRY(read_pass(writing));
            return {};
        }
        Pass first;
        first.due_at = TRY(next_night(writing, now));
        TRY(writing.change(insert_pass, {job_id(), first.due_at, TRY(sealed(writing, first))}));
        return {};
    }));
    return pass;
}

Result<void> Nightly::put_back(const Actor& system, Pass pass, Instant claimed_until, const Slice& slice) const
{
    return record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        auto next = pass;
        next.tally += slice.tally;
        next.after = slice.last;
        if (!slice.more) {
            writing.note(deed_of(next.tally));
            next.due_at = TRY(next_night(writing, writing.now()));
            next.begun_at.reset();
            next.after = {};
            next.tally = {};
        }
        TRY(writing.change(update_pass, {next.due_at, TRY(sealed(writing, next)), job_id(), claimed_until}));
        return {};
    });
}

Result<bool> Nightly::round(const Actor& system)
{
    const auto now = clock_.now();
    {
        const std::lock_guard lock(mutex_);
        auto& not_before = not_before_[system.organisation()];
        if (now < not_before)
            return false;
        not_before = now + look_again;
    }
    const auto until = now + claimed_for;
    const auto claimed = TRY(claim(system, until));
    if (!claimed)
        return false; // not due, or another node is at it
    auto pass = *claimed;
    if (!pass.begun_at)
        pass.begun_at = now;
    Slice slice;
    slice.last = pass.after;
    slice.more = true;
    for (int page = 0; page < pages_a_slice && slice.more; ++page) {
        const auto people = TRY(people_.page(system, courses, slice.last, people_a_page_));
        slice.tally += TRY(judge_page(system, slice.last, people, *pass.begun_at));
        slice.more = static_cast<int>(people.size()) == people_a_page_;
        if (!people.empty())
            slice.last = people.back().first;
    }
    TRY(put_back(system, pass, until, slice));
    if (slice.more) {
        const std::lock_guard lock(mutex_);
        not_before_[system.organisation()] = now;
    }
    return true;
}

} // namespace handrail::errands
