#include "trust/key_rotation.h"

#include "storage/store.h"
#include "trust/actor_desk.h"
#include "trust/seal.h"
#include "trust/sealed_check.h"

namespace handrail::trust {

namespace {

struct Replacement {
    const SealedRow* row = nullptr;
    rows::Blob sealed;
};

/// The value under the key in use; none when it is sealed with that already, or opens with no key.
std::optional<rows::Blob> sealed_anew(const SecretKey& key, const std::vector<SecretKey>& former,
                                      OrganisationId organisation, const SealedColumn& column, const SealedRow& row)
{
    const auto places = row.places(column);
    for (const auto& place : places)
        if (unseal(key, organisation, row.person, place, row.sealed))
            return std::nullopt;
    for (const auto& place : places)
        for (const auto& each : former)
            if (const auto words = unseal(each, organisation, row.person, place, row.sealed))
                return seal(key, organisation, row.person, place, words->reveal());
    return std::nullopt;
}

} // namespace

KeyRotation::KeyRotation(storage::Store& data, Keyring& keyring, const Clock& clock)
    : data_(data), keyring_(keyring), clock_(clock)
{
}

Result<void> KeyRotation::begin(OrganisationId organisation, PersonId person)
{
    return keyring_.replace_key(organisation, person);
}

Result<std::int64_t> KeyRotation::go_on(Duration grace)
{
    std::int64_t sealed = 0;
    for (const auto& replaced : TRY(keyring_.replaced_keys())) {
        const auto now = clock_.now();
        const auto found = TRY(seal_anew(replaced.organisation, replaced.person));
        sealed += found;
        // Without grace nobody else can have sealed anything since the walk began.
        if (grace == Duration::zero() || (found == 0 && now - replaced.replaced_at >= grace))
            TRY(keyring_.settle(replaced));
    }
    return sealed;
}

Result<std::int64_t> KeyRotation::seal_anew(OrganisationId organisation, PersonId person)
{
    std::int64_t sealed = 0;
    for (const auto& column : sealed_columns()) {
        const bool of_people = column.person != no_person;
        if (column.chained || (person.empty() ? of_people && !column.mixed : !of_people))
            continue;
        TRY(walk_sealed(data_, organisation, column, person.empty() ? nullptr : &person,
                        [&](const std::vector<SealedRow>& page) -> Result<void> {
                            sealed += TRY(seal_page_anew(organisation, person, column, page));
                            return {};
                        }));
    }
    return sealed;
}

Result<std::int64_t> KeyRotation::seal_page_anew(OrganisationId organisation, PersonId person,
                                                 const SealedColumn& column, const std::vector<SealedRow>& page)
{
    const auto key =
        person.empty() ? keyring_.organisation_key(organisation) : keyring_.person_key(organisation, person);
    if (!key && key.error().kind == ErrorKind::NotFound)
        return 0; // erased meanwhile
    if (!key)
        return key.error();
    const auto former = TRY(keyring_.former_keys(organisation, person));
    std::vector<Replacement> replacements;
    for (const auto& row : page)
        if (row.person == person)
            if (auto anew = sealed_anew(*key, former, organisation, column, row))
                replacements.push_back({&row, *std::move(anew)});
    if (replacements.empty())
        return 0;
    std::int64_t changed = 0;
    TRY(data_.write(ActorDesk::system(organisation), [&](storage::Writing& writing) -> Result<void> {
        changed = 0;
        for (const auto& each : replacements) {
            rows::Row values{each.sealed, each.row->sealed};
            values.insert(values.end(), each.row->key.begin(), each.row->key.end());
            changed += TRY(writing.change(walk_of(column).replace, rows::Values(values)));
        }
        return {};
    }));
    return changed;
}

} // namespace handrail::trust
