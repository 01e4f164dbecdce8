#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include <gtest/gtest.h>

#include "storage/migrations.h"
#include "storage/store.h"

/// What a store promises, whichever one it is. Each backend gives a Backend and runs store_contract.cpp.
namespace handrail::tests {

/// One throw-away store that can be closed and opened again.
class Backend {
public:
    virtual ~Backend() = default;
    /// Opens it. `migrations` instead of the set's own, when given.
    virtual Result<std::unique_ptr<storage::Store>> open(storage::Set which,
                                                         std::span<const storage::Migration> migrations) = 0;
    /// Whether a second open at the same time is another node (PostgreSQL) or refused (SQLite).
    virtual bool takes_several_nodes() const = 0;
    /// Opens the file that backup_to made and reads one number from it, past every protection.
    virtual std::int64_t number_in_backup(const std::string& backup, const std::string& sql) = 0;
};

struct BackendKind {
    std::string name;
    /// nullptr when it cannot run on this machine; `why_not` then says so, loudly.
    std::function<std::unique_ptr<Backend>(std::string& why_not)> make;
};
inline void PrintTo(const BackendKind& kind, std::ostream* out)
{
    *out << kind.name;
}

class StoreContract : public testing::TestWithParam<BackendKind> {
protected:
    void SetUp() override;
    /// Opened and at the contract's own schema (notes and counters).
    std::unique_ptr<storage::Store> open_notes();

    std::unique_ptr<Backend> backend_;
};

} // namespace handrail::tests
