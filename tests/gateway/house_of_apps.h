#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "care/alert_desk.h"
#include "care/heard.h"
#include "care/service_desk.h"
#include "gateway/gateway_desk.h"
#include "language/curl_transport.h"
#include "support/crisis_help.h"
#include "trust/house.h"

namespace handrail::gateway {

/// A service with a gateway, with the shipped content and a store of its own.
class HouseOfApps {
public:
    explicit HouseOfApps(GatewaySettings with = {}, const InputScreen* input = nullptr,
                         std::function<std::unique_ptr<OutputScreen>()> output = {});

    test::House house;
    support::CrisisHelp crisis_help;
    care::AlertDesk alerts;
    care::ServiceDesk service;
    care::Listening listening;
    language::CurlTransport transport;
    GatewaySettings settings;
    bool away = false;
    std::string noted;
    GatewayDesk desk;

    KeyDesk::Made key(const KeyDesk::Wanted& wanted);
    KeyDesk::Made key() { return key({.app = "App"}); }
    /// Judges a conversation of one message, or of several: person, assistant, person …
    Judged judge(const Key& key, const std::vector<std::string>& turns, const std::string& user = "u1",
                 const Beside& beside = {});
    std::int64_t count(const char* sql);
    std::optional<care::Alert> alert_of(PersonId person);
    std::optional<PersonId> person(const Key& key, const std::string& user);
    /// Somebody of this name who answers alerts, at any hour.
    void staffed_by(const std::string& name);
};

} // namespace handrail::gateway
