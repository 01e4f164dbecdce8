#pragma once

#include <string_view>

#include "domain/actor.h"
#include "rows/value.h"
#include "trust/place.h"

namespace handrail::trust {

/// Where what an account asked for once stands (table idempotency): under a name that its client chose for it, an
/// Idempotency-Key or a message's client_id. The name itself never stands in the store: it may hold anything.
struct Once {
    rows::Blob key; ///< a hash of the name
    Place place;    ///< of the sealed reply
};

/// @param field What is sealed there; it tells the replies of one kind from those of another.
Once once(const Actor& actor, std::string_view field, std::string_view name);

} // namespace handrail::trust
