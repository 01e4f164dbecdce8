#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

/// Notifications that a browser shows while no page is open, as bytes and headers: RFC 8030 (the push service), 8291 with 8188
/// (aes128gcm: the push service reads nothing) and 8292 (VAPID: who sends). Cryptography by OpenSSL and libsodium.
namespace handrail::channels {

/// A key pair on the curve P-256.
class PushKeyPair {
public:
    static Result<PushKeyPair> make();
    /// As kept() wrote it. Invalid when it is no such pair.
    static Result<PushKeyPair> from_kept(std::string_view kept);
    /// @param public_point  65 bytes, not compressed
    /// @param secret        32 bytes
    static Result<PushKeyPair> from_bytes(std::string_view public_point, std::string_view secret);

    /// Whole, the secret part too: it is sealed where it is kept.
    Result<std::string> kept() const;
    const std::string& public_point() const { return public_point_; } ///< 65 bytes
    /// What both would work out of one's own secret and the other's point. Invalid when that is no point of the curve.
    Result<std::string> shared_with(std::string_view point) const;
    /// ES256 as JSON Web Signatures write it: r and s, 32 bytes each.
    Result<std::string> signature(std::string_view text) const;

private:
    PushKeyPair(std::shared_ptr<void> key, std::string public_point);
    std::shared_ptr<void> key_; ///< OpenSSL's EVP_PKEY, which only web_push.cpp knows
    std::string public_point_;
};

/// What a browser gave: where it is reached, and what only it can open.
struct PushSubscription {
    std::string endpoint; ///< an address at the browser maker's push service
    std::string p256dh;   ///< 65 bytes
    std::string auth;     ///< 16 bytes
};
/// Invalid says what is not right. An endpoint is https and of the whole internet: whoever gives one makes this server call
/// it, and it must not be made to call what only this server reaches. A name that leads there is refused when it is called.
/// @param anywhere  tests: any address, http too
Result<void> check_subscription(const PushSubscription& subscription, bool anywhere);
/// "push.example.org" of an endpoint.
std::string push_host(std::string_view endpoint);

/// The body: sealed for this browser alone, every one of the same length up to 256 bytes of text.
Result<std::string> push_body(const PushSubscription& to, std::string_view text);
/// The same of given randomness and without padding: as the example of RFC 8291 has it.
Result<std::string> push_body(const PushSubscription& to, std::string_view text, const PushKeyPair& once, std::string_view salt);

struct PushNotice {
    std::string topic; ///< 32 letters of base64url at most: one that waits at the push service is replaced by a newer one
    std::chrono::seconds lasts{0}; ///< how long the push service keeps it for a device that is off
    bool urgent = false;
};
/// @param contact  "mailto:ops@example.org": whom a push service writes to when this one misbehaves
Result<std::vector<std::pair<std::string, std::string>>> push_headers(const PushKeyPair& service, std::string_view contact,
                                                                      std::string_view endpoint, const PushNotice& notice,
                                                                      Instant now);

/// A topic for what belongs together; the push service learns nothing by it.
std::string push_topic(std::string_view of_what);

/// What the worker of the page is told: the sentence, the path to open, and what belongs together.
std::string push_text(std::string_view sentence, std::string_view path, std::string_view topic);

} // namespace handrail::channels
