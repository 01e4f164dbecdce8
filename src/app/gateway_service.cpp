#include "app/gateway_service.h"

#include <cstdlib>
#include <fstream>

#include "base/text.h"

namespace handrail::app {

namespace {

Result<std::string> upstream_key(const Config::Gateway& gateway)
{
    std::string key;
    if (!gateway.upstream_key_variable.empty()) {
        const char* value = std::getenv(gateway.upstream_key_variable.c_str());
        if (value == nullptr || trimmed(value).empty())
            return invalid("[gateway] upstream_key_variable: the environment has no " + gateway.upstream_key_variable + ".");
        key = trimmed(value);
    } else if (!gateway.upstream_key_file.empty()) {
        std::ifstream in(gateway.upstream_key_file);
        std::string line;
        if (!in || !std::getline(in, line) || trimmed(line).empty())
            return invalid("[gateway] upstream_key_file: " + gateway.upstream_key_file.string() + " holds no key.");
        key = trimmed(line);
    }
    for (const char c : key)
        if (static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) > '~')
            return invalid("[gateway] The upstream's key holds what no header can hold.");
    return key;
}

} // namespace

GatewayService::GatewayService(House& house, gateway::GatewaySettings settings, std::function<bool()> store_away,
                               std::function<void(const std::string&)> note)
    : desk_({*house.record, *house.vault.keyring, house.settings, house.accounts, house.alerts, house.service,
             house.listening, house.screener, house.dialogue, house.guard, transport_, house.clock, store_away,
             std::move(note), nullptr, {}},
            std::move(settings), house.system()),
      routes_(desk_, static_cast<std::size_t>(house.config.gateway.calls)), house_(house), store_away_(std::move(store_away))
{
}

void GatewayService::tell_owners()
{
    const auto tell = [this](const trust::Keyring::Organisation& organisation,
                             const std::function<bool()>& stopping) -> Result<WentOut> {
        if (organisation.id != house_.organisation || store_away_())
            return WentOut{};
        const auto sent = TRY(desk_.tell_owners(stopping));
        return WentOut{sent.taken > 0, sent.problem, sent.given_up};
    };
    teller_ = std::jthread([this, tell](const std::stop_token& stop) {
        outgoing_.go_on(stop, house_, std::chrono::seconds{1}, tell, [this](const std::string& what) { desk_.note("gateway: " + what); });
    });
}

Result<std::unique_ptr<GatewayService>> GatewayService::open(House& house, std::function<bool()> store_away,
                                                             std::function<void(const std::string&)> note)
{
    const auto& wanted = house.config.gateway;
    if (wanted.upstream.empty())
        return std::unique_ptr<GatewayService>{};
    gateway::GatewaySettings settings;
    settings.upstream = wanted.upstream;
    while (settings.upstream.ends_with('/'))
        settings.upstream.pop_back();
    settings.upstream_key = TRY(upstream_key(wanted));
    settings.models = wanted.models;
    settings.first_byte_within = std::chrono::seconds{wanted.first_byte_seconds};
    settings.silent_at_most = std::chrono::seconds{wanted.silent_seconds};
    settings.all_within = std::chrono::seconds{wanted.longest_seconds};
    settings.keep_prompts = wanted.keep_prompts;
    settings.keep_crisis_days = wanted.keep_crisis_days;
    settings.pass_not_understood = wanted.not_understood == "pass";
    settings.every_language = house.config.demo;
    return std::unique_ptr<GatewayService>(
        new GatewayService(house, std::move(settings), std::move(store_away), std::move(note)));
}

} // namespace handrail::app
