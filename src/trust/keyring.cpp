#include "trust/keyring.h"

#include <algorithm>
#include <utility>

#include "storage/store.h"
#include "trust/actor_desk.h"
#include "trust/keyring_parts.h"

namespace handrail::trust {

namespace {

// Statements without $1 reach across organisations: the keys store lets only the system run them.
constexpr rows::Statement all_organisations{"key.all_organisations",
                                            "SELECT organisation, slug, created_at FROM organisation_key "
                                            "ORDER BY created_at, organisation"};
// The row is held until the end of the transaction: a new epoch, which begins with this row, waits for it, and so does
// not miss the key that is being added.
constexpr rows::Statement latest_epoch{"key.latest_epoch",
                                       "SELECT epoch FROM organisation_key ORDER BY epoch DESC LIMIT 1 FOR SHARE"};
constexpr rows::Statement organisation_row{"key.organisation",
                                           "SELECT epoch, wrapped FROM organisation_key WHERE organisation = $1"};
constexpr rows::Statement add_organisation{"key.add_organisation",
                                           "INSERT INTO organisation_key (organisation, epoch, wrapped, "
                                           "slug, created_at) VALUES ($1, $2, $3, $4, $5)"};
constexpr rows::Statement organisations_before{
    "key.organisations_before", "SELECT organisation, epoch, wrapped FROM organisation_key WHERE epoch < $2"};
constexpr rows::Statement wrap_organisation{
    "key.wrap_organisation", "UPDATE organisation_key SET epoch = $2, wrapped = $3 WHERE organisation = $4"};

constexpr rows::Statement add_person{"key.add_person",
                                     "INSERT INTO person_key (organisation, person, epoch, wrapped, created_at) "
                                     "VALUES ($1, $2, $3, $4, $5)"};
constexpr rows::Statement people_before{"key.people_before",
                                        "SELECT organisation, person, epoch, wrapped FROM person_key "
                                        "WHERE epoch > 0 AND epoch < $2 ORDER BY epoch LIMIT 500"};
constexpr rows::Statement wrap_person{
    "key.wrap_person",
    "UPDATE person_key SET epoch = $2, wrapped = $3 WHERE organisation = $4 AND person = $5 AND epoch > 0"};
constexpr rows::Statement all_wrapped_organisations{"key.all_wrapped_organisations",
                                                    "SELECT organisation, epoch, wrapped FROM organisation_key"};
constexpr rows::Statement people_after{
    "key.people_after", "SELECT organisation, person, epoch, wrapped FROM person_key WHERE erased_at IS NULL AND "
                        "(organisation, person) > ($2, $3) "
                        "ORDER BY organisation, person LIMIT 500"};
constexpr rows::Statement people_between{
    "key.people_between", "SELECT person, epoch, wrapped FROM person_key WHERE organisation = $1 AND person > $2 AND "
                          "person <= $3 AND erased_at IS NULL ORDER BY person LIMIT 500"};
constexpr rows::Statement look_up_rows{
    "key.look_up", "SELECT person FROM look_up WHERE organisation = $1 AND field = $2 AND hash = $3"};
constexpr rows::Statement add_look_up_row{
    "key.add_look_up", "INSERT INTO look_up (organisation, field, hash, person) VALUES ($1, $2, $3, $4)"};
constexpr rows::Statement remove_look_up_row{
    "key.remove_look_up", "DELETE FROM look_up WHERE organisation = $1 AND person = $2 AND field = $3"};
Error no_key()
{
    return not_found("This person's record is not here, or was erased.");
}

} // namespace

Keyring::Keyring(storage::Store& keys, EpochKeyFile epoch, const Clock& clock, std::size_t cached)
    : keys_(keys), clock_(clock), epoch_(std::move(epoch)), cache_(std::make_shared<Cache>(cached))
{
}

Keyring::~Keyring() = default;

Result<std::unique_ptr<Keyring>> Keyring::open(storage::Store& keys, EpochKeyFile epoch, const Clock& clock,
                                               std::size_t cached)
{
    std::unique_ptr<Keyring> keyring(new Keyring(keys, std::move(epoch), clock, cached));
    keyring->listening_ = keys.listen([cache = keyring->cache_](const storage::Announcement& heard) {
        if (heard.topic.empty()) // some may have been missed
            return cache->clear();
        if (heard.topic != erased_topic)
            return;
        if (const auto person = PersonId::from(heard.payload))
            cache->drop(heard.organisation, *person);
        else
            cache->clear();
    });
    TRY(keyring->check_belonging());
    if (keyring->epoch_.next())
        TRY(keyring->change_epoch(Begin::OnlyFinish, 0));
    return keyring;
}

Result<void> Keyring::check_belonging()
{
    rows::Rows found;
    TRY(keys_.read(ActorDesk::system({}), [&](storage::Reading& keys) -> Result<void> {
        found = TRY(keys.rows(all_wrapped_organisations, {}));
        return {};
    }));
    for (const auto& row : found)
        if (const auto key = unwrapped(row[2].blob().bytes, row[1].number(), row[0].id<OrganisationId>(), PersonId{});
            !key)
            return Error{ErrorKind::Invalid,
                         "The epoch key file " + epoch_.path() +
                             " does not open the keys of this service. Restore the epoch key file and the keys store "
                             "from the same backup; nothing was changed.",
                         key.error().noted,
                         {}};
    return {};
}

Result<EpochKeyFile::Epoch> Keyring::epoch_numbered(std::int64_t number)
{
    const std::lock_guard lock(epoch_mutex_);
    for (const bool reloaded : {false, true}) {
        if (epoch_.current().number == number)
            return epoch_.current();
        if (epoch_.next() && epoch_.next()->number == number)
            return *epoch_.next();
        // Another node may have begun a new epoch.
        if (!reloaded)
            TRY(epoch_.reload());
    }
    return unavailable("The keys cannot be opened now.", "a key is wrapped with epoch " + std::to_string(number) +
                                                             ", the epoch key file holds " +
                                                             std::to_string(epoch_.current().number));
}

Result<SecretKey> Keyring::unwrapped(std::string_view wrapped, std::int64_t epoch, OrganisationId organisation,
                                     PersonId person, std::int64_t former)
{
    const auto wrapping = TRY(epoch_numbered(epoch));
    auto bytes = decrypted(wrapping.key, wrapped, associated(organisation, person, epoch, former));
    if (!bytes)
        return unavailable("The keys cannot be opened now.",
                           "a wrapped key does not open with its epoch key: the keys store and the epoch key file do "
                           "not belong together");
    auto key = SecretKey::from_bytes(*bytes);
    wipe(*bytes);
    return key;
}

Result<EpochKeyFile::Epoch> Keyring::wrapping_epoch(storage::Reading& keys)
{
    // A new epoch wraps the organisations' keys first, in one transaction. Looking at them here, in the
    // transaction that adds a key, tells this node of an epoch another one began, so that no key is wrapped
    // with one about to go.
    const auto found = TRY(keys.rows(latest_epoch, {}));
    const auto latest = found.empty() ? 0 : found.front().front().number();
    std::int64_t own = 0;
    {
        const std::lock_guard lock(epoch_mutex_);
        own = epoch_.next() ? epoch_.next()->number : epoch_.current().number;
    }
    return epoch_numbered(std::max(latest, own));
}

Result<void> Keyring::create_organisation_key(OrganisationId organisation, const std::string& slug)
{
    const auto key = SecretKey::random();
    return keys_.write(ActorDesk::system(organisation), [&](storage::Writing& keys) -> Result<void> {
        const auto epoch = TRY(wrapping_epoch(keys));
        TRY(keys.change(add_organisation,
                        {epoch.number, wrapped_with(epoch, organisation, PersonId{}, key), slug, clock_.now()}));
        return {};
    });
}

Result<SecretKey> Keyring::organisation_key(OrganisationId organisation)
{
    cache_->grow_old();
    if (auto key = cache_->keys.find({organisation, PersonId{}}))
        return *key;
    const auto era = cache_->keys.era();
    std::optional<SecretKey> key;
    TRY(keys_.read(ActorDesk::system(organisation), [&](storage::Reading& keys) -> Result<void> {
        const auto found = TRY(keys.rows(organisation_row, {}));
        if (found.empty())
            return not_found("There is no such organisation.");
        const auto& row = found.front();
        key = TRY(unwrapped(row[1].blob().bytes, row[0].number(), organisation, PersonId{}));
        return {};
    }));
    cache_->keys.put({organisation, PersonId{}}, *key, era);
    return *key;
}

Result<std::vector<Keyring::Organisation>> Keyring::organisations()
{
    std::vector<Organisation> all;
    TRY(keys_.read(ActorDesk::system({}), [&](storage::Reading& keys) -> Result<void> {
        all.clear();
        for (const auto& row : TRY(keys.rows(all_organisations, {})))
            all.push_back({row[0].id<OrganisationId>(), row[1].text(), row[2].instant()});
        return {};
    }));
    return all;
}

Result<void> Keyring::create_person_key(OrganisationId organisation, PersonId person)
{
    ensure(!person.empty(), "a key belongs to a person");
    const auto key = SecretKey::random();
    return keys_.write(ActorDesk::system(organisation), [&](storage::Writing& keys) -> Result<void> {
        const auto epoch = TRY(wrapping_epoch(keys));
        TRY(keys.change(add_person,
                        {person, epoch.number, wrapped_with(epoch, organisation, person, key), clock_.now()}));
        return {};
    });
}

Result<SecretKey> Keyring::person_key(OrganisationId organisation, PersonId person)
{
    const Whose whose{organisation, person};
    cache_->grow_old();
    if (auto key = cache_->keys.find(whose))
        return *key;
    const auto era = cache_->keys.era();
    std::optional<SecretKey> key;
    TRY(keys_.read(ActorDesk::system(organisation), [&](storage::Reading& keys) -> Result<void> {
        const auto found = TRY(keys.rows(person_key_row, {person}));
        if (found.empty() || !found.front()[2].null())
            return no_key();
        const auto& row = found.front();
        key = TRY(unwrapped(row[1].blob().bytes, row[0].number(), organisation, person));
        return {};
    }));
    cache_->keys.put(whose, *key, era);
    return *key;
}

Result<std::vector<std::pair<PersonId, SecretKey>>> Keyring::person_keys_between(OrganisationId organisation,
                                                                                 PersonId after, PersonId last)
{
    std::vector<std::pair<PersonId, SecretKey>> keys;
    for (bool more = true; more;) {
        rows::Rows found;
        TRY(keys_.read(ActorDesk::system(organisation), [&](storage::Reading& reading) -> Result<void> {
            found = TRY(reading.rows(people_between, {after, last}));
            return {};
        }));
        for (const auto& row : found) {
            after = row[0].id<PersonId>();
            keys.emplace_back(after, TRY(unwrapped(row[2].blob().bytes, row[1].number(), organisation, after)));
        }
        more = !found.empty() && after < last;
    }
    return keys;
}

Result<std::string> Keyring::look_up_hash(OrganisationId organisation, std::string_view field, std::string_view value)
{
    // Always the first: what was typed is not kept, so that a hash cannot be made anew when the key is replaced.
    const auto key = TRY(first_organisation_key(organisation));
    return keyed_hash(key.derived("handrail look-up", field), value);
}

Result<void> Keyring::add_look_up(OrganisationId organisation, PersonId person, std::string_view field,
                                  std::string_view value)
{
    const rows::Blob hash{TRY(look_up_hash(organisation, field, value))};
    return keys_.write(ActorDesk::system(organisation), [&](storage::Writing& keys) -> Result<void> {
        const auto found = TRY(keys.rows(look_up_rows, {field, hash}));
        for (const auto& row : found)
            if (row[0].id<PersonId>() != person)
                return conflict("Someone else has this already.");
        if (found.empty())
            TRY(keys.change(add_look_up_row, {field, hash, person}));
        return {};
    });
}

Result<void> Keyring::remove_look_up(OrganisationId organisation, PersonId person, std::string_view field)
{
    return keys_.write(ActorDesk::system(organisation), [&](storage::Writing& keys) -> Result<void> {
        TRY(keys.change(remove_look_up_row, {person, field}));
        return {};
    });
}

Result<std::optional<PersonId>> Keyring::look_up(OrganisationId organisation, std::string_view field,
                                                 std::string_view value)
{
    const rows::Blob hash{TRY(look_up_hash(organisation, field, value))};
    std::optional<PersonId> person;
    TRY(keys_.read(ActorDesk::system(organisation), [&](storage::Reading& keys) -> Result<void> {
        const auto found = TRY(keys.rows(look_up_rows, {field, hash}));
        person = found.empty() ? std::nullopt : std::optional{found.front()[0].id<PersonId>()};
        return {};
    }));
    return person;
}

Result<std::int64_t> Keyring::new_epoch(std::int64_t above)
{
    return change_epoch(Begin::Yes, above);
}

Result<std::int64_t> Keyring::change_epoch(Begin begin, std::int64_t above)
{
    const std::lock_guard one_change(change_mutex_);
    const auto turn = TRY(epoch_.take_turn());
    EpochKeyFile::Epoch next;
    {
        const std::lock_guard lock(epoch_mutex_);
        TRY(epoch_.reload()); // another node may have changed it since
        if (begin == Begin::OnlyFinish && !epoch_.next())
            return epoch_.current().number;
        TRY(epoch_.prepare_next(above));
        next = *epoch_.next();
    }
    TRY(wrap_all_anew(next));
    // From here on nothing in the store needs the old key.
    const std::lock_guard lock(epoch_mutex_);
    TRY(epoch_.put_next_in_force());
    return epoch_.current().number;
}

Result<void> Keyring::wrap_all_anew(const EpochKeyFile::Epoch& next)
{
    const auto system = ActorDesk::system({});
    TRY(keys_.write(system, [&](storage::Writing& keys) -> Result<void> {
        // A key that stands at this number already was wrapped before a kill, and opens. If it does not, another key
        // has this number, and putting ours in its place would shut everybody out.
        for (const auto& row : TRY(keys.rows(all_wrapped_organisations, {})))
            TRY(unwrapped(row[2].blob().bytes, row[1].number(), row[0].id<OrganisationId>(), PersonId{}));
        for (const auto& row : TRY(keys.rows(organisations_before, {next.number}))) {
            const auto organisation = row[0].id<OrganisationId>();
            const auto key = TRY(unwrapped(row[2].blob().bytes, row[1].number(), organisation, PersonId{}));
            TRY(keys.change(wrap_organisation,
                            {next.number, wrapped_with(next, organisation, PersonId{}, key), organisation}));
        }
        return {};
    }));
    for (bool more = true; more;) {
        TRY(keys_.write(system, [&](storage::Writing& keys) -> Result<void> {
            const auto found = TRY(keys.rows(people_before, {next.number}));
            more = !found.empty();
            for (const auto& row : found) {
                const auto organisation = row[0].id<OrganisationId>();
                const auto person = row[1].id<PersonId>();
                const auto key = TRY(unwrapped(row[3].blob().bytes, row[2].number(), organisation, person));
                TRY(keys.change(wrap_person,
                                {next.number, wrapped_with(next, organisation, person, key), organisation, person}));
            }
            return {};
        }));
    }
    return wrap_former_anew(next);
}

std::int64_t Keyring::epoch() const
{
    const std::lock_guard lock(epoch_mutex_);
    return epoch_.current().number;
}

Result<std::int64_t> Keyring::check_every_key()
{
    const auto system = ActorDesk::system({});
    std::int64_t count = 0;
    TRY(keys_.read(system, [&](storage::Reading& keys) -> Result<void> {
        count = 0;
        for (const auto& row : TRY(keys.rows(all_wrapped_organisations, {}))) {
            TRY(unwrapped(row[2].blob().bytes, row[1].number(), row[0].id<OrganisationId>(), PersonId{}));
            ++count;
        }
        return {};
    }));
    Whose last;
    for (bool more = true; more;) {
        rows::Rows found;
        TRY(keys_.read(system, [&](storage::Reading& keys) -> Result<void> {
            found = TRY(keys.rows(people_after, {last.organisation, last.person}));
            return {};
        }));
        for (const auto& row : found) {
            last = {row[0].id<OrganisationId>(), row[1].id<PersonId>()};
            TRY(unwrapped(row[3].blob().bytes, row[2].number(), last.organisation, last.person));
            ++count;
        }
        more = !found.empty();
    }
    return count + TRY(check_every_former_key());
}

Result<std::unique_ptr<Keyring>> Keyring::open_copy(storage::Store& copy, const std::string& epoch_file) const
{
    auto file = [&] {
        const std::lock_guard lock(epoch_mutex_);
        return epoch_.open_another(epoch_file);
    }();
    return open(copy, TRY(std::move(file)), clock_);
}

AuditKey Keyring::audit_key() const
{
    const std::lock_guard lock(epoch_mutex_);
    return epoch_.audit_key();
}

} // namespace handrail::trust
