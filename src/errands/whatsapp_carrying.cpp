#include <algorithm>

#include "base/text.h"
#include "channels/whatsapp_window.h"
#include "errands/whatsapp_desk.h"
#include "support/spoken.h"

// What goes out: of the conversation into the outbox, and what became of it.
namespace handrail::errands {

namespace {

constexpr std::size_t looked_at = 50; ///< messages of a conversation

constexpr rows::Statement select_changed{
    "whatsapp.changed",
    "SELECT c.conversation, c.person, c.changed_at FROM conversation c WHERE c.organisation = $1 AND c.state = $2 AND "
    "c.changed_at > $3 AND EXISTS (SELECT 1 FROM document d WHERE d.organisation = c.organisation AND "
    "d.person = c.person AND d.kind = 'whatsapp' AND d.version = 1)"};

/// Whether each message belongs here, for somebody who also writes on the page: what answers goes where the last words came
/// from. Oldest first.
class Where {
public:
    Where(const WhatsappLine& line, const std::vector<support::Message>& messages) : line_(line)
    {
        // What opens a conversation belongs to whatever opened it. Cut off at the top, nobody knows.
        const auto first = std::ranges::find(messages, support::Author::Person, &support::Message::author);
        here_ = !line.shared() || (messages.size() < looked_at && first != messages.end() && written_here(*first));
    }
    bool here(const support::Message& message)
    {
        if (line_.shared() && message.author == support::Author::Person)
            here_ = written_here(message);
        return here_;
    }

private:
    bool written_here(const support::Message& message) const
    {
        return message.id == line_.written_here || message.client_id.starts_with(support::whatsapp_mark);
    }
    const WhatsappLine& line_;
    bool here_ = false;
};

/// Meta could not deliver a reminder: by another way, if there is one.
Result<void> remind_otherwise(trust::Writing& writing, const SentMessage& sent)
{
    auto line = TRY(read_line(writing, sent.person));
    if (!line)
        return {};
    line->undelivered_at = writing.now();
    std::erase(line->asks, sent.ask.text());
    TRY(save_line(writing, sent.person, *line));
    TRY(monitoring::remind_now(writing, sent.person, sent.ask));
    return {};
}

} // namespace

Result<void> WhatsappDesk::carry(trust::Writing& writing, WhatsappLine& line, PersonId person,
                                 ConversationId conversation, std::optional<Instant> after,
                                 std::string first_text) const
{
    auto at = writing.now();
    const auto messages = TRY(support::messages_of(writing, conversation, std::nullopt, looked_at));
    Where where(line, messages);
    for (const auto& said : messages) {
        const bool here = where.here(said);
        if (said.id <= line.sent_through || said.author == support::Author::Person)
            continue;
        line.sent_through = said.id;
        // On first contact the opening words of a web page are left out: `first_text` says the same of this channel.
        if (!here || (after && said.at <= *after))
            continue;
        ToSend one;
        one.id = WhatsappJobId::at(at);
        one.person = person;
        one.conversation = conversation;
        one.message = said.id;
        one.text = std::exchange(first_text, {});
        one.since = writing.now();
        TRY(put_to_send(writing, one, writing.now()));
        at += std::chrono::microseconds{1};
    }
    if (!first_text.empty()) { // a human has the conversation: only what the channel itself has to say
        ToSend one;
        one.id = WhatsappJobId::at(at);
        one.person = person;
        one.conversation = conversation;
        one.text = std::string(trimmed(first_text));
        one.since = writing.now();
        TRY(put_to_send(writing, one, writing.now()));
    }
    return {};
}

Result<int> WhatsappDesk::carry_over(const Actor& system)
{
    struct Changed {
        ConversationId conversation;
        PersonId person;
        Instant at;
    };
    std::vector<Changed> changed;
    Instant now;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        now = reading.now();
        changed.clear();
        // After a start all of what may still be sent is looked at once; who was served already is skipped by their line.
        const auto from = carried_to_ == Instant{} ? now - channels::whatsapp_remembered : carried_to_;
        for (const auto* state : {"ai", "waiting", "human"})
            for (const auto& row : TRY(reading.rows(select_changed, {state, from})))
                changed.push_back({row[0].id<ConversationId>(), row[1].id<PersonId>(), row[2].instant()});
        return {};
    }));
    int carried = 0;
    for (const auto& each : changed) {
        if (const auto known = carried_.find(each.conversation); known != carried_.end() && known->second >= each.at)
            continue;
        auto done = record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            auto line = TRY(read_line(writing, each.person));
            if (!line || !line->greeted)
                return {};
            const auto before = line->sent_through;
            TRY(carry(writing, *line, each.person, each.conversation, std::nullopt, {}));
            if (line->sent_through == before)
                return {};
            ++carried;
            return save_line(writing, each.person, *line);
        });
        if (!done.ok() && done.error().kind != ErrorKind::NotFound) // erased in between
            return done.error();
        carried_[each.conversation] = each.at;
    }
    // Commits of other nodes may come to light a little later than their instant.
    carried_to_ = now - std::chrono::minutes{2};
    std::erase_if(carried_, [&](const auto& each) { return each.second < carried_to_; });
    return carried;
}

Result<void> WhatsappDesk::note_status(const Actor& system, const channels::WhatsappStatus& status,
                                       Worked& worked) const
{
    if (status.phone_number_id != settings_.phone_number_id)
        return {};
    const auto hash = TRY(hash_of(system, "whatsapp_sent", status.id));
    return record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        auto sent = TRY(sent_message(writing, hash));
        const auto before = sent && sent->state >= 0 ? static_cast<channels::WhatsappStatus::State>(sent->state)
                                                     : channels::WhatsappStatus::State::Other;
        if (!sent || !channels::moves_up(before, status.state))
            return {};
        ++worked.statuses;
        sent->state = static_cast<std::int64_t>(status.state);
        TRY(remember_sent_message(writing, hash, *sent));
        if (status.state == channels::WhatsappStatus::State::Failed && !sent->ask.empty())
            return remind_otherwise(writing, *sent);
        if (status.state != channels::WhatsappStatus::State::Failed || sent->message.empty())
            return {};
        const auto message = support::read_message(writing, sent->conversation, sent->message);
        if (!message.ok())
            return {}; // erased, or its time was over
        if (is_crisis(*message))
            return tell_staff(writing, alerts_, sent->person, sent->conversation, urgency_of(*message),
                              "Words for danger did not reach the person: WhatsApp could not deliver them. Reach the "
                              "person another way.");
        if (message->author == support::Author::Human)
            return tell_staff(writing, alerts_, sent->person, sent->conversation, Urgency::Today,
                              "What a colleague wrote did not reach the person: WhatsApp could not deliver it.");
        return {};
    });
}

} // namespace handrail::errands
