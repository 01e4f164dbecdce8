#pragma once

#include <string>
#include <vector>

#include "storage/migrations.h"

namespace handrail::storage {

/// A table as the migrations make it: for what goes over every table of a store.
struct Table {
    std::string name;
    std::vector<std::string> primary_key;
};

/// Every table of a set, in the order in which the migrations make them. The table of versions is the backend's own.
std::vector<Table> tables(Set which);

} // namespace handrail::storage
