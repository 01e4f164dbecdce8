#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/confidential.h"
#include "base/ids.h"
#include "base/result.h"
#include "domain/actor.h"
#include "rows/value.h"

namespace handrail::storage {
class Store;
}

namespace handrail::trust {

class Keyring;

/// A table with one sealed value a person, whose row is the person's id.
struct OneAPerson {
    std::string_view table;
    std::string_view field;
    /// Selects person and sealed value after person $2, in the order of the ids, at most $3.
    rows::Statement after;
};

/// Opens one sealed value of everybody, a page at a time, for what the service does by itself at night. A page costs one
/// look at the data and a few at the keys, however many people it has. System only. It makes no entries: whoever walks
/// notes the walk as one.
class EveryPerson {
public:
    EveryPerson(storage::Store& data, Keyring& keyring) : data_(data), keyring_(keyring) {}

    using Page = std::vector<std::pair<PersonId, rows::Blob>>;
    /// @param most  how many people; fewer come back when nobody is left after them
    Result<Page> page(const Actor& system, const OneAPerson& what, PersonId after, int most) const;

    /// Walks through everybody: each page goes to `look` on one of the threads, with the person after whom it begins. Ends
    /// at the first error, once the pages that are being looked at are done.
    using Look = std::function<Result<void>(PersonId after, const Page& page)>;
    Result<void> walk(const Actor& system, const OneAPerson& what, int people_a_page, int threads, const Look& look) const;

    struct Opened {
        std::vector<std::pair<PersonId, Confidential>> values;
        std::int64_t shut = 0; ///< did not open: the person was erased meanwhile, or a key is lost
    };
    /// May run on several threads, each with a page of its own.
    /// @param after  after whom the page begins
    Result<Opened> open(const Actor& system, const OneAPerson& what, PersonId after, const Page& page) const;

private:
    storage::Store& data_;
    Keyring& keyring_;
};

} // namespace handrail::trust
