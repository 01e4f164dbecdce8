#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "channels/web_push.h"
#include "language/transport.h"
#include "trust/push_devices.h"

namespace handrail::errands {

struct PushSettings {
    std::string contact; ///< "mailto:ops@example.org", for push services to complain to; empty: off
    bool anywhere = false; ///< tests: push services that are not of the internet
    bool on() const { return !contact.empty(); }
};

/// The key pair by which push services know an organisation's service: made once, and kept sealed with the settings.
/// Another one would silence every device that is switched on.
Result<channels::PushKeyPair> push_key(trust::Record& record, const Actor& system);

/// One notification on every device of somebody.
class PushSender {
public:
    PushSender(trust::Record& record, const language::Transport& web, PushSettings settings)
        : record_(record), web_(web), settings_(std::move(settings))
    {
    }

    struct Notice {
        RawId about;       ///< the same at every try: a device that took it is not rung twice
        std::string group; ///< a newer one of a group takes the place of an older one; said to nobody
        std::string say;
        std::string path; ///< of the page that it opens
        std::chrono::seconds lasts{0};
        bool urgent = false;
    };
    struct Pushed {
        int devices = 0; ///< that were switched on
        int taken = 0;   ///< now, or at an earlier try
        int gone = 0;    ///< switched off in the browser: removed here too
        int failed = 0;
        bool refused = false;  ///< one that failed goes on failing until somebody puts something right
        bool stopped = false;  ///< broken off because the service stops
        std::string problem;   ///< names nobody
    };
    Result<Pushed> send(const Actor& system, const trust::PushOwner& whom, const Notice& notice,
                        const std::function<bool()>& stopping) const;

private:
    enum class Answer { Taken, Gone, Again, Refused, Stopped };
    Answer ring(const channels::PushKeyPair& key, const trust::PushDevice& device, const Notice& notice, Instant now,
                const std::function<bool()>& stopping, std::string& problem) const;

    trust::Record& record_;
    const language::Transport& web_;
    PushSettings settings_;
};

} // namespace handrail::errands
