#pragma once

#include <string>
#include <vector>

#include "trust/keyring.h"
#include "trust/push_devices.h"

namespace handrail::trust {

/// Notifications on one's own devices: each is switched on and off by whoever holds it, and by nobody else.
class PushDesk {
public:
    PushDesk(Record& record, Keyring& keyring) : record_(record), keyring_(keyring) {}

    struct Given {
        std::string endpoint, p256dh, auth;
    };
    /// The same browser twice is one device, and of two accounts in one browser the last has it. What was given has been
    /// looked at (channels::check_subscription).
    Result<void> switch_on(const Actor& actor, const Given& given) const;
    /// Nothing is wrong when it was off already.
    Result<void> switch_off(const Actor& actor, const std::string& endpoint) const;
    Result<std::vector<PushDevice>> own(const Actor& actor) const;

private:
    Record& record_;
    Keyring& keyring_;
};

} // namespace handrail::trust
