#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/ids.h"
#include "base/result.h"
#include "trust/epoch_key.h"
#include "trust/erasure_list.h"

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

    /// The keys of those whose ids lie above `after` and up to `last`, in the order of the ids; nobody who was erased. For
    /// a walk through everybody: nothing of it is kept in memory, so that the keys of those who are here stay.
    Result<std::vector<std::pair<PersonId, SecretKey>>> person_keys_between(OrganisationId organisation, PersonId after,
                                                                            PersonId last);

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
    Result<std::vector<Erased>> erased_since(Instant since);
    /// Everyone erased ever, with the epoch in force.
    Result<ErasureList> erasures();
    /// Whether the keys store holds a key of this person, or knew them once.
    enum class Known { No, Here, Erased };
    Result<Known> known(OrganisationId organisation, PersonId person);
    /// After erase_person() on an older copy: remembers the last epoch that wrapped the key before the copy was
    /// restored.
    Result<void> remember_last_epoch(const Erased& erased);

    /// Wraps every key anew under a fresh epoch key and overwrites the old one. Due within 24 hours of an
    /// erasure. Gives the number of the epoch now in force. May be killed at any point and is finished by
    /// open(). Of several nodes one changes the epoch at a time; the others wait for it.
    /// @param above  the number is higher than this: a restored service counts on where the one before it stood
    Result<std::int64_t> new_epoch(std::int64_t above = 0);
    std::int64_t epoch() const; ///< the number of the one in force
    /// Whether someone was erased since the epoch in force began.
    Result<bool> new_epoch_due();

    /// Epoch key files up to this number open somebody who is erased, together with an older copy of the keys; 0: none.
    Result<std::int64_t> last_erased_epoch();

    /// Names whatever could still open the person: key rows, look-ups, epoch files here and in `directories`
    /// (backups). Empty: nothing can.
    Result<std::vector<std::string>> verify_erased(OrganisationId organisation, PersonId person,
                                                   const std::vector<std::string>& directories);

    /// Opens every wrapped key, as backup and restore do with a copy before they trust it. Gives how many there are;
    /// Unavailable when one does not open.
    Result<std::int64_t> check_every_key();
    /// Opens a copy of keys and epoch key file, such as a backup's, with the same master key.
    Result<std::unique_ptr<Keyring>> open_copy(storage::Store& copy, const std::string& epoch_file) const;

    AuditKey audit_key() const;

    /// Gives an organisation (an empty person) or a person a fresh key. The one before it goes on opening what was
    /// sealed with it, as a former key, until everything is sealed anew (KeyRotation). NotFound once the person is
    /// erased.
    Result<void> replace_key(OrganisationId organisation, PersonId person);
    /// The former keys that may still be needed, newest first.
    Result<std::vector<SecretKey>> former_keys(OrganisationId organisation, PersonId person);
    /// Keys that were replaced and whose values are not known to be sealed anew yet, in the order in which it happened.
    struct Replaced {
        OrganisationId organisation;
        PersonId person; ///< empty: the organisation's own
        std::int64_t number = 0;
        Instant replaced_at;
    };
    Result<std::vector<Replaced>> replaced_keys();
    /// Nothing needs the former key any more: a person's goes, an organisation's stays for what cannot be sealed anew.
    Result<void> settle(const Replaced& replaced);

    /// Seals the epoch key file anew with another master key; the audit key stays. May be killed at any point: the file
    /// is then sealed with the one or with the other.
    Result<void> change_master(const SecretKey& fresh);

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
    /// @param former  the number of a former key; 0 for the key in use
    Result<SecretKey> unwrapped(std::string_view wrapped, std::int64_t epoch, OrganisationId organisation,
                                PersonId person, std::int64_t former = 0);
    Result<SecretKey> first_organisation_key(OrganisationId organisation);
    Result<std::vector<SecretKey>> read_former_keys(OrganisationId organisation, PersonId person, bool first_only);
    Result<void> check_belonging();
    enum class Begin { Yes, OnlyFinish };
    Result<std::int64_t> change_epoch(Begin begin, std::int64_t above);
    Result<void> wrap_all_anew(const EpochKeyFile::Epoch& next);
    Result<void> wrap_former_anew(const EpochKeyFile::Epoch& next);
    Result<std::int64_t> check_every_former_key();
};

} // namespace handrail::trust
