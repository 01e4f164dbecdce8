#include "support/human_wait.h"

namespace handrail::support {

namespace {

constexpr rows::Statement upsert{
    "human_wait.keep",
    "INSERT INTO job (organisation, job, kind, due_at, tries, claimed_until, sealed_body) "
    "VALUES ($1, $2, 'human_wait', $3, 0, NULL, $4) "
    "ON CONFLICT (organisation, job) DO UPDATE SET due_at = excluded.due_at, sealed_body = excluded.sealed_body"};
constexpr rows::Statement remove{"human_wait.drop",
                                 "DELETE FROM job WHERE organisation = $1 AND job = $2 AND kind = 'human_wait'"};
constexpr rows::Statement select_one{"human_wait.read", "SELECT due_at, sealed_body FROM job WHERE organisation = $1 AND "
                                                       "job = $2 AND kind = 'human_wait'"};
constexpr rows::Statement over{"human_wait.over",
                               "SELECT job FROM job WHERE organisation = $1 AND due_at <= $2 AND kind = 'human_wait' "
                               "ORDER BY due_at LIMIT 100"};

} // namespace

Fields encoded(const HumanWait& wait)
{
    Fields out{{"for", wait.what == HumanWait::For::Person ? "person" : "reply"},
               {"urgency", std::string(name(wait.urgency))}};
    out.add("due_at", to_stored(wait.due_at));
    if (!wait.finding.empty())
        out.add("finding", wait.finding.text());
    if (!wait.alert.empty())
        out.add("alert", wait.alert.text());
    if (!wait.told.empty())
        out.add("told", wait.told);
    return out;
}

HumanWait human_wait_from(const Fields& fields)
{
    HumanWait wait;
    wait.what = fields.text("for") == "reply" ? HumanWait::For::Reply : HumanWait::For::Person;
    wait.urgency = urgency_from(fields.text("urgency")).value_or(Urgency::Unknown);
    wait.due_at = from_stored(fields.number("due_at"));
    if (const auto finding = FindingId::from(fields.text("finding")); finding.ok())
        wait.finding = *finding;
    if (const auto alert = AlertId::from(fields.text("alert")); alert.ok())
        wait.alert = *alert;
    wait.told = fields.text("told");
    return wait;
}

Result<void> keep_timer(trust::Writing& writing, ConversationId conversation, const HumanWait& wait,
                        std::optional<Instant> since)
{
    Fields body;
    if (since && wait.what == HumanWait::For::Person)
        body.add("asked_at", to_stored(*since));
    const auto sealed = TRY(writing.seal({"job", "body", conversation}, Confidential{body.encoded()}));
    TRY(writing.change(upsert, {conversation, wait.due_at, sealed}));
    return {};
}

Result<std::optional<HumanTimer>> read_timer(trust::Reading& reading, ConversationId conversation)
{
    const auto found = TRY(reading.rows(select_one, {rows::Value{conversation}}));
    if (found.empty())
        return std::optional<HumanTimer>{};
    HumanTimer timer{found.front()[0].instant(), {}};
    const auto words = TRY(reading.open({"job", "body", conversation}, found.front()[1].blob()));
    const auto body = TRY(Fields::decoded(words.reveal()));
    if (body.has("asked_at"))
        timer.asked_at = from_stored(body.number("asked_at"));
    return std::optional{timer};
}

Result<void> drop_timer(trust::Writing& writing, ConversationId conversation)
{
    TRY(writing.change(remove, {rows::Value{conversation}}));
    return {};
}

Result<std::vector<ConversationId>> timers_over(trust::Reading& reading)
{
    std::vector<ConversationId> all;
    for (const auto& row : TRY(reading.rows(over, {rows::Value{reading.now()}})))
        all.push_back(row[0].id<ConversationId>());
    return all;
}

} // namespace handrail::support
