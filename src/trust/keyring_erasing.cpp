#include <algorithm>

#include "storage/store.h"
#include "trust/actor_desk.h"
#include "trust/keyring_parts.h"

namespace handrail::trust {

namespace {

// A tombstone keeps the last epoch that wrapped the key, as a negative number: epoch files up to that one
// could open an old copy of the row.
constexpr rows::Statement erase_key{
    "key.erase_person", "UPDATE person_key SET wrapped = $2, look_up = NULL, erased_at = $3, epoch = -epoch "
                        "WHERE organisation = $1 AND person = $4 AND erased_at IS NULL"};
constexpr rows::Statement erase_former{"key.erase_former",
                                       "DELETE FROM former_key WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement former_of{"key.former_of",
                                    "SELECT number FROM former_key WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement erased_in_epoch{"key.erased_in_epoch",
                                          "SELECT person FROM person_key WHERE epoch <= $2 LIMIT 1"};
constexpr rows::Statement erased_rows{"key.erased_since",
                                      "SELECT organisation, person, erased_at, -epoch FROM person_key "
                                      "WHERE erased_at IS NOT NULL AND erased_at >= $2 ORDER BY erased_at, person"};
constexpr rows::Statement deepen_tombstone{
    "key.deepen_tombstone", "UPDATE person_key SET epoch = $2 WHERE organisation = $1 AND person = $3 AND "
                            "erased_at IS NOT NULL AND epoch > $2"};
constexpr rows::Statement lowest_tombstone{"key.lowest_tombstone", "SELECT MIN(epoch) FROM person_key"};

constexpr rows::Statement remove_look_ups{"key.remove_look_ups",
                                          "DELETE FROM look_up WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement look_ups_of{"key.look_ups_of",
                                      "SELECT field FROM look_up WHERE organisation = $1 AND person = $2"};

} // namespace

Result<void> Keyring::erase_person(OrganisationId organisation, PersonId person)
{
    auto erased = keys_.write(ActorDesk::system(organisation), [&](storage::Writing& keys) -> Result<void> {
        TRY(keys.change(erase_key, {rows::Blob{}, clock_.now(), person}));
        TRY(keys.change(erase_former, {person}));
        TRY(keys.change(remove_look_ups, {person}));
        keys.announce(std::string(erased_topic), person.text());
        return {};
    });
    cache_->drop(organisation, person);
    return erased;
}

Result<std::vector<Erased>> Keyring::erased_since(Instant since)
{
    std::vector<Erased> all;
    TRY(keys_.read(ActorDesk::system({}), [&](storage::Reading& keys) -> Result<void> {
        all.clear();
        for (const auto& row : TRY(keys.rows(erased_rows, {since})))
            all.push_back({row[0].id<OrganisationId>(), row[1].id<PersonId>(), row[2].instant(), row[3].number()});
        return {};
    }));
    return all;
}

Result<ErasureList> Keyring::erasures()
{
    return ErasureList{epoch(), TRY(erased_since(Instant::min()))};
}

Result<Keyring::Known> Keyring::known(OrganisationId organisation, PersonId person)
{
    auto known = Known::No;
    TRY(keys_.read(ActorDesk::system(organisation), [&](storage::Reading& keys) -> Result<void> {
        const auto found = TRY(keys.rows(person_key_row, {person}));
        known = found.empty() ? Known::No : found.front()[2].null() ? Known::Here : Known::Erased;
        return {};
    }));
    return known;
}

Result<void> Keyring::remember_last_epoch(const Erased& erased)
{
    return keys_.write(ActorDesk::system(erased.organisation), [&](storage::Writing& keys) -> Result<void> {
        TRY(keys.change(deepen_tombstone, {-erased.last_epoch, erased.person}));
        return {};
    });
}

Result<std::int64_t> Keyring::last_erased_epoch()
{
    std::int64_t last = 0;
    TRY(keys_.read(ActorDesk::system({}), [&](storage::Reading& keys) -> Result<void> {
        const auto found = TRY(keys.rows(lowest_tombstone, {}));
        last = found.empty() ? 0 : std::max<std::int64_t>(0, -found.front().front().number());
        return {};
    }));
    return last;
}

Result<bool> Keyring::new_epoch_due()
{
    std::int64_t in_force = 0;
    {
        const std::lock_guard lock(epoch_mutex_);
        TRY(epoch_.reload()); // another node may have begun the new one
        in_force = epoch_.current().number;
    }
    bool due = false;
    TRY(keys_.read(ActorDesk::system({}), [&](storage::Reading& keys) -> Result<void> {
        due = !TRY(keys.rows(erased_in_epoch, {-in_force})).empty();
        return {};
    }));
    return due;
}

Result<std::vector<std::string>> Keyring::verify_erased(OrganisationId organisation, PersonId person,
                                                        const std::vector<std::string>& directories)
{
    std::vector<std::string> found;
    std::int64_t last_epoch = 0;
    TRY(keys_.read(ActorDesk::system(organisation), [&](storage::Reading& keys) -> Result<void> {
        found.clear();
        const auto key = TRY(keys.rows(person_key_row, {person}));
        if (key.empty())
            found.push_back("The keys store does not know this person: nothing says that they were erased.");
        else if (key.front()[2].null() || !key.front()[1].blob().bytes.empty())
            found.push_back("The person's key is still in the keys store.");
        else
            last_epoch = -key.front()[0].number();
        if (!TRY(keys.rows(former_of, {person})).empty())
            found.push_back("A former key of the person is still in the keys store.");
        for (const auto& row : TRY(keys.rows(look_ups_of, {person})))
            found.push_back("The keys store still finds the person by " + row[0].text() + ".");
        return {};
    }));
    if (!found.empty())
        return found;
    std::string own_path;
    {
        const std::lock_guard lock(epoch_mutex_);
        own_path = epoch_.path();
        if (epoch_.current().number <= last_epoch)
            found.push_back("The epoch key in force, " + own_path +
                            ", opens freed pages and backups of the keys store "
                            "that hold the person's key: a new epoch is due.");
    }
    for (const auto& directory : directories)
        for (const auto& file : epoch_files_in(directory))
            if (file.number <= last_epoch && file.path != own_path)
                found.push_back("The epoch key file " + file.path + " (epoch " + std::to_string(file.number) +
                                ") opens backups of the keys store that hold the person's key.");
    return found;
}

} // namespace handrail::trust
