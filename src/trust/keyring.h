#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/ids.h"
#include "base/result.h"
#include "trust/epoch_key.h"

namespace handrail::storage {
class Store;
class Reading;
} // namespace handrail::storage

namespace handrail::trust {

/// One key per organisation and one per person, wrapped by the epoch key in the keys store, apart from the
/// data. Without a person's key nothing of them opens, in no copy of the data of any age.
class Keyring {
public:
    /// @param cached  how many person keys stay in memory, at most
    /// Finishes a change of epoch that was cut short. Invalid, before anything is written, when the epoch key file and
    /// the keys store do not belong together; Unavailable when the keys store is gone.
    static Result<std::unique_ptr<Keyring>> open(storage::Store& keys, EpochKeyFile epoch, const Clock& clock,
                                                 std::size_t cached = 20000);
    ~Keyring();

    struct Organisation {
        OrganisationId id;
        std::string slug;
        Instant created_at;
    };
    Result<void> create_organisation_key(OrganisationId organisation, const std::string& slug);
    Result<SecretKey> organisation_key(OrganisationId organisation);
    Result<std::vector<Organisation>> organisations();

    /// Before the person's first row is written: a row that nothing opens must not exist.
    Result<void> create_person_key(OrganisationId organisation, PersonId person);
    /// NotFound once the person is erased.
    Result<SecretKey> person_key(OrganisationId organisation, PersonId person);

    /// A keyed hash for finding someone by what they type (a login, a phone number): keyed per organisation
    /// and field.
    Result<std::string> look_up_hash(OrganisationId organisation, std::string_view field, std::string_view value);
    /// Conflict when another person has this value.
    Result<void> add_look_up(OrganisationId organisation, PersonId person, std::string_view field,
                             std::string_view value);
    Result<void> remove_look_up(OrganisationId organisation, PersonId person, std::string_view field);
    Result<std::optional<PersonId>> look_up(OrganisationId organisation, std::string_view field,
                                            std::string_view value);

    /// Deletes the person's key and look-ups, here and in every node's memory. A tombstone stays, so that a
    /// restore repeats the erasure.
    Result<void> erase_person(OrganisationId organisation, PersonId person);
    /// Everyone erased since an instant, for restore to repeat on an older copy.
    struct Erased {
        OrganisationId organisation;
        PersonId person;
        Instant at;
    };
    Result<std::vector<Erased>> erased_since(Instant since);

    /// Wraps every key anew under a fresh epoch key and overwrites the old one. Due within 24 hours of an
    /// erasure. Gives the number of the epoch now in force. May be killed at any point and is finished by
    /// open().
    Result<std::int64_t> new_epoch();
    std::int64_t epoch() const; ///< the number of the one in force
    /// Whether someone was erased since the epoch in force began.
    Result<bool> new_epoch_due();

    /// Names whatever could still open the person: key rows, look-ups, epoch files here and in `directories`
    /// (backups). Empty: nothing can.
    Result<std::vector<std::string>> verify_erased(OrganisationId organisation, PersonId person,
                                                   const std::vector<std::string>& directories);

    /// Opens every wrapped key, as backup and restore do with a copy before they trust it. Gives how many there are;
    /// Unavailable when one does not open.
    Result<std::int64_t> check_every_key();

    AuditKey audit_key() const;

private:
    Keyring(storage::Store& keys, EpochKeyFile epoch, const Clock& clock, std::size_t cached);

    struct Cache;
    storage::Store& keys_;
    const Clock& clock_;
    mutable std::mutex epoch_mutex_; ///< guards epoch_
    EpochKeyFile epoch_;
    std::mutex change_mutex_;      ///< one change of epoch at a time
    std::shared_ptr<Cache> cache_; ///< shared with the listener, whose last call may outlast this
    std::shared_ptr<void> listening_;

    Result<EpochKeyFile::Epoch> epoch_numbered(std::int64_t number);
    Result<EpochKeyFile::Epoch> wrapping_epoch(storage::Reading& keys);
    Result<SecretKey> unwrapped(std::string_view wrapped, std::int64_t epoch, OrganisationId organisation,
                                PersonId person);
    Result<void> check_belonging();
    Result<void> wrap_all_anew(const EpochKeyFile::Epoch& next);
};

} // namespace handrail::trust
