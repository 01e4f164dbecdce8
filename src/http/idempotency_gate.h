#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <unordered_set>

#include "http/idempotency.h"
#include "http/request.h"

namespace handrail::http
{

/// Puts a request's Idempotency-Key between the router and its handler. See IdempotencyKeeper.
class IdempotencyGate
{
public:
    using Carry = std::function<Result<Response>()>;

    /// Carries the request out, or gives the answer it had before. Conflict of type "in-flight" when the same
    /// key is being carried out at this moment; of type "idempotency-key" (422) when it was used with another
    /// request before; of type "done-before" when the request was done and its answer is not there.
    Result<Response> pass(Request& request, IdempotencyKeeper& keeper, const Carry& carry,
                          const std::function<void(std::string_view)>& note);

private:
    std::mutex mutex_;
    std::unordered_set<std::string> in_flight_;
};

} // namespace handrail::http
