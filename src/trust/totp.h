#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace handrail::trust {

/// RFC 6238: SHA-1, 30 seconds, six digits, as every authenticator app has it.
std::string new_totp_secret(); ///< 20 random bytes
/// The time step that the code belongs to, one step of clock difference allowed either way; none when it is
/// wrong or its step is not later than `used_step` (a code works once).
std::optional<std::int64_t> totp_step(const std::string& secret, std::string_view code, Instant now,
                                      std::int64_t used_step);
/// The code of an instant: for tests and the demo.
std::string totp_code(const std::string& secret, Instant at);

/// What a person needs to set their app up.
struct TotpSetUp {
    std::string secret; ///< base 32, in groups of four
    std::string uri;    ///< otpauth://totp/…
    std::string svg;    ///< the URI as a QR code, black on white, with a quiet zone
};
Result<TotpSetUp> totp_set_up(const std::string& secret, std::string_view service, std::string_view login);

/// Ten codes of the form "xxxxx-xxxxx", each good once.
std::vector<std::string> new_recovery_codes();
/// What is kept of one: it is random, so a plain hash will do. Dashes, spaces and case do not matter.
std::string recovery_code_hash(std::string_view code);

} // namespace handrail::trust
