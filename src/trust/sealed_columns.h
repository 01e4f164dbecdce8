#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "rows/value.h"
#include "trust/place.h"

namespace handrail::trust {

/// SealedColumn::person of what is always the organisation's own.
inline constexpr std::string_view no_person = "NULL";

/// A column that holds sealed values, and how its rows are found and told apart: for what looks at every sealed value
/// of a service, such as a drill or a change of keys. tests/trust says that every sealed_* column of the schema is
/// here.
struct SealedColumn {
    std::string_view table;
    std::string_view column;
    std::array<std::string_view, 2> fields; ///< of the place; the second is for a column that two nouns share
    /// SQL for the person whose key it is; NULL or an empty id is the organisation's own.
    std::string_view person;
    /// Together with the organisation the primary key.
    std::array<std::string_view, 3> key;
    enum class RowId {
        LastOfKey,
        Setting,     ///< the field is the setting's name
        Document,    ///< the field is the kind, the row its version
        AuditEntry,  ///< lane and sequence
        Idempotency, ///< account and hash of the key, each byte of the one changed by the other
    };
    RowId row_id = RowId::LastOfKey;
    /// Its bytes are in the audit chain: they stay as they are under whatever key.
    bool chained = false;
    /// Some rows are a person's and some the organisation's own: staff accounts, test pages.
    bool mixed = false;
    /// Its words go when their time is over (errands/retention.h) or with the person; the row stays without them.
    bool may_be_empty = false;
};
std::span<const SealedColumn> sealed_columns();

/// One sealed value as the walk finds it.
struct SealedRow {
    PersonId person;
    rows::Blob sealed;
    rows::Row key;
    /// Where it stands; two when the column is shared.
    std::vector<Place> places(const SealedColumn& column) const;
};

/// SQL for one column. The walk gives `person, key …, sealed` in the order of the key, `page` rows at a time.
struct SealedWalk {
    static constexpr std::size_t page = 300;
    rows::Statement first;        ///< from the beginning
    rows::Statement after;        ///< $2 … is the last key
    rows::Statement first_of_one; ///< $2 is the person
    rows::Statement after_of_one; ///< $2 is the person, $3 … the last key
    rows::Statement
        replace; ///< $2 is the new value, $3 the old one, $4 … the key: changes nothing when it is another by now
};
const SealedWalk& walk_of(const SealedColumn& column);
SealedRow sealed_row_from(const rows::Row& row);

} // namespace handrail::trust
