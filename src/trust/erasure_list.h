#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "trust/epoch_key.h"

namespace handrail::trust {

/// Someone who was erased: opaque ids and an instant, so that a restore can repeat it on an older copy.
struct Erased {
    OrganisationId organisation;
    PersonId person;
    Instant at;
    std::int64_t last_epoch = 0; ///< the last epoch that wrapped the key: files up to that one open older copies of it
};

/// Everyone who was erased, as it lies beside the backups: what a restored service no longer knows by itself.
struct ErasureList {
    std::int64_t epoch = 0;     ///< in force when it was written; a restored service counts on from here
    std::vector<Erased> erased; ///< in the order in which it happened
};

/// Text, one person a line, signed with the audit key, which every epoch key file of the service holds.
std::string written(const ErasureList& list, const AuditKey& key);
/// Invalid when it was changed, or signed by another service.
Result<ErasureList> read_erasure_list(const std::string& text, const AuditKey& key);
/// Everyone who stands in either.
ErasureList both(ErasureList one, const ErasureList& other);

} // namespace handrail::trust
