#include "support/conversation_rows.h"

#include <algorithm>

#include "care/alert_rows.h"
#include "care/findings.h"
#include "care/presence.h"
#include "support/standing_words.h"

/// A human is wanted: asked for by the person, or owed a reply. What stands in the conversation's wait is told to the
/// person as it is, and acted on when its time is over.
namespace handrail::support {

namespace {

constexpr int page_of = 50;

constexpr rows::Statement select_unmet{
    "conversation.unmet",
    "SELECT conversation, changed_at FROM conversation WHERE organisation = $1 AND state = 'waiting'"};

void announce(trust::Writing& writing, std::string_view topic, const Conversation& conversation)
{
    writing.announce(std::string(topic), conversation.id.text() + " " + conversation.person.text());
}

} // namespace

void offer_person(Reply& reply)
{
    Block offer;
    offer.kind = Block::Kind::Calls;
    Call button;
    button.action = "talk_to_person";
    offer.items.push_back(std::move(button));
    // Before the question that the reply ends with, so that the question stays the last thing asked.
    const auto at = std::find_if(reply.blocks.begin(), reply.blocks.end(),
                                 [](const Block& block) { return block.kind == Block::Kind::Question; });
    reply.blocks.insert(at, std::move(offer));
}

Result<Instant> ConversationDesk::person_due(trust::Reading& reading, Urgency urgency) const
{
    const auto time = alerts_.time_to_answer(urgency == Urgency::Now ? Urgency::Now : Urgency::Today, true);
    const auto staffed = care::staffed(TRY(service_.read(reading)), reading.now());
    // In distress a request does not wait for the morning (safety.md B, today); without, its time begins when somebody
    // reads.
    if (staffed.now || !staffed.next || need(urgency) >= need(Urgency::Soon))
        return reading.now() + time;
    return *staffed.next + time;
}

Result<void> ConversationDesk::tell_wait(trust::Reading& reading, Conversation& conversation, std::string_view language) const
{
    if (conversation.state != ConversationState::Waiting)
        return {};
    const auto service = TRY(service_.read(reading));
    Waits waits;
    waits.asked_at = care::local_time(service, conversation.since.value_or(conversation.changed_at));
    if (conversation.wait)
        waits.until = care::local_time(service, conversation.wait->due_at);
    waits.staffed = care::staffed(service, reading.now());
    waits.here = TRY(care::clinicians_here(reading, conversation.person)).size();
    conversation.waiting_text = waiting_words(dialogue_.book(language), waits);
    return {};
}

Result<void> ConversationDesk::say(trust::Writing& writing, Held& held, const Reply& reply, Instant at) const
{
    auto& conversation = held.conversation;
    at = held.after(at);
    Message message;
    message.id = MessageId::at(at);
    message.conversation = conversation.id;
    message.person = conversation.person;
    message.author = Author::Ai;
    message.at = at;
    message.text = reply.text;
    message.text_id = reply.text_id;
    message.blocks = reply.blocks;
    TRY(insert_message(writing, message));
    conversation.changed_at = at;
    announce(writing, "message", conversation);
    return {};
}

Result<std::vector<ConversationDesk::Unmet>> ConversationDesk::unmet(const Actor& system) const
{
    std::vector<Unmet> all;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        all.clear();
        for (const auto& row : TRY(reading.rows(select_unmet, {})))
            all.push_back({row[0].id<ConversationId>(), row[1].instant()});
        return {};
    }));
    return all;
}

Result<Conversation> ConversationDesk::want_person(const Actor& actor, bool wanted) const
{
    const auto began = TRY(current(actor));
    std::optional<Conversation> changed;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        auto held = TRY(read_one(writing, began.id));
        auto& conversation = held.conversation;
        if (conversation.state == ConversationState::Human)
            return conflict("Someone from your team is here already.");
        const Instant now = writing.now();
        conversation.changed_at = std::max(now, held.read_at + std::chrono::microseconds{1});
        if (wanted && conversation.state == ConversationState::Ai) {
            conversation.state = ConversationState::Waiting;
            conversation.since = now;
            const auto reply = dialogue_.ask_for_person(held.dialogue, TRY(situation_of(writing, conversation.person)));
            conversation.wait = HumanWait{
                HumanWait::For::Person, TRY(person_due(writing, conversation.urgency)), {}, {}, {}, reply.text};
            TRY(say(writing, held, reply, writing.now()));
        } else if (!wanted && conversation.state == ConversationState::Waiting) {
            conversation.state = ConversationState::Ai;
            conversation.since = std::nullopt;
            conversation.wait = std::nullopt;
        }
        TRY(update(writing, held));
        writing.note({wanted ? "ask.person" : "call_off.person", *actor.person(), "conversation", began.id, {}, {}});
        announce(writing, "conversation", conversation);
        TRY(tell_wait(writing, conversation, held.dialogue.language));
        changed = conversation;
        changed->messages = TRY(messages_of(writing, conversation.id, std::nullopt, page_of));
        return {};
    }));
    return *changed;
}

