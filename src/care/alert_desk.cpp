#include "care/alert_desk.h"

#include "care/alert_rows.h"
#include "base/text.h"

namespace handrail::care {

namespace {

constexpr rows::Statement person_team{"alert.person_team",
                                      "SELECT team FROM person WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement due{"alert.due",
                              "SELECT alert, due_at FROM alert WHERE organisation = $1 AND due_at IS NOT NULL "
                              "AND due_at <= $2 AND (due_at, alert) > ($3, $4) ORDER BY due_at, alert LIMIT 100"};
constexpr std::size_t due_at_once = 100;
constexpr rows::Statement earliest{
    "alert.earliest", "SELECT MIN(due_at) FROM alert WHERE organisation = $1 AND due_at IS NOT NULL"};
constexpr rows::Statement account_state{
    "alert.colleague",
    "SELECT role, state FROM account WHERE organisation = $1 AND account = $2"};

void announce(trust::Writing& writing, const Alert& alert)
{
    writing.announce("alert", alert.id.text() + " " + std::string(name(alert.urgency)));
}

Result<void> admit(trust::Reading& reading, const Alert& alert)
{
    if (alert.person.empty()) {
        const auto& actor = reading.actor();
        if (actor.role() == Role::System || actor.role() == Role::Administrator || alert.told == actor.account() ||
            (alert.service && actor.role() == Role::Lead))
            return {};
        return not_allowed("This page is for someone else.");
    }
    return reading.admit(alert.person, trust::Scope::Words);
}

bool may_act(const Actor& actor) { return actor.role() == Role::Clinician || actor.role() == Role::Lead; }

Result<Alert> read_to_act(trust::Writing& writing, AlertId id)
{
    const auto alert = TRY(read_alert(writing, id, false));
    TRY(admit(writing, alert));
    if (!may_act(writing.actor()) && !alert.test && !alert.service)
        return not_allowed("Only a clinician or a lead can act on an alert.");
    if (alert.state == AlertState::Closed)
        return conflict("This alert is closed.");
    return alert;
}

void note(trust::Reading& reading, std::string_view deed, const Alert& alert, std::string reason = {})
{
    reading.note({deed, alert.person.empty() ? std::nullopt : std::optional{alert.person}, "alert", alert.id, {},
                  std::move(reason)});
}

Result<void> written(const std::string& text, const char* field, const char* what)
{
    if (trimmed(text).empty())
        return invalid(std::string("Write ") + what + ".", field);
    return {};
}

} // namespace

Result<AlertId> AlertDesk::raise(trust::Writing& writing, const Cause& cause) const
{
    ensure(raises_alert(cause.urgency), "only today, now and unknown raise an alert");
    const Instant now = writing.now();
    const auto timer = care::time_to_answer(times_, cause.urgency, 0, cause.person_waiting);
    auto standing = TRY(read_open_alert(writing, cause.person));
    if (standing) {
        auto& alert = *standing;
        const bool graver = need(cause.urgency) > need(alert.urgency);
        const bool taken = alert.state != AlertState::Open;
        const bool renewed = taken && (cause.urgency == Urgency::Now || cause.unanswered);
        if (graver || renewed) {
            alert.urgency = sooner(alert.urgency, cause.urgency);
            alert.state = AlertState::Open;
            alert.acknowledged_by = {};
            alert.acknowledged_at = std::nullopt;
            alert.second_by = {};
            alert.finding = cause.finding;
            alert.category = cause.category;
            alert.reason = cause.reason;
            const auto due_at = now + *timer;
            alert.due_at = alert.due_at && alert.step > 0 ? std::min(*alert.due_at, due_at) : due_at;
        }
        if (!cause.told_text.empty()) {
            alert.told_text = cause.told_text;
            alert.told_text_id = cause.told_text_id;
            alert.told_at = now;
        }
        TRY(update_alert(writing, alert));
        if (taken && cause.unanswered)
            TRY(add_step(writing, alert, "reopened", {}, {}));
        TRY(add_step(writing, alert, "raised_again", {}, cause.reason));
        if (graver || renewed)
            TRY(telling_.tell(writing, alert, true));
        announce(writing, alert);
        return alert.id;
    }
    const auto team = TRY(writing.rows(person_team, {rows::Value{cause.person}}));
    if (team.empty())
        return not_found("There is no such person.");
    Alert alert;
    alert.id = AlertId::at(now);
    alert.person = cause.person;
    alert.team = team.front()[0].id<TeamId>();
    alert.finding = cause.finding;
    alert.conversation = cause.conversation;
    alert.urgency = cause.urgency;
    alert.raised_at = now;
    alert.due_at = now + *timer;
    alert.category = cause.category;
    alert.reason = cause.reason;
    alert.told_text = cause.told_text;
    alert.told_text_id = cause.told_text_id;
    if (!cause.told_text.empty())
        alert.told_at = now;
    TRY(insert_alert(writing, alert));
    TRY(add_step(writing, alert, "raised", {}, cause.reason));
    TRY(telling_.tell(writing, alert, true));
    note(writing, "raise.alert", alert);
    announce(writing, alert);
    return alert.id;
}

Result<AlertId> AlertDesk::raise_test(const Actor& administrator, AccountId to) const
{
    AlertId id;
    TRY(record_.write(administrator, [&](trust::Writing& writing) -> Result<void> {
        if (administrator.role() != Role::Administrator)
            return not_allowed("Only an administrator sends a test page.");
        const auto account = TRY(writing.rows(account_state, {rows::Value{to}}));
        const auto role = account.empty() ? std::nullopt : role_from(account.front()[0].text());
        if (!role || !is_staff(*role))
            return invalid("Choose one of the service's staff.", "/account");
        Alert alert;
        alert.id = AlertId::at(writing.now());
        alert.told = to;
        alert.urgency = Urgency::Today;
        alert.raised_at = writing.now();
        alert.reason = "A test page. Acknowledge it to show that it reached you.";
        alert.test = true;
        TRY(insert_alert(writing, alert));
        TRY(add_step(writing, alert, "raised", administrator.account(), {}));
        TRY(telling_.tell(writing, alert, true));
        note(writing, "send.test_page", alert);
        announce(writing, alert);
        id = alert.id;
        return {};
    }));
    return id;
}

Result<AlertId> AlertDesk::raise_about_service(trust::Writing& writing, const std::string& reason) const
{
    if (writing.actor().role() != Role::System)
        return not_allowed("Only the service itself does this.");
    Alert alert;
    alert.id = AlertId::at(writing.now());
    alert.urgency = Urgency::Unknown;
    alert.raised_at = writing.now();
    alert.due_at = writing.now() + times_.today;
    alert.reason = reason;
    alert.service = true;
    TRY(insert_alert(writing, alert));
    TRY(add_step(writing, alert, "raised", {}, reason));
    TRY(telling_.tell(writing, alert, true));
    note(writing, "raise.service_page", alert);
    announce(writing, alert);
    return alert.id;
}

Result<Alert> AlertDesk::find(const Actor& actor, AlertId id) const
{
    std::optional<Alert> found;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        found = TRY(read_alert(reading, id, true));
        TRY(admit(reading, *found));
        note(reading, "read.alert", *found);
        return {};
    }));
    return *found;
}

