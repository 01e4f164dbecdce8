#include "support/conversation_rows.h"

#include <algorithm>

#include "care/findings.h"
#include "care/presence.h"

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

/// Who is there to read, as far as it is known: a page that is open, and not a rota.
std::string at_their_desks(std::size_t number)
{
    if (number == 0)
        return "Nobody on your team has this page open at the moment.";
    return number == 1 ? "One person on your team has this page open now."
                       : std::to_string(number) + " people on your team have this page open now.";
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

Result<void> ConversationDesk::tell_wait(trust::Reading& reading, Conversation& conversation) const
{
    if (conversation.state != ConversationState::Waiting)
        return {};
    const auto service = TRY(service_.read(reading));
    const auto staffed = care::staffed(service, reading.now());
    const auto asked_at = care::local_time(service, conversation.since.value_or(conversation.changed_at));
    auto& told = conversation.waiting_text;
    told = "You asked for a person at " + asked_at + ". ";
    if (!conversation.wait)
        told += "Nobody has come yet. An alert about it is open with your care team; do not wait for us when it gets "
                "worse.";
    else if (staffed.now)
        told += at_their_desks(TRY(care::clinicians_here(reading, conversation.person)).size()) +
                " If nobody has come by " + care::local_time(service, conversation.wait->due_at) +
                ", an alert goes to your care team.";
    else
        told += staffed.text + " Your wish stays with them.";
    told += " You can keep writing. The person will see it.";
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
        TRY(tell_wait(writing, conversation));
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
