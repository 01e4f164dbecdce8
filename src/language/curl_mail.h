#pragma once

#include "language/mail_transport.h"

namespace handrail::language {

/// MailTransport over libcurl: certificates verified, no proxy from the environment.
class CurlMail final : public MailTransport {
public:
    CurlMail();
    Result<int> send(const Letter& letter, const std::function<bool()>& given_up) const override;
};

} // namespace handrail::language
