#include "app/reminder_letters.h"

#include "app/alert_channels.h"
#include "app/whatsapp.h"
#include "trust/actor_desk.h"

namespace handrail::app {

Result<std::unique_ptr<ReminderLetters>> ReminderLetters::open(House& house, std::function<void(const std::string&)> note)
{
    errands::ReminderSettings settings;
    settings.texts = TRY(channels::ReminderTexts::load(house.config.content));
    auto close = TRY(channels::ReminderTexts::load(house.config.content, "channels/informant_mail.json"));
    auto from = TRY(delivery_settings(house.config));
    settings.site = std::move(from.link);
    static_cast<errands::MailAccount&>(settings) = std::move(from.mail);
    settings.push = std::move(from.push);
    settings.text = std::move(from.text);
    settings.says = std::move(from.says);
    auto whatsapp = TRY(whatsapp_settings(house.config));
    return std::unique_ptr<ReminderLetters>(new ReminderLetters(house, std::move(settings), std::move(whatsapp),
                                                                std::move(close), std::move(note)));
}

ReminderLetters::ReminderLetters(House& house, errands::ReminderSettings settings, errands::WhatsappSettings whatsapp,
                                 channels::ReminderTexts to_somebody_close, std::function<void(const std::string&)> note)
    : house_(house), note_(std::move(note)),
      whatsapp_(*house.record, *house.vault.keyring, web_, std::move(whatsapp), house.asks.asking().asks),
      reminders_(*house.record, {web_, mail_, house.config.whatsapp.on ? &whatsapp_ : nullptr}, settings, house.asks.quiet()),
      close_(*house.record, house.informants, mail_,
             {errands::MailAccount{settings}, settings.site, std::move(to_somebody_close)}),
      on_(!settings.server.empty() || !settings.text.url.empty() || settings.push.on() || house.config.whatsapp.on)
{
    if (on_)
        thread_ = std::jthread([this](const std::stop_token& stop) { send(stop); });
}

ReminderLetters::~ReminderLetters()
{
    if (on_) {
        thread_.request_stop();
        thread_.join(); // before what it uses goes
    }
}

void ReminderLetters::send(const std::stop_token& stop)
{
    const auto take = [this](const trust::Keyring::Organisation& organisation,
                             const std::function<bool()>& stopping) -> Result<WentOut> {
        const auto sent = TRY(reminders_.send_due(trust::ActorDesk::system(organisation.id), stopping));
        const auto close = TRY(close_.send_due(trust::ActorDesk::system(organisation.id), stopping));
        return WentOut{sent.sent + close.sent > 0, sent.problem.empty() ? close.problem : sent.problem,
                       sent.given_up + close.given_up};
    };
    outgoing_.go_on(stop, house_, std::chrono::seconds{5}, take, note_);
}

} // namespace handrail::app
