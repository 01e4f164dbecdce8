#include "care/alert_rows.h"

#include <algorithm>

#include "base/fields.h"

namespace handrail::care {

namespace {

constexpr rows::Statement select_alert{
    "alert.read", "SELECT alert, person, team, finding, conversation, urgency, state, raised_at, due_at, step, told, "
                  "acknowledged_by, acknowledged_at, second_by, closed_at, sealed_body FROM alert "
                  "WHERE organisation = $1 AND alert = $2"};
constexpr rows::Statement select_open{
    "alert.open_of_person",
    "SELECT alert FROM alert WHERE organisation = $1 AND person = $2 AND state <> 'closed' "
    "ORDER BY raised_at DESC LIMIT 1"};
constexpr rows::Statement insert{
    "alert.insert",
    "INSERT INTO alert (organisation, alert, person, team, finding, conversation, urgency, state, raised_at, due_at, "
    "step, told, acknowledged_by, acknowledged_at, second_by, closed_at, sealed_body) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"};
constexpr rows::Statement update{
    "alert.update", "UPDATE alert SET finding = $2, urgency = $3, state = $4, due_at = $5, step = $6, told = $7, "
                    "acknowledged_by = $8, acknowledged_at = $9, second_by = $10, closed_at = $11, sealed_body = $12 "
                    "WHERE organisation = $1 AND alert = $13"};
constexpr rows::Statement insert_step{
    "alert_step.insert", "INSERT INTO alert_step (organisation, alert, step, at, kind, by_account, sealed_body) "
                         "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr rows::Statement select_last_step{
    "alert_step.last", "SELECT at FROM alert_step WHERE organisation = $1 AND alert = $2 ORDER BY step DESC LIMIT 1"};
constexpr rows::Statement select_steps{
    "alert_step.list",
    "SELECT step, at, kind, by_account, sealed_body FROM alert_step WHERE organisation = $1 AND alert = $2 "
    "ORDER BY at, step"};

constexpr rows::Statement select_closed{
    "alert.closed", "SELECT person, urgency, closed_at FROM alert "
                    "WHERE organisation = $1 AND alert = $2 AND state = 'closed' AND closed_at IS NOT NULL"};
constexpr rows::Statement reopen{"alert.reopen", "UPDATE alert SET state = 'acknowledged', closed_at = NULL, due_at = $2 "
                                                 "WHERE organisation = $1 AND alert = $3 AND state = 'closed'"};
constexpr rows::Statement rename_step{"alert_step.rename", "UPDATE alert_step SET kind = $2 WHERE organisation = $1 AND "
                                                           "alert = $3 AND step = $4"};

rows::Value optional_id(const RawId& id) { return id.empty() ? rows::Value{} : rows::Value{id}; }
rows::Value optional_instant(const std::optional<Instant>& at) { return at ? rows::Value{*at} : rows::Value{}; }
std::optional<Instant> instant_in(const rows::Value& value)
{
    return value.null() ? std::nullopt : std::optional{value.instant()};
}

Fields body_of(const Alert& alert)
{
    Fields body;
    body.add("category", name(alert.category)).add("reason", alert.reason);
    if (!alert.told_text.empty())
        body.add("told_text", alert.told_text).add("told_text_id", alert.told_text_id);
    if (alert.told_at)
        body.add("told_at", to_stored(*alert.told_at));
    if (alert.test)
        body.add("test", "1");
    if (alert.service)
        body.add("service", "1");
    return body;
}

Fields body_of(const AlertStep& step)
{
    Fields body;
    for (const auto& [field, text] : std::initializer_list<std::pair<const char*, const std::string&>>{
             {"text", step.text}, {"what", step.what}, {"named", step.named}})
        if (!text.empty())
            body.add(field, text);
    for (const auto& each : step.answers)
        body.add("answer", Fields{{"question", each.question}, {"version", each.version}, {"text", each.text}, {"answer", each.answer}});
    return body;
}

std::vector<AskedAnswer> answers_in(const Fields& body)
{
    std::vector<AskedAnswer> answers;
    for (const auto& each : body.inner("answer"))
        answers.push_back({each.text("question"), each.text("version"), each.text("text"), each.text("answer")});
    return answers;
}

/// A test page and one about the service have no person: they are sealed with the organisation's key.
Result<rows::Blob> seal_for(trust::Writing& writing, PersonId person, const trust::Place& place, const Fields& body)
{
    const Confidential words{body.encoded()};
    return person.empty() ? writing.seal(place, words) : writing.seal(person, place, words);
}

Result<Fields> open_for(trust::Reading& reading, PersonId person, const trust::Place& place, const rows::Blob& sealed)
{
    if (sealed.bytes.empty() && !person.empty()) {
        // Its words are older than the service keeps them; that it was, and when, stays.
        TRY(reading.admit(person, trust::Scope::Words));
        return Fields{};
    }
    const auto words = TRY(person.empty() ? reading.open(place, sealed) : reading.open(person, place, sealed));
    return Fields::decoded(words.reveal());
}

} // namespace

Result<Alert> read_alert(trust::Reading& reading, AlertId id, bool with_path)
{
    const auto found = TRY(reading.rows(select_alert, {rows::Value{id}}));
    if (found.empty())
        return not_found("There is no such alert.");
    const auto& row = found.front();
    Alert alert;
    alert.id = row[0].id<AlertId>();
    alert.person = row[1].id<PersonId>();
    alert.team = row[2].id<TeamId>();
    alert.finding = row[3].id<FindingId>();
    alert.conversation = row[4].id<ConversationId>();
    alert.urgency = urgency_from(row[5].text()).value_or(Urgency::Unknown);
    alert.state = alert_state_from(row[6].text()).value_or(AlertState::Open);
    alert.raised_at = row[7].instant();
    alert.due_at = instant_in(row[8]);
    alert.step = static_cast<int>(row[9].number());
    alert.told = row[10].id<AccountId>();
    alert.acknowledged_by = row[11].id<AccountId>();
    alert.acknowledged_at = instant_in(row[12]);
    alert.second_by = row[13].id<AccountId>();
    alert.closed_at = instant_in(row[14]);
    const auto body = TRY(open_for(reading, alert.person, {"alert", "body", alert.id}, row[15].blob()));
    alert.category = category_from(body.text("category")).value_or(Category::None);
    alert.reason = body.text("reason");
    alert.told_text = body.text("told_text");
    alert.told_text_id = body.text("told_text_id");
    if (body.has("told_at"))
        alert.told_at = from_stored(body.number("told_at"));
    alert.test = body.has("test");
    alert.service = body.has("service");
    if (!with_path)
        return alert;
    for (const auto& step : TRY(reading.rows(select_steps, {rows::Value{id}}))) {
        const auto more = TRY(open_for(reading, alert.person, {"alert_step", "body", step[0].raw_id()}, step[4].blob()));
        alert.path.push_back({step[1].instant(), step[2].text(), step[3].id<AccountId>(), more.text("text"), more.text("what"),
                              more.text("named"), answers_in(more)});
    }
    return alert;
}

Result<std::optional<Alert>> read_open_alert(trust::Reading& reading, PersonId person)
{
    const auto found = TRY(reading.rows(select_open, {rows::Value{person}}));
    if (found.empty())
        return std::optional<Alert>{};
    return std::optional{TRY(read_alert(reading, found.front()[0].id<AlertId>(), false))};
}

Result<bool> has_open_alert(trust::Reading& reading, PersonId person)
{
    return !TRY(reading.rows(select_open, {rows::Value{person}})).empty();
}

Result<void> insert_alert(trust::Writing& writing, const Alert& alert)
{
    const auto body = TRY(seal_for(writing, alert.person, {"alert", "body", alert.id}, body_of(alert)));
    TRY(writing.change(insert, {alert.id, alert.person, alert.team, alert.finding, optional_id(alert.conversation),
                                name(alert.urgency), name(alert.state), alert.raised_at,
                                optional_instant(alert.due_at), alert.step, optional_id(alert.told),
                                optional_id(alert.acknowledged_by), optional_instant(alert.acknowledged_at),
                                optional_id(alert.second_by), optional_instant(alert.closed_at), body}));
    return {};
}

Result<void> update_alert(trust::Writing& writing, const Alert& alert)
{
    const auto body = TRY(seal_for(writing, alert.person, {"alert", "body", alert.id}, body_of(alert)));
    const auto changed = TRY(writing.change(
        update, {alert.finding, name(alert.urgency), name(alert.state), optional_instant(alert.due_at), alert.step,
                 optional_id(alert.told), optional_id(alert.acknowledged_by), optional_instant(alert.acknowledged_at),
                 optional_id(alert.second_by), optional_instant(alert.closed_at), body, alert.id}));
    ensure(changed == 1, "an alert that was read in this transaction is there to be changed");
    return {};
}

Result<void> add_step(trust::Writing& writing, const Alert& alert, std::string_view kind, AccountId by,
                      const std::string& text)
{
    return add_step(writing, alert, AlertStep{{}, std::string(kind), by, text});
}

Result<void> add_step(trust::Writing& writing, const Alert& alert, const AlertStep& given)
{
    // Steps of one transaction have one instant: each is a microsecond after the one before, so that the path reads in
    // the order in which things happened. Their ids sort like their instants.
    const auto last = TRY(writing.rows(select_last_step, {rows::Value{alert.id}}));
    const Instant at = last.empty() ? writing.now()
                                    : std::max(writing.now(), last.front()[0].instant() + std::chrono::microseconds{1});
    const RawId step = timed_id(at);
    const auto body = TRY(seal_for(writing, alert.person, {"alert_step", "body", step}, body_of(given)));
    TRY(writing.change(insert_step, {alert.id, step, at, given.kind, optional_id(given.by), body}));
    return {};
}

Result<std::optional<ClosedByOne>> closed_by(trust::Reading& reading, AlertId id, AccountId account)
{
    const auto found = TRY(reading.rows(select_closed, {rows::Value{id}}));
    if (found.empty())
        return std::optional<ClosedByOne>{};
    const auto& row = found.front();
    ClosedByOne closed{id, row[0].id<PersonId>(), urgency_from(row[1].text()).value_or(Urgency::Unknown), row[2].instant()};
    AccountId recorded, ended;
    for (const auto& step : TRY(reading.rows(select_steps, {rows::Value{id}}))) {
        if (step[2].text().starts_with("outcome_"))
            recorded = step[3].id<AccountId>();
        else if (step[2].text() == "closed")
            ended = step[3].id<AccountId>();
    }
    if (closed.person.empty() || (recorded != account && ended != account))
        return std::optional<ClosedByOne>{};
    closed.alone = recorded == ended;
    return std::optional{closed};
}

Result<void> open_again(trust::Writing& writing, const ClosedByOne& closed, Instant due_at)
{
    const auto opened = TRY(writing.change(reopen, {due_at, closed.id}));
    ensure(opened == 1, "an alert that was closed in this transaction can be opened");
    const auto steps = TRY(writing.rows(select_steps, {rows::Value{closed.id}}));
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        const auto kind = (*step)[2].text();
        const bool outcome = kind.starts_with("outcome_");
        if (!outcome && kind != "closed")
            continue;
        TRY(writing.change(rename_step, {"undone_" + kind.substr(outcome ? 8 : 0), closed.id, (*step)[0]}));
        if (outcome)
            break;
    }
    return {};
}

} // namespace handrail::care
