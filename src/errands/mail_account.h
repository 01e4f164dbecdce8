#pragma once

#include <functional>
#include <string>

#include "language/mail_transport.h"

namespace handrail::errands {

/// The mail server that letters of this service leave by.
struct MailAccount {
    std::string server; ///< "smtps://mail.example.org" or "smtp://mail.example.org:587"; empty: no letters
    bool tls = true;
    std::string user, password, from;
};

/// How posting one letter went.
struct Posted {
    int code = 0;        ///< of the server's last reply; 0: it did not answer
    std::string problem; ///< empty: it was taken; names nobody
    bool taken() const { return problem.empty(); }
};

/// Waits until the server has taken the letter or refused it.
/// @param text      RFC 5322
/// @param stopping  asked several times a second: true breaks it off
Posted post(const language::MailTransport& mail, const MailAccount& account, const std::string& to, std::string text,
            const std::function<bool()>& stopping);

} // namespace handrail::errands
