#pragma once

#include <string>

#include "app/config.h"
#include "app/doctor/seen.h"
#include "http/certificate.h"

namespace handrail::app::doctor {

/// "talk.example.org" of "https://talk.example.org:8443/"; an IPv6 address without its brackets; "" when there is none.
std::string host_of(const std::string& url);
bool is_loopback(const std::string& address);

/// Whether certificate and key can be used together is asked first; then this is about what the certificate says.
Seen judge(const http::Certificate& certificate, const std::string& host, Instant now);
/// Without TLS in the binary.
Seen judge_plain(const std::string& address, const std::string& public_url);
Seen look_at_certificate(const Config& config, Instant now);

} // namespace handrail::app::doctor
