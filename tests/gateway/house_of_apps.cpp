#include "gateway/house_of_apps.h"

#include <boost/json.hpp>

namespace handrail::gateway {

namespace {

namespace json = boost::json;
using test::must;

struct Shipped {
    nlp::Screener screener;
    support::Dialogue dialogue;
    support::Guard guard;
};

const Shipped& shipped()
{
    static const std::filesystem::path folder = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";
    static const Shipped all{must(nlp::Screener::load(folder)), must(support::Dialogue::load(folder)), must(support::Guard::load(folder))};
    return all;
}

GatewaySettings completed(GatewaySettings settings)
{
    if (settings.models.empty())
        settings.models = {"small", "large"};
    settings.every_language = true;
    return settings;
}

} // namespace

HouseOfApps::HouseOfApps(GatewaySettings with, const InputScreen* input, std::function<std::unique_ptr<OutputScreen>()> output)
    : crisis_help(shipped().dialogue, house.clock), alerts(*house.record, AlertPolicy{}),
      service(*house.record, *house.settings, alerts), listening(alerts, service, crisis_help), settings(completed(std::move(with))),
      desk({*house.record, *house.keyring, *house.settings, *house.accounts, alerts, service, listening, shipped().screener,
            shipped().dialogue, shipped().guard, transport, house.clock, [this] { return away; },
            [this](const std::string& line) { noted += line + "\n"; }, input, std::move(output)},
           settings, house.system())
{
}

KeyDesk::Made HouseOfApps::key(const KeyDesk::Wanted& wanted)
{
    auto made = must(desk.keys().add(house.system(), wanted));
    house.clock.pass(std::chrono::seconds{6}); // until it is read again
    return made;
}

Judged HouseOfApps::judge(const Key& key, const std::vector<std::string>& turns, const std::string& user, const Beside& beside)
{
    json::array messages;
    for (std::size_t i = 0; i < turns.size(); ++i)
        messages.push_back({{"role", i % 2 == 0 ? "user" : "assistant"}, {"content", turns[i]}});
    const auto body = json::serialize(json::object{{"model", "small"}, {"safety_identifier", user}, {"messages", messages}});
    return must(desk.judge(key, must(read_chat_request(body)), beside));
}

std::int64_t HouseOfApps::count(const char* sql)
{
    std::int64_t number = -1;
    must(house.record->read(house.system(), [&](trust::Reading& reading) -> Result<void> {
        number = TRY(reading.rows(rows::Statement{sql, sql}, {})).front()[0].number();
        return {};
    }));
    return number;
}

std::optional<PersonId> HouseOfApps::person(const Key& key, const std::string& user)
{
    return must(house.keyring->look_up(house.organisation, "gateway_user", key.id + "\n" + user));
}

std::optional<care::Alert> HouseOfApps::alert_of(PersonId person)
{
    std::optional<care::Alert> found;
    must(house.record->read(house.system(), [&](trust::Reading& reading) -> Result<void> {
        found = TRY(alerts.open_alert(reading, person));
        return {};
    }));
    return found;
}

void HouseOfApps::staffed_by(const std::string& name)
{
    must(house.accounts->create_staff(house.system(), {Role::Clinician, "answers", name, {}, {}, {house.team}}));
    auto now = must(service.read(house.system()));
    care::StaffedHours always;
    always.days.fill(true);
    always.to = 24 * 60;
    now.hours = {always};
    must(service.save(house.system(), now));
}

} // namespace handrail::gateway
