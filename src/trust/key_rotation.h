#pragma once

#include <cstdint>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "trust/keyring.h"
#include "trust/sealed_columns.h"

namespace handrail::storage {
class Store;
}

namespace handrail::trust {

/// Gives an organisation or a person another key, and seals their values anew with it, in small transactions while the
/// service goes on: values sealed with either key open meanwhile. What is left to do stands in the keys store, so that
/// whoever opens the service next goes on after a crash.
class KeyRotation {
public:
    KeyRotation(storage::Store& data, Keyring& keyring, const Clock& clock);

    /// @param person  empty: the organisation's own key. NotFound when there is no such key.
    Result<void> begin(OrganisationId organisation, PersonId person);

    /// Seals anew what is still sealed with a former key; gives how many values. A former key goes when a whole walk
    /// found nothing that needs it, `grace` after it was replaced: until then a node may hold it in memory and seal
    /// with it. With no node running it may go at once.
    Result<std::int64_t> go_on(Duration grace = std::chrono::hours{1});

private:
    storage::Store& data_;
    Keyring& keyring_;
    const Clock& clock_;

    Result<std::int64_t> seal_anew(OrganisationId organisation, PersonId person);
    Result<std::int64_t> seal_page_anew(OrganisationId organisation, PersonId person, const SealedColumn& column,
                                        const std::vector<SealedRow>& page);
};

} // namespace handrail::trust
