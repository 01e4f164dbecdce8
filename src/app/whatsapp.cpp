#include "app/whatsapp.h"

#include <algorithm>

#include "app/secrets.h"
#include "base/text.h"

namespace handrail::app {

namespace {

std::string noted(const Error& error) { return error.noted.empty() ? error.told : error.noted; }

Result<errands::Transcriber> transcriber_of(const Config::Whatsapp& from)
{
    errands::Transcriber transcriber;
    if (from.transcriber_url.empty())
        return transcriber;
    if (from.transcriber_url.rfind("https://", 0) != 0 && from.transcriber_url.rfind("http://", 0) != 0)
        return invalid("[whatsapp] transcriber_url must begin with https:// or http://.");
    if (from.transcriber_model.empty())
        return invalid("[whatsapp] transcriber_model is missing: the model that turns voice notes into words.");
    if (trimmed(from.transcriber_name).empty())
        return invalid("[whatsapp] transcriber_name is missing: whose server it is and where, as people are told before "
                       "they agree.");
    transcriber.name = from.transcriber_name;
    transcriber.url = from.transcriber_url;
    transcriber.model = from.transcriber_model;
    if (!from.transcriber_key.empty())
        transcriber.key = Confidential{TRY(secret_of(from.transcriber_key, "[whatsapp] transcriber_key"))};
    return transcriber;
}

} // namespace

Result<errands::WhatsappSettings> whatsapp_settings(const Config& config)
{
    const auto& from = config.whatsapp;
    errands::WhatsappSettings settings;
    settings.on = from.on;
    if (!from.on)
        return settings;
    if (from.phone_number_id.empty())
        return invalid("[whatsapp] phone_number_id is missing: the number as the API names it.");
    if (from.countries.empty())
        return invalid("[whatsapp] countries is empty: name the calling codes in which it answers, such as \"+353\".");
    for (const auto& code : from.countries)
        if (code.size() < 2 || code.size() > 5 || code[0] != '+' ||
            code.find_first_not_of("0123456789", 1) != std::string::npos)
            return invalid("[whatsapp] countries: \"" + code + "\" is not a calling code such as \"+353\".");
    for (const auto& code : from.people_answer)
        if (std::ranges::find(from.countries, code) == from.countries.end())
            return invalid("[whatsapp] people_answer: \"" + code + "\" is none of `countries`.");
    settings.phone_number_id = from.phone_number_id;
    for (const char each : from.number)
        if (each >= '0' && each <= '9')
            settings.number.push_back(each);
        else if (each != '+' && each != ' ' && each != '-')
            return invalid("[whatsapp] number is a telephone number with its country's code, such as \"+353 1 234 5678\".");
    settings.app_secret = TRY(secret_of(from.app_secret, "[whatsapp] app_secret"));
    settings.token = TRY(secret_of(from.token, "[whatsapp] token"));
    settings.verify_token = TRY(secret_of(from.verify_token, "[whatsapp] verify_token"));
    settings.graph_url = from.graph_url;
    settings.version = from.version;
    settings.countries = from.countries;
    settings.people_answer = from.people_answer;
    for (const auto& each : from.templates) {
        const auto equals = each.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == each.size())
            return invalid("[whatsapp] templates: \"" + each + "\" is not written as \"en=name\".");
        settings.templates[each.substr(0, equals)] = each.substr(equals + 1);
    }
    settings.link = config.public_url;
    settings.transcriber = TRY(transcriber_of(from));
    return settings;
}

Result<std::unique_ptr<Whatsapp>> Whatsapp::open(House& house, std::function<void(const std::string&)> note)
{
    auto settings = TRY(whatsapp_settings(house.config));
    auto texts = TRY(channels::WhatsappTexts::load(house.config.content));
    return std::unique_ptr<Whatsapp>(new Whatsapp(house, std::move(texts), std::move(settings), std::move(note)));
}

Whatsapp::Whatsapp(House& house, channels::WhatsappTexts texts, errands::WhatsappSettings settings,
                   std::function<void(const std::string&)> note)
    : house_(house), note_(std::move(note)), texts_(std::move(texts)),
      desk_(*house.record, *house.vault.keyring, house.conversations, house.service, house.alerts, house.lines, texts_,
            std::move(settings), [&house]() -> Result<bool> {
                if (house.config.demo)
                    return true;
                const auto service = TRY(house.service.read(house.system()));
                const auto staff = TRY(care::staff_there(house.system(), house.accounts, house.teams));
                return care::open_for_sign_up(care::first_start(service, staff, "en", house.text_version));
            }),
      outbox_(*house.record, *house.vault.keyring, house.service, house.alerts, texts_, transport_, desk_.settings()),
      voice_notes_(*house.record, desk_, transport_),
      inward_([this](const std::stop_token& stop) { inward(stop); }),
      outward_([this](const std::stop_token& stop) { outward(stop); }),
      // Also without a transcriber: what waited for one that was taken away is declined.
      hearing_([this](const std::stop_token& stop) { hear(stop); })
{
}

void Whatsapp::told(std::string& before, const std::string& now)
{
    if (!now.empty() && now != before)
        note_(now);
    before = now;
}

bool Whatsapp::wait(const std::stop_token& stop)
{
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, std::chrono::seconds{1}, [] { return false; });
    return !stop.stop_requested();
}

void Whatsapp::inward(const std::stop_token& stop)
{
    std::string before;
    do {
        std::string problem;
        const auto worked = desk_.work(house_.system());
        if (!worked.ok())
            problem = "deliveries: " + noted(worked.error());
        else if (worked->set_aside > 0)
            note_(std::to_string(worked->set_aside) + " messages older than 8 days were set aside");
        if (const auto carried = desk_.carry_over(house_.system()); !carried.ok())
            problem = "outbox: " + noted(carried.error());
        told(before, problem);
    } while (wait(stop));
}

void Whatsapp::hear(const std::stop_token& stop)
{
    std::string before;
    do {
        const auto heard = voice_notes_.hear_due(house_.system());
        told(before, heard.ok() ? heard->problem : "voice notes: " + noted(heard.error()));
    } while (wait(stop));
}

void Whatsapp::outward(const std::stop_token& stop)
{
    std::string before;
    int seconds = 0;
    do {
        std::string problem;
        const auto sent = outbox_.send_due(house_.system());
        problem = sent.ok() ? sent->problem : "sending: " + noted(sent.error());
        if (seconds++ % 3600 == 0)
            if (const auto cleared = outbox_.clear_old(house_.system()); !cleared.ok())
                problem = "forgetting: " + noted(cleared.error());
        told(before, problem);
    } while (wait(stop));
}

} // namespace handrail::app
