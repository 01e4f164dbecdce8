#include "trust/erasure_desk.h"

#include <array>

#include "trust/account_row.h"

namespace handrail::trust {

namespace {

constexpr rows::Statement open_alert{
    "erasure.open_alert",
    "SELECT alert FROM alert WHERE organisation = $1 AND person = $2 AND state <> 'closed' LIMIT 1"};
constexpr rows::Statement asked{"erasure.asked", "SELECT erase_asked_at, erase_due_at FROM person "
                                                 "WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement set_asked{
    "erasure.set_asked",
    "UPDATE person SET erase_asked_at = $2, erase_due_at = $3 WHERE organisation = $1 AND person = $4"};
constexpr rows::Statement clear_asked{"erasure.clear_asked",
                                      "UPDATE person SET erase_asked_at = NULL, erase_due_at = NULL "
                                      "WHERE organisation = $1 AND person = $2 AND erase_due_at IS NOT NULL"};
constexpr rows::Statement count_waiting{
    "erasure.waiting", "SELECT COUNT(*) FROM person WHERE organisation = $1 AND erase_due_at IS NOT NULL"};
constexpr rows::Statement due_now{
    "erasure.due", "SELECT p.person FROM person p WHERE p.organisation = $1 AND p.erase_due_at <= $2 AND NOT EXISTS "
                   "(SELECT 1 FROM alert a WHERE a.organisation = p.organisation AND a.person = p.person "
                   "AND a.state <> 'closed') ORDER BY p.erase_due_at"};

// What goes with the person. Findings and alerts lose their words with the key; that an alert was raised,
// when, how urgent it was and when it was answered stays in clear, under an id that names no one: the
// service's own record of whether it kept its times. Audit entries stay.
constexpr std::array removals{
    rows::Statement{"erasure.message", "DELETE FROM message WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.conversation", "DELETE FROM conversation WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.answer", "DELETE FROM answer WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.daily_summary", "DELETE FROM daily_summary WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.import_batch", "DELETE FROM import_batch WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.course", "DELETE FROM course WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.first_assessment", "DELETE FROM first_assessment WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.schedule", "DELETE FROM schedule WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.ask", "DELETE FROM ask WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.ask_link", "DELETE FROM ask_link WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.informant", "DELETE FROM informant WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.informant_ask", "DELETE FROM informant_ask WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.informant_link", "DELETE FROM informant_link WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.informant_answer", "DELETE FROM informant_answer WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.supporter_link", "DELETE FROM supporter_link WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.push_device", "DELETE FROM push_device WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.document", "DELETE FROM document WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.finding", "DELETE FROM finding WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.list_entry", "DELETE FROM list_entry WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.quiet_rule", "DELETE FROM quiet_rule WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.alert_step", "DELETE FROM alert_step WHERE organisation = $1 AND alert IN "
                                          "(SELECT alert FROM alert WHERE organisation = $1 AND person = $2)"},
    rows::Statement{"erasure.delivery", "DELETE FROM delivery WHERE organisation = $1 AND alert IN "
                                        "(SELECT alert FROM alert WHERE organisation = $1 AND person = $2)"},
    rows::Statement{"erasure.consent", "DELETE FROM consent WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.idempotency", "DELETE FROM idempotency WHERE organisation = $1 AND account IN "
                                           "(SELECT account FROM account WHERE organisation = $1 AND person = $2)"},
    rows::Statement{"erasure.session", "DELETE FROM session WHERE organisation = $1 AND account IN "
                                       "(SELECT account FROM account WHERE organisation = $1 AND person = $2)"},
    rows::Statement{"erasure.account", "DELETE FROM account WHERE organisation = $1 AND person = $2"},
    rows::Statement{"erasure.person", "DELETE FROM person WHERE organisation = $1 AND person = $2"},
};
constexpr rows::Statement empty_alerts{"erasure.empty_alerts",
                                       "UPDATE alert SET sealed_body = $2 WHERE organisation = $1 AND person = $3"};

Result<ErasureDesk::State> state_of(Reading& reading, PersonId person, const std::vector<std::string>& kept)
{
    const auto found = TRY(reading.rows(asked, {person}));
    if (found.empty())
        return not_found("There is no such person.");
    const auto& row = found.front();
    return ErasureDesk::State{row[0].null() ? std::nullopt : std::optional{row[0].instant()},
                              row[1].null() ? std::nullopt : std::optional{row[1].instant()}, kept};
}

Result<PersonId> own_person(const Actor& actor)
{
    if (!actor.person())
        return not_allowed("Only the person themselves can ask for this.");
    return *actor.person();
}

} // namespace

std::vector<std::string> ErasureDesk::kept() const
{
    std::vector<std::string> sentences{
        "That alerts were raised, when, how urgent they were and when someone answered: without your words "
        "or your "
        "name.",
        "Who opened or changed what, and when, under a random number in place of your name."};
    if (!law_.empty())
        sentences.push_back("What the law makes this service keep outside Handrail: " + law_);
    return sentences;
}

Result<ErasureDesk::State> ErasureDesk::ask(const Actor& person) const
{
    const auto who = TRY(own_person(person));
    std::optional<State> state;
    TRY(record_.write(person, [&](Writing& writing) -> Result<void> {
        TRY(sessions_.require_proof(writing));
        if (!TRY(writing.rows(open_alert, {who})).empty())
            return conflict("Someone is still looking after an alert about you. You can ask again when it is closed; "
                            "you can talk to them about it now.");
        state = TRY(state_of(writing, who, kept()));
        if (state->due_at)
            return {};
        state->asked_at = writing.now();
        state->due_at = writing.now() + call_off_time;
        TRY(writing.change(set_asked, {*state->asked_at, *state->due_at, who}));
        writing.note({"ask.erasure", who, "person", who, {}, {}});
        return {};
    }));
    return *std::move(state);
}

Result<ErasureDesk::State> ErasureDesk::state(const Actor& person) const
{
    const auto who = TRY(own_person(person));
    std::optional<State> state;
    TRY(record_.read(person, [&](Reading& reading) -> Result<void> {
        state = TRY(state_of(reading, who, kept()));
        return {};
    }));
    return *std::move(state);
}

Result<void> ErasureDesk::call_off(const Actor& person) const
{
    const auto who = TRY(own_person(person));
    return record_.write(person, [&](Writing& writing) -> Result<void> {
        if (TRY(writing.change(clear_asked, {who})) == 0)
            return conflict("Nothing was asked for that could be called off.");
        writing.note({"call_off.erasure", who, "person", who, {}, {}});
        return {};
    });
}

Result<std::vector<PersonId>> ErasureDesk::due(const Actor& system) const
{
    if (system.role() != Role::System)
        return not_allowed("Only the service itself does this.");
    std::vector<PersonId> people;
    TRY(record_.read(system, [&](Reading& reading) -> Result<void> {
        people.clear();
        for (const auto& row : TRY(reading.rows(due_now, {reading.now()})))
            people.push_back(row[0].id<PersonId>());
        return {};
    }));
    return people;
}

Result<std::int64_t> ErasureDesk::waiting(const Actor& system) const
{
    std::int64_t count = 0;
    TRY(record_.read(system, [&](Reading& reading) -> Result<void> {
        count = TRY(reading.rows(count_waiting, {})).front()[0].number();
        return {};
    }));
    return count;
}

Result<void> ErasureDesk::erase(const Actor& system, PersonId person) const
{
    if (system.role() != Role::System)
        return not_allowed("Only the service itself does this.");
    // The key first: from here on nothing of the person opens, whatever happens to the rows.
    TRY(keyring_.erase_person(system.organisation(), person));
    return record_.write(system, [&](Writing& writing) -> Result<void> {
        if (TRY(writing.rows(asked, {person})).empty())
            return {};
        if (const auto account = TRY(find_account_of(writing, person)))
            TRY(sessions_.revoke_all(writing, account->id));
        TRY(writing.change(empty_alerts, {rows::Blob{}, person}));
        for (const auto& removal : removals)
            TRY(writing.change(removal, {person}));
        writing.note({"erase.person", person, "person", person, {}, {}});
        return {};
    });
}

} // namespace handrail::trust