Result<std::optional<Alert>> AlertDesk::open_alert(trust::Reading& reading, PersonId person) const
{
    return read_open_alert(reading, person);
}

Result<void> AlertDesk::acknowledge(const Actor& actor, AlertId id, const std::string& words) const
{
    return record_.write(actor, [&](trust::Writing& writing) { return acknowledge(writing, id, words); });
}

Result<void> AlertDesk::acknowledge(trust::Writing& writing, AlertId id, const std::string& words) const
{
    const auto& actor = writing.actor();
    auto alert = TRY(read_to_act(writing, id));
    if (alert.state != AlertState::Open) {
        if (alert.acknowledged_by == actor.account())
            return {}; // the same tap twice
        return Error{ErrorKind::Conflict,
                     "A colleague has already acknowledged this alert.",
                     {},
                     "account:" + alert.acknowledged_by.text()};
    }
    const bool first = !alert.person.empty() && !TRY(was_acknowledged(writing, id));
    alert.acknowledged_by = actor.account();
    alert.acknowledged_at = writing.now();
    alert.told = actor.account();
    if (alert.person.empty()) {
        alert.state = AlertState::Closed;
        alert.closed_at = writing.now();
        alert.due_at = std::nullopt;
    } else {
        alert.state = AlertState::Acknowledged;
        // Acknowledged is not acted upon: it comes back when nothing is recorded in the same time again.
        const auto timer = care::time_to_answer(times_, alert.urgency, 0, false);
        alert.due_at = writing.now() + timer.value_or(times_.today);
    }
    TRY(update_alert(writing, alert));
    TRY(add_step(writing, alert, "acknowledged", actor.account(), words));
    note(writing, "acknowledge.alert", alert);
    announce(writing, alert);
    if (first)
        writing.after_commit([answered = answered_, urgency = alert.urgency, took = writing.now() - alert.raised_at] {
            answered->count(urgency, took);
        });
    return {};
}

