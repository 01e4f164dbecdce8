#pragma once

#include <chrono>

#include "base/clock.h"

namespace handrail::channels {

/// Within this time of the user's last message anything may be sent; after it only a template that Meta approved.
constexpr std::chrono::hours whatsapp_window{24};
/// Deliveries are tried again for up to 7 days; what arrived is remembered for longer than that. The signature carries no
/// time, so something older may be a delivery that somebody recorded.
constexpr std::chrono::hours whatsapp_remembered{24 * 8};

/// @param last_inbound by Meta's clock, of the user's newest message; the epoch when there was none
bool window_open(Instant last_inbound, Instant now);
/// Whether a message is too old to be told from one that was recorded and sent again.
bool too_old(Instant written, Instant now);

} // namespace handrail::channels
