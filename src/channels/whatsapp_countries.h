#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "channels/whatsapp_webhook.h"

namespace handrail::channels {

/// ISO 3166, from a business-scoped id or from a number's calling code; empty when the code is shared by several
/// countries or is not known: nobody is shown another country's numbers by a guess.
std::string country_of(const WhatsappUser& user);

/// Whether the service answers this user, by the calling codes that it switched on: "+353", "+49".
bool serves(const std::vector<std::string>& calling_codes_served, const WhatsappUser& user);

} // namespace handrail::channels