Result<void> AlertDesk::add_note(const Actor& actor, AlertId id, const std::string& text) const
{
    return record_.write(actor, [&](trust::Writing& writing) { return add_note(writing, id, text); });
}

Result<void> AlertDesk::add_note(trust::Writing& writing, AlertId id, const std::string& text) const
{
    TRY(written(text, "/text", "the note"));
    const auto& actor = writing.actor();
    const auto alert = TRY(read_to_act(writing, id));
    TRY(add_step(writing, alert, "note", actor.account(), text));
    note(writing, "write.alert_note", alert);
    announce(writing, alert);
    return {};
}

Result<void> AlertDesk::note_deed(trust::Writing& writing, AlertId id, const std::string& what, const std::string& named) const
{
    const auto alert = TRY(read_to_act(writing, id));
    TRY(add_step(writing, alert, AlertStep{{}, "did", writing.actor().account(), {}, what, named}));
    note(writing, "note.alert_deed", alert);
    announce(writing, alert);
    return {};
}

Result<void> AlertDesk::keep_answers(trust::Writing& writing, AlertId id, const std::vector<AskedAnswer>& answers) const
{
    if (answers.empty())
        return invalid("Answer one question at least.", "/answers");
    const auto alert = TRY(read_to_act(writing, id));
    TRY(add_step(writing, alert, AlertStep{{}, "asked", writing.actor().account(), {}, {}, {}, answers}));
    note(writing, "keep.alert_answers", alert);
    announce(writing, alert);
    return {};
}

Result<void> AlertDesk::add_words_after(trust::Writing& writing, AlertId id, const std::string& text) const
{
    TRY(written(text, "/text", "a few words"));
    const auto closed = TRY(closed_by(writing, id, writing.actor().account()));
    if (!closed)
        return not_allowed("Only whoever closed this alert adds words to it.");
    Alert alert;
    alert.id = id;
    alert.person = closed->person;
    alert.urgency = closed->urgency;
    TRY(add_step(writing, alert, "words_after", writing.actor().account(), text));
    note(writing, "write.alert_note", alert);
    announce(writing, alert);
    return {};
}

Result<void> AlertDesk::take_back(trust::Writing& writing, AlertId id, Duration within) const
{
    const auto closed = TRY(closed_by(writing, id, writing.actor().account()));
    if (!closed || !closed->alone)
        return not_allowed("Only whoever closed this alert alone takes that back.");
    if (writing.now() - closed->closed_at > within)
        return conflict("That was too long ago. Look at the person's page.");
    if (TRY(has_open_alert(writing, closed->person)))
        return conflict("Another alert about this person is open.");
    TRY(open_again(writing, *closed, writing.now() + care::time_to_answer(times_, closed->urgency, 0, false).value_or(times_.today)));
    const auto alert = TRY(read_to_act(writing, id));
    TRY(add_step(writing, alert, "taken_back", writing.actor().account(), {}));
    note(writing, "take_back.alert_outcome", alert);
    announce(writing, alert);
    return {};
}

