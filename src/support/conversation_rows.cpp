#include "support/conversation_rows.h"

#include <algorithm>
#include <array>

#include "base/fields.h"
#include "base/text.h"
#include "care/presence.h"
#include "support/human_wait.h"
#include "trust/account_row.h"

namespace handrail::support {

namespace {

constexpr rows::Statement select_latest{
    "conversation.latest",
    "SELECT conversation, person, state, held_by, urgency, started_at, changed_at, sealed_state FROM conversation "
    "WHERE organisation = $1 AND person = $2 AND state <> 'closed' ORDER BY changed_at DESC LIMIT 1"};
constexpr rows::Statement select_one{
    "conversation.read",
    "SELECT conversation, person, state, held_by, urgency, started_at, changed_at, sealed_state FROM conversation "
    "WHERE organisation = $1 AND conversation = $2"};
constexpr rows::Statement update_one{
    "conversation.update", "UPDATE conversation SET state = $2, held_by = $3, urgency = $4, sealed_state = $5, "
                           "changed_at = $6 WHERE organisation = $1 AND conversation = $7"};
constexpr std::array<std::string_view, 4> states{"ai", "waiting", "human", "closed"};

/// "MD" of "Maeve Dorrigan": the first letters of the first and the last word.
std::string initials_of(std::string_view name)
{
    std::string out;
    const auto add = [&](std::string_view word) {
        std::size_t end = 1;
        while (end < word.size() && (static_cast<unsigned char>(word[end]) & 0xC0U) == 0x80U)
            ++end; // the rest of a letter of several bytes
        out += word.substr(0, end);
    };
    const auto words = split(trimmed(name), ' ');
    if (!words.empty() && !words.front().empty())
        add(words.front());
    if (words.size() > 1 && !words.back().empty())
        add(words.back());
    return out;
}

} // namespace

ConversationState state_in(std::string_view text)
{
    const auto found = std::find(states.begin(), states.end(), text);
    return found == states.end() ? ConversationState::Ai : static_cast<ConversationState>(found - states.begin());
}

std::string_view name(ConversationState state)
{
    return states.at(static_cast<std::size_t>(state));
}

Result<ConversationDesk::Held> ConversationDesk::read_one(trust::Reading& reading, ConversationId id) const
{
    const auto found = TRY(reading.rows(select_one, {rows::Value{id}}));
    if (found.empty())
        return not_found("There is no such conversation.");
    return held_from(reading, found.front());
}

Result<ConversationDesk::Held> ConversationDesk::held_from(trust::Reading& reading, const rows::Row& row) const
{
    Held held;
    auto& conversation = held.conversation;
    conversation.id = row[0].id<ConversationId>();
    conversation.person = row[1].id<PersonId>();
    conversation.state = state_in(row[2].text());
    conversation.held_by = row[3].id<AccountId>();
    conversation.urgency = urgency_from(row[4].text()).value_or(Urgency::Unknown);
    conversation.started_at = row[5].instant();
    conversation.changed_at = row[6].instant();
    held.read_at = conversation.changed_at;
    const auto words = TRY(reading.open(conversation.person, {"conversation", "state", conversation.id}, row[7].blob()));
    const auto body = TRY(Fields::decoded(words.reveal()));
    conversation.memory = body.number("memory") != 0;
    if (body.has("since"))
        conversation.since = from_stored(body.number("since"));
    for (const auto& wait : body.inner("wait"))
        conversation.wait = human_wait_from(wait);
    held.wait_read = conversation.wait;
    held.dialogue = TRY(state_from(body.text("dialogue")));
    return held;
}

Result<std::optional<ConversationDesk::Held>> ConversationDesk::read_latest(trust::Reading& reading,
                                                                            PersonId person) const
{
    const auto found = TRY(reading.rows(select_latest, {rows::Value{person}}));
    if (found.empty())
        return std::optional<Held>{};
    return std::optional{TRY(held_from(reading, found.front()))};
}

Result<bool> ConversationDesk::is_latest(trust::Reading& reading, const Held& held) const
{
    const auto found = TRY(reading.rows(select_latest, {rows::Value{held.conversation.person}}));
    return !found.empty() && found.front()[0].id<ConversationId>() == held.conversation.id &&
           found.front()[6].instant() == held.read_at;
}

Result<void> ConversationDesk::update(trust::Writing& writing, const Held& held) const
{
    const auto& conversation = held.conversation;
    Fields body{{"dialogue", state_text(held.dialogue)}};
    body.add("memory", conversation.memory ? 1 : 0);
    if (conversation.since)
        body.add("since", to_stored(*conversation.since));
    if (conversation.wait)
        body.add("wait", encoded(*conversation.wait));
    if (conversation.wait != held.wait_read)
        TRY(conversation.wait ? keep_timer(writing, conversation.id, *conversation.wait, conversation.since)
                              : drop_timer(writing, conversation.id));
    const auto sealed = TRY(
        writing.seal(conversation.person, {"conversation", "state", conversation.id}, Confidential{body.encoded()}));
    TRY(writing.change(update_one, {name(conversation.state),
                                    conversation.held_by.empty() ? rows::Value{} : rows::Value{conversation.held_by},
                                    name(conversation.urgency), sealed, conversation.changed_at, conversation.id}));
    return {};
}

Result<void> ConversationDesk::find_told(trust::Reading& reading, PersonId person, const care::Service& service,
                                         Told& told) const
{
    // Longer ago, "at 14:02" would be read as today's.
    constexpr Duration lately = std::chrono::hours{12};
    if (told.state == Told::State::Told)
        told.anyone_there = !TRY(care::clinicians_here(reading, person)).empty();
    const auto alert = TRY(alerts_.open_alert(reading, person));
    if (!alert || !alert->acknowledged_at)
        return {};
    told.opened_before = true;
    if (reading.now() - *alert->acknowledged_at > lately)
        return {};
    told.state = Told::State::Opened;
    told.opened_for = alert->urgency;
    told.opened_at = care::local_time(service, *alert->acknowledged_at);
    // As colleagues are named to the person where they write themselves.
    if (const auto row = TRY(trust::find_account(reading, alert->acknowledged_by)))
        told.who = TRY(trust::open_profile(reading, *row)).display_name;
    told.initials = initials_of(told.who);
    return {};
}

Result<Situation> ConversationDesk::situation_of(trust::Reading& reading, PersonId person) const
{
    const auto state = TRY(care::read_person_state(reading, person));
    const auto service = TRY(service_.read(reading));
    auto here = situation_at(service, reading.now());
    if (languages_ == Languages::Signed)
        here.languages = dialogue_.signed_languages(service);
    TRY(find_told(reading, person, service, here.told));
    const auto least_age_band = here.limits.least_age_band;
    here.limits = TRY(read_limits(record_, reading));
    here.limits.least_age_band = least_age_band;
    here.person_minutes = static_cast<int>(
        std::chrono::duration_cast<std::chrono::minutes>(alerts_.time_to_answer(Urgency::Today, true)).count());
    here.language = state.language;
    here.region = state.country;
    here.age_band = state.age_band;
    return here;
}

} // namespace handrail::support
