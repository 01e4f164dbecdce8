#include "monitoring/answer_rows.h"

#include <algorithm>

#include "base/crypto.h"

namespace handrail::monitoring {

namespace {

constexpr rows::Statement insert{
    "answer.insert", "INSERT INTO answer (organisation, person, answer, kind, instrument, version, at, urgency, "
                     "sealed_body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr rows::Statement select_one{
    "answer.read", "SELECT answer, kind, instrument, version, at, urgency, sealed_body FROM answer "
                   "WHERE organisation = $1 AND person = $2 AND answer = $3"};
constexpr rows::Statement select_of_person{
    "answer.of_person",
    "SELECT answer, kind, instrument, version, at, urgency, sealed_body FROM answer "
    "WHERE organisation = $1 AND person = $2 AND at >= $3 AND at < $4 ORDER BY at DESC LIMIT $5"};
constexpr rows::Statement select_of_kind{
    "answer.of_kind",
    "SELECT answer, kind, instrument, version, at, urgency, sealed_body FROM answer "
    "WHERE organisation = $1 AND person = $2 AND at >= $3 AND at < $4 AND kind = $5 ORDER BY at DESC LIMIT $6"};
constexpr rows::Statement select_course{
    "course.read", "SELECT sealed_body FROM course WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement upsert_course{
    "course.write", "INSERT INTO course (organisation, person, sealed_body, changed_at) VALUES ($1, $2, $3, $4) "
                    "ON CONFLICT (organisation, person) DO UPDATE SET sealed_body = excluded.sealed_body, "
                    "changed_at = excluded.changed_at"};

Result<KeptAnswer> kept_from(trust::Reading& reading, PersonId person, const rows::Row& row)
{
    KeptAnswer kept;
    kept.id = row[0].id<AnswerId>();
    kept.person = person;
    kept.kind = row[1].text();
    kept.instrument = row[2].text();
    kept.version = row[3].text();
    kept.at = row[4].instant();
    kept.urgency = urgency_from(row[5].text()).value_or(Urgency::Unknown);
    const auto words = TRY(reading.open(person, {"answer", "body", kept.id}, row[6].blob()));
    kept.body = TRY(Fields::decoded(words.reveal()));
    return kept;
}

} // namespace

AnswerId answer_id_for(PersonId person, const std::string& client_id)
{
    // Ids of answers say nothing and need not be secret: the point is that a repeated request meets its own row.
    return AnswerId{id_of_named(to_text(person) + client_id)};
}

Result<void> insert_answer(trust::Writing& writing, const KeptAnswer& answer)
{
    const auto sealed =
        TRY(writing.seal(answer.person, {"answer", "body", answer.id}, Confidential{answer.body.encoded()}));
    TRY(writing.change(insert, {answer.person, answer.id, answer.kind, answer.instrument, answer.version, answer.at,
                                name(answer.urgency), sealed}));
    return {};
}

Result<std::optional<KeptAnswer>> read_answer(trust::Reading& reading, PersonId person, AnswerId id)
{
    const auto found = TRY(reading.rows(select_one, {person, id}));
    if (found.empty())
        return std::optional<KeptAnswer>{};
    return std::optional{TRY(kept_from(reading, person, found.front()))};
}

Result<std::vector<KeptAnswer>> answers_of(trust::Reading& reading, PersonId person, const std::string& kind,
                                           std::optional<Instant> from, std::optional<Instant> before, int most)
{
    std::vector<KeptAnswer> kept;
    const rows::Value since{from.value_or(from_stored(0))};
    const rows::Value until{before.value_or(from_stored(INT64_MAX))};
    const auto found = kind.empty() ? TRY(reading.rows(select_of_person, {person, since, until, most}))
                                    : TRY(reading.rows(select_of_kind, {person, since, until, kind, most}));
    kept.reserve(found.size());
    for (const auto& row : found)
        kept.push_back(TRY(kept_from(reading, person, row)));
    return kept;
}

Result<Course> read_course(trust::Reading& reading, PersonId person)
{
    const auto found = TRY(reading.rows(select_course, {rows::Value{person}}));
    if (found.empty())
        return Course{};
    const auto words = TRY(reading.open(person, {"course", "body", person}, found.front()[0].blob()));
    return Course::decoded(words.reveal());
}

Result<void> write_course(trust::Writing& writing, PersonId person, const Course& course)
{
    const auto sealed = TRY(writing.seal(person, {"course", "body", person}, Confidential{course.encoded()}));
    TRY(writing.change(upsert_course, {person, sealed, writing.now()}));
    return {};
}

} // namespace handrail::monitoring
