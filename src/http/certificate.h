#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace handrail::http
{

/// What a TLS certificate says about itself.
struct Certificate {
    Instant begins;
    Instant ends;
    bool covers_host = false; ///< a browser would take it for the host that was asked about
};
/// Reads the first certificate of a PEM file. Invalid when it is missing or holds none.
/// @param host  as people type it: a name, or an address without brackets
Result<Certificate> read_certificate(const std::string& file, const std::string& host);

} // namespace handrail::http
