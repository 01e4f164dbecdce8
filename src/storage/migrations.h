#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "base/result.h"

namespace handrail::storage {

/// Which of the two stores: the record, or the keys that open it. They are kept apart, so that a copy of the one opens
/// nothing without the other.
enum class Set { Data, Keys };

/// One step forward. Numbers run from 1 without a gap; a released script never changes.
///
/// **For whoever writes one.** On PostgreSQL nodes of the release before go on reading and writing while it runs and
/// after it, until each is replaced. So:
/// - *Expand first, drop one release later.* Add tables, indexes, and columns that may be NULL or have a constant DEFAULT.
///   What the release before reads or writes keeps its name, its type and its meaning: no rename, no NOT NULL without a
///   DEFAULT, no new rule that its rows would break. A column or table goes in the release after the one that no longer
///   uses it; a rename is an addition, a release that writes both, and a drop.
/// - *Never rewrite a table* (another type, a DEFAULT that is worked out for each row): everybody waits as long as it
///   takes, and a transaction that began before it finds the table empty.
/// - *Fill in rows elsewhere*: an UPDATE of a whole table holds each of its rows until the end of the script. The code of
///   the new release fills them in small transactions, and does without until then.
/// - *An index on a table that grows with people stands in a script of its own*: while it is built nobody writes to that
///   table, and what stood before it in the same script keeps readers out as well. Who waits longer than 20 s is told that
///   the store is busy.
/// - One script is one transaction. It waits for each table shortly and tries again (postgres/schema.cpp).
/// tests/release/upgrade_test.py runs such a script under load, between two nodes.
struct Migration {
    int number = 0;
    std::string_view name;   ///< "0001_foundation"
    std::string_view script; ///< as written for both backends; see dialect.h
};

/// What this binary carries.
std::span<const Migration> migrations(Set which);

/// Applies what a store at version `from` lacks, one after the other. `apply` runs a migration and writes down its
/// number in one transaction, so a store is always at a whole version.
/// @return The version the store is now at. Invalid, naming both numbers, when the store is newer than this binary.
Result<int> migrate(std::span<const Migration> known, int from,
                    const std::function<Result<void>(const Migration&)>& apply);

} // namespace handrail::storage
