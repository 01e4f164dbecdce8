#include "trust/sealed_check.h"

#include <algorithm>
#include <exception>

#include "storage/store.h"
#include "trust/actor_desk.h"
#include "trust/keyring.h"
#include "trust/seal.h"

namespace handrail::trust {

namespace {

constexpr std::size_t named_at_most = 20;

enum class Found { Opens, Erased, Shut };

Result<Found> look_at(Keyring& keyring, OrganisationId organisation, const SealedColumn& column, const SealedRow& row)
{
    const auto key =
        row.person.empty() ? keyring.organisation_key(organisation) : keyring.person_key(organisation, row.person);
    // Only a tombstone says that somebody was erased. A key that was never there is one that is lost.
    if (!key && key.error().kind == ErrorKind::NotFound)
        return !row.person.empty() && TRY(keyring.known(organisation, row.person)) == Keyring::Known::Erased
                   ? Found::Erased
                   : Found::Shut;
    if (!key)
        return key.error();
    const auto places = row.places(column);
    const auto opens_with = [&](const SecretKey& with) {
        return std::any_of(places.begin(), places.end(), [&](const Place& place) {
            return unseal(with, organisation, row.person, place, row.sealed).has_value();
        });
    };
    if (opens_with(*key))
        return Found::Opens;
    const auto former = TRY(keyring.former_keys(organisation, row.person));
    return std::any_of(former.begin(), former.end(), opens_with) ? Found::Opens : Found::Shut;
}

} // namespace

Result<void> walk_sealed(storage::Store& data, OrganisationId organisation, const SealedColumn& column,
                         const PersonId* of, const std::function<Result<void>(const std::vector<SealedRow>&)>& look)
{
    const auto& walk = walk_of(column);
    const auto system = ActorDesk::system(organisation);
    rows::Row last;
    for (bool more = true; more;) {
        std::vector<SealedRow> page;
        TRY(data.read(system, [&](storage::Reading& reading) -> Result<void> {
            page.clear();
            rows::Row values;
            if (of != nullptr)
                values.emplace_back(*of);
            values.insert(values.end(), last.begin(), last.end());
            const auto& statement = of != nullptr ? (last.empty() ? walk.first_of_one : walk.after_of_one)
                                                  : (last.empty() ? walk.first : walk.after);
            for (const auto& row : TRY(reading.rows(statement, rows::Values(values))))
                page.push_back(sealed_row_from(row));
            return {};
        }));
        more = page.size() == SealedWalk::page;
        if (page.empty())
            break;
        last = page.back().key;
        TRY(look(page));
    }
    return {};
}

Result<SealedCheck> check_sealed(storage::Store& data, Keyring& keyring, OrganisationId organisation)
{
    SealedCheck check;
    for (const auto& column : sealed_columns()) {
        std::int64_t number = 0;
        TRY(walk_sealed(data, organisation, column, nullptr, [&](const std::vector<SealedRow>& page) -> Result<void> {
            for (const auto& row : page) {
                ++number;
                if (column.may_be_empty && row.sealed.bytes.empty())
                    continue;
                auto found = Found::Shut;
                try {
                    found = TRY(look_at(keyring, organisation, column, row));
                } catch (const std::exception&) {
                    // Somebody wrote a key that this server never writes: the row is as good as shut.
                }
                check.rows += found == Found::Opens ? 1 : 0;
                check.erased += found == Found::Erased ? 1 : 0;
                if (found == Found::Shut && check.problems.size() < named_at_most)
                    check.problems.push_back(std::string(column.table) + ": row " + std::to_string(number) +
                                             " does not open");
            }
            return {};
        }));
    }
    return check;
}

} // namespace handrail::trust
