#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string>
#include <vector>

#include "base/crypto.h"
#include "rows/value.h"
#include "trust/keyring.h"
#include "trust/recent.h"

/// What the sources of Keyring share, and nobody else needs.
namespace handrail::trust {

inline constexpr rows::Statement person_key_row{
    "key.person", "SELECT epoch, wrapped, erased_at FROM person_key WHERE organisation = $1 AND person = $2"};

/// Tells every node to forget a person's key; an empty id: the organisation's own.
inline constexpr std::string_view erased_topic = "key.erased";

struct Whose {
    OrganisationId organisation;
    PersonId person;    ///< empty: the organisation's own key
    bool first = false; ///< the organisation's first key, which look-up hashes are made with
    bool operator==(const Whose&) const = default;
};
struct WhoseHash {
    std::size_t operator()(const Whose& whose) const
    {
        return std::hash<OrganisationId>{}(whose.organisation) * 31 + std::hash<PersonId>{}(whose.person);
    }
};

struct Keyring::Cache {
    explicit Cache(std::size_t most) : keys(most), former(std::max<std::size_t>(most / 8, 2)) {}
    Recent<Whose, SecretKey, WhoseHash> keys;
    Recent<Whose, std::vector<SecretKey>, WhoseHash> former;

    /// Forgets everything now and then: a node that heard no announcements for a while must not go on with a key that
    /// was erased or replaced.
    void grow_old()
    {
        const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
        auto fresh_since = fresh_since_.load();
        if (now - fresh_since > longest.count() && fresh_since_.compare_exchange_strong(fresh_since, now))
            clear();
    }

    void drop(OrganisationId organisation, PersonId person)
    {
        keys.drop({organisation, person});
        former.drop({organisation, person});
    }
    void clear()
    {
        keys.clear();
        former.clear();
    }

private:
    static constexpr std::chrono::nanoseconds longest = std::chrono::minutes{10};
    std::atomic<std::int64_t> fresh_since_{std::chrono::steady_clock::now().time_since_epoch().count()};
};

/// Ties a wrapped key to whose it is and to its epoch: rows cannot be exchanged.
inline std::string associated(OrganisationId organisation, PersonId person, std::int64_t epoch, std::int64_t former)
{
    return (former == 0 ? std::string("handrail key 1 ") : "handrail former key " + std::to_string(former) + " ") +
           organisation.text() + " " + person.text() + " " + std::to_string(epoch);
}

inline rows::Blob wrapped_with(const EpochKeyFile::Epoch& epoch, OrganisationId organisation, PersonId person,
                               const SecretKey& key, std::int64_t former = 0)
{
    return {encrypted(epoch.key, key.bytes(), associated(organisation, person, epoch.number, former))};
}

} // namespace handrail::trust
