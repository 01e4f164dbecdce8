#pragma once

#include <chrono>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "channels/whatsapp_webhook.h"
#include "errands/whatsapp_jobs.h"
#include "trust/record.h"

/// Voice notes that wait to be turned into words, in the table of jobs: where Meta keeps the sound, never the sound itself.
namespace handrail::errands {

/// What a person writes after a voice note comes after its words, but is not kept from being read for longer. What presses
/// by itself does not wait.
inline constexpr std::chrono::seconds waits_for_voice{15};

struct VoiceNote {
    WhatsappJobId id;
    PersonId person;
    channels::WhatsappInbound message; ///< who, when, and where the sound is
    Instant since;                     ///< when it was put there
    int tries = 0;
    bool claimed = false;              ///< somebody is at it, or was when a machine stopped
};
Result<void> keep_voice_note(trust::Writing& writing, PersonId person, const channels::WhatsappInbound& message);
/// In the order in which they were spoken; a bounded number. claim_to_send() takes one, drop_job() ends it.
Result<std::vector<VoiceNote>> voice_notes(trust::Reading& reading);

} // namespace handrail::errands
