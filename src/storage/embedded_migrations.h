#pragma once

#include <span>

#include "storage/migrations.h"

namespace handrail::storage {

/// The scripts that CMake put into this binary, in the order of their numbers.
std::span<const Migration> data_migrations();
std::span<const Migration> key_migrations();

} // namespace handrail::storage
