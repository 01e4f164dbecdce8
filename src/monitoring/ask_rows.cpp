#include "monitoring/ask_rows.h"

#include <array>

namespace handrail::monitoring {

namespace {

using std::chrono::minutes;

constexpr minutes claimed_for{2};

constexpr rows::Statement schedule_insert{
    "schedule.insert", "INSERT INTO schedule (organisation, person, schedule, state, next_at, made_at, over_at, "
                       "sealed_body) VALUES ($1, $2, $3, $4, $5, $6, NULL, $7)"};
constexpr rows::Statement schedule_read{
    "schedule.read", "SELECT schedule, state, next_at, made_at, over_at, sealed_body FROM schedule "
                     "WHERE organisation = $1 AND person = $2 AND schedule = $3"};
constexpr rows::Statement schedule_of_person{
    "schedule.of_person", "SELECT schedule, state, next_at, made_at, over_at, sealed_body FROM schedule "
                          "WHERE organisation = $1 AND person = $2 ORDER BY schedule DESC LIMIT $3"};
// NULL is not equal to itself: a schedule without a next moment is compared by 0, which is no instant of ours.
constexpr rows::Statement schedule_move{
    "schedule.move", "UPDATE schedule SET state = $2, next_at = $3, over_at = $4, sealed_body = $5 WHERE organisation = $1 "
                     "AND person = $6 AND schedule = $7 AND COALESCE(next_at, 0) = $8"};
constexpr rows::Statement schedule_due{
    "schedule.due", "SELECT person, schedule FROM schedule WHERE organisation = $1 AND next_at <= $2 "
                    "ORDER BY next_at LIMIT 50"};

constexpr rows::Statement ask_insert{
    "ask.insert", "INSERT INTO ask (organisation, person, ask, schedule, instrument, asked_at, ends_at, state, over_at, "
                  "answer, remind_at, reminded_at, tries, claimed_until) VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', "
                  "NULL, NULL, $8, NULL, 0, NULL)"};
constexpr rows::Statement ask_read{
    "ask.read", "SELECT ask, schedule, instrument, asked_at, ends_at, state, over_at, remind_at, reminded_at FROM ask "
                "WHERE organisation = $1 AND person = $2 AND ask = $3"};
constexpr rows::Statement ask_of_person{
    "ask.of_person",
    "SELECT ask, schedule, instrument, asked_at, ends_at, state, over_at, remind_at, reminded_at FROM ask "
    "WHERE organisation = $1 AND person = $2 ORDER BY ask DESC LIMIT $3"};
constexpr rows::Statement ask_open{
    "ask.open", "SELECT ask, schedule, instrument, asked_at, ends_at, state, over_at, remind_at, reminded_at FROM ask "
                "WHERE organisation = $1 AND person = $2 AND state = 'open' ORDER BY ask"};
constexpr rows::Statement ask_ended{
    "ask.ended", "SELECT person, ask FROM ask WHERE organisation = $1 AND state = 'open' AND ends_at <= $2 "
                 "ORDER BY ends_at LIMIT 50"};
constexpr rows::Statement ask_end{
    "ask.end", "UPDATE ask SET state = $2, over_at = $3, remind_at = NULL, claimed_until = NULL WHERE organisation = $1 "
               "AND person = $4 AND ask = $5 AND state = 'open'"};
constexpr rows::Statement ask_answer_all{
    "ask.answer_all", "UPDATE ask SET state = 'answered', answer = $2, over_at = $3, remind_at = NULL, claimed_until = NULL "
                      "WHERE organisation = $1 AND person = $4 AND instrument = $5 AND state = 'open'"};
constexpr rows::Statement ask_answer_one{
    "ask.answer_one", "UPDATE ask SET state = 'answered', answer = $2, over_at = $3, remind_at = NULL, claimed_until = NULL "
                      "WHERE organisation = $1 AND person = $4 AND ask = $5 AND instrument = $6 AND state = 'open' AND ends_at > $3"};

constexpr rows::Statement remind_due{
    "ask.remind_due", "SELECT person, ask FROM ask WHERE organisation = $1 AND remind_at <= $2 "
                      "AND (claimed_until IS NULL OR claimed_until <= $2) ORDER BY remind_at LIMIT 50"};
constexpr rows::Statement remind_claim{
    "ask.remind_claim", "UPDATE ask SET claimed_until = $2, tries = tries + 1 WHERE organisation = $1 AND person = $3 "
                        "AND ask = $4 AND remind_at IS NOT NULL AND state = 'open' "
                        "AND (claimed_until IS NULL OR claimed_until <= $5)"};
constexpr rows::Statement remind_settle{
    "ask.remind_settle", "UPDATE ask SET remind_at = $2, reminded_at = $3, claimed_until = NULL WHERE organisation = $1 "
                         "AND person = $4 AND ask = $5 AND remind_at IS NOT NULL"};
constexpr rows::Statement remind_at_once{
    "ask.remind_at_once", "UPDATE ask SET remind_at = $2, claimed_until = NULL WHERE organisation = $1 AND person = $3 "
                          "AND ask = $4 AND state = 'open' AND ends_at > $2"};
constexpr rows::Statement remind_tries{
    "ask.remind_tries", "SELECT tries FROM ask WHERE organisation = $1 AND person = $2 AND ask = $3"};

constexpr rows::Statement last_result{
    "ask.last_result", "SELECT urgency FROM answer WHERE organisation = $1 AND person = $2 ORDER BY at DESC LIMIT 1"};
constexpr rows::Statement findings_since{
    "ask.findings", "SELECT at, urgency, about FROM finding WHERE organisation = $1 AND person = $2 AND at >= $3 "
                    "AND about <> 'silence' AND urgency <> 'usual' ORDER BY at DESC LIMIT 100"};

constexpr std::array<std::pair<AskState, std::string_view>, 4> states{{{AskState::Open, "open"},
                                                                       {AskState::Answered, "answered"},
                                                                       {AskState::Missed, "missed"},
                                                                       {AskState::Withdrawn, "withdrawn"}}};

trust::Place place_of(ScheduleId id) { return {"schedule", "body", id}; }

rows::Value value_of(const std::optional<Instant>& at) { return at ? rows::Value{*at} : rows::Value{}; }

std::optional<Instant> instant_in(const rows::Value& value)
{
    return value.null() ? std::nullopt : std::optional{value.instant()};
}

Fields encoded(const KeptSchedule& kept)
{
    const auto& plan = kept.plan;
    Fields body{{"instrument", plan.instrument}, {"zone", plan.schedule.zone}, {"by", kept.by.text()}};
    for (const auto& time : plan.schedule.times) {
        std::string days;
        for (const bool day : time.days)
            days += day ? '1' : '0';
        Fields one{{"days", days}};
        body.add("time", one.add("from", time.from).add("to", time.to));
    }
    body.add("least_gap", plan.schedule.least_gap.count());
    if (plan.schedule.anchor)
        body.add("anchor", to_stored(*plan.schedule.anchor)).add("offset", plan.schedule.offset.count());
    if (plan.sensitive)
        body.add("sensitive", 1);
    return body.add("usual", plan.bounds.usual).add("least", plan.bounds.least).add("rhythm", name(kept.rhythm));
}

void read_body(const Fields& body, KeptSchedule& into)
{
    auto& plan = into.plan;
    plan.instrument = body.text("instrument");
    plan.schedule.zone = body.text("zone");
    plan.schedule.seed = to_text(into.id);
    for (const auto& each : body.inner("time")) {
        AskTime time;
        const auto& days = each.text("days");
        for (std::size_t i = 0; i < time.days.size() && i < days.size(); ++i)
            time.days.at(i) = days[i] == '1';
        time.from = static_cast<int>(each.number("from"));
        time.to = static_cast<int>(each.number("to"));
        plan.schedule.times.push_back(time);
    }
    plan.schedule.least_gap = minutes{body.number("least_gap")};
    if (body.has("anchor")) {
        plan.schedule.anchor = from_stored(body.number("anchor"));
        plan.schedule.offset = minutes{body.number("offset")};
    }
    plan.bounds = {static_cast<int>(body.number("usual")), static_cast<int>(body.number("least"))};
    plan.sensitive = body.number("sensitive") != 0;
    const auto& rhythm = body.text("rhythm");
    into.rhythm = rhythm == "less" ? Rhythm::Less : rhythm == "more" ? Rhythm::More : Rhythm::Usual;
}

Result<KeptSchedule> schedule_in(trust::Reading& reading, PersonId person, const rows::Row& row)
{
    KeptSchedule kept;
    kept.id = row[0].id<ScheduleId>();
    kept.person = person;
    kept.running = row[1].text() == "running";
    kept.next_at = instant_in(row[2]);
    kept.made_at = row[3].instant();
    kept.over_at = instant_in(row[4]);
    const auto body = TRY(Fields::decoded(TRY(reading.open(person, place_of(kept.id), row[5].blob())).reveal()));
    kept.by = TRY(AccountId::from(body.text("by")));
    read_body(body, kept);
    return kept;
}

KeptAsk ask_in(PersonId person, const rows::Row& row)
{
    KeptAsk ask;
    ask.id = row[0].id<AskId>();
    ask.person = person;
    ask.schedule = row[1].id<ScheduleId>();
    ask.instrument = row[2].text();
    ask.asked_at = row[3].instant();
    ask.ends_at = row[4].instant();
    for (const auto& [state, written] : states)
        if (written == row[5].text())
            ask.state = state;
    ask.over_at = instant_in(row[6]);
    ask.remind_at = instant_in(row[7]);
    ask.reminded_at = instant_in(row[8]);
    return ask;
}

std::vector<KeptAsk> asks_in(PersonId person, const rows::Rows& found)
{
    std::vector<KeptAsk> asks;
    for (const auto& row : found)
        asks.push_back(ask_in(person, row));
    return asks;
}

std::vector<DueAsk> due_in(const rows::Rows& found)
{
    std::vector<DueAsk> due;
    for (const auto& row : found)
        due.push_back({row[0].id<PersonId>(), row[1].id<AskId>()});
    return due;
}

Result<rows::Blob> sealed(trust::Writing& writing, const KeptSchedule& schedule)
{
    return writing.seal(schedule.person, place_of(schedule.id), Confidential{encoded(schedule).encoded()});
}

} // namespace

std::string_view name(AskState state)
{
    for (const auto& [each, written] : states)
        if (each == state)
            return written;
    return "";
}

Result<void> insert_schedule(trust::Writing& writing, const KeptSchedule& schedule)
{
    const auto body = TRY(sealed(writing, schedule));
    TRY(writing.change(schedule_insert, {schedule.person, schedule.id, schedule.running ? "running" : "over",
                                         value_of(schedule.next_at), schedule.made_at, body}));
    return {};
}

Result<std::optional<KeptSchedule>> read_schedule(trust::Reading& reading, PersonId person, ScheduleId id)
{
    const auto found = TRY(reading.rows(schedule_read, {person, id}));
    if (found.empty())
        return std::optional<KeptSchedule>{};
    return std::optional{TRY(schedule_in(reading, person, found.front()))};
}

Result<std::vector<KeptSchedule>> schedules_of(trust::Reading& reading, PersonId person, int most)
{
    std::vector<KeptSchedule> all;
    for (const auto& row : TRY(reading.rows(schedule_of_person, {person, most})))
        all.push_back(TRY(schedule_in(reading, person, row)));
    return all;
}

Result<bool> move_schedule(trust::Writing& writing, const KeptSchedule& schedule, std::optional<Instant> expected)
{
    const auto body = TRY(sealed(writing, schedule));
    const auto moved = TRY(writing.change(
        schedule_move, {schedule.running ? "running" : "over", value_of(schedule.next_at), value_of(schedule.over_at), body,
                        schedule.person, schedule.id, expected.value_or(from_stored(0))}));
    return moved == 1;
}

Result<std::vector<DueSchedule>> due_schedules(trust::Reading& reading)
{
    std::vector<DueSchedule> due;
    for (const auto& row : TRY(reading.rows(schedule_due, {rows::Value{reading.now()}})))
        due.push_back({row[0].id<PersonId>(), row[1].id<ScheduleId>()});
    return due;
}

Result<void> insert_ask(trust::Writing& writing, const KeptAsk& ask)
{
    TRY(writing.change(ask_insert, {ask.person, ask.id, ask.schedule, ask.instrument, ask.asked_at, ask.ends_at,
                                    value_of(ask.remind_at)}));
    return {};
}

Result<std::optional<KeptAsk>> read_ask(trust::Reading& reading, PersonId person, AskId id)
{
    const auto found = TRY(reading.rows(ask_read, {person, id}));
    return found.empty() ? std::optional<KeptAsk>{} : std::optional{ask_in(person, found.front())};
}

Result<std::vector<KeptAsk>> asks_of(trust::Reading& reading, PersonId person, int most)
{
    return asks_in(person, TRY(reading.rows(ask_of_person, {person, most})));
}

Result<std::vector<KeptAsk>> open_asks(trust::Reading& reading, PersonId person)
{
    return asks_in(person, TRY(reading.rows(ask_open, {rows::Value{person}})));
}

Result<std::vector<DueAsk>> ended_asks(trust::Reading& reading)
{
    return due_in(TRY(reading.rows(ask_ended, {rows::Value{reading.now()}})));
}

Result<bool> end_ask(trust::Writing& writing, PersonId person, AskId id, AskState state)
{
    return TRY(writing.change(ask_end, {name(state), writing.now(), person, id})) == 1;
}

Result<std::int64_t> answer_asks(trust::Writing& writing, PersonId person, const std::string& instrument, const RawId& answer,
                                 std::optional<AskId> only)
{
    if (only)
        return writing.change(ask_answer_one, {answer, writing.now(), person, *only, instrument});
    return writing.change(ask_answer_all, {answer, writing.now(), person, instrument});
}

Result<std::vector<DueAsk>> due_reminders(trust::Reading& reading)
{
    return due_in(TRY(reading.rows(remind_due, {rows::Value{reading.now()}})));
}

Result<bool> claim_reminder(trust::Writing& writing, PersonId person, AskId id)
{
    const auto now = writing.now();
    return TRY(writing.change(remind_claim, {now + claimed_for, person, id, now})) == 1;
}

Result<void> settle_reminder(trust::Writing& writing, PersonId person, AskId id, bool sent, std::optional<Instant> again)
{
    TRY(writing.change(remind_settle,
                       {value_of(again), sent ? rows::Value{writing.now()} : rows::Value{}, person, id}));
    return {};
}

Result<bool> remind_now(trust::Writing& writing, PersonId person, AskId id)
{
    return TRY(writing.change(remind_at_once, {writing.now(), person, id})) == 1;
}

Result<int> reminder_tries(trust::Reading& reading, PersonId person, AskId id)
{
    const auto found = TRY(reading.rows(remind_tries, {person, id}));
    return found.empty() ? 0 : static_cast<int>(found.front()[0].number());
}

Result<std::vector<FoundLately>> found_since(trust::Reading& reading, PersonId person, Instant since)
{
    std::vector<FoundLately> found;
    for (const auto& row : TRY(reading.rows(findings_since, {person, since})))
        found.push_back({urgency_from(row[1].text()).value_or(Urgency::Unknown), row[0].instant(), row[2].text() == "informant"});
    return found;
}

Result<Lately> read_lately(trust::Reading& reading, PersonId person, Instant since)
{
    Lately lately;
    if (const auto found = TRY(reading.rows(last_result, {rows::Value{person}})); !found.empty())
        lately.last_result = urgency_from(found.front()[0].text()).value_or(Urgency::Unknown);
    for (const auto& found : TRY(found_since(reading, person, since)))
        if (!found.by_informant) {
            lately.concern_at = found.at;
            break;
        }
    return lately;
}

} // namespace handrail::monitoring
