#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "app/keeping.h"

namespace handrail::app {

struct GatewayKeyAsked {
    std::string what;    ///< add, list, revoke, events
    std::string app;     ///< of add
    std::string key;     ///< of revoke and events: its id
    std::string scopes;  ///< "chat,moderations,alerts"; empty: all
    std::string models;  ///< with commas; empty: all of the gateway
    int requests_a_day = 0;
    std::string responder; ///< a clinician's display name
    std::string events;    ///< of add and events: where the app's owner is told; empty: nowhere
};

/// `handrail gateway key add|list|revoke|events`: asks the running server, or opens the store itself when none runs.
int gateway_key(const Where& where, const GatewayKeyAsked& asked, std::ostream& out, std::ostream& err);
/// The same within the server: "gateway-key", what, and what was asked, in the order of GatewayKeyAsked.
Result<std::string> change_gateway_keys(House& house, const std::vector<std::string_view>& parts);

} // namespace handrail::app
