#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/doctor/seen.h"
#include "postgres/promises.h"
#include "sqlite/read_only_store.h"
#include "storage/store.h"

namespace handrail::app::doctor {

/// Whether this binary can work with a store of this version.
Seen judge_version(const std::string& what, int version, int newest);
Seen judge_check(const std::string& what, const Result<sqlite::ReadOnlyStore::Check>& check);
Seen judge_log(const std::string& what, bool write_ahead);
Seen judge(const std::string& what, const Result<postgres::Promises>& promises);

/// The two stores of a configuration, opened without their locks and without changing them.
struct LookedAt {
    std::vector<Seen> seen;
    std::unique_ptr<storage::Store> data; ///< nothing when it cannot be asked by this binary
    std::unique_ptr<storage::Store> keys;
};
/// @param longest  for reading each embedded store from end to end
LookedAt look_at_stores(const Config& config, std::chrono::milliseconds longest = std::chrono::seconds{60});
/// The bytes of the embedded store, logs included; 0 for PostgreSQL.
std::uintmax_t bytes_of_stores(const Config& config);

} // namespace handrail::app::doctor
