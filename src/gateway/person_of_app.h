#pragma once

#include <string>

#include "base/result.h"
#include "gateway/key_desk.h"
#include "trust/keyring.h"
#include "trust/record.h"

namespace handrail::gateway {

/// What an app says of whoever writes to it, in headers; each may be empty.
struct Whereabouts {
    std::string language; ///< primary subtag
    std::string region;   ///< ISO 3166, capitals
    std::string age_band;
};

/// The person behind a reference of an app. A reference is the app's own name for somebody and means nothing elsewhere: the
/// same one under another key is another person. Nobody is made before there is something to keep.
class PeopleOfApps {
public:
    PeopleOfApps(trust::Record& record, trust::Keyring& keyring) : record_(record), keyring_(keyring) {}

    /// Finds the person, or makes one in the key's team: their key first, so that no row exists that nothing opens.
    /// @param reference empty: everybody of whom the app says nothing
    Result<PersonId> person(const Actor& system, const Key& key, const std::string& reference,
                            const Whereabouts& where) const;

private:
    trust::Record& record_;
    trust::Keyring& keyring_;
};

} // namespace handrail::gateway
