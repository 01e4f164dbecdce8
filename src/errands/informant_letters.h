#pragma once

#include <functional>
#include <string>

#include "channels/reminder_mail.h"
#include "errands/mail_account.h"
#include "errands/reminding.h"
#include "monitoring/informant_desk.h"
#include "trust/record.h"

namespace handrail::errands {

struct InformantLetterSettings : MailAccount {
    std::string site; ///< where people reach this service, "https://talk.example.org"
    channels::ReminderTexts texts;
};

/// One letter for each ask of somebody close, as reminders go (errands/reminders.h): the intent stands with the ask; right
/// before it goes it is looked at again whether they may be written to, and whether it is quiet hours.
class InformantLetters {
public:
    InformantLetters(trust::Record& record, const monitoring::InformantDesk& informants, const language::MailTransport& mail,
                     InformantLetterSettings settings)
        : record_(record), informants_(informants), mail_(mail), settings_(std::move(settings))
    {
    }

    using Sent = Reminded;
    /// @param stopping  asked several times a second: true breaks off what is on its way, to be tried again
    Result<Sent> send_due(const Actor& system, const std::function<bool()>& stopping = {}) const;

private:
    struct Claimed;
    Result<bool> claim(const Actor& system, const monitoring::DueInformantAsk& due, Claimed& claimed, Sent& sent) const;

    trust::Record& record_;
    const monitoring::InformantDesk& informants_;
    const language::MailTransport& mail_;
    InformantLetterSettings settings_;
};

} // namespace handrail::errands
