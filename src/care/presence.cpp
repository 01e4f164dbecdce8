#include "care/presence.h"

namespace handrail::care {

namespace {

constexpr rows::Statement select_until{
    "presence.until", "SELECT due_at FROM job WHERE organisation = $1 AND job = $2 AND kind = 'presence'"};
constexpr rows::Statement upsert{
    "presence.keep", "INSERT INTO job (organisation, job, kind, due_at, tries, claimed_until, sealed_body) "
                     "VALUES ($1, $2, 'presence', $3, 0, NULL, $4) "
                     "ON CONFLICT (organisation, job) DO UPDATE SET due_at = excluded.due_at"};
constexpr rows::Statement select_for_person{
    "presence.for_person",
    "SELECT m.account FROM person p "
    "JOIN team_member m ON m.organisation = p.organisation AND m.team = p.team "
    "JOIN account a ON a.organisation = m.organisation AND a.account = m.account AND a.role = 'clinician' "
    "AND a.state = 'active' "
    "JOIN job j ON j.organisation = m.organisation AND j.job = m.account AND j.kind = 'presence' "
    "WHERE p.organisation = $1 AND p.person = $2 AND j.due_at > $3"};
constexpr rows::Statement select_colleagues{
    "presence.colleagues",
    "SELECT DISTINCT o.account FROM team_member m "
    "JOIN team_member o ON o.organisation = m.organisation AND o.team = m.team "
    "JOIN job j ON j.organisation = o.organisation AND j.job = o.account AND j.kind = 'presence' "
    "WHERE m.organisation = $1 AND m.account = $2 AND j.due_at > $3"};

std::vector<AccountId> accounts_in(const rows::Rows& rows)
{
    std::vector<AccountId> accounts;
    for (const auto& row : rows)
        accounts.push_back(row[0].id<AccountId>());
    return accounts;
}

} // namespace

Result<void> mark_here(trust::Record& record, const Actor& actor)
{
    if (!is_staff(actor.role()))
        return not_allowed("Only staff have a desk here.");
    return record.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto before = TRY(writing.rows(select_until, {rows::Value{actor.account()}}));
        const auto nothing = TRY(writing.seal({"job", "body", actor.account()}, Confidential{{}}));
        TRY(writing.change(upsert, {actor.account(), writing.now() + here_for, nothing}));
        if (before.empty() || before.front()[0].instant() <= writing.now())
            writing.announce("caseload", {});
        return {};
    });
}

Result<std::vector<AccountId>> clinicians_here(trust::Reading& reading, PersonId person)
{
    return accounts_in(TRY(reading.rows(select_for_person, {person, reading.now()})));
}

Result<std::vector<AccountId>> colleagues_here(trust::Reading& reading)
{
    return accounts_in(TRY(reading.rows(select_colleagues, {reading.actor().account(), reading.now()})));
}

} // namespace handrail::care
