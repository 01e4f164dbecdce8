#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "app/config.h"
#include "app/house.h"
#include "errands/voice_notes.h"
#include "errands/whatsapp_desk.h"
#include "errands/whatsapp_outbox.h"
#include "language/curl_transport.h"

namespace handrail::app {

/// [whatsapp] with its secrets read. Invalid names what is missing, and a file that others can read.
Result<errands::WhatsappSettings> whatsapp_settings(const Config& config);

/// The channel while the service runs. What comes in, what goes out and what was spoken have a thread each, and none is the
/// alerts': Meta and a transcriber may be silent for long.
class Whatsapp {
public:
    static Result<std::unique_ptr<Whatsapp>> open(House& house, std::function<void(const std::string&)> note);

    errands::WhatsappDesk& desk() { return desk_; }

private:
    Whatsapp(House& house, channels::WhatsappTexts texts, errands::WhatsappSettings settings,
             std::function<void(const std::string&)> note);
    void inward(const std::stop_token& stop);
    void outward(const std::stop_token& stop);
    void hear(const std::stop_token& stop);
    void told(std::string& before, const std::string& now);
    bool wait(const std::stop_token& stop);

    House& house_;
    std::function<void(const std::string&)> note_;
    channels::WhatsappTexts texts_;
    language::CurlTransport transport_;
    errands::WhatsappDesk desk_;
    errands::WhatsappOutbox outbox_;
    errands::VoiceNotes voice_notes_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread inward_;
    std::jthread outward_;
    std::jthread hearing_;
};

} // namespace handrail::app
