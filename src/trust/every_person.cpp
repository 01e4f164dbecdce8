#include "trust/every_person.h"

#include <mutex>
#include <thread>

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

Result<void> EveryPerson::walk(const Actor& system, const OneAPerson& what, int people_a_page, int threads,
                               const Look& look) const
{
    std::mutex mutex; // guards all that follows
    PersonId last;
    bool more = true;
    Result<void> first;
    const auto next = [&](PersonId& after) -> Page {
        const std::lock_guard lock(mutex);
        if (!more || !first.ok())
            return {};
        after = last;
        auto read = page(system, what, last, people_a_page);
        if (!read.ok()) {
            first = read.error();
            return {};
        }
        more = static_cast<int>(read->size()) == people_a_page;
        if (!read->empty())
            last = read->back().first;
        return *std::move(read);
    };
    const auto work = [&] {
        PersonId after;
        for (auto found = next(after); !found.empty(); found = next(after))
            if (auto looked = look(after, found); !looked.ok()) {
                const std::lock_guard lock(mutex);
                if (first.ok())
                    first = std::move(looked);
            }
    };
    std::vector<std::jthread> others;
    for (int i = 1; i < threads; ++i)
        others.emplace_back(work);
    work();
    others.clear(); // each is waited for
    return first;
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
