#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/confidential.h"
#include "base/crypto.h"
#include "base/ids.h"
#include "rows/value.h"
#include "trust/place.h"

namespace handrail::trust {

/// Seals words for one place: XChaCha20-Poly1305 over the padded text, with format version, organisation,
/// person (zero for the organisation's own), table, row and field as associated data. Never compressed:
/// lengths would tell.
rows::Blob seal(const SecretKey& key, OrganisationId organisation, PersonId person, const Place& place,
                std::string_view words);
/// None when a bit differs, or the value was moved to another row, field, person or organisation.
std::optional<Confidential> unseal(const SecretKey& key, OrganisationId organisation, PersonId person,
                                   const Place& place, const rows::Blob& sealed);

/// The size that a text of `length` bytes is padded to: steps of 64 bytes up to 512, then of at most 12 %.
std::size_t padded_size(std::size_t length);

} // namespace handrail::trust
