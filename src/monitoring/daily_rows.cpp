#include "monitoring/daily_rows.h"

#include <algorithm>
#include <charconv>

#include "base/crypto.h"
#include "base/fields.h"

namespace handrail::monitoring {

namespace {

using SummaryId = Id<struct DailySummaryNoun>;

constexpr rows::Statement upsert{
    "daily_summary.put",
    "INSERT INTO daily_summary (organisation, person, summary, on_day, received_at, batch, sealed_body) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (organisation, person, summary) DO UPDATE SET "
    "received_at = excluded.received_at, sealed_body = excluded.sealed_body"};
constexpr rows::Statement select_since{
    "daily_summary.since", "SELECT summary, on_day, received_at, batch, sealed_body FROM daily_summary "
                           "WHERE organisation = $1 AND person = $2 AND on_day >= $3 ORDER BY received_at, summary"};
constexpr rows::Statement remove{
    "daily_summary.remove",
    "DELETE FROM daily_summary WHERE organisation = $1 AND person = $2 AND summary IN (SELECT summary FROM daily_summary "
    "WHERE organisation = $1 AND person = $2 AND batch = $3 LIMIT $4)"};

std::int64_t number_of(std::chrono::sys_days day) { return day.time_since_epoch().count(); }

/// The same day of the same source is the same row, however often it is sent.
SummaryId summary_of(PersonId person, const KeptDay& day)
{
    return SummaryId{id_of_named(to_text(person) + " day " + std::to_string(number_of(day.day)) + " " + to_text(day.batch) +
                                 " " + day.source)};
}

double value_from(const std::string& written)
{
    double value = 0;
    std::from_chars(written.data(), written.data() + written.size(), value);
    return value;
}

} // namespace

Result<void> put_day(trust::Writing& writing, PersonId person, const KeptDay& day)
{
    const auto id = summary_of(person, day);
    Fields body{{"source", day.source}};
    for (const auto& [measure, value] : day.values)
        body.add("value", Fields{{"measure", measure}, {"value", std::to_string(value)}});
    const auto sealed = TRY(writing.seal(person, {"daily_summary", "body", id}, Confidential{body.encoded()}));
    TRY(writing.change(upsert, {person, id, number_of(day.day), day.received_at,
                                day.batch.empty() ? rows::Value{} : rows::Value{day.batch}, sealed}));
    return {};
}

Result<std::vector<KeptDay>> days_of(trust::Reading& reading, PersonId person, std::chrono::sys_days since)
{
    std::vector<KeptDay> all;
    for (const auto& row : TRY(reading.rows(select_since, {person, number_of(since)}))) {
        const auto words = TRY(reading.open(person, {"daily_summary", "body", row[0].raw_id()}, row[4].blob()));
        const auto body = TRY(Fields::decoded(words.reveal()));
        KeptDay day;
        day.day = std::chrono::sys_days{std::chrono::days{row[1].number()}};
        day.received_at = row[2].instant();
        day.batch = row[3].id<ImportId>();
        day.source = body.text("source");
        for (const auto& each : body.inner("value"))
            day.values[each.text("measure")] = value_from(each.text("value"));
        all.push_back(std::move(day));
    }
    return all;
}

Result<std::int64_t> remove_days(trust::Writing& writing, PersonId person, ImportId batch, int most)
{
    return writing.change(remove, {person, batch, most});
}

CountedByDay by_measure(const std::vector<KeptDay>& days)
{
    CountedByDay out;
    for (const auto& day : days) // the last received come last
        for (const auto& [measure, value] : day.values)
            out[measure][day.day] = value;
    return out;
}

} // namespace handrail::monitoring
