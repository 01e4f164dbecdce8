#include "storage/store.h"
#include "trust/actor_desk.h"
#include "trust/keyring_parts.h"

namespace handrail::trust {

namespace {

constexpr rows::Statement own_key_row{"key.own_to_replace",
                                      "SELECT epoch, wrapped FROM organisation_key WHERE organisation = $1"};
constexpr rows::Statement put_own_key{"key.put_organisation",
                                      "UPDATE organisation_key SET epoch = $2, wrapped = $3 WHERE organisation = $1"};
constexpr rows::Statement put_person_key{
    "key.put_person", "UPDATE person_key SET epoch = $2, wrapped = $3 WHERE organisation = $1 AND person = $4"};
constexpr rows::Statement newest_former{
    "key.newest_former", "SELECT COALESCE(MAX(number), 0) FROM former_key WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement add_former{
    "key.add_former", "INSERT INTO former_key (organisation, person, number, epoch, wrapped, replaced_at) "
                      "VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr rows::Statement former_rows{"key.former", "SELECT number, epoch, wrapped FROM former_key "
                                                    "WHERE organisation = $1 AND person = $2 ORDER BY number DESC"};
constexpr rows::Statement unsettled{"key.unsettled", "SELECT organisation, person, number, replaced_at FROM former_key "
                                                     "WHERE resealed_at IS NULL ORDER BY replaced_at, number"};
constexpr rows::Statement drop_former{"key.drop_former",
                                      "DELETE FROM former_key WHERE organisation = $1 AND person = $2 AND number = $3"};
constexpr rows::Statement mark_former{"key.mark_former", "UPDATE former_key SET resealed_at = $2 "
                                                         "WHERE organisation = $1 AND person = $3 AND number = $4"};
constexpr rows::Statement former_before{"key.former_before",
                                        "SELECT organisation, person, number, epoch, wrapped FROM former_key "
                                        "WHERE epoch < $2 ORDER BY epoch LIMIT 500"};
constexpr rows::Statement wrap_former{
    "key.wrap_former",
    "UPDATE former_key SET epoch = $2, wrapped = $3 WHERE organisation = $4 AND person = $5 AND number = $6"};
constexpr rows::Statement all_former{"key.all_former",
                                     "SELECT organisation, person, number, epoch, wrapped FROM former_key"};

} // namespace

Result<void> Keyring::replace_key(OrganisationId organisation, PersonId person)
{
    const auto fresh = SecretKey::random();
    auto replaced = keys_.write(ActorDesk::system(organisation), [&](storage::Writing& keys) -> Result<void> {
        const auto epoch = TRY(wrapping_epoch(keys));
        const auto found = person.empty() ? TRY(keys.rows(own_key_row, {})) : TRY(keys.rows(person_key_row, {person}));
        if (found.empty() || (!person.empty() && !found.front()[2].null()))
            return not_found(person.empty() ? "There is no such organisation."
                                            : "There is no such person, or they were erased.");
        const auto before =
            TRY(unwrapped(found.front()[1].blob().bytes, found.front()[0].number(), organisation, person));
        const auto number = TRY(keys.rows(newest_former, {person})).front()[0].number() + 1;
        TRY(keys.change(add_former, {person, number, epoch.number,
                                     wrapped_with(epoch, organisation, person, before, number), clock_.now()}));
        const auto wrapped = wrapped_with(epoch, organisation, person, fresh);
        if (person.empty())
            TRY(keys.change(put_own_key, {epoch.number, wrapped}));
        else
            TRY(keys.change(put_person_key, {epoch.number, wrapped, person}));
        keys.announce(std::string(erased_topic), person.text());
        return {};
    });
    cache_->drop(organisation, person);
    return replaced;
}

Result<std::vector<SecretKey>> Keyring::read_former_keys(OrganisationId organisation, PersonId person, bool first_only)
{
    std::vector<SecretKey> all;
    TRY(keys_.read(ActorDesk::system(organisation), [&](storage::Reading& keys) -> Result<void> {
        all.clear();
        const auto found = TRY(keys.rows(former_rows, {person}));
        for (const auto& row : found)
            if (!first_only || row[0].number() == 1)
                all.push_back(
                    TRY(unwrapped(row[2].blob().bytes, row[1].number(), organisation, person, row[0].number())));
        return {};
    }));
    return all;
}

Result<std::vector<SecretKey>> Keyring::former_keys(OrganisationId organisation, PersonId person)
{
    const Whose whose{organisation, person};
    cache_->grow_old();
    if (auto known = cache_->former.find(whose))
        return *known;
    const auto era = cache_->former.era();
    auto all = TRY(read_former_keys(organisation, person, false));
    cache_->former.put(whose, all, era);
    return all;
}

Result<SecretKey> Keyring::first_organisation_key(OrganisationId organisation)
{
    const Whose whose{organisation, PersonId{}, true};
    if (auto key = cache_->keys.find(whose))
        return *key;
    const auto era = cache_->keys.era();
    // The current one is asked for first: replaced in between, it stands among the former ones.
    const auto current = TRY(organisation_key(organisation));
    const auto first = TRY(read_former_keys(organisation, PersonId{}, true));
    const auto key = first.empty() ? current : first.front();
    cache_->keys.put(whose, key, era);
    return key;
}

Result<std::vector<Keyring::Replaced>> Keyring::replaced_keys()
{
    std::vector<Replaced> all;
    TRY(keys_.read(ActorDesk::system({}), [&](storage::Reading& keys) -> Result<void> {
        all.clear();
        for (const auto& row : TRY(keys.rows(unsettled, {})))
            all.push_back({row[0].id<OrganisationId>(), row[1].id<PersonId>(), row[2].number(), row[3].instant()});
        return {};
    }));
    return all;
}

Result<void> Keyring::settle(const Replaced& replaced)
{
    auto settled = keys_.write(ActorDesk::system(replaced.organisation), [&](storage::Writing& keys) -> Result<void> {
        if (replaced.person.empty())
            TRY(keys.change(mark_former, {clock_.now(), replaced.person, replaced.number}));
        else
            TRY(keys.change(drop_former, {replaced.person, replaced.number}));
        keys.announce(std::string(erased_topic), replaced.person.text());
        return {};
    });
    cache_->drop(replaced.organisation, replaced.person);
    return settled;
}

Result<void> Keyring::change_master(const SecretKey& fresh)
{
    const std::lock_guard one_change(change_mutex_);
    const auto turn = TRY(epoch_.take_turn());
    const std::lock_guard lock(epoch_mutex_);
    TRY(epoch_.reload()); // another node may have changed the epoch
    if (epoch_.next())
        return conflict("A change of epoch is under way. It is finished by the next start; try again after it.");
    return epoch_.change_master(fresh);
}

Result<void> Keyring::wrap_former_anew(const EpochKeyFile::Epoch& next)
{
    for (bool more = true; more;)
        TRY(keys_.write(ActorDesk::system({}), [&](storage::Writing& keys) -> Result<void> {
            const auto found = TRY(keys.rows(former_before, {next.number}));
            more = !found.empty();
            for (const auto& row : found) {
                const auto organisation = row[0].id<OrganisationId>();
                const auto person = row[1].id<PersonId>();
                const auto number = row[2].number();
                const auto key = TRY(unwrapped(row[4].blob().bytes, row[3].number(), organisation, person, number));
                TRY(keys.change(wrap_former, {next.number, wrapped_with(next, organisation, person, key, number),
                                              organisation, person, number}));
            }
            return {};
        }));
    return {};
}

Result<std::int64_t> Keyring::check_every_former_key()
{
    std::int64_t count = 0;
    TRY(keys_.read(ActorDesk::system({}), [&](storage::Reading& keys) -> Result<void> {
        count = 0;
        for (const auto& row : TRY(keys.rows(all_former, {}))) {
            TRY(unwrapped(row[4].blob().bytes, row[3].number(), row[0].id<OrganisationId>(), row[1].id<PersonId>(),
                          row[2].number()));
            ++count;
        }
        return {};
    }));
    return count;
}

} // namespace handrail::trust
