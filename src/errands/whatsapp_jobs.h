#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/ids.h"
#include "base/result.h"
#include "channels/whatsapp_webhook.h"
#include "monitoring/ask_rows.h"
#include "trust/record.h"

/// What the WhatsApp channel keeps in the table of jobs, sealed with the organisation's key: deliveries that were not
/// worked off, what is to be sent, and what was seen and sent in the last 8 days. The outbox holds ids, no words of anybody.
namespace handrail::errands {

using WhatsappJobId = Id<struct WhatsappJobNoun>;

/// A delivery as it came.
struct KeptDelivery {
    WhatsappJobId id;
    std::string body;
};
Result<void> keep_delivery(trust::Writing& writing, const std::string& body);
/// The oldest first; a bounded number.
Result<std::vector<KeptDelivery>> kept_deliveries(trust::Reading& reading);
Result<void> drop_job(trust::Writing& writing, WhatsappJobId id);

/// Leaves a delivery until then; and what was left until some instant is due now.
Result<void> put_off_delivery(trust::Writing& writing, WhatsappJobId id, Instant until);
Result<void> bring_back_deliveries(trust::Writing& writing, Instant left_until);

/// One thing to send: a message of the conversation, or a sentence of the channel itself.
struct ToSend {
    WhatsappJobId id;
    PersonId person;
    ConversationId conversation;
    MessageId message;      ///< empty: `text` alone
    std::string text;       ///< before the message; the channel's own sentences
    bool ask_age = false;   ///< the age bands stand under `text`
    bool ask_reading = false; ///< yes and no stand under it: whether people of the team may read
    bool always = false;    ///< the confirmation of a stop
    channels::WhatsappUser to = {}; ///< where the line itself does not know the number any more; empty: the line's
    std::int64_t part = 0;  ///< how many parts of it went out
    bool staff_told = false;
    int tries = 0;
    Instant since;          ///< when it was put there
};
Result<void> put_to_send(trust::Writing& writing, const ToSend& one, Instant due_at);
/// Whose time has come, in the order in which they were put there.
Result<std::vector<ToSend>> due_to_send(trust::Reading& reading);
/// Takes one for the next two minutes, counting the try: the intent stands in the store before anything is sent.
Result<bool> claim_to_send(trust::Writing& writing, WhatsappJobId id);
/// When one falls due; none when it is gone.
Result<std::optional<Instant>> due_of(trust::Reading& reading, WhatsappJobId id);
/// Changes what is left to do, and when.
Result<void> postpone(trust::Writing& writing, const ToSend& one, Instant due_at);
/// Until the person writes, or `until`.
Result<void> hold(trust::Writing& writing, const ToSend& one, Instant until);
Result<void> release(trust::Writing& writing, WhatsappJobId id);
Result<std::vector<ToSend>> held_too_long(trust::Reading& reading);

/// What Meta called a thing, in 16 bytes that say nothing without the organisation's key.
Result<bool> seen(trust::Reading& reading, const RawId& hash);
Result<void> remember_seen(trust::Writing& writing, const RawId& hash);
/// A message of ours that Meta took.
struct SentMessage {
    PersonId person;
    ConversationId conversation;
    MessageId message;
    monitoring::AskId ask = {}; ///< a reminder of it; empty: something else
    std::int64_t state = -1; ///< the highest status so far; -1: none
};
Result<std::optional<SentMessage>> sent_message(trust::Reading& reading, const RawId& hash);
Result<void> remember_sent_message(trust::Writing& writing, const RawId& hash, const SentMessage& sent);
/// What is older than 8 days goes.
Result<std::int64_t> clear_old(trust::Writing& writing);

/// One node at a time works on a side of the channel, so that a person's messages stay in order. False: another has it.
/// @param side "whatsapp-inbound" or "whatsapp-outward"
Result<bool> take_turn(trust::Writing& writing, std::string_view side, std::int64_t holder);

} // namespace handrail::errands
