#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "channels/whatsapp_webhook.h"
#include "trust/contact_desk.h"
#include "trust/record.h"

namespace handrail::errands {

inline constexpr std::string_view whatsapp_user_field = "whatsapp_user";
inline constexpr std::string_view whatsapp_number_field = "whatsapp_number";
/// How a person is found by who wrote: of the service's own number and them, for two services of one organisation would not
/// share a line.
trust::ContactDesk::Contact contact_by_id(const std::string& phone_number_id, const channels::WhatsappUser& user);
trust::ContactDesk::Contact contact_by_number(const std::string& phone_number_id, const channels::WhatsappUser& user);

/// What is known of one person's line on WhatsApp. Sealed with the person's key, as one document that is written over.
struct WhatsappLine {
    channels::WhatsappUser user;
    Instant last_inbound;             ///< by Meta's clock: the 24 hours count from here
    std::optional<Instant> stopped_at; ///< the person ended it; what answers a later message of theirs still goes
    bool may_write_first = false;     ///< the person asked to be written to
    bool greeted = false;             ///< the notices went out
    bool age_asked = false;
    bool reading_asked = false;       ///< whether people of the team may read
    std::string voice_asked;          ///< which transcriber was last named to the person
    MessageId sent_through;           ///< of the conversation: everything up to here was put into the outbox
    std::optional<Instant> reminded_at; ///< when the last template went out
    std::optional<Instant> joined_at; ///< when the number became part of an account on the page; none: it is not
    std::optional<Instant> left_at;   ///< when the number went: to another record, or away. What was not on its way by then stays
    MessageId written_here;           ///< the last that the person wrote on this channel
    std::vector<std::string> held;    ///< outbox rows that wait for the person to write
    std::vector<std::string> asks;    ///< what they are asked, whose link waits for them to write
    std::optional<Instant> undelivered_at; ///< when Meta could not deliver a reminder; what they write later ends it

    /// Whether the person also writes elsewhere in the same conversation.
    bool shared() const { return joined_at || left_at; }
    bool stopped() const { return stopped_at && *stopped_at >= last_inbound; }
};
/// None when the person never wrote on WhatsApp.
Result<std::optional<WhatsappLine>> read_line(trust::Reading& reading, PersonId person);
Result<void> save_line(trust::Writing& writing, PersonId person, const WhatsappLine& line);

} // namespace handrail::errands
