#include "trust/admission.h"

#include "storage/store.h"

namespace handrail::trust {

namespace {

constexpr rows::Statement same_team{
    "admission.same_team",
    "SELECT 1 FROM person p JOIN team_member m ON m.organisation = p.organisation AND m.team = p.team "
    "WHERE p.organisation = $1 AND p.person = $2 AND m.account = $3"};
constexpr rows::Statement agreed_to_reading{
    "admission.agreed_to_reading",
    "SELECT granted, until FROM consent WHERE organisation = $1 AND person = $2 AND purpose = 'staff_reading' "
    "ORDER BY version DESC LIMIT 1"};
constexpr rows::Statement in_danger{"admission.in_danger",
                                    "SELECT 1 FROM alert WHERE organisation = $1 AND person = $2 AND "
                                    "state <> 'closed' LIMIT 1"};
constexpr rows::Statement routed_to_lead{"admission.routed_to_lead",
                                         "SELECT 1 FROM alert WHERE organisation = $1 AND person = $2 AND "
                                         "step >= 1 AND state <> 'closed' LIMIT 1"};
// Out of hours the lead is called at once: whoever is called can open what they are called for.
constexpr rows::Statement called_to_it{"admission.called",
                                       "SELECT 1 FROM alert a JOIN delivery d ON d.organisation = a.organisation AND "
                                       "d.alert = a.alert WHERE a.organisation = $1 AND a.person = $2 AND "
                                       "a.state <> 'closed' AND d.account = $3 LIMIT 1"};
constexpr rows::Statement glass_broken{"admission.glass_broken",
                                       "SELECT 1 FROM break_glass WHERE organisation = $1 AND account = $2 "
                                       "AND person = $3 AND ends_at > $4 LIMIT 1"};

Result<bool> any(storage::Reading& store, const rows::Statement& statement, std::initializer_list<rows::Value> values)
{
    return !TRY(store.rows(statement, values)).empty();
}

/// The latest answer counts; without one, nothing was agreed to.
Result<bool> agreed(storage::Reading& store, PersonId person, Instant now)
{
    const auto found = TRY(store.rows(agreed_to_reading, {person}));
    return !found.empty() && found.front()[0].flag() &&
           (found.front()[1].null() || found.front()[1].instant() > now);
}

Error refusal(const Actor& actor, bool on_team)
{
    if (actor.role() == Role::Administrator)
        return not_allowed("An administrator does not see what people write.");
    if (actor.role() == Role::Clinician || actor.role() == Role::Lead) {
        auto error = not_allowed(actor.role() == Role::Clinician
                                     ? on_team ? "This person has not agreed that the team reads along. Their words open "
                                                 "while an alert about them is open."
                                               : "You are not on this person's care team."
                                     : "A lead sees this person's words only while an alert is routed to the lead.");
        error.where = "outside-team";
        return error;
    }
    // A person who tries another's id learns nothing, not even that there is someone.
    return not_found("There is no such person here.");
}

} // namespace

Result<bool> Admission::holds(storage::Reading& store, PersonId person, Scope scope)
{
    on_team_ = false;
    switch (actor_.role()) {
    case Role::System:
        return true;
    case Role::Person:
        return actor_.person() == person;
    case Role::Administrator:
        return scope == Scope::Presence;
    case Role::Clinician:
        on_team_ = TRY(any(store, same_team, {person, actor_.account()}));
        // Words: by consent, or because danger was found (safety.md G4).
        if (on_team_ && (scope == Scope::Presence || TRY(agreed(store, person, now_)) ||
                         TRY(any(store, in_danger, {person}))))
            return true;
        break;
    case Role::Lead:
        if (scope == Scope::Presence || TRY(any(store, routed_to_lead, {person})) ||
            TRY(any(store, called_to_it, {person, actor_.account()})))
            return true;
        break;
    case Role::Supporter:
    case Role::Integration:
        return false;
    }
    return any(store, glass_broken, {actor_.account(), person, now_});
}

Result<void> Admission::admit(storage::Reading& store, PersonId person, Scope scope)
{
    if (const auto known = admitted_.find(person);
        known != admitted_.end() && (known->second == Scope::Words || scope == Scope::Presence))
        return {};
    if (!TRY(holds(store, person, scope))) {
        refused_ = person;
        return refusal(actor_, on_team_);
    }
    admitted_.insert_or_assign(person, scope);
    return {};
}

} // namespace handrail::trust
