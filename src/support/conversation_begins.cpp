#include "support/conversation_rows.h"

#include "base/fields.h"

/// How a conversation begins, and what of those before it goes on in it.
namespace handrail::support {

namespace {

constexpr int page_of = 50;

constexpr rows::Statement insert{
    "conversation.insert", "INSERT INTO conversation (organisation, conversation, person, channel, state, held_by, "
                           "urgency, sealed_state, started_at, changed_at) "
                           "VALUES ($1, $2, $3, $9, $4, NULL, $5, $6, $7, $8)"};
constexpr rows::Statement close_all{
    "conversation.close", "UPDATE conversation SET state = 'closed', held_by = NULL WHERE organisation = $1 AND "
                          "person = $2 AND state <> 'closed'"};
constexpr rows::Statement select_last{
    "conversation.last",
    "SELECT conversation FROM conversation WHERE organisation = $1 AND person = $2 ORDER BY changed_at DESC LIMIT 1"};
constexpr rows::Statement select_late{
    "conversation.late", "SELECT conversation FROM conversation WHERE organisation = $1 AND person = $2 AND "
                         "changed_at > $3 ORDER BY changed_at DESC LIMIT 5"};

} // namespace

Result<std::vector<std::string>> ConversationDesk::late_words(trust::Reading& reading, const Held& held) const
{
    auto words = TRY(own_words(reading, held.conversation.id, page_of));
    // What was said before a new conversation began is still the same week's talk (safety.md B6).
    constexpr Duration session = std::chrono::hours{24} * 7;
    for (const auto& row : TRY(reading.rows(select_late, {held.conversation.person, reading.now() - session}))) {
        const auto left = page_of - static_cast<int>(words.size());
        if (left <= 0)
            break;
        const auto other = row[0].id<ConversationId>();
        if (other == held.conversation.id)
            continue;
        const auto before = TRY(own_words(reading, other, left));
        words.insert(words.begin(), before.begin(), before.end());
    }
    return words;
}

Result<Conversation> ConversationDesk::open_new(const Actor& actor, bool memory, std::string_view channel,
                                                std::optional<Instant> wanted_since) const
{
    const auto person = *actor.person();
    Held held;
    Message first;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const Instant now = writing.now();
        if (const auto there = TRY(read_latest(writing, person))) {
            // Two devices opened the page at once.
            held = *there;
            held.conversation.messages = TRY(messages_of(writing, held.conversation.id, std::nullopt, page_of));
            return {};
        }
        held = {};
        auto& conversation = held.conversation;
        conversation.id = ConversationId::at(now);
        conversation.person = person;
        conversation.memory = memory;
        conversation.started_at = now;
        conversation.changed_at = now;
        const auto here = TRY(situation_of(writing, person));
        for (const auto& row : TRY(writing.rows(select_last, {rows::Value{person}})))
            if (const auto last = read_one(writing, row[0].id<ConversationId>()); last.ok())
                take_over(held.dialogue, last->dialogue);
        if (need(let_go_of_danger(held.dialogue, now)) > need(Urgency::Usual))
            writing.note({"let_go.danger", person, "conversation", conversation.id, {}, {}});
        conversation.urgency = held.dialogue.held;
        const auto reply = dialogue_.open(held.dialogue, here);
        first = {};
        first.id = MessageId::at(now);
        first.conversation = conversation.id;
        first.person = person;
        first.author = Author::Ai;
        first.at = now;
        first.text = reply.text;
        first.text_id = reply.text_id;
        first.blocks = reply.blocks;
        const auto sealed = TRY(writing.seal(person, {"conversation", "state", conversation.id},
                                             Confidential{Fields{{"memory", memory ? "1" : "0"}}.encoded()}));
        TRY(writing.change(insert, {conversation.id, person, name(conversation.state), name(conversation.urgency),
                                    sealed, now, now, channel}));
        if (wanted_since) {
            // In danger a wish for a human does not end with the page on which it was said.
            conversation.state = ConversationState::Waiting;
            conversation.since = wanted_since;
            conversation.wait = HumanWait{
                HumanWait::For::Person, TRY(person_due(writing, conversation.urgency)), {}, {}, {}, first.text};
        }
        TRY(update(writing, held));
        TRY(insert_message(writing, first));
        writing.note({"open.conversation", person, "conversation", conversation.id, {}, {}});
        TRY(tell_wait(writing, conversation, held.dialogue.language));
        conversation.messages = {first};
        return {};
    }));
    return held.conversation;
}

Result<Conversation> ConversationDesk::begin_anew(const Actor& actor, bool memory) const
{
    std::optional<Instant> wanted_since;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        TRY(writing.admit(*actor.person(), trust::Scope::Words));
        wanted_since.reset();
        const auto there = TRY(read_latest(writing, *actor.person()));
        if (there && there->conversation.state != ConversationState::Ai && need(there->dialogue.held) >= need(Urgency::Today))
            wanted_since = there->conversation.since.value_or(writing.now());
        TRY(writing.change(close_all, {rows::Value{*actor.person()}}));
        writing.note({"close.conversation", *actor.person(), "conversation", {}, {}, {}});
        return {};
    }));
    return open_new(actor, memory, "web", wanted_since);
}

} // namespace handrail::support
