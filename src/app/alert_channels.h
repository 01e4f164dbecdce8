#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "app/config.h"
#include "app/house.h"
#include "app/outgoing.h"
#include "errands/alert_deliveries.h"
#include "language/curl_mail.h"
#include "language/curl_transport.h"

namespace handrail::app {

/// By which channels staff are told of alerts beside the page, as the configuration names them.
std::vector<care::Channel> channels_of(const Config& config);
/// The policy of content/protocols/alerts.json with the times that this site has made shorter.
AlertPolicy shortened(AlertPolicy policy, const Config& config);
/// [alerts], [mail], [push] and [texts] with their secrets read. Invalid names what is missing or could not work.
Result<errands::DeliverySettings> delivery_settings(const Config& config);

/// The channels while the service runs, a thread each: one that is silent holds up no other, and no alert.
class AlertChannels {
public:
    /// @param note  told what does not get out, when it is something else than the last time
    static Result<std::unique_ptr<AlertChannels>> open(House& house, std::function<void(const std::string&)> note);
    ~AlertChannels();
    AlertChannels(const AlertChannels&) = delete;
    AlertChannels& operator=(const AlertChannels&) = delete;

private:
    AlertChannels(House& house, errands::DeliverySettings settings, std::function<void(const std::string&)> note);
    /// What a process that died had in hand goes at once, and not when its time is over.
    void take_up();
    void send(const std::stop_token& stop, care::Channel channel);

    House& house_;
    std::function<void(const std::string&)> note_;
    language::CurlTransport transport_;
    language::CurlMail mail_;
    errands::AlertDeliveries deliveries_;
    Outgoing outgoing_;
    std::vector<std::jthread> threads_;
};

} // namespace handrail::app
