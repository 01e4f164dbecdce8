#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>

#include "app/house.h"
#include "app/outgoing.h"
#include "errands/informant_letters.h"
#include "errands/reminders.h"
#include "errands/whatsapp_reminder.h"
#include "language/curl_mail.h"
#include "language/curl_transport.h"

namespace handrail::app {

/// Letters, texts, notifications and WhatsApp to people who agreed to be reminded, and letters to whoever is close to them, on a
/// thread of their own while the service runs: a silent mail server holds up no alert. Without [mail], [texts], [push] and
/// [whatsapp] there are none.
class ReminderLetters {
public:
    /// @param note  told what does not get out, when it is something else than the last time
    static Result<std::unique_ptr<ReminderLetters>> open(House& house, std::function<void(const std::string&)> note);
    ~ReminderLetters();
    ReminderLetters(const ReminderLetters&) = delete;
    ReminderLetters& operator=(const ReminderLetters&) = delete;

private:
    ReminderLetters(House& house, errands::ReminderSettings settings, errands::WhatsappSettings whatsapp,
                    channels::ReminderTexts to_somebody_close,
                    std::function<void(const std::string&)> note);
    void send(const std::stop_token& stop);

    House& house_;
    std::function<void(const std::string&)> note_;
    language::CurlTransport web_;
    language::CurlMail mail_;
    errands::WhatsappReminder whatsapp_;
    errands::Reminders reminders_;
    errands::InformantLetters close_;
    bool on_;
    Outgoing outgoing_;
    std::jthread thread_;
};

} // namespace handrail::app
