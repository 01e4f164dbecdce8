#include "app/commands/gateway_key.h"

#include <charconv>
#include <ostream>

#include "app/control_socket.h"
#include "app/house.h"
#include "base/text.h"
#include "gateway/key_desk.h"

namespace handrail::app {

namespace {

std::vector<std::string> listed(const std::string& text)
{
    std::vector<std::string> out;
    for (const auto each : split(text, ','))
        if (!trimmed(each).empty())
            out.emplace_back(trimmed(each));
    return out;
}

std::string joined(const std::vector<std::string>& texts)
{
    std::string out;
    for (const auto& each : texts)
        out += (out.empty() ? "" : ",") + each;
    return out;
}

std::string row(const gateway::Key& key)
{
    std::vector<std::string> scopes;
    for (const auto scope : key.scopes)
        scopes.emplace_back(name(scope));
    return key.id + "  " + key.app + "  " + joined(scopes) + "  " +
           (key.models.empty() ? "every model" : joined(key.models)) + "  " +
           (key.requests_a_day == 0 ? "no limit" : std::to_string(key.requests_a_day) + " requests a day") +
           (key.responder.empty() ? "  nobody named" : "  a clinician named") + "  made " + to_rfc3339(key.made_at) +
           (key.events_url.empty() ? "" : "  events to " + key.events_url) +
           (key.revoked_at ? "  revoked " + to_rfc3339(*key.revoked_at) : "");
}

std::string events_secret(const std::string& secret)
{
    return "Events are signed with " + secret + "\nIt is shown this once. A running server sends within seconds.";
}

Result<std::string> changed(House& house, const GatewayKeyAsked& asked)
{
    gateway::KeyDesk keys(*house.record, house.settings, house.accounts, house.clock);
    if (asked.what == "add") {
        gateway::KeyDesk::Wanted wanted;
        wanted.app = asked.app;
        wanted.models = listed(asked.models);
        wanted.requests_a_day = asked.requests_a_day;
        wanted.responder = asked.responder;
        wanted.events_url = asked.events;
        if (!asked.scopes.empty()) {
            wanted.scopes.clear();
            for (const auto& each : listed(asked.scopes)) {
                bool known = false;
                for (const auto scope : {gateway::KeyScope::Chat, gateway::KeyScope::Moderations, gateway::KeyScope::Alerts,
                                         gateway::KeyScope::Daily})
                    if (name(scope) == each) {
                        wanted.scopes.push_back(scope);
                        known = true;
                    }
                if (!known)
                    return invalid("There is no scope \"" + each + "\": chat, moderations, alerts, daily.");
            }
        }
        const auto made = TRY(keys.add(house.system(), wanted));
        const auto said = made.secret + "\n" + row(made.key) +
                          "\nThe first line is the key. It is shown this once; only its hash is kept.";
        return asked.events.empty() ? said : said + "\n" + events_secret(made.key.events_secret);
    }
    if (asked.what == "revoke") {
        TRY(keys.revoke(house.system(), asked.key));
        return "The key " + asked.key + " is revoked. A running server knows it within 5 seconds.";
    }
    if (asked.what == "events") {
        const auto secret = TRY(keys.tell(house.system(), asked.key, asked.events));
        return secret.empty() ? "Nobody is told of events of the key " + asked.key + " from now on." : events_secret(secret);
    }
    if (asked.what != "list")
        return invalid("gateway key: add, list, revoke or events.");
    std::string out;
    for (const auto& key : TRY(keys.list(house.system())))
        out += (out.empty() ? "" : "\n") + row(key);
    return out.empty() ? "There is no key yet." : out;
}

} // namespace

Result<std::string> change_gateway_keys(House& house, const std::vector<std::string_view>& parts)
{
    const auto part = [&](std::size_t i) { return i < parts.size() ? std::string(parts[i]) : std::string{}; };
    GatewayKeyAsked asked{part(1), part(2), part(3), part(4), part(5), 0, part(7), part(8)};
    const auto budget = part(6);
    std::from_chars(budget.data(), budget.data() + budget.size(), asked.requests_a_day);
    return changed(house, asked);
}

int gateway_key(const Where& where, const GatewayKeyAsked& asked, std::ostream& out, std::ostream& err)
{
    for (const auto* each : {&asked.app, &asked.key, &asked.scopes, &asked.models, &asked.responder, &asked.events})
        if (each->find_first_of("\t\n\x1e") != std::string::npos)
            return told(invalid("No tab and no line break, please."), out, err);
    const auto config = config_at(where);
    if (!config.ok())
        return told(config.error(), out, err);
    const auto line = "gateway-key\t" + asked.what + "\t" + asked.app + "\t" + asked.key + "\t" + asked.scopes + "\t" +
                      asked.models + "\t" + std::to_string(asked.requests_a_day) + "\t" + asked.responder + "\t" + asked.events;
    if (const auto answer = ask_running_server(config->folder, line))
        return told(said_in(*answer), out, err);
    const auto house = House::open(*config);
    if (!house.ok())
        return told(house.error(), out, err);
    return told(changed(**house, asked), out, err);
}

} // namespace handrail::app
