#include "app/doctor/channels.h"

#include "app/alert_channels.h"

namespace handrail::app::doctor {

Seen judge_channels(const Config& config)
{
    constexpr auto what = "alerts on their way to staff";
    const auto channels = channels_of(config);
    if (channels.empty())
        return look(what, "Alerts leave this server by no channel: somebody must watch a screen.",
                    "Name a pager under [alerts], a mail server under [mail], or switch on [push] or [texts].");
    if (const auto settings = delivery_settings(config); !settings.ok())
        return wrong(what, settings.error().told, "Until that is right the server does not start.");
    std::string names;
    for (const auto channel : channels)
        names += (names.empty() ? "" : ", ") + std::string(care::name(channel));
    return fine(what, "Set up: " + names + ". A test page on the administrator's page proves it.");
}

} // namespace handrail::app::doctor
