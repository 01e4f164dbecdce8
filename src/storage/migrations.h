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
