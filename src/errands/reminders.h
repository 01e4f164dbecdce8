#pragma once

#include <functional>
#include <string>

#include "channels/reminder_mail.h"
#include "language/mail_transport.h"
#include "monitoring/ask_desk.h"
#include "trust/record.h"

namespace handrail::errands {

struct ReminderSettings {
    std::string site; ///< where people reach this service, "https://talk.example.org"
    std::string server;
    bool tls = true;
    std::string user, password, from;
    channels::ReminderTexts texts;
};

/// One letter for each ask, to those who agreed to it and gave an address. The intent stands with the ask; right before it
/// goes it is looked at again whether the ask still waits, the person still agrees, and it is not quiet hours. A crash
/// between sending and settling sends it twice rather than never.
class Reminders {
public:
    Reminders(trust::Record& record, const language::MailTransport& mail, ReminderSettings settings,
              monitoring::QuietHours quiet)
        : record_(record), mail_(mail), settings_(std::move(settings)), quiet_(quiet)
    {
    }

    struct Sent {
        int sent = 0;
        int not_needed = 0;
        int put_off = 0;
        int given_up = 0;
        std::string problem; ///< what did not work last; names nobody
    };
    /// @param stopping  asked several times a second: true breaks off what is on its way, to be tried again
    Result<Sent> send_due(const Actor& system, const std::function<bool()>& stopping = {}) const;

private:
    struct Claimed;
    Result<bool> claim(const Actor& system, const monitoring::DueAsk& due, Claimed& claimed, Sent& sent) const;

    trust::Record& record_;
    const language::MailTransport& mail_;
    ReminderSettings settings_;
    monitoring::QuietHours quiet_;
};

} // namespace handrail::errands
