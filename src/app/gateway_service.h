#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "app/house.h"
#include "app/outgoing.h"
#include "gateway/gateway_desk.h"
#include "http/routes/gateway.h"
#include "language/curl_transport.h"

namespace handrail::app {

/// The gateway of a service that has one, with what it needs of the house.
class GatewayService {
public:
    /// Null when none is configured. Invalid when the upstream's key is not where the configuration says.
    static Result<std::unique_ptr<GatewayService>> open(House& house, std::function<bool()> store_away,
                                                        std::function<void(const std::string&)> note);

    http::routes::Gateway& routes() { return routes_; }
    gateway::GatewayDesk& desk() { return desk_; }
    /// From now until it ends, the owners of apps are told of events.
    void tell_owners();

private:
    GatewayService(House& house, gateway::GatewaySettings settings, std::function<bool()> store_away,
                   std::function<void(const std::string&)> note);

    language::CurlTransport transport_;
    gateway::GatewayDesk desk_;
    http::routes::Gateway routes_;
    House& house_;
    std::function<bool()> store_away_;
    Outgoing outgoing_;
    std::jthread teller_; ///< last: it uses all of the above
};

} // namespace handrail::app
