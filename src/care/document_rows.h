#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/fields.h"
#include "base/result.h"
#include "domain/actor.h"
#include "trust/record.h"

/// Documents as rows: sealed, one a kind, each save a version of its own.
namespace handrail::care {

struct LatestDocument {
    std::int64_t version = 0; ///< 0: none written yet
    std::optional<Instant> at;
    Fields body;
};

/// One version of a document, as it was written.
struct KeptDocument {
    std::int64_t version = 0;
    Instant at;
    AccountId by;
    Fields body;
};

/// The newest first, at most `most` of those written before `before`.
Result<std::vector<KeptDocument>> documents_before(trust::Reading& reading, PersonId person, std::string_view kind,
                                                   Instant before, int most);
Result<LatestDocument> latest_document(trust::Reading& reading, PersonId person, std::string_view kind);
Result<void> put_document(trust::Writing& writing, PersonId person, std::string_view kind, std::int64_t version,
                          const Fields& body);
/// As put_document, and drops every version before it: what was forgotten is nowhere any more.
Result<void> put_only_document(trust::Writing& writing, PersonId person, std::string_view kind, std::int64_t version,
                               const Fields& body);

/// Nobody else writes what is a person's own.
Result<void> only_themselves(const Actor& actor, PersonId person);

} // namespace handrail::care
