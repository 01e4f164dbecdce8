#include "gateway/event_book.h"

#include "base/fields.h"
#include "gateway/event_post.h"

namespace handrail::gateway {

namespace {

constexpr int most_at_once = 50;
constexpr std::string_view prompt_kind = "gateway_prompt";

constexpr rows::Statement kept_before{
    "gateway.kept_before",
    "SELECT finding FROM finding WHERE organisation = $1 AND person = $2 AND about_id = $3 AND about = 'gateway' LIMIT 1"};
constexpr rows::Statement put_job{"gateway.put_job",
                                  "INSERT INTO job (organisation, job, kind, due_at, tries, sealed_body) VALUES ($1, $2, "
                                  "'gateway_forget', $3, 0, $4)"};
constexpr rows::Statement due_jobs{"gateway.due_jobs",
                                   "SELECT job, sealed_body FROM job WHERE organisation = $1 AND due_at <= $2 AND "
                                   "kind = 'gateway_forget' ORDER BY due_at LIMIT $3"};
constexpr rows::Statement drop_job{"gateway.drop_job", "DELETE FROM job WHERE organisation = $1 AND job = $2"};
constexpr rows::Statement later_job{"gateway.later_job", "UPDATE job SET due_at = $2 WHERE organisation = $1 AND job = $3"};
constexpr rows::Statement open_alert{
    "gateway.open_alert",
    "SELECT alert FROM alert WHERE organisation = $1 AND person = $2 AND state <> 'closed' LIMIT 1"};
constexpr rows::Statement empty_finding{
    "gateway.empty_finding", "UPDATE finding SET sealed_body = $2 WHERE organisation = $1 AND finding = $3"};
constexpr rows::Statement newest_prompt{
    "gateway.newest_prompt",
    "SELECT version FROM document WHERE organisation = $1 AND person = $2 AND kind = $3 ORDER BY version DESC LIMIT 1"};
constexpr rows::Statement put_prompt{
    "gateway.put_prompt", "INSERT INTO document (organisation, person, kind, version, sealed_body, written_at) "
                          "VALUES ($1, $2, $3, $4, $5, $6)"};

trust::Place job_place(const RawId& job)
{
    return {"job", "body", job};
}

/// As trust::SealedRow reads it: the version in the last eight bytes.
trust::Place prompt_place(std::int64_t version)
{
    RawId row;
    const auto number = static_cast<std::uint64_t>(version);
    for (unsigned i = 0; i < 8; ++i)
        row.bytes[8 + i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
    return {"document", prompt_kind, row};
}

} // namespace

Result<EventBook::Kept> EventBook::keep(const Actor& system, const Key& key, const Event& event) const
{
    Kept kept;
    kept.person = TRY(people_.person(system, key, event.reference, event.where));
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        kept.again = false;
        kept.alert = {};
        if (!TRY(writing.rows(kept_before, {kept.person, event.message})).empty()) {
            kept.again = true;
            return {};
        }
        const auto state = TRY(care::read_person_state(writing, kept.person));
        const auto followed = TRY(listening_.follow(
            writing, {kept.person, "gateway", event.message, {}, event.finding, false}, state, event.told));
        kept.alert = followed.alert;
        TRY(care::mark_heard(writing, kept.person, writing.now()));
        if (followed.finding.empty())
            return {};
        if (!key.events_url.empty())
            TRY(put_event(writing, kept.person,
                          {random_id(), key.id, event.reference, event.finding.urgency, event.finding.category, writing.now()}));
        const auto job = random_id();
        Fields body;
        body.add("person", kept.person.text()).add("finding", followed.finding.text());
        auto sealed = TRY(writing.seal(job_place(job), Confidential(body.encoded())));
        TRY(writing.change(put_job, {job, writing.now() + std::chrono::hours{24} * keep_days_, std::move(sealed)}));
        writing.note({"keep.gateway_event", kept.person, "finding", followed.finding, {}, {}});
        return {};
    }));
    return kept;
}

Result<void> EventBook::keep_prompt(const Actor& system, const Key& key, const std::string& reference,
                                    const Whereabouts& where, const std::string& words) const
{
    const auto person = TRY(people_.person(system, key, reference, where));
    return record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        const auto found = TRY(writing.rows(newest_prompt, {person, prompt_kind}));
        const auto version = found.empty() ? 1 : found.front()[0].number() + 1;
        Fields body;
        body.add("words", words);
        auto sealed = TRY(writing.seal(person, prompt_place(version), Confidential(body.encoded())));
        TRY(writing.change(put_prompt, {person, prompt_kind, version, std::move(sealed), writing.now()}));
        TRY(care::mark_heard(writing, person, writing.now()));
        writing.note({"keep.gateway_prompt", person, "document", RawId{}, {}, {}});
        return {};
    });
}

Result<int> EventBook::forget(const Actor& system) const
{
    int emptied = 0;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        emptied = 0;
        for (const auto& row : TRY(writing.rows(due_jobs, {writing.now(), most_at_once}))) {
            const auto job = row[0].raw_id();
            const auto body = TRY(Fields::decoded(TRY(writing.open(job_place(job), row[1].blob())).reveal()));
            const auto person = TRY(PersonId::from(body.text("person")));
            const auto finding = TRY(FindingId::from(body.text("finding")));
            if (!TRY(writing.rows(open_alert, {rows::Value{person}})).empty()) {
                TRY(writing.change(later_job, {writing.now() + std::chrono::hours{24}, job}));
                continue;
            }
            TRY(writing.change(empty_finding, {rows::Blob{}, finding}));
            TRY(writing.change(drop_job, {rows::Value{job}}));
            writing.note({"remove.old_words", person, "finding", finding, {}, {}});
            ++emptied;
        }
        return {};
    }));
    return emptied;
}

} // namespace handrail::gateway
