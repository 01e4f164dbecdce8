#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/actor.h"
#include "http/response.h"

namespace handrail::http
{

/// Remembers the answers of requests that carried an Idempotency-Key, so that the same request sent again is
/// done once.
///
/// The router asks only for signed-in callers of unsafe methods: an answer to a stranger may hold a new
/// session, and a key must never hand that to another stranger. Two requests with one key at one moment: the
/// second gets 409 and Retry-After. Only answers of 2xx without Set-Cookie are kept; what failed changed
/// nothing and may be tried again.
class IdempotencyKeeper
{
public:
    struct Kept {
        std::string request_hash;
        Response response;
    };
    virtual ~IdempotencyKeeper() = default;
    /// The answer kept under the caller's key, if any. Kept answers are scoped to the actor's account.
    virtual Result<std::optional<Kept>> lookup(const Actor& actor, std::string_view key) = 0;
    /// Keeps an answer for at least 24 hours.
    virtual Result<void> keep(const Actor& actor, std::string_view key, std::string_view request_hash,
                              const Response& response) = 0;
};

} // namespace handrail::http
