#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "rows/value.h"
#include "storage/dialect.h"

struct sqlite3;
struct sqlite3_stmt;

namespace handrail::sqlite {

/// One SQLite connection with its prepared statements. Used by one thread at a time.
class Connection {
public:
    /// How long a connection waits for another's lock.
    static constexpr int busy_milliseconds = 5000;
    enum class Access { ReadOnly, ReadWrite };
    /// Opens an existing file. `vfs` is nullptr for the operating system's own.
    static Result<std::unique_ptr<Connection>> open(const std::string& path, Access access, const char* vfs);
    /// Opens an existing file to look at it, without making or changing one beside it.
    /// @param alone  nobody has it open and no log lies beside it: the file is read as it is, without locks
    static Result<std::unique_ptr<Connection>> look(const std::string& path, bool alone);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Runs a prepared statement with $1 bound to the organisation where the statement mentions it.
    /// @param by_system Only the system may run a statement that does not mention $1.
    Result<rows::Rows> rows(const rows::Statement& statement, const OrganisationId& organisation, bool by_system,
                            rows::Values values);
    /// The same for a change; gives the number of rows changed.
    Result<std::int64_t> change(const rows::Statement& statement, const OrganisationId& organisation, bool by_system,
                                rows::Values values);

    /// Our own statements without values: BEGIN, pragmas, migrations. Not kept prepared.
    Result<void> run(const std::string& sql);
    /// The one value of a statement or pragma of ours, as text; empty when there is no row.
    Result<std::string> answer_to(const std::string& sql);

    /// BEGIN, SAVEPOINT, COMMIT …: kept prepared.
    enum class Step { BeginReading, BeginWriting, Commit, Rollback, Savepoint, Release, RollbackToSavepoint };
    Result<void> step(Step step);
    /// Whether a transaction is open. A failed write can end one by itself.
    bool in_transaction() const;

    sqlite3* raw() const { return raw_; }

private:
    struct Prepared {
        sqlite3_stmt* statement = nullptr;
        std::string sql; ///< as it was given, to catch two statements under one name
        storage::Placeholders placeholders;
        std::vector<int> numbers; ///< of SQLite's i-th parameter, from 0: 2 for $2
    };
    struct NameHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
    };

    Connection(sqlite3* raw, Access access) : raw_(raw), access_(access) {}
    static Result<std::unique_ptr<Connection>> opened(const std::string& name, Access access, int more_flags,
                                                      const char* vfs);
    Result<Prepared*> prepared(const rows::Statement& statement);
    Result<Prepared*> bound(const rows::Statement& statement, const OrganisationId& organisation, bool by_system,
                            rows::Values values);

    sqlite3* raw_;
    Access access_;
    std::unordered_map<std::string, Prepared, NameHash, std::equal_to<>> prepared_;
    std::array<sqlite3_stmt*, 7> steps_{};
};

} // namespace handrail::sqlite
