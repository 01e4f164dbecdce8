#include "channels/whatsapp_window.h"

namespace handrail::channels {

namespace {
// What is sent at the very end arrives after it.
constexpr std::chrono::seconds on_its_way{60};
} // namespace

bool window_open(Instant last_inbound, Instant now)
{
    return last_inbound != Instant{} && now < last_inbound + whatsapp_window - on_its_way;
}

bool too_old(Instant written, Instant now)
{
    return written < now - whatsapp_remembered;
}

} // namespace handrail::channels
