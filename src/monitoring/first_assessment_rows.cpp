#include "monitoring/first_assessment_rows.h"

namespace handrail::monitoring {

namespace {

using State = KeptAssessment::State;

constexpr rows::Statement select_one{
    "first_assessment.read",
    "SELECT assessment, form, version, state, begun_at, changed_at, sent_at, due_at, told_at, reader, read_at, read_by, "
    "sealed_body FROM first_assessment WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement upsert{
    "first_assessment.write",
    "INSERT INTO first_assessment (organisation, person, assessment, form, version, state, begun_at, changed_at, sent_at, "
    "due_at, told_at, reader, read_at, read_by, sealed_body) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) "
    "ON CONFLICT (organisation, person) DO UPDATE SET form = excluded.form, version = excluded.version, "
    "state = excluded.state, changed_at = excluded.changed_at, sent_at = excluded.sent_at, due_at = excluded.due_at, "
    "told_at = excluded.told_at, reader = excluded.reader, read_at = excluded.read_at, read_by = excluded.read_by, "
    "sealed_body = excluded.sealed_body"};
constexpr rows::Statement select_unread{
    "first_assessment.unread",
    "SELECT f.person, p.team, f.sent_at, f.due_at, f.told_at, f.reader FROM first_assessment f "
    "JOIN person p ON p.organisation = f.organisation AND p.person = f.person "
    "WHERE f.organisation = $1 AND f.due_at IS NOT NULL ORDER BY f.due_at"};
constexpr rows::Statement select_unread_of_teams{
    "first_assessment.unread_of_teams",
    "SELECT f.person, p.team, f.sent_at, f.due_at, f.told_at, f.reader FROM first_assessment f "
    "JOIN person p ON p.organisation = f.organisation AND p.person = f.person "
    "JOIN team_member m ON m.organisation = p.organisation AND m.team = p.team "
    "WHERE f.organisation = $1 AND m.account = $2 AND f.due_at IS NOT NULL ORDER BY f.due_at"};
constexpr rows::Statement update_told{
    "first_assessment.told", "UPDATE first_assessment SET told_at = $2 WHERE organisation = $1 AND person = $3 AND "
                             "due_at IS NOT NULL AND told_at IS NULL"};
constexpr rows::Statement update_reader{
    "first_assessment.name_reader", "UPDATE first_assessment SET reader = $2 WHERE organisation = $1 AND person = $3 AND "
                                    "due_at IS NOT NULL"};
constexpr rows::Statement select_reader{
    "first_assessment.reader",
    "SELECT a.account FROM account a JOIN team_member m ON m.organisation = a.organisation AND m.account = a.account "
    "JOIN person p ON p.organisation = m.organisation AND p.team = m.team "
    "WHERE a.organisation = $1 AND p.person = $2 AND a.account = $3 AND a.role = 'clinician' AND a.state = 'active'"};
constexpr rows::Statement select_clinician{
    "first_assessment.clinician", "SELECT clinician FROM person WHERE organisation = $1 AND person = $2"};

trust::Place place_of(PersonId person) { return {"first_assessment", "body", person}; }

rows::Value or_null(std::optional<Instant> at) { return at ? rows::Value{*at} : rows::Value{}; }
rows::Value or_null(AccountId account) { return account.empty() ? rows::Value{} : rows::Value{account}; }
std::optional<Instant> instant_in(const rows::Value& value)
{
    return value.null() ? std::nullopt : std::optional{value.instant()};
}
AccountId account_in(const rows::Value& value) { return value.null() ? AccountId{} : value.id<AccountId>(); }

State state_from(std::string_view text)
{
    return text == "sent" ? State::Sent : text == "read" ? State::Read : State::Begun;
}

Fields body_of(const KeptAssessment& kept)
{
    Fields body{{"language", kept.language}, {"age_band", kept.age_band}, {"note", kept.note}};
    for (const auto& each : kept.answered)
        body.add("answer", encoded(each));
    for (const auto& each : kept.before)
        body.add("before", Fields{{"at", to_rfc3339(each.at)}}.add("answer", encoded(each.answered)));
    return body;
}

Result<void> read_body(const Fields& body, KeptAssessment& kept)
{
    kept.language = body.text("language");
    kept.age_band = body.text("age_band");
    kept.note = body.text("note");
    for (const auto& each : body.inner("answer"))
        kept.answered.push_back(answered_question_in(each));
    for (const auto& each : body.inner("before"))
        for (const auto& answer : each.inner("answer"))
            kept.before.push_back({answered_question_in(answer), TRY(from_rfc3339(each.text("at")))});
    return {};
}

std::vector<UnreadAssessment> unread_in(const rows::Rows& found)
{
    std::vector<UnreadAssessment> all;
    for (const auto& row : found)
        all.push_back({row[0].id<PersonId>(), row[1].id<TeamId>(), row[2].instant(), row[3].instant(), instant_in(row[4]),
                       account_in(row[5])});
    return all;
}

} // namespace

std::string_view name(State state)
{
    switch (state) {
    case State::Sent: return "sent";
    case State::Read: return "read";
    case State::Begun: break;
    }
    return "begun";
}

Result<std::optional<KeptAssessment>> read_assessment(trust::Reading& reading, PersonId person)
{
    const auto found = TRY(reading.rows(select_one, {rows::Value{person}}));
    if (found.empty())
        return std::optional<KeptAssessment>{};
    const auto& row = found.front();
    KeptAssessment kept;
    kept.id = row[0].id<AssessmentId>();
    kept.person = person;
    kept.form = row[1].text();
    kept.version = static_cast<int>(row[2].number());
    kept.state = state_from(row[3].text());
    kept.begun_at = row[4].instant();
    kept.changed_at = row[5].instant();
    kept.sent_at = instant_in(row[6]);
    kept.due_at = instant_in(row[7]);
    kept.told_at = instant_in(row[8]);
    kept.reader = account_in(row[9]);
    kept.read_at = instant_in(row[10]);
    kept.read_by = account_in(row[11]);
    const auto words = TRY(reading.open(person, place_of(person), row[12].blob()));
    TRY(read_body(TRY(Fields::decoded(words.reveal())), kept));
    return std::optional{std::move(kept)};
}

Result<void> write_assessment(trust::Writing& writing, const KeptAssessment& kept)
{
    const auto sealed = TRY(writing.seal(kept.person, place_of(kept.person), Confidential{body_of(kept).encoded()}));
    TRY(writing.change(upsert, {kept.person, kept.id, kept.form, kept.version, name(kept.state), kept.begun_at,
                                kept.changed_at, or_null(kept.sent_at), or_null(kept.due_at), or_null(kept.told_at),
                                or_null(kept.reader), or_null(kept.read_at), or_null(kept.read_by), sealed}));
    return {};
}

Result<std::vector<UnreadAssessment>> unread_assessments(trust::Reading& reading)
{
    return unread_in(TRY(reading.rows(select_unread, {})));
}

Result<std::vector<UnreadAssessment>> unread_assessments(trust::Reading& reading, AccountId of_team_member)
{
    return unread_in(TRY(reading.rows(select_unread_of_teams, {rows::Value{of_team_member}})));
}

Result<bool> mark_told(trust::Writing& writing, PersonId person)
{
    return TRY(writing.change(update_told, {writing.now(), person})) == 1;
}

Result<bool> set_reader(trust::Writing& writing, PersonId person, AccountId reader)
{
    return TRY(writing.change(update_reader, {reader, person})) == 1;
}

Result<bool> reads_for(trust::Reading& reading, PersonId person, AccountId account)
{
    return !TRY(reading.rows(select_reader, {person, account})).empty();
}

Result<AccountId> clinician_of(trust::Reading& reading, PersonId person)
{
    const auto found = TRY(reading.rows(select_clinician, {rows::Value{person}}));
    return found.empty() ? AccountId{} : account_in(found.front()[0]);
}

} // namespace handrail::monitoring
