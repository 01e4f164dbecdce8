#pragma once

#include <string>

#include "app/house.h"
#include "app/store_watch.h"
#include "http/response.h"

namespace handrail::app {

/// For the administrator: versions, store, keys, counts, and what is open before people can sign up.
/// @param store what was seen of the store last
Result<std::string> system_state(House& house, const StoreWatch::Found& store, const Actor& actor);
Result<std::string> audit_state(House& house, const Actor& actor);
/// The crisis protocol as it is configured here, and every rule with what shows it, for anyone.
/// @param away     the store is not to be asked: what was read last is told
/// @param language of the page's own words and of the fixed ones; English where there are none in it
Result<std::string> public_protocol(House& house, bool away, const std::string& language);
/// The fixed texts that two people sign.
Result<std::string> safety_texts(House& house, const std::string& language);
/// 200 when the store answers durably and content is loaded, else 503 with what is wrong.
Result<http::Response> readiness(House& house);

} // namespace handrail::app
