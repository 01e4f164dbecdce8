#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/house.h"
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

private:
    GatewayService(House& house, gateway::GatewaySettings settings, std::function<bool()> store_away,
                   std::function<void(const std::string&)> note);

    language::CurlTransport transport_;
    gateway::GatewayDesk desk_;
    http::routes::Gateway routes_;
};

} // namespace handrail::app