Result<int> ConversationDesk::act_on_waits(const Actor& system) const
{
    if (system.role() != Role::System)
        return not_allowed("Only the service itself does this.");
    // Read first, so that a quiet second costs no commit.
    std::vector<ConversationId> over;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        over = TRY(timers_over(reading));
        return {};
    }));
    int acted = 0;
    for (const auto& id : over) {
        bool did = false;
        TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            did = false;
            auto there = read_one(writing, id);
            if (!there.ok()) {
                if (there.error().kind == ErrorKind::NotFound)
                    return drop_timer(writing, id); // erased, or removed in the meantime
                return there.error();
            }
            auto& held = *there;
            auto& conversation = held.conversation;
            const auto wait = conversation.wait;
            if (!wait || conversation.state == ConversationState::Closed)
                return drop_timer(writing, id);
            if (wait->due_at > writing.now())
                return {}; // another node was first, and it waits for something new
            conversation.wait = std::nullopt;
            if (wait->what == HumanWait::For::Person)
                TRY(nobody_took_it(writing, held));
            else
                TRY(nobody_replied(writing, held));
            TRY(update(writing, held));
            did = true;
            return {};
        }));
        acted += did ? 1 : 0;
    }
    return acted;
}

Result<void> ConversationDesk::nobody_took_it(trust::Writing& writing, Held& held) const
{
    auto& conversation = held.conversation;
    if (conversation.state != ConversationState::Waiting)
        return {};
    const auto standing = TRY(alerts_.open_alert(writing, conversation.person));
    if (standing && standing->state != care::AlertState::Open)
        return {}; // a named human has it; their own time runs
    // A request for a human that is left unanswered is today (safety.md B); what the person wrote was judged by itself.
    Finding finding;
    finding.urgency = Urgency::Today;
    finding.lang = "und";
    finding.why = "A person was asked for, and nobody took the conversation in time.";
    auto here = TRY(situation_of(writing, conversation.person));
    const auto reply = dialogue_.nobody_came(held.dialogue, here);
    const auto state = TRY(care::read_person_state(writing, conversation.person));
    // What the person was told before stays on the alert.
    const auto before = standing && !standing->told_text.empty() ? standing->told_text : held.wait_read->told;
    const care::Help told{before + "\n\n" + reply.text, standing ? standing->told_text_id : std::string{}, {}};
    TRY(listening_.follow(writing, {conversation.person, "request", conversation.id, conversation.id, finding, true},
                          state, told));
    conversation.urgency = sooner(conversation.urgency, Urgency::Today);
    return say(writing, held, reply, writing.now());
}

Result<void> ConversationDesk::tell_opened(trust::Writing& writing, AlertId id) const
{
    const auto alert = TRY(care::read_alert(writing, id, false));
    if (alert.person.empty() || !alert.acknowledged_at || alert.told_text.empty())
        return {};
    auto held = TRY(read_latest(writing, alert.person));
    const auto once = "opened " + id.text() + " " + std::to_string(to_stored(*alert.acknowledged_at));
    if (!held || held->conversation.state == ConversationState::Human || held->dialogue.did(once))
        return {};
    const auto here = TRY(situation_of(writing, alert.person));
    if (here.told.state != Told::State::Opened)
        return {};
    held->dialogue.note(once);
    const auto reply = dialogue_.opened(held->dialogue, here);
    TRY(say(writing, *held, reply, writing.now()));
    TRY(update(writing, *held));
    writing.note({"write.automatic", alert.person, "conversation", held->conversation.id, {}, {}});
    return {};
}

Result<void> ConversationDesk::nobody_replied(trust::Writing& writing, Held& held) const
{
    auto& conversation = held.conversation;
    const auto& wait = *held.wait_read;
    const auto alert = TRY(alerts_.open_alert(writing, conversation.person));
    if (!alert || alert->id != wait.alert)
        return {}; // a named human ended it: they acted by another way than these lines
    const auto kept = TRY(care::read_finding(writing, wait.finding));
    const auto here = TRY(situation_of(writing, conversation.person));
    const auto reply = dialogue_.unanswered(held.dialogue, kept.finding, here);
    TRY(alerts_.raise(writing, {conversation.person, wait.finding, conversation.id, wait.urgency, kept.finding.category,
                                "Nobody replied in the conversation that a colleague took over. " + kept.finding.why,
                                reply.text, reply.text_id, true, true}));
    TRY(say(writing, held, reply, writing.now()));
    writing.note({"write.automatic", conversation.person, "conversation", conversation.id, {}, {}});
    return {};
}

} // namespace handrail::support
