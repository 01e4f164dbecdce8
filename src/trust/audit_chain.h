#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/ids.h"
#include "base/result.h"
#include "domain/actor.h"
#include "rows/value.h"
#include "trust/epoch_key.h"

namespace handrail::storage {
class Writing;
}

namespace handrail::trust {

/// One row of audit_entry.
struct AuditEntry {
    OrganisationId organisation;
    std::int64_t lane = 0;
    std::int64_t sequence = 0; ///< from 1, without gaps
    std::int64_t at = 0;
    AccountId account; ///< empty: the service itself
    std::string role;
    std::optional<PersonId> person;
    std::string deed;
    std::string about;
    std::optional<RawId> about_id;
    std::optional<rows::Blob> sealed_more; ///< Fields "listed" (ids of 16 bytes, one after the other), "reason"
};

/// The link of an entry: a MAC over the link before it and every column.
std::string audit_mac(const AuditKey& key, std::string_view previous, const AuditEntry& entry);
/// What stands before the first entry of a lane.
std::string_view first_link();

/// Where sealed_more of an entry stands.
RawId audit_row(std::int64_t lane, std::int64_t sequence);

/// Adds entries to the chain of the lane that a transaction runs on.
///
/// The last link of each lane is remembered. A transaction may be undone after it added entries, and another
/// node may have used the lane before; so each insert asks, in the same statement, that the link it was
/// computed from still stands there, and a remembered link that does not is read again.
class AuditChain {
public:
    explicit AuditChain(AuditKey key) : key_(std::move(key)) {}

    struct New {
        std::string deed;
        std::optional<PersonId> person;
        std::string about;
        std::optional<RawId> about_id;
        std::string more; ///< encoded Fields, "" for none
    };
    /// @param organisation_key  seals `more`
    Result<void> append(storage::Writing& store, const Actor& actor, Instant at, const SecretKey& organisation_key,
                        const std::vector<New>& entries);

private:
    struct Head {
        std::int64_t sequence = 0;
        std::string mac;
    };
    struct Lane {
        OrganisationId organisation;
        std::int64_t lane = 0;
        bool operator==(const Lane&) const = default;
    };
    struct LaneHash {
        std::size_t operator()(const Lane& lane) const
        {
            return std::hash<OrganisationId>{}(lane.organisation) ^ static_cast<std::size_t>(lane.lane);
        }
    };

    AuditKey key_;
    std::mutex mutex_;
    std::unordered_map<Lane, Head, LaneHash> heads_;

    std::optional<Head> remembered(const Lane& lane);
    void remember(const Lane& lane, const Head& head);
};

} // namespace handrail::trust
