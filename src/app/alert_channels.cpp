#include "app/alert_channels.h"

#include <algorithm>

#include "app/secrets.h"
#include "channels/pager_webhook.h"
#include "trust/actor_desk.h"

namespace handrail::app {

namespace {

/// Whether a mail server's address is this machine.
bool on_this_machine(const std::string& server)
{
    auto host = server.substr(server.find("://") + 3);
    host = host.substr(0, host.find('/'));
    if (!host.starts_with('['))
        host = host.substr(0, host.find(':'));
    return host == "127.0.0.1" || host == "localhost" || host == "[::1]" || host.starts_with("[::1]:");
}

struct Written {
    const std::string& value;
    const char* key; ///< as the reader of the configuration knows it
};
Result<errands::SignedReceiver> receiver(const Written& url, const Written& secret)
{
    errands::SignedReceiver made;
    if (url.value.empty())
        return made;
    if (!url.value.starts_with("https://") && !url.value.starts_with("http://"))
        return invalid(std::string(url.key) + " begins with https:// or http://.");
    made.url = url.value;
    const auto key = channels::pager_key(TRY(secret_of(secret.value, secret.key)));
    if (!key.ok())
        return invalid(std::string(secret.key) + ": " + key.error().told);
    made.key = *key;
    return made;
}

Result<errands::DeliverySettings::Mail> mail_settings(const Config& config)
{
    const auto& from = config.mail;
    errands::DeliverySettings::Mail mail;
    if (!from.server.starts_with("smtps://") && !from.server.starts_with("smtp://"))
        return invalid("[mail] server begins with smtps:// or smtp://.");
    if (!from.tls && !on_this_machine(from.server))
        return invalid("[mail] tls = false is only for a mail server on this machine.");
    if (!channels::mail_address(from.from))
        return invalid("[mail] from is an address alone, such as \"handrail@example.org\".");
    if (from.user.empty() != from.password.empty())
        return invalid("[mail] user and password are set together or not at all.");
    mail.server = from.server;
    mail.tls = from.tls;
    mail.from = from.from;
    mail.user = from.user;
    if (!from.password.empty())
        mail.password = TRY(secret_of(from.password, "[mail] password"));
    mail.texts = TRY(channels::AlertMailTexts::load(config.content));
    return mail;
}

} // namespace

std::vector<care::Channel> channels_of(const Config& config)
{
    std::vector<care::Channel> channels;
    if (!config.alerts.pager_url.empty())
        channels.push_back(care::Channel::Pager);
    if (!config.mail.server.empty())
        channels.push_back(care::Channel::Mail);
    if (!config.push.contact.empty())
        channels.push_back(care::Channel::Push);
    if (!config.texts.url.empty())
        channels.push_back(care::Channel::Text);
    return channels;
}

AlertPolicy shortened(AlertPolicy policy, const Config& config)
{
    const auto at_most = [](std::chrono::minutes& time, int minutes) {
        if (minutes > 0)
            time = std::min(time, std::chrono::minutes{minutes});
    };
    at_most(policy.now, config.alerts.now_minutes);
    at_most(policy.now_again, config.alerts.now_again_minutes);
    at_most(policy.today, config.alerts.today_minutes);
    at_most(policy.today_waiting, config.alerts.today_waiting_minutes);
    return policy;
}

Result<errands::DeliverySettings> delivery_settings(const Config& config)
{
    errands::DeliverySettings settings;
    settings.link = config.public_url;
    settings.pager = TRY(receiver({config.alerts.pager_url, "[alerts] pager_url"}, {config.alerts.pager_secret, "[alerts] pager_secret"}));
    settings.text = TRY(receiver({config.texts.url, "[texts] url"}, {config.texts.secret, "[texts] secret"}));
    const auto& push = config.push;
    if (!push.contact.empty() && !push.contact.starts_with("https://") &&
        !(push.contact.starts_with("mailto:") && channels::mail_address(push.contact.substr(7))))
        return invalid("[push] contact is \"mailto:\" and an address, or an address that begins with https://.");
    settings.push = {push.contact, push.anywhere};
    if (settings.push.on() || !settings.text.url.empty())
        settings.says = TRY(channels::NoticeTexts::load(config.content));
    if (!config.mail.server.empty())
        settings.mail = TRY(mail_settings(config));
    return settings;
}

Result<std::unique_ptr<AlertChannels>> AlertChannels::open(House& house, std::function<void(const std::string&)> note)
{
    auto settings = TRY(delivery_settings(house.config));
    std::unique_ptr<AlertChannels> channels(new AlertChannels(house, std::move(settings), std::move(note)));
    if (house.config.postgres.empty()) // the embedded store lets nobody else in
        channels->take_up();
    for (const auto channel : house.alerts.channels())
        channels->threads_.emplace_back(
            [self = channels.get(), channel](const std::stop_token& stop) { self->send(stop, channel); });
    return channels;
}

AlertChannels::AlertChannels(House& house, errands::DeliverySettings settings,
                             std::function<void(const std::string&)> note)
    : house_(house), note_(std::move(note)), deliveries_(*house.record, {transport_, mail_}, std::move(settings))
{
}

AlertChannels::~AlertChannels()
{
    for (auto& each : threads_)
        each.request_stop();
    threads_.clear(); // each is waited for before what it uses goes
}

void AlertChannels::take_up()
{
    const auto organisations = house_.organisations.all();
    for (const auto channel : house_.alerts.channels())
        for (const auto& organisation : organisations.ok() ? *organisations : std::vector<trust::Keyring::Organisation>{})
            if (const auto done = deliveries_.take_up(trust::ActorDesk::system(organisation.id), channel); !done.ok())
                note_(std::string(care::name(channel)) + ": what was in hand goes in a minute. " + done.error().noted);
}

void AlertChannels::send(const std::stop_token& stop, care::Channel channel)
{
    using Out = errands::AlertDeliveries::Out;
    const auto take = [&](const trust::Keyring::Organisation& organisation,
                          const std::function<bool()>& stopping) -> Result<WentOut> {
        const bool walk = organisation.slug == trust::walk_organisation;
        const auto sent = TRY(deliveries_.send_due(trust::ActorDesk::system(organisation.id), channel, stopping,
                                                   walk ? Out::Stays : Out::Goes));
        if (walk)
            return WentOut{}; // nothing got out by it
        return WentOut{sent.sent > 0, sent.problem, sent.given_up};
    };
    const std::string prefix = std::string(care::name(channel)) + ": ";
    outgoing_.go_on(stop, house_, std::chrono::seconds{1}, take,
                    [&](const std::string& what) { note_(prefix + what); });
}

} // namespace handrail::app
