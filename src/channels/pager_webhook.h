#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "domain/urgency.h"

namespace handrail::channels {

/// What a pager is told of an alert: that there is one, how soon, and where to look. No name, no words, nothing of health.
struct PagerCall {
    std::string delivery; ///< the same at every try: the receiver counts by it
    std::string alert;    ///< what belongs together
    Urgency urgency = Urgency::Unknown;
    int step = 0; ///< 0 the care team, 1 the lead, 2 and later the lead and the administrator
    std::optional<Instant> due_at; ///< when it goes up unless somebody acknowledges it
    std::string account; ///< who is called; empty: whoever answers the pager
    std::string phone;   ///< their work number, for a receiver that sends texts; empty when none is known
    std::string link;
    bool test = false;
};
std::string pager_body(const PagerCall& call);

/// Headers of the Standard Webhooks specification: webhook-id, webhook-timestamp, and webhook-signature, "v1," and the
/// base 64 of HMAC-SHA256 over "id.timestamp.body".
std::vector<std::pair<std::string, std::string>> pager_headers(const std::string& key, const std::string& id, Instant at,
                                                               const std::string& body);
/// The bytes of a secret as it is written: "whsec_" and base 64, or any text of at least 24 bytes.
Result<std::string> pager_key(const std::string& secret);

} // namespace handrail::channels
