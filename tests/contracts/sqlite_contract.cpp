#include <sqlite3.h>

#include "contracts/store_contract.h"
#include "folder_for_test.h"
#include "sqlite/sqlite_store.h"

namespace handrail::tests {

namespace {

class SqliteBackend final : public Backend {
public:
    Result<std::unique_ptr<storage::Store>> open(storage::Set which,
                                                 std::span<const storage::Migration> migrations) override
    {
        const auto* name = which == storage::Set::Data ? "handrail.db" : "keys.db";
        auto store = TRY(sqlite::SqliteStore::open(folder_.file(name), which, {.migrations = migrations}));
        return std::unique_ptr<storage::Store>(std::move(store));
    }
    bool takes_several_nodes() const override { return false; }
    std::int64_t number_in_backup(const std::string& backup, const std::string& sql) override
    {
        sqlite3* connection = nullptr;
        sqlite3_stmt* statement = nullptr;
        std::int64_t number = -1;
        sqlite3_open_v2(backup.c_str(), &connection, SQLITE_OPEN_READONLY, nullptr);
        if (sqlite3_prepare_v2(connection, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK &&
            sqlite3_step(statement) == SQLITE_ROW)
            number = sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
        sqlite3_close(connection);
        return number;
    }

private:
    FolderForTest folder_;
};

const BackendKind kind{"SQLite", [](std::string&) { return std::make_unique<SqliteBackend>(); }};

} // namespace

INSTANTIATE_TEST_SUITE_P(OnSqlite, StoreContract, testing::Values(kind),
                         [](const auto& each) { return each.param.name; });

} // namespace handrail::tests
