#include "app/doctor/record.h"

#include <algorithm>

#include "app/doctor/clock.h"
#include "app/house.h"
#include "care/service_desk.h"
#include "trust/actor_desk.h"
#include "trust/open_record.h"

namespace handrail::app::doctor {

namespace {

constexpr auto keys_of = "keys in the store";
constexpr auto own_settings = "settings of the service";

/// @param ask  "safety_texts": one step of what must be done before people can sign up
Seen judge_step(const std::vector<care::FirstStartStep>& steps, const std::string& ask, const char* what,
                const char* to_do, bool demo)
{
    const auto found = std::find_if(steps.begin(), steps.end(), [&](const auto& step) { return step.id == ask; });
    ensure(found != steps.end(), "the steps before a first sign-up have the ids they had");
    const auto told = found->title + ": " + found->detail;
    if (found->done)
        return fine(what, told);
    return demo ? look(what, told, "A demo does without; it must never hold a real person.") : look(what, told, to_do);
}

} // namespace

std::vector<Seen> judge_service(const care::Service& service, const std::string& text_version, bool demo)
{
    const auto steps = care::first_start(service, {}, "en", text_version);
    return {
        judge_service_zone(service.time_zone, care::known_time_zone(service.time_zone)),
        judge_step(steps, "responders", "responders", "Name them on the administrator's page: nobody signs up before.",
                   demo),
        judge_step(steps, "safety_texts", "signatures",
                   "Two different people sign these very texts on the administrator's page: nobody signs up before.",
                   demo)};
}

std::vector<Seen> look_at_record(storage::Store& data, storage::Store& keys, trust::EpochKeyFile epoch,
                                 const std::filesystem::path& content, bool demo, const Clock& clock)
{
    if (epoch.next())
        return {}; // opening the keys now would finish the change; that is the server's to do
    const auto keyring = trust::Keyring::open(keys, std::move(epoch), clock);
    if (!keyring)
        return {wrong(keys_of, keyring.error().told, "Until that is right the server does not start.")};
    std::vector<Seen> seen{fine(keys_of, "The epoch key opens those of the organisations.")};
    const auto record = trust::open_record(data, **keyring, (*keyring)->audit_key(), clock);
    const auto newest = newest_entry(**keyring, *record);
    seen.push_back(newest
                       ? judge_newest_entry(*newest, clock.now())
                       : wrong("time in the store", newest.error().told, "See what else is said of the store here."));
    const auto organisations = (*keyring)->organisations();
    if (!organisations)
        return seen;
    trust::SettingDesk settings(*record);
    care::AlertDesk alerts(*record, AlertPolicy{});
    const care::ServiceDesk desk(*record, settings, alerts);
    const auto version = text_version_of(content);
    for (const auto& each : *organisations) {
        if (each.slug != "main")
            continue;
        const auto service = desk.read(trust::ActorDesk::system(each.id));
        if (!service) {
            seen.push_back(wrong(own_settings, service.error().told,
                                 "Verify the newest backup: handrail restore BACKUP --verify."));
            continue;
        }
        const auto more = judge_service(*service, version ? *version : std::string{}, demo);
        seen.insert(seen.end(), more.begin(), more.end());
    }
    return seen;
}

} // namespace handrail::app::doctor
