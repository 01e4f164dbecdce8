#pragma once

#include <functional>
#include <optional>
#include <string>

#include "domain/asking_protocol.h"
#include "errands/reminding.h"
#include "errands/whatsapp_desk.h"
#include "language/transport.h"
#include "monitoring/ask_desk.h"

namespace handrail::errands {

/// How a reminder reaches somebody by WhatsApp now.
struct WhatsappWay {
    channels::WhatsappUser to;
    std::string name;       ///< of the approved template, where they wrote longer ago than 24 hours; empty: the link itself goes
    std::string language;   ///< of the template
    bool asked_for = false; ///< they wrote back to a template: in quiet hours as well
    bool waits = false;     ///< a template went today already: the link goes when they write
};

/// Reminders by WhatsApp, to whoever chose it and has a number joined to their account: the link within 24 hours of what they
/// wrote last, else the service's approved template, which says nothing of health; when they write back the link goes. A form
/// that asks about suicide and its like, or is marked, never goes this way.
class WhatsappReminder {
public:
    WhatsappReminder(trust::Record& record, trust::Keyring& keyring, const language::Transport& transport,
                     WhatsappSettings settings, const AskingProtocol& asks)
        : record_(record), keyring_(keyring), transport_(transport), settings_(std::move(settings)), asks_(asks)
    {
    }

    /// Nothing when it is shut to them: not chosen, no number, STOP, a country that is off, no template in their language, a
    /// form that is kept off, or Meta could not deliver the last one and they wrote nothing since.
    Result<std::optional<WhatsappWay>> way(trust::Reading& reading, const monitoring::KeptAsk& ask,
                                           const monitoring::Reminding& reminding, const std::string& language) const;
    /// The link goes when they write.
    Result<void> wait_for_them(trust::Writing& writing, PersonId person, monitoring::AskId ask) const;
    /// @param words  with the link; where the way has a template that goes instead
    ReminderAnswer send(const Actor& system, PersonId person, monitoring::AskId ask, const WhatsappWay& way,
                        const std::string& words, const std::function<bool()>& stopping) const;

private:
    trust::Record& record_;
    trust::Keyring& keyring_;
    const language::Transport& transport_;
    const WhatsappSettings settings_;
    const AskingProtocol& asks_;
};

/// They wrote: what waited for that is reminded of now.
Result<void> remind_who_wrote(trust::Writing& writing, PersonId person, WhatsappLine& line);

} // namespace handrail::errands