Result<void> AlertDesk::record_outcome(const Actor& actor, AlertId id, const OutcomeRecord& outcome) const
{
    return record_.write(actor, [&](trust::Writing& writing) { return record_outcome(writing, id, outcome); });
}

Result<void> AlertDesk::record_outcome(trust::Writing& writing, AlertId id, const OutcomeRecord& outcome) const
{
    if (outcome.wants_words)
        TRY(written(outcome.record, "/record", "what you did"));
    if (outcome.outcome == Outcome::NoContactNeeded)
        TRY(written(outcome.reason, "/reason", "why no contact is needed"));
    const auto& actor = writing.actor();
    auto alert = TRY(read_to_act(writing, id));
    if (alert.state == AlertState::Open)
        return conflict("Acknowledge the alert first, so that others see who has it.");
    if (alert.acknowledged_by != actor.account() && actor.role() != Role::Lead)
        return Error{ErrorKind::Conflict,
                     "A colleague has this alert. Ask them to hand it over.",
                     {},
                     "account:" + alert.acknowledged_by.text()};
    std::string words = outcome.record;
    if (!outcome.reason.empty())
        words += (words.empty() ? "" : "\n") + outcome.reason;
    if (!outcome.answers.empty())
        TRY(add_step(writing, alert, AlertStep{{}, "asked", actor.account(), {}, {}, {}, outcome.answers}));
    TRY(add_step(writing, alert, AlertStep{{}, std::string("outcome_") + std::string(name(outcome.outcome)), actor.account(), words, outcome.what, outcome.named}));
    switch (outcome.outcome) {
    case Outcome::Reached:
        alert.state = AlertState::Closed;
        break;
    case Outcome::NotReached:
        // It stays open and the next human is told now, not when the timer ends.
        go_up(alert, writing.now());
        TRY(add_step(writing, alert, "escalated", {}, {}));
        break;
    case Outcome::HandedOver: {
        const auto account = TRY(writing.rows(account_state, {rows::Value{outcome.colleague}}));
        const auto role = account.empty() ? std::nullopt : role_from(account.front()[0].text());
        if (!role || (*role != Role::Clinician && *role != Role::Lead) || account.front()[1].text() != "active")
            return invalid("Choose the colleague who takes it.", "/colleague");
        if (outcome.colleague == actor.account())
            return invalid("Choose someone else: you have it already.", "/colleague");
        alert.state = AlertState::Open;
        alert.told = outcome.colleague;
        alert.acknowledged_by = {};
        alert.acknowledged_at = std::nullopt;
        alert.due_at = writing.now() + care::time_to_answer(times_, alert.urgency, 0, false).value_or(times_.today);
        TRY(add_step(writing, alert, "handed_over", outcome.colleague, {}));
        break;
    }
    case Outcome::NoContactNeeded:
        if (alert.urgency == Urgency::Now) {
            alert.state = AlertState::SecondWanted;
            alert.due_at = writing.now() + times_.now;
            TRY(add_step(writing, alert, "second_wanted", {}, {}));
        } else {
            alert.state = AlertState::Closed;
        }
        break;
    }
    if (alert.state == AlertState::Closed) {
        alert.closed_at = writing.now();
        alert.due_at = std::nullopt;
        TRY(add_step(writing, alert, "closed", actor.account(), {}));
    }
    TRY(update_alert(writing, alert));
    if (alert.state != AlertState::Closed)
        TRY(telling_.tell(writing, alert, alert.state == AlertState::SecondWanted));
    note(writing, "record.alert_outcome", alert, outcome.reason);
    announce(writing, alert);
    return {};
}

Result<void> AlertDesk::accept(const Actor& actor, AlertId id) const
{
    return record_.write(actor, [&](trust::Writing& writing) { return accept(writing, id); });
}

Result<void> AlertDesk::accept(trust::Writing& writing, AlertId id) const
{
    if (TRY(read_alert(writing, id, false)).told != writing.actor().account())
        return conflict("This alert was not handed to you.");
    return acknowledge(writing, id, {});
}

