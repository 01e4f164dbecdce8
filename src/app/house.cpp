#include "app/house.h"

#include <malloc.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "app/alert_channels.h"
#include "app/installed.h"
#include "base/crypto.h"
#include "base/text.h"
#include "content/alert_policy.h"
#include "content/answer_protocol.h"
#include "content/asking_protocol.h"
#include "content/check_ins.h"
#include "content/change_protocol.h"
#include "content/next_steps.h"
#include "content/progress_protocol.h"
#include "content/trend_protocol.h"
#include "detect/feeling_model.h"
#include "detect/reply_model.h"
#include "detect/screening_model.h"
#include "trust/actor_desk.h"
#include "trust/open_record.h"

namespace handrail::app {

namespace {

constexpr rows::Statement newest_entry_of{"clock.newest_entry",
                                       "SELECT MAX(at) FROM audit_entry WHERE organisation = $1"};

errands::Walk::Times walk_times(const Config& config)
{
    errands::Walk::Times times;
    times.every = std::chrono::minutes{config.alerts.walk_minutes};
    return times;
}

} // namespace

Result<std::string> text_version_of(const std::filesystem::path& content)
{
    return support::text_version_of(content, "en");
}

Result<std::optional<Instant>> newest_entry(trust::Keyring& keyring, trust::Record& record)
{
    std::optional<Instant> newest;
    for (const auto& each : TRY(keyring.organisations()))
        TRY(record.read(trust::ActorDesk::system(each.id), [&](trust::Reading& reading) -> Result<void> {
            const auto found = TRY(reading.rows(newest_entry_of, {}));
            if (!found.empty() && !found.front()[0].null())
                newest = std::max(newest.value_or(found.front()[0].instant()), found.front()[0].instant());
            return {};
        }));
    return newest;
}

Result<House::Content> House::read_content(const Config& config)
{
    auto lines = TRY(content::CrisisLines::load(config.content));
    auto sources = TRY(content::Sources::load(config.content));
    auto instruments = TRY(content::Instruments::load(config.content));
    auto protocol = TRY(content::load_answer_protocol(config.content, instruments));
    auto alerts = shortened(TRY(content::load_alert_policy(config.content)), config);
    auto daily = TRY(content::load_check_in_form(config.content, "daily"));
    auto progress = TRY(content::load_progress_protocol(config.content));
    auto change = TRY(content::load_change_protocol(config.content, instruments));
    auto asks = TRY(content::load_asking_protocol(config.content));
    auto next_steps = TRY(content::load_next_steps(config.content));
    auto screener = TRY(nlp::Screener::load(config.content));
    std::string rules_only;
    if (auto model = detect::ScreeningModel::load(models_folder()); model)
        screener.use(*std::move(model));
    else
        rules_only = model.error().told;
    auto dialogue = TRY(support::Dialogue::load(config.content));
    // Without it feelings are heard by rules alone, which needs no alarm.
    if (auto feelings = detect::FeelingModel::load(models_folder()); feelings)
        dialogue.use(*std::move(feelings));
    auto guard = TRY(support::Guard::load(config.content));
    // Without it the guard holds back by its rules alone; `handrail doctor` says so.
    if (auto replies = detect::ReplyModel::load(models_folder()); replies)
        guard.use(*std::move(replies));
    std::map<std::string, bool, std::less<>> higher_is_worse;
    for (const auto& [id, instrument] : instruments.all())
        if (instrument.direction != ScoreDirection::Neither)
            higher_is_worse.emplace(id, instrument.direction == ScoreDirection::HigherIsWorse);
    monitoring::NightJudge night_judge(TRY(content::load_trend_protocol(config.content)), std::move(higher_is_worse));
#ifdef __GLIBC__
    malloc_trim(0); // files and tables that were only needed for reading
#endif
    return Content{std::move(lines),
                   std::move(sources),
                   {std::move(daily), std::move(instruments), std::move(protocol), std::move(progress),
                    std::move(change), std::move(asks), std::move(next_steps)},
                   std::move(screener),
                   std::move(rules_only),
                   std::move(alerts),
                   std::move(dialogue),
                   std::move(guard),
                   std::move(night_judge)};
}

House::House(const Config& with, std::unique_ptr<HouseClock> ticking, Vault opened, Content content)
    : config(with), clock_held(std::move(ticking)), clock(*clock_held), vault(std::move(opened)), backups(vault, config, clock), checkpoints(vault, config, clock), lines(std::move(content.lines)), sources(std::move(content.sources)), asking(std::move(content.asking)),
      screener(std::move(content.screener)), rules_only(std::move(content.rules_only)), dialogue(std::move(content.dialogue)), guard(std::move(content.guard)), crisis_help(dialogue, clock),
      record(trust::open_record(*vault.data, *vault.keyring, vault.audit_key, clock)),
      sessions(*record, *vault.data, clock), login_limits(clock),
      sign_in(*record, *vault.keyring, sessions, login_limits), sign_up(*record, *vault.keyring, sessions),
      accounts(*record, *vault.keyring, sessions),
      invitations(*record, *vault.keyring), teams(*record), consents(*record), settings(*record),
      erasures(*record, *vault.keyring, sessions), break_glass(*record, sign_in), audit(*record),
      organisations(*record, *vault.keyring), alerts(*record, content.alert_policy, channels_of(config)),
      service(*record, settings, alerts), findings(*record), documents(*record),
      listening(alerts, service, crisis_help),
      conversations(*record, listening, alerts, service, screener, dialogue, guard,
                    config.demo ? support::ConversationDesk::Languages::Every : support::ConversationDesk::Languages::Signed),
      answers(*record, listening, consents, screener, asking),
      asks(*record, listening, asking, {config.reminders.quiet_from * 60, config.reminders.quiet_to * 60},
           {!config.mail.server.empty(), !config.texts.url.empty(), !config.push.contact.empty(), config.whatsapp.on}),
      informants(*record, listening, service, consents, screener, asking, asks.quiet(), !config.mail.server.empty()),
      supporters(*record, listening, service, consents, asking.asks),
      caseload(*record, accounts),
      person_page(*record, accounts), own_record(*record, accounts, consents), retention(*record, consents, service),
      every_person(*vault.data, *vault.keyring),
      nightly(every_person, *record, listening, service, std::move(content.night_judge), clock),
      walk_path({*record, *vault.keyring, sessions, organisations, accounts, service, crisis_help, screener, dialogue, guard},
                content.alert_policy, channels_of(config)),
      walk(*record, alerts, walk_path, clock, walk_times(config))
{
    person_page.make_offers_by(nightly.judge());
}

Actor House::system() const { return trust::ActorDesk::system(organisation); }

Result<std::unique_ptr<House>> House::open(const Config& config)
{
    // Content first: a slip in a file is told before any store is touched.
    auto content = TRY(read_content(config));
    auto clock = std::make_unique<HouseClock>();
    auto vault = TRY(open_vault(config, {}, *clock));
    std::unique_ptr<House> house{new House(config, std::move(clock), std::move(vault), std::move(content))};
    house->text_version = TRY(text_version_of(config.content));
    // Before anything is written: the system clock may have been set back while nobody was running.
    if (const auto newest = TRY(newest_entry(*house->vault.keyring, *house->record)))
        house->clock.not_before(*newest);
    house->organisation = TRY(house->organisations.create("main"));
    return house;
}

} // namespace handrail::app
