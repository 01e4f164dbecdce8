#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "channels/whatsapp_webhook.h"
#include "trust/record.h"

namespace handrail::errands {

/// What is known of one person's line on WhatsApp. Sealed with the person's key, as one document that is written over.
struct WhatsappLine {
    channels::WhatsappUser user;
    Instant last_inbound;             ///< by Meta's clock: the 24 hours count from here
    std::optional<Instant> stopped_at; ///< the person ended it; what answers a later message of theirs still goes
    bool may_write_first = false;     ///< the person asked to be written to
    bool greeted = false;             ///< the notices went out
    bool age_asked = false;
    MessageId sent_through;           ///< of the conversation: everything up to here was put into the outbox
    std::optional<Instant> reminded_at; ///< when the last template went out
    std::vector<std::string> held;    ///< outbox rows that wait for the person to write

    bool stopped() const { return stopped_at && *stopped_at >= last_inbound; }
};
/// None when the person never wrote on WhatsApp.
Result<std::optional<WhatsappLine>> read_line(trust::Reading& reading, PersonId person);
Result<void> save_line(trust::Writing& writing, PersonId person, const WhatsappLine& line);

} // namespace handrail::errands
