#pragma once

#include "language/transport.h"

namespace handrail::language {

/// Transport over libcurl: HTTP/1.1, certificates verified, no redirects, no proxy from the environment.
class CurlTransport final : public Transport {
public:
    CurlTransport();
    Result<Head> post(const Call& call, const Taking& taking) const override;
};

} // namespace handrail::language
