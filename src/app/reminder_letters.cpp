#include "app/reminder_letters.h"

#include "app/alert_channels.h"
#include "trust/actor_desk.h"

namespace handrail::app {

namespace {

std::string noted(const Error& error) { return error.noted.empty() ? error.told : error.noted; }

} // namespace

Result<std::unique_ptr<ReminderLetters>> ReminderLetters::open(House& house, std::function<void(const std::string&)> note)
{
    errands::ReminderSettings settings;
    settings.texts = TRY(channels::ReminderTexts::load(house.config.content));
    auto from = TRY(delivery_settings(house.config));
    settings.site = std::move(from.link);
    settings.server = std::move(from.mail.server);
    settings.tls = from.mail.tls;
    settings.user = std::move(from.mail.user);
    settings.password = std::move(from.mail.password);
    settings.from = std::move(from.mail.from);
    return std::unique_ptr<ReminderLetters>(new ReminderLetters(house, std::move(settings), std::move(note)));
}

ReminderLetters::ReminderLetters(House& house, errands::ReminderSettings settings,
                                 std::function<void(const std::string&)> note)
    : house_(house), note_(std::move(note)), reminders_(*house.record, mail_, settings, house.asks.quiet()),
      on_(!settings.server.empty())
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
    std::string before;
    for (;;) {
        std::string problem;
        bool got_out = false;
        const auto organisations = house_.organisations.all();
        if (!organisations.ok())
            problem = noted(organisations.error());
        if (organisations.ok())
            for (const auto& organisation : *organisations) {
                const auto sent = reminders_.send_due(trust::ActorDesk::system(organisation.id),
                                                      [&stop] { return stop.stop_requested(); });
                if (!sent.ok()) {
                    problem = noted(sent.error());
                    continue;
                }
                got_out = got_out || sent->sent > 0;
                if (!sent->problem.empty())
                    problem = sent->problem;
                if (sent->given_up > 0)
                    note_(std::to_string(sent->given_up) + " given up.");
            }
        if (problem.empty() && !got_out)
            problem = before; // nothing was tried: it stands as it stood
        if (!problem.empty() && problem != before)
            note_(problem);
        before = problem;
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, std::chrono::seconds{5}, [] { return false; });
        if (stop.stop_requested())
            return;
    }
}

} // namespace handrail::app
