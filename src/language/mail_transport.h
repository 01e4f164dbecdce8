#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "base/result.h"

namespace handrail::language {

/// One letter on its way to a mail server.
struct Letter {
    std::string server; ///< "smtps://mail.example.org:465" (TLS from the first byte) or "smtp://mail.example.org:587"
    bool tls = true;    ///< with smtp://: STARTTLS or nothing
    std::string user, password; ///< empty: without signing in
    std::string from, to;       ///< addresses alone
    std::string text;           ///< RFC 5322
    std::chrono::milliseconds connect_within{10'000};
    std::chrono::milliseconds all_within{20'000};
};

/// The way out to a mail server. Nothing is kept or logged. Safe to call from several threads.
class MailTransport {
public:
    virtual ~MailTransport() = default;
    /// Waits until the server has taken the letter or refused it; gives the code of its last reply (250: taken).
    /// Unavailable when there was none: `noted` says how, and never quotes what was sent.
    /// @param given_up  asked several times a second: true ends it (the service stops)
    virtual Result<int> send(const Letter& letter, const std::function<bool()>& given_up) const = 0;
};

} // namespace handrail::language
