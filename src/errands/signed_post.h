#pragma once

#include <functional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "language/transport.h"

namespace handrail::errands {

/// A webhook of the site's own that takes bodies signed by the Standard Webhooks specification.
struct SignedReceiver {
    std::string url; ///< empty: off
    std::string key; ///< the bytes under the signature
};

/// What the receiver answered; 0: it was broken off because the service stops. Unavailable when nobody answered.
/// @param id  the same at every try: the receiver counts by it
Result<int> signed_post(const language::Transport& web, const SignedReceiver& to, const std::string& id, Instant at,
                        std::string body, const std::function<bool()>& stopping);

} // namespace handrail::errands
