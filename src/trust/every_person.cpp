#include "trust/every_person.h"

#include "storage/store.h"
#include "trust/keyring.h"
#include "trust/seal.h"

namespace handrail::trust {

namespace {

Result<void> only_system(const Actor& actor)
{
    if (actor.role() != Role::System)
        return not_allowed("Only the service itself walks through everybody.");
    return {};
}

} // namespace

Result<EveryPerson::Page> EveryPerson::page(const Actor& system, const OneAPerson& what, PersonId after,
                                            int most) const
{
    TRY(only_system(system));
    Page page;
    TRY(data_.read(system, [&](storage::Reading& reading) -> Result<void> {
        page.clear();
        for (const auto& row : TRY(reading.rows(what.after, {after, most})))
            page.emplace_back(row[0].id<PersonId>(), row[1].blob());
        return {};
    }));
    return page;
}

Result<EveryPerson::Opened> EveryPerson::open(const Actor& system, const OneAPerson& what, PersonId after,
                                              const Page& page) const
{
    TRY(only_system(system));
    Opened opened;
    if (page.empty())
        return opened;
    opened.values.reserve(page.size());
    const auto organisation = system.organisation();
    const auto keys = TRY(keyring_.person_keys_between(organisation, after, page.back().first));
    auto key = keys.begin();
    for (const auto& [person, sealed] : page) {
        while (key != keys.end() && key->first < person)
            ++key;
        const Place place{what.table, what.field, person};
        std::optional<Confidential> words;
        if (key != keys.end() && key->first == person) {
            words = unseal(key->second, organisation, person, place, sealed);
            // While a key is being replaced, what it sealed before opens with the former one.
            if (!words)
                for (const auto& former : TRY(keyring_.former_keys(organisation, person)))
                    if (words = unseal(former, organisation, person, place, sealed); words)
                        break;
        }
        if (words)
            opened.values.emplace_back(person, *std::move(words));
        else
            ++opened.shut;
    }
    return opened;
}

} // namespace handrail::trust
