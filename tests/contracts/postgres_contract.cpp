#include <filesystem>

#include "contracts/store_contract.h"
#include "postgres/postgres_store.h"
#include "postgres_cluster.h"

namespace handrail::tests {

namespace {

class PostgresBackend final : public Backend {
public:
    explicit PostgresBackend(PostgresCluster& cluster) : cluster_(cluster), database_(cluster.fresh_database()) {}
    ~PostgresBackend() override { cluster_.ask("postgres", "DROP DATABASE " + database_ + " WITH (FORCE)"); }

    Result<std::unique_ptr<storage::Store>> open(storage::Set which,
                                                 std::span<const storage::Migration> migrations) override
    {
        postgres::Options options;
        options.migrations = migrations;
        options.pg_dump = cluster_.program("pg_dump");
        auto store = TRY(postgres::PostgresStore::open(cluster_.conninfo(database_), which, options));
        return std::unique_ptr<storage::Store>(std::move(store));
    }
    bool takes_several_nodes() const override { return true; }
    std::int64_t number_in_backup(const std::string& backup, const std::string& sql) override
    {
        // Restored by Handrail's own role, as an administrator would, and read by one whom no policy holds.
        const auto database = cluster_.fresh_database();
        const auto restored = cluster_.program("pg_restore") + " --exit-on-error --no-owner --dbname='" +
                              cluster_.conninfo(database) + "' '" + backup + "'";
        if (std::system(restored.c_str()) != 0)
            return -1;
        const auto number = std::stoll(cluster_.ask(database, "SET search_path = handrail; " + sql));
        cluster_.ask("postgres", "DROP DATABASE " + database);
        return number;
    }

private:
    PostgresCluster& cluster_;
    std::string database_;
};

const BackendKind kind{"PostgreSQL", [](std::string& why_not) -> std::unique_ptr<Backend> {
                           auto* const cluster = PostgresCluster::of_this_program(why_not);
                           return cluster == nullptr ? nullptr : std::make_unique<PostgresBackend>(*cluster);
                       }};

} // namespace

INSTANTIATE_TEST_SUITE_P(OnPostgres, StoreContract, testing::Values(kind),
                         [](const auto& each) { return each.param.name; });

} // namespace handrail::tests
