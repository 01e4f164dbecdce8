#pragma once

#include <chrono>
#include <string>

#include "base/result.h"

namespace handrail::http {

/// Where a collector listens: "http://127.0.0.1:4318/v1/traces".
struct CollectorAddress {
    std::string host;
    std::string port;
    std::string path;
    /// Invalid says what was expected. Plain HTTP only: a collector on this machine, or on a network of one's own,
    /// passes traces on over TLS.
    static Result<CollectorAddress> from(const std::string& url);
};

/// Posts JSON over a connection of its own and waits for the answer's status. Unavailable when there was none in time.
Result<int> post_json(const CollectorAddress& to, const std::string& json, std::chrono::milliseconds within);

} // namespace handrail::http
