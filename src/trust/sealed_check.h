#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "trust/sealed_columns.h"

namespace handrail::storage {
class Store;
}

namespace handrail::trust {

class Keyring;

/// Whether everything that is sealed opens; the words themselves go no further.
struct SealedCheck {
    std::int64_t rows = 0;
    std::int64_t erased = 0;           ///< of people who were erased: they must not open
    std::vector<std::string> problems; ///< "message: row 17 does not open"; the first twenty
};
/// Opens every sealed value of an organisation, in pages, so that a large service needs no more memory than a small
/// one.
Result<SealedCheck> check_sealed(storage::Store& data, Keyring& keyring, OrganisationId organisation);

/// Calls `look` with each page of a column in the order of its key: one transaction a page. With `of` only that
/// person's rows.
Result<void> walk_sealed(storage::Store& data, OrganisationId organisation, const SealedColumn& column,
                         const PersonId* of, const std::function<Result<void>(const std::vector<SealedRow>&)>& look);

} // namespace handrail::trust
