#include "monitoring/informant_rows.h"

#include <array>

#include "base/crypto.h"
#include "base/text.h"

namespace handrail::monitoring {

namespace {

using AskState = InformantAskState;

constexpr std::chrono::minutes claimed_for{2};
constexpr std::size_t token_size = 32;

constexpr rows::Statement informant_insert{
    "informant.insert", "INSERT INTO informant (organisation, person, informant, state, named_at, over_at, next_at, sealed_body) "
                        "VALUES ($1, $2, $3, $4, $5, NULL, NULL, $6)"};
constexpr rows::Statement informant_read{
    "informant.read", "SELECT informant, state, named_at, over_at, next_at, sealed_body FROM informant "
                      "WHERE organisation = $1 AND person = $2 AND informant = $3"};
constexpr rows::Statement informant_of_person{
    "informant.of_person", "SELECT informant, state, named_at, over_at, next_at, sealed_body FROM informant "
                           "WHERE organisation = $1 AND person = $2 ORDER BY named_at, informant"};
// NULL is not equal to itself: one without a next moment is compared by 0, which is no instant of ours.
constexpr rows::Statement informant_move{
    "informant.move", "UPDATE informant SET state = $2, next_at = $3, over_at = $4, sealed_body = $5 WHERE organisation = $1 "
                      "AND person = $6 AND informant = $7 AND COALESCE(next_at, 0) = $8"};
constexpr rows::Statement informants_due{
    "informant.due", "SELECT person, informant FROM informant WHERE organisation = $1 AND next_at <= $2 "
                     "ORDER BY next_at LIMIT 50"};

constexpr rows::Statement ask_insert{
    "informant_ask.insert",
    "INSERT INTO informant_ask (organisation, person, ask, informant, form, version, asked_at, ends_at, state, over_at, answer, "
    "remind_at, reminded_at, tries, claimed_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', NULL, NULL, $9, NULL, 0, NULL)"};
constexpr rows::Statement ask_read{
    "informant_ask.read", "SELECT ask, informant, form, version, asked_at, ends_at, state, over_at, reminded_at, tries "
                          "FROM informant_ask WHERE organisation = $1 AND person = $2 AND ask = $3"};
constexpr rows::Statement ask_of_person{
    "informant_ask.of_person", "SELECT ask, informant, form, version, asked_at, ends_at, state, over_at, reminded_at, tries "
                               "FROM informant_ask WHERE organisation = $1 AND person = $2 ORDER BY ask DESC LIMIT $3"};
constexpr rows::Statement ask_end{
    "informant_ask.end", "UPDATE informant_ask SET state = $2, over_at = $3, remind_at = NULL, claimed_until = NULL "
                         "WHERE organisation = $1 AND person = $4 AND ask = $5 AND state = 'open'"};
constexpr rows::Statement ask_answer{
    "informant_ask.answer", "UPDATE informant_ask SET state = 'answered', answer = $2, over_at = $3, remind_at = NULL, "
                            "claimed_until = NULL WHERE organisation = $1 AND person = $4 AND ask = $5 AND state = 'open' "
                            "AND ends_at > $3"};
constexpr rows::Statement ask_withdraw_all{
    "informant_ask.withdraw_all", "UPDATE informant_ask SET state = 'withdrawn', over_at = $2, remind_at = NULL, "
                                  "claimed_until = NULL WHERE organisation = $1 AND person = $3 AND state = 'open'"};
constexpr rows::Statement ask_withdraw_of{
    "informant_ask.withdraw_of",
    "UPDATE informant_ask SET state = 'withdrawn', over_at = $2, remind_at = NULL, claimed_until = NULL "
    "WHERE organisation = $1 AND person = $3 AND informant = $4 AND state = 'open'"};
constexpr rows::Statement asks_ended{
    "informant_ask.ended", "SELECT person, ask FROM informant_ask WHERE organisation = $1 AND state = 'open' AND ends_at <= $2 "
                           "ORDER BY ends_at LIMIT 50"};
constexpr rows::Statement letters_due{
    "informant_ask.letters_due", "SELECT person, ask FROM informant_ask WHERE organisation = $1 AND remind_at <= $2 "
                                 "AND (claimed_until IS NULL OR claimed_until <= $2) ORDER BY remind_at LIMIT 50"};
constexpr rows::Statement letter_claim{
    "informant_ask.claim", "UPDATE informant_ask SET claimed_until = $2, tries = tries + 1 WHERE organisation = $1 "
                           "AND person = $3 AND ask = $4 AND remind_at IS NOT NULL AND state = 'open' "
                           "AND (claimed_until IS NULL OR claimed_until <= $5)"};
constexpr rows::Statement letter_settle{
    "informant_ask.settle", "UPDATE informant_ask SET remind_at = $2, reminded_at = $3, claimed_until = NULL "
                            "WHERE organisation = $1 AND person = $4 AND ask = $5 AND remind_at IS NOT NULL"};

constexpr rows::Statement link_insert{
    "informant_link.insert",
    "INSERT INTO informant_link (organisation, token_hash, person, ask, ends_at) VALUES ($1, $2, $3, $4, $5)"};
constexpr rows::Statement link_delete_ended{
    "informant_link.delete_ended", "DELETE FROM informant_link WHERE organisation = $1 AND person = $2 AND ends_at <= $3"};
constexpr rows::Statement link_by_token{
    "informant_link.by_token",
    "SELECT l.person, l.ask FROM informant_link l "
    "JOIN informant_ask a ON a.organisation = l.organisation AND a.person = l.person AND a.ask = l.ask "
    "WHERE l.organisation = $1 AND l.token_hash = $2 AND l.ends_at > $3 AND a.state = 'open' AND a.ends_at > $3"};

constexpr rows::Statement answer_insert{
    "informant_answer.insert", "INSERT INTO informant_answer (organisation, person, answer, informant, form, version, at, "
                               "urgency, sealed_body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr rows::Statement answers_of_person{
    "informant_answer.of_person", "SELECT answer, informant, form, version, at, urgency, sealed_body FROM informant_answer "
                                  "WHERE organisation = $1 AND person = $2 ORDER BY at DESC, answer DESC LIMIT $3"};
constexpr rows::Statement answer_times{
    "informant_answer.times", "SELECT informant, at FROM informant_answer WHERE organisation = $1 AND person = $2 "
                              "ORDER BY at DESC, answer DESC LIMIT $3"};

constexpr std::array<std::pair<InformantState, std::string_view>, 4> states{{{InformantState::Named, "named"},
                                                                             {InformantState::Asked, "asked"},
                                                                             {InformantState::Withdrawn, "withdrawn"},
                                                                             {InformantState::Declined, "declined"}}};
constexpr std::array<std::pair<AskState, std::string_view>, 4> ask_states{{{AskState::Open, "open"},
                                                                           {AskState::Answered, "answered"},
                                                                           {AskState::Missed, "missed"},
                                                                           {AskState::Withdrawn, "withdrawn"}}};

trust::Place place_of(InformantId id) { return {"informant", "body", id}; }
trust::Place place_of(AnswerId id) { return {"informant_answer", "body", id}; }

rows::Value or_null(const std::optional<Instant>& at) { return at ? rows::Value{*at} : rows::Value{}; }
std::optional<Instant> instant_in(const rows::Value& value)
{
    return value.null() ? std::nullopt : std::optional{value.instant()};
}

Fields encoded(const InformantNote& note)
{
    return Fields{{"by", note.by.text()}, {"text", note.text}}.add("at", to_stored(note.at));
}

Result<std::optional<InformantNote>> note_in(const Fields& body, std::string_view name)
{
    const auto found = body.inner(name);
    if (found.empty())
        return std::optional<InformantNote>{};
    const auto& one = found.front();
    return std::optional{
        InformantNote{TRY(AccountId::from(one.text("by"))), from_stored(one.number("at")), one.text("text")}};
}

Fields encoded(const KeptInformant& kept)
{
    Fields body{{"relation", kept.relation}, {"called", kept.called},   {"mail", kept.mail},
                {"language", kept.language}, {"wording", kept.wording}, {"refused", kept.refused}};
    if (kept.plan)
        body.add("plan", Fields{{"form", kept.plan->form}, {"zone", kept.plan->zone}}
                             .add("every_days", kept.plan->every_days)
                             .add("minute", kept.plan->minute));
    if (kept.understood)
        body.add("understood", encoded(*kept.understood));
    if (kept.released)
        body.add("released", encoded(*kept.released));
    return body;
}

Result<KeptInformant> informant_in(trust::Reading& reading, PersonId person, const rows::Row& row)
{
    KeptInformant kept;
    kept.id = row[0].id<InformantId>();
    kept.person = person;
    for (const auto& [state, written] : states)
        if (written == row[1].text())
            kept.state = state;
    kept.named_at = row[2].instant();
    kept.over_at = instant_in(row[3]);
    kept.next_at = instant_in(row[4]);
    const auto body = TRY(Fields::decoded(TRY(reading.open(person, place_of(kept.id), row[5].blob())).reveal()));
    kept.relation = body.text("relation");
    kept.called = body.text("called");
    kept.mail = body.text("mail");
    kept.language = body.text("language");
    kept.wording = body.text("wording");
    kept.refused = body.text("refused");
    if (const auto plan = body.inner("plan"); !plan.empty())
        kept.plan = InformantPlan{plan.front().text("form"), static_cast<int>(plan.front().number("every_days")),
                                  static_cast<int>(plan.front().number("minute")), plan.front().text("zone")};
    kept.understood = TRY(note_in(body, "understood"));
    kept.released = TRY(note_in(body, "released"));
    return kept;
}

Result<rows::Blob> sealed(trust::Writing& writing, const KeptInformant& kept)
{
    return writing.seal(kept.person, place_of(kept.id), Confidential{encoded(kept).encoded()});
}

KeptInformantAsk ask_in(PersonId person, const rows::Row& row)
{
    KeptInformantAsk ask;
    ask.id = row[0].id<InformantAskId>();
    ask.person = person;
    ask.informant = row[1].id<InformantId>();
    ask.form = row[2].text();
    ask.version = static_cast<int>(row[3].number());
    ask.asked_at = row[4].instant();
    ask.ends_at = row[5].instant();
    for (const auto& [state, written] : ask_states)
        if (written == row[6].text())
            ask.state = state;
    ask.over_at = instant_in(row[7]);
    ask.reminded_at = instant_in(row[8]);
    ask.tries = static_cast<int>(row[9].number());
    return ask;
}

std::vector<DueInformantAsk> due_in(const rows::Rows& found)
{
    std::vector<DueInformantAsk> due;
    for (const auto& row : found)
        due.push_back({row[0].id<PersonId>(), row[1].id<InformantAskId>()});
    return due;
}

} // namespace

std::string_view name(InformantState state)
{
    for (const auto& [each, written] : states)
        if (each == state)
            return written;
    return "";
}

std::string_view name(AskState state)
{
    for (const auto& [each, written] : ask_states)
        if (each == state)
            return written;
    return "";
}

Schedule daily_at(const InformantPlan& plan)
{
    Schedule schedule;
    schedule.zone = plan.zone;
    AskTime time;
    time.days.fill(true);
    time.from = time.to = plan.minute;
    schedule.times.push_back(time);
    return schedule;
}

std::string address_mark(InformantId id, std::string_view mail)
{
    return to_base64url(hash_of_random(id.text() + " " + lower_ascii(mail)));
}

Result<void> insert_informant(trust::Writing& writing, const KeptInformant& informant)
{
    const auto body = TRY(sealed(writing, informant));
    TRY(writing.change(informant_insert, {informant.person, informant.id, name(informant.state), informant.named_at, body}));
    return {};
}

Result<std::optional<KeptInformant>> read_informant(trust::Reading& reading, PersonId person, InformantId id)
{
    const auto found = TRY(reading.rows(informant_read, {person, id}));
    if (found.empty())
        return std::optional<KeptInformant>{};
    return std::optional{TRY(informant_in(reading, person, found.front()))};
}

Result<std::vector<KeptInformant>> informants_of(trust::Reading& reading, PersonId person)
{
    std::vector<KeptInformant> all;
    for (const auto& row : TRY(reading.rows(informant_of_person, {rows::Value{person}})))
        all.push_back(TRY(informant_in(reading, person, row)));
    return all;
}

Result<bool> move_informant(trust::Writing& writing, const KeptInformant& informant, std::optional<Instant> expected)
{
    const auto body = TRY(sealed(writing, informant));
    const auto moved =
        TRY(writing.change(informant_move, {name(informant.state), or_null(informant.next_at), or_null(informant.over_at), body,
                                            informant.person, informant.id, expected.value_or(from_stored(0))}));
    return moved == 1;
}

Result<std::vector<DueInformant>> due_informants(trust::Reading& reading)
{
    std::vector<DueInformant> due;
    for (const auto& row : TRY(reading.rows(informants_due, {rows::Value{reading.now()}})))
        due.push_back({row[0].id<PersonId>(), row[1].id<InformantId>()});
    return due;
}

Result<void> insert_informant_ask(trust::Writing& writing, const KeptInformantAsk& ask, Instant remind_at)
{
    TRY(writing.change(ask_insert, {ask.person, ask.id, ask.informant, ask.form, ask.version, ask.asked_at, ask.ends_at, remind_at}));
    return {};
}

Result<std::optional<KeptInformantAsk>> read_informant_ask(trust::Reading& reading, PersonId person, InformantAskId id)
{
    const auto found = TRY(reading.rows(ask_read, {person, id}));
    return found.empty() ? std::optional<KeptInformantAsk>{} : std::optional{ask_in(person, found.front())};
}

Result<std::vector<KeptInformantAsk>> informant_asks_of(trust::Reading& reading, PersonId person, int most)
{
    std::vector<KeptInformantAsk> asks;
    for (const auto& row : TRY(reading.rows(ask_of_person, {person, most})))
        asks.push_back(ask_in(person, row));
    return asks;
}

Result<bool> end_informant_ask(trust::Writing& writing, PersonId person, InformantAskId id, AskState state)
{
    return TRY(writing.change(ask_end, {name(state), writing.now(), person, id})) == 1;
}

Result<bool> answer_informant_ask(trust::Writing& writing, PersonId person, InformantAskId id, AnswerId answer)
{
    return TRY(writing.change(ask_answer, {answer, writing.now(), person, id})) == 1;
}

Result<void> withdraw_informant_asks(trust::Writing& writing, PersonId person, std::optional<InformantId> only)
{
    if (only)
        TRY(writing.change(ask_withdraw_of, {writing.now(), person, *only}));
    else
        TRY(writing.change(ask_withdraw_all, {writing.now(), person}));
    return {};
}

Result<std::vector<DueInformantAsk>> ended_informant_asks(trust::Reading& reading)
{
    return due_in(TRY(reading.rows(asks_ended, {rows::Value{reading.now()}})));
}

Result<std::vector<DueInformantAsk>> due_informant_letters(trust::Reading& reading)
{
    return due_in(TRY(reading.rows(letters_due, {rows::Value{reading.now()}})));
}

Result<bool> claim_informant_letter(trust::Writing& writing, PersonId person, InformantAskId id)
{
    const auto now = writing.now();
    return TRY(writing.change(letter_claim, {now + claimed_for, person, id, now})) == 1;
}

Result<void> settle_informant_letter(trust::Writing& writing, PersonId person, InformantAskId id, bool sent,
                                     std::optional<Instant> again)
{
    TRY(writing.change(letter_settle, {or_null(again), sent ? rows::Value{writing.now()} : rows::Value{}, person, id}));
    return {};
}

Result<std::string> make_informant_link(trust::Writing& writing, PersonId person, InformantAskId ask)
{
    const auto token = random_bytes(token_size);
    TRY(writing.change(link_delete_ended, {person, writing.now()}));
    TRY(writing.change(link_insert,
                       {rows::Blob{hash_of_random(token)}, person, ask, writing.now() + informant_link_lasts}));
    return to_base64url(token);
}

Result<std::optional<DueInformantAsk>> follow_informant_link(trust::Reading& reading, const std::string& token)
{
    std::string bytes;
    if (token.size() > 100 || !from_base64url(token, bytes) || bytes.size() != token_size)
        return std::optional<DueInformantAsk>{};
    const auto found = due_in(TRY(reading.rows(link_by_token, {rows::Blob{hash_of_random(bytes)}, reading.now()})));
    return found.empty() ? std::optional<DueInformantAsk>{} : std::optional{found.front()};
}

Result<void> insert_informant_answer(trust::Writing& writing, const KeptInformantAnswer& answer)
{
    const auto body = TRY(writing.seal(answer.person, place_of(answer.id),
                                       Confidential{Fields{{"told", answer.told}}.add("answers", answer.answers).encoded()}));
    TRY(writing.change(answer_insert, {answer.person, answer.id, answer.informant, answer.form, answer.version, answer.at,
                                       name(answer.urgency), body}));
    return {};
}

Result<std::vector<KeptInformantAnswer>> informant_answers_of(trust::Reading& reading, PersonId person, int most)
{
    std::vector<KeptInformantAnswer> all;
    for (const auto& row : TRY(reading.rows(answers_of_person, {person, most}))) {
        KeptInformantAnswer kept;
        kept.id = row[0].id<AnswerId>();
        kept.person = person;
        kept.informant = row[1].id<InformantId>();
        kept.form = row[2].text();
        kept.version = static_cast<int>(row[3].number());
        kept.at = row[4].instant();
        kept.urgency = urgency_from(row[5].text()).value_or(Urgency::Unknown);
        const auto body = TRY(Fields::decoded(TRY(reading.open(person, place_of(kept.id), row[6].blob())).reveal()));
        kept.told = body.text("told");
        if (const auto answers = body.inner("answers"); !answers.empty())
            kept.answers = answers.front();
        all.push_back(std::move(kept));
    }
    return all;
}

Result<std::vector<InformantAnswered>> informant_answer_times(trust::Reading& reading, PersonId person, int most)
{
    std::vector<InformantAnswered> all;
    for (const auto& row : TRY(reading.rows(answer_times, {person, most})))
        all.push_back({row[0].id<InformantId>(), row[1].instant()});
    return all;
}

} // namespace handrail::monitoring
