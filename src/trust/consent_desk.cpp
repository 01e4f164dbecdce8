#include "trust/consent_desk.h"

#include <algorithm>

namespace handrail::trust {

namespace {

constexpr rows::Statement all_of{"consent.all", "SELECT purpose, version, granted, at, until, wording FROM consent "
                                                "WHERE organisation = $1 AND person = $2 ORDER BY purpose, version"};
constexpr rows::Statement insert{
    "consent.insert", "INSERT INTO consent (organisation, person, purpose, version, granted, at, until, wording) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};

Result<std::vector<Consent>> answers_of(Reading& reading, PersonId person)
{
    TRY(reading.admit(person, Scope::Presence));
    std::vector<Consent> all;
    for (const auto& row : TRY(reading.rows(all_of, {person})))
        all.push_back({row[0].text(), row[1].number(), row[2].flag(), row[3].instant(),
                       row[4].null() ? std::nullopt : std::optional{row[4].instant()}, row[5].text()});
    return all;
}

} // namespace

Result<std::vector<Consent>> ConsentDesk::current(Reading& reading, PersonId person) const
{
    std::vector<Consent> latest;
    for (const auto purpose : consent_purposes) {
        latest.emplace_back();
        latest.back().purpose = purpose;
    }
    // In order of version: the last one of a purpose stays. One that ran out is not granted.
    for (auto& answer : TRY(answers_of(reading, person)))
        for (auto& each : latest)
            if (each.purpose == answer.purpose)
                each = answer;
    for (auto& each : latest)
        if (each.until && *each.until <= reading.now())
            each.granted = false;
    return latest;
}

Result<std::vector<Consent>> ConsentDesk::current(const Actor& actor, PersonId person) const
{
    std::vector<Consent> latest;
    TRY(record_.read(actor, [&](Reading& reading) -> Result<void> {
        latest = TRY(current(reading, person));
        return {};
    }));
    return latest;
}

Result<bool> ConsentDesk::granted(Reading& reading, PersonId person, std::string_view purpose) const
{
    for (const auto& each : TRY(current(reading, person)))
        if (each.purpose == purpose)
            return each.granted;
    return false;
}

Result<std::vector<Consent>> ConsentDesk::history(const Actor& actor, PersonId person) const
{
    std::vector<Consent> all;
    TRY(record_.read(actor, [&](Reading& reading) -> Result<void> {
        all = TRY(answers_of(reading, person));
        reading.note({"read.consent", person, "consent", person, {}, {}});
        return {};
    }));
    std::stable_sort(all.begin(), all.end(), [](const Consent& a, const Consent& b) { return a.at < b.at; });
    return all;
}

Result<void> ConsentDesk::put(Writing& writing, PersonId person, const std::vector<Answer>& answers) const
{
    const auto& actor = writing.actor();
    if (actor.role() != Role::System && actor.person() != person)
        return not_allowed("Only the person themselves can agree or take it back.");
    auto latest = TRY(current(writing, person));
    bool changed = false;
    for (const auto& answer : answers) {
        const auto known = std::find_if(latest.begin(), latest.end(),
                                        [&](const Consent& each) { return each.purpose == answer.purpose; });
        if (known == latest.end())
            return invalid("There is no such purpose to agree to.", answer.purpose);
        if (known->version > 0 && known->granted == answer.granted && known->wording == answer.wording &&
            known->until == answer.until)
            continue;
        TRY(writing.change(insert, {person, answer.purpose, known->version + 1, answer.granted, writing.now(),
                                    answer.until ? rows::Value(*answer.until) : rows::Value(), answer.wording}));
        *known = {answer.purpose, known->version + 1, answer.granted, writing.now(), answer.until, answer.wording};
        writing.note({answer.granted ? "grant.consent" : "refuse.consent", person, answer.purpose, person, {}, {}});
        changed = true;
    }
    if (changed)
        writing.announce("consent", person.text());
    return {};
}

Result<void> ConsentDesk::put(const Actor& actor, PersonId person, const std::vector<Answer>& answers) const
{
    return record_.write(actor, [&](Writing& writing) { return put(writing, person, answers); });
}

} // namespace handrail::trust
