#pragma once

#include <functional>
#include <string>

#include "channels/notices.h"
#include "channels/reminder_mail.h"
#include "errands/mail_account.h"
#include "errands/push_sender.h"
#include "errands/reminding.h"
#include "errands/signed_post.h"
#include "errands/whatsapp_reminder.h"
#include "monitoring/ask_desk.h"
#include "trust/record.h"

namespace handrail::errands {

/// The account is that of letters.
struct ReminderSettings : MailAccount {
    std::string site; ///< where people reach this service, "https://talk.example.org"
    channels::ReminderTexts texts;
    PushSettings push;
    SignedReceiver text; ///< the site's gateway for text messages
    channels::NoticeTexts says;
};

/// One reminder for each ask, to those who agreed to it: a notification where a device is switched on, else WhatsApp where they
/// chose it, else a text message where a number was given, else a letter. The intent stands with the ask; right before it goes it is looked at again whether
/// the ask still waits, the person still agrees, and it is not quiet hours. A crash between sending and settling sends it
/// twice rather than never.
class Reminders {
public:
    /// The ways out.
    struct Ways {
        const language::Transport& web;
        const language::MailTransport& mail;
        const WhatsappReminder* whatsapp = nullptr; ///< null while that channel is off
    };
    Reminders(trust::Record& record, Ways ways, ReminderSettings settings, monitoring::QuietHours quiet)
        : record_(record), ways_(ways), settings_(std::move(settings)), pushing_(record, ways.web, settings_.push),
          quiet_(quiet)
    {
    }

    using Sent = Reminded;
    /// @param stopping  asked several times a second: true breaks off what is on its way, to be tried again
    Result<Sent> send_due(const Actor& system, const std::function<bool()>& stopping = {}) const;

private:
    struct Claimed;
    using Answer = ReminderAnswer;
    Result<bool> claim(const Actor& system, const monitoring::DueAsk& due, Claimed& claimed, Sent& sent) const;
    Answer go(const Actor& system, const monitoring::DueAsk& due, const Claimed& claimed,
              const std::function<bool()>& stopping) const;
    Answer ring(const Actor& system, const monitoring::DueAsk& due, const Claimed& claimed,
                const std::function<bool()>& stopping) const;
    Answer text(const Actor& system, const monitoring::DueAsk& due, const Claimed& claimed,
                const std::function<bool()>& stopping) const;
    Answer write(const monitoring::DueAsk& due, const Claimed& claimed, const std::function<bool()>& stopping) const;

    trust::Record& record_;
    Ways ways_;
    ReminderSettings settings_;
    PushSender pushing_;
    monitoring::QuietHours quiet_;
};

} // namespace handrail::errands
