#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "trust/epoch_key.h"

namespace handrail::storage {
class Store;
}

namespace handrail::trust {

/// The last link of one lane.
struct AuditHead {
    OrganisationId organisation;
    std::int64_t lane = 0;
    std::int64_t sequence = 0;
    std::string mac;
};

struct AuditCheck {
    std::int64_t entries = 0;
    std::vector<std::string> problems; ///< "organisation …, lane 0: entry 17 was changed"; empty: all is well
    std::vector<AuditHead> heads;      ///< of each lane, as far as it was walked: all before it was verified
    bool ok() const { return problems.empty(); }
};

/// Walks every chain of an organisation and names changed, removed and reordered entries. Without a
/// checkpoint a cut tail cannot be told from a chain that ended there.
/// @param stop  ends the walk early, with Unavailable
Result<AuditCheck> verify_audit(storage::Store& data, const AuditKey& key, OrganisationId organisation,
                                const std::stop_token& stop = {});

/// The heads of a record that was verified at an instant, signed, to be kept off the machine.
struct Checkpoint {
    Instant at;
    std::vector<AuditHead> heads;
};
/// Text, one head a line, signed with the audit key.
std::string written(const Checkpoint& checkpoint, const AuditKey& key);
/// Invalid when it was changed, or signed by another service.
Result<Checkpoint> read_checkpoint(const std::string& text, const AuditKey& key);
/// verify_audit, and every link of the checkpoint is still there.
Result<AuditCheck> verify_audit_against(storage::Store& data, const AuditKey& key, OrganisationId organisation,
                                        const Checkpoint& checkpoint, const std::stop_token& stop = {});

} // namespace handrail::trust