Result<void> AlertDesk::second(const Actor& actor, AlertId id, bool agree, const std::string& words) const
{
    return record_.write(actor, [&](trust::Writing& writing) { return second(writing, id, agree, words); });
}

Result<void> AlertDesk::second(trust::Writing& writing, AlertId id, bool agree, const std::string& words) const
{
    const auto& actor = writing.actor();
    auto alert = TRY(read_to_act(writing, id));
    if (alert.state != AlertState::SecondWanted)
        return conflict("This alert does not wait for a second person.");
    if (alert.acknowledged_by == actor.account())
        return not_allowed("The second person must be someone else.");
    alert.second_by = actor.account();
    if (agree) {
        alert.state = AlertState::Closed;
        alert.closed_at = writing.now();
        alert.due_at = std::nullopt;
    } else {
        alert.state = AlertState::Open;
        alert.acknowledged_by = {};
        alert.acknowledged_at = std::nullopt;
        alert.due_at = writing.now() + care::time_to_answer(times_, alert.urgency, 0, false).value_or(times_.today);
    }
    TRY(update_alert(writing, alert));
    TRY(add_step(writing, alert, agree ? "second_agreed" : "second_refused", actor.account(), words));
    if (agree)
        TRY(add_step(writing, alert, "closed", actor.account(), {}));
    else
        TRY(telling_.tell(writing, alert, true));
    note(writing, "second.alert", alert);
    announce(writing, alert);
    return {};
}

void AlertDesk::go_up(Alert& alert, Instant now) const
{
    alert.state = AlertState::Open;
    alert.acknowledged_by = {};
    alert.acknowledged_at = std::nullopt;
    alert.told = {};
    alert.step += 1;
    alert.due_at = now + care::time_to_answer(times_, alert.urgency, alert.step, false).value_or(times_.today);
}

Result<bool> AlertDesk::take_up(const Actor& system, AlertId id) const
{
    bool up = false;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        up = false;
        auto alert = TRY(read_alert(writing, id, false));
        if (!alert.due_at || *alert.due_at > writing.now() || alert.state == AlertState::Closed)
            return {}; // another node was first, or somebody acted
        const bool silent = alert.state == AlertState::Acknowledged;
        go_up(alert, writing.now());
        TRY(update_alert(writing, alert));
        if (silent)
            TRY(add_step(writing, alert, "reopened", {}, {}));
        TRY(add_step(writing, alert, "escalated", {}, {}));
        TRY(telling_.tell(writing, alert, false));
        note(writing, "escalate.alert", alert);
        announce(writing, alert);
        up = true;
        return {};
    }));
    return up;
}

Result<int> AlertDesk::escalate_due(const Actor& system) const
{
    int went_up = 0;
    std::optional<Error> problem;
    Instant last_due = from_stored(0);
    AlertId last;
    std::optional<Instant> until; // what falls due meanwhile is the next round's
    for (bool more = true; more;) {
        // Read first, so that a quiet second costs no commit.
        std::vector<AlertId> over;
        TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
            over.clear();
            if (!until)
                until = reading.now();
            const auto found = TRY(reading.rows(due, {*until, last_due, last}));
            for (const auto& row : found)
                over.push_back(row[0].id<AlertId>());
            more = found.size() == due_at_once;
            if (more) {
                last = found.back()[0].id<AlertId>();
                last_due = found.back()[1].instant();
            }
            return {};
        }));
        for (const auto id : over) {
            const auto up = take_up(system, id);
            if (!up.ok())
                problem = up.error();
            else if (*up)
                ++went_up;
        }
    }
    if (problem)
        return *problem;
    return went_up;
}

Duration AlertDesk::time_to_answer(Urgency urgency, bool person_waiting) const
{
    return care::time_to_answer(times_, urgency, 0, person_waiting).value_or(times_.today);
}

Result<std::optional<Instant>> AlertDesk::next_due(const Actor& system) const
{
    std::optional<Instant> at;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        const auto found = TRY(reading.rows(earliest, {}));
        at = found.empty() || found.front()[0].null() ? std::nullopt : std::optional{found.front()[0].instant()};
        return {};
    }));
    return at;
}

} // namespace handrail::care
