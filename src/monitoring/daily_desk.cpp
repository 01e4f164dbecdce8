#include "monitoring/daily_desk.h"

#include <algorithm>

#include "base/text.h"
#include "monitoring/daily_import.h"
#include "monitoring/daily_rows.h"

namespace handrail::monitoring {

namespace {

using std::chrono::days;

constexpr int oldest_days = 400; ///< what is sent a day at a time; what is older comes as a file
constexpr std::size_t longest_source = 60;

Result<void> sound(const WearableProtocol& protocol, const DailyDesk::Day& day, Instant now)
{
    const auto today = std::chrono::floor<days>(now);
    if (day.day > today + days{1} || day.day < today - days{oldest_days})
        return invalid("A day is not in the future, and at most 400 days ago.", "/day");
    const bool plain = std::all_of(day.source.begin(), day.source.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ' ';
    });
    if (trimmed(day.source).empty() || day.source.size() > longest_source || !plain)
        return invalid("Say what sends it in a short word of letters, digits, points and hyphens.", "/source");
    if (day.values.empty())
        return invalid("A day without a value is not sent: what is not known is not nought.", "/values");
    for (const auto& [id, value] : day.values) {
        const auto* measure = protocol.measure(id);
        if (measure == nullptr)
            return invalid("This is no measure that is taken.", "/values/" + id);
        if (!(value >= measure->lowest && value <= measure->highest))
            return invalid("It lies between " + plain_number(measure->lowest) + " and " + plain_number(measure->highest) +
                               (measure->time_of_day ? " minutes after midnight." : " " + measure->unit + "."),
                           "/values/" + id);
    }
    return {};
}

} // namespace

Result<void> agreed_to_wearables(trust::Reading& reading, const trust::ConsentDesk& consents, PersonId person)
{
    if (TRY(consents.granted(reading, person, wearables_purpose)))
        return {};
    return Error{ErrorKind::NotAllowed,
                 "This person has not agreed that numbers of a wearable are kept. They can, under Privacy.",
                 {},
                 "type:consent"};
}

Result<CountedByDay> counted_by_wearables(trust::Record& record, const trust::ConsentDesk& consents, const Actor& actor,
                                          PersonId person)
{
    CountedByDay out;
    TRY(record.read(actor, [&](trust::Reading& reading) -> Result<void> {
        TRY(reading.admit(person, trust::Scope::Words));
        out.clear();
        if (!TRY(consents.granted(reading, person, wearables_purpose)))
            return {};
        out = by_measure(TRY(days_of(reading, person, std::chrono::floor<days>(reading.now()) - days{90})));
        if (!out.empty())
            reading.note({"read.daily_summaries", person, "daily_summary", {}, {}, {}});
        return {};
    }));
    return out;
}

Result<void> DailyDesk::put(const Actor& actor, PersonId person, const Day& day) const
{
    if (actor.role() != Role::System && actor.person() != person)
        return not_allowed("Only the person themselves, or an app with a key, sends what a wearable counted.");
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        TRY(sound(protocol_, day, writing.now()));
        TRY(agreed_to_wearables(writing, consents_, person));
        TRY(put_day(writing, person, {day.day, writing.now(), day.source, day.values, {}}));
        writing.note({"write.daily_summary", person, "daily_summary", {}, {}, day.sent_by});
        return {};
    });
}

Result<std::vector<DailyCourse>> DailyDesk::courses(trust::Reading& reading, PersonId person) const
{
    std::vector<DailyCourse> out;
    if (!TRY(consents_.granted(reading, person, wearables_purpose)))
        return out;
    const auto today = std::chrono::floor<days>(reading.now());
    const auto values = by_measure(TRY(days_of(reading, person, today - days{protocol_.drawn_days})));
    for (const auto& measure : protocol_.measures)
        if (const auto found = values.find(measure.id); found != values.end())
            out.push_back(daily_course(protocol_, measure, found->second, today));
    return out;
}

Result<std::vector<DailyCourse>> DailyDesk::courses(const Actor& actor, PersonId person) const
{
    std::vector<DailyCourse> out;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        TRY(reading.admit(person, trust::Scope::Words));
        out = TRY(courses(reading, person));
        reading.note({"read.daily_summaries", person, "daily_summary", {}, {}, {}});
        return {};
    }));
    return out;
}

} // namespace handrail::monitoring
