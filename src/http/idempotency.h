#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/actor.h"
#include "http/response.h"

namespace handrail::http
{

/// Remembers requests that carried an Idempotency-Key and their answers, so that the same request sent again is
/// done once.
///
/// The router asks only for signed-in callers of unsafe methods: an answer to a stranger may hold a new
/// session, and a key must never hand that to another stranger. Two requests with one key at one moment: the
/// second gets 409.
///
/// Two things are kept, at two moments. The claim (Claim, domain/claim.h) says that a request was carried out:
/// it is written in the transaction of the request's first change, so a crash keeps both or neither. The reply
/// is filled in once it is known. A claim without its reply therefore means: done, and cut off before the answer
/// was kept (or done in part: its first change stands and a later one failed). What failed as a whole left
/// neither and may be tried again.
///
/// Only answers of 2xx without Set-Cookie and without a stream are kept.
class IdempotencyKeeper
{
public:
    struct Kept {
        std::string request_hash;
        std::optional<Response> response; ///< none: carried out, and its answer was not kept
    };
    virtual ~IdempotencyKeeper() = default;
    /// What is kept under the caller's key, if anything. Keys are each account's own.
    virtual Result<std::optional<Kept>> lookup(const Actor& actor, std::string_view key) = 0;
    /// The claim that a request under this key makes, for its Actor to carry.
    virtual std::shared_ptr<Claim> claim(const Actor& actor, std::string_view key, std::string_view request_hash) = 0;
    /// Keeps an answer for at least 24 hours. The first one kept stays.
    virtual Result<void> keep(const Actor& actor, std::string_view key, std::string_view request_hash,
                              const Response& response) = 0;
};

} // namespace handrail::http
