#include "sqlite/connection.h"

#include <charconv>
#include <limits>
#include <mutex>
#include <stdexcept>

#include <sqlite3.h>

#include "sqlite/sqlite_error.h"
#include "storage/storable.h"

namespace handrail::sqlite {

namespace {

/// Before SQLite is first used: what a transaction holds back for its savepoints stays in memory and never goes to a
/// temporary file, where nobody would look after it.
void configure_once()
{
    static std::once_flag once;
    std::call_once(once, [] {
        sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1);
        // Nobody asks SQLite how much memory it holds; counting takes one lock for every thread's every allocation.
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    });
}

/// Resets a statement when its caller is done, so that it holds neither locks nor a person's bytes.
class Reset {
public:
    explicit Reset(sqlite3_stmt* statement) : statement_(statement) {}
    ~Reset()
    {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
    Reset(const Reset&) = delete;
    Reset& operator=(const Reset&) = delete;

private:
    sqlite3_stmt* statement_;
};

/// As SQLite reads a path in a URI: what has a meaning there is written as %XX.
std::string escaped(const std::string& path)
{
    std::string out;
    for (const char c : path)
        out += c == '%' ? "%25" : c == '?' ? "%3f" : c == '#' ? "%23" : std::string(1, c);
    return out;
}

int bind(sqlite3_stmt* statement, int at, const rows::Value& value)
{
    // The values outlive the run of the statement, so SQLite need not copy them.
    if (const auto* number = std::get_if<std::int64_t>(&value.held()))
        return sqlite3_bind_int64(statement, at, *number);
    if (const auto* text = std::get_if<std::string>(&value.held()))
        return sqlite3_bind_text64(statement, at, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
    if (const auto* blob = std::get_if<rows::Blob>(&value.held())) // a null pointer would bind NULL
        return sqlite3_bind_blob64(statement, at, blob->bytes.empty() ? "" : blob->bytes.data(), blob->bytes.size(),
                                   SQLITE_STATIC);
    return sqlite3_bind_null(statement, at);
}

rows::Value column(sqlite3_stmt* statement, int at)
{
    const auto size = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(statement, at)); };
    switch (sqlite3_column_type(statement, at)) {
    case SQLITE_INTEGER:
        return std::int64_t{sqlite3_column_int64(statement, at)};
    case SQLITE_TEXT: {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, at));
        return std::string(text, size());
    }
    case SQLITE_BLOB: {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, at));
        return bytes == nullptr ? rows::Blob{} : rows::Blob{std::string(bytes, size())};
    }
    case SQLITE_NULL:
        return {};
    default:
        throw std::logic_error("a statement gave a fraction; the store keeps whole numbers, text and bytes");
    }
}

} // namespace

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, Access access, const char* vfs)
{
    return opened(path, access, 0, vfs);
}

Result<std::unique_ptr<Connection>> Connection::look(const std::string& path, bool alone)
{
    return opened("file:" + escaped(path) + (alone ? "?immutable=1" : "?readonly_shm=1"), Access::ReadOnly,
                  SQLITE_OPEN_URI, nullptr);
}

Result<std::unique_ptr<Connection>> Connection::opened(const std::string& name, Access access, int more_flags,
                                                       const char* vfs)
{
    configure_once();
    sqlite3* raw = nullptr;
    const int flags = (access == Access::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE | more_flags;
    const int code = sqlite3_open_v2(name.c_str(), &raw, flags, vfs);
    std::unique_ptr<Connection> connection(new Connection(raw, access));
    if (code != SQLITE_OK)
        return error_from(raw, code, "opening the store");
    sqlite3_busy_timeout(raw, busy_milliseconds);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    return connection;
}

Connection::~Connection()
{
    for (auto& [name, prepared] : prepared_)
        sqlite3_finalize(prepared.statement);
    for (auto* statement : steps_)
        sqlite3_finalize(statement);
    sqlite3_close_v2(raw_);
}

Result<Connection::Prepared*> Connection::prepared(const rows::Statement& statement)
{
    if (const auto known = prepared_.find(statement.name); known != prepared_.end()) {
        if (known->second.sql != statement.sql)
            throw std::logic_error("two statements are named " + std::string(statement.name));
        return &known->second;
    }
    Prepared fresh;
    fresh.sql = statement.sql;
    fresh.placeholders = storage::placeholders_of(statement.sql);
    const auto sql = storage::for_sqlite(statement.sql);
    const int code = sqlite3_prepare_v3(raw_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &fresh.statement, nullptr);
    if (code != SQLITE_OK)
        return error_from(raw_, code, statement.name);
    ensure(fresh.statement != nullptr, "a statement holds SQL");
    if (access_ == Access::ReadOnly && sqlite3_stmt_readonly(fresh.statement) == 0) {
        sqlite3_finalize(fresh.statement);
        throw std::logic_error(std::string(statement.name) + ": a reading transaction changes nothing");
    }
    const int parameters = sqlite3_bind_parameter_count(fresh.statement);
    for (int at = 1; at <= parameters; ++at) {
        // SQLite counts parameters in the order it meets them; the name says which value is meant.
        const char* name = sqlite3_bind_parameter_name(fresh.statement, at);
        int number = 0;
        if (name != nullptr && name[0] == '$')
            std::from_chars(name + 1, name + std::char_traits<char>::length(name), number);
        if (number < 1) {
            sqlite3_finalize(fresh.statement);
            throw std::logic_error(std::string(statement.name) + ": placeholders are written $1, $2, …");
        }
        fresh.numbers.push_back(number);
    }
    return &prepared_.emplace(std::string(statement.name), std::move(fresh)).first->second;
}

Result<Connection::Prepared*> Connection::bound(const rows::Statement& statement, const OrganisationId& organisation,
                                                bool by_system, rows::Values values)
{
    TRY(storage::storable(statement, values));
    auto* const found = TRY(prepared(statement));
    storage::check_call(statement, found->placeholders, values.size(), by_system);
    for (std::size_t at = 0; at < found->numbers.size(); ++at) {
        const auto number = static_cast<std::size_t>(found->numbers[at]);
        const int parameter = static_cast<int>(at) + 1;
        const int code = number == 1 ? sqlite3_bind_blob(found->statement, parameter, organisation.bytes.data(),
                                                         static_cast<int>(organisation.bytes.size()), SQLITE_STATIC)
                                     : bind(found->statement, parameter, values[number - 2]);
        if (code != SQLITE_OK) {
            const Reset reset(found->statement);
            return error_from(raw_, code, statement.name);
        }
    }
    return found;
}

Result<rows::Rows> Connection::rows(const rows::Statement& statement, const OrganisationId& organisation,
                                    bool by_system, rows::Values values)
{
    auto* const found = TRY(bound(statement, organisation, by_system, values));
    const Reset reset(found->statement);
    rows::Rows rows;
    for (;;) {
        const int code = sqlite3_step(found->statement);
        if (code == SQLITE_DONE)
            return rows;
        if (code != SQLITE_ROW)
            return error_from(raw_, code, statement.name);
        const int columns = sqlite3_column_count(found->statement);
        auto& row = rows.emplace_back();
        row.reserve(static_cast<std::size_t>(columns));
        for (int at = 0; at < columns; ++at)
            row.push_back(column(found->statement, at));
    }
}

Result<std::int64_t> Connection::change(const rows::Statement& statement, const OrganisationId& organisation,
                                        bool by_system, rows::Values values)
{
    auto* const found = TRY(bound(statement, organisation, by_system, values));
    const Reset reset(found->statement);
    int code = sqlite3_step(found->statement);
    while (code == SQLITE_ROW) // RETURNING, unread
        code = sqlite3_step(found->statement);
    if (code != SQLITE_DONE)
        return error_from(raw_, code, statement.name);
    return std::int64_t{sqlite3_changes64(raw_)};
}

Result<void> Connection::run(const std::string& sql)
{
    const int code = sqlite3_exec(raw_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return error_from(raw_, code, sql.substr(0, 60));
    return {};
}

Result<std::string> Connection::answer_to(const std::string& sql)
{
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v2(raw_, sql.c_str(), -1, &statement, nullptr);
    if (code != SQLITE_OK)
        return error_from(raw_, code, sql.substr(0, 60));
    std::string answer;
    code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
        if (const auto* text = sqlite3_column_text(statement, 0); text != nullptr)
            answer = reinterpret_cast<const char*>(text);
        code = SQLITE_DONE;
    }
    sqlite3_finalize(statement);
    if (code != SQLITE_DONE)
        return error_from(raw_, code, sql.substr(0, 60));
    return answer;
}

Result<void> Connection::step(Step step)
{
    static constexpr std::array<const char*, 7> sql{"BEGIN",         "BEGIN IMMEDIATE", "COMMIT",         "ROLLBACK",
                                                    "SAVEPOINT one", "RELEASE one",     "ROLLBACK TO one"};
    const auto which = static_cast<std::size_t>(step);
    auto*& statement = steps_[which];
    int code = SQLITE_OK;
    if (statement == nullptr)
        code = sqlite3_prepare_v3(raw_, sql[which], -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_DONE) {
        sqlite3_reset(statement);
        return {};
    }
    auto error = error_from(raw_, code, sql[which]);
    sqlite3_reset(statement);
    return error;
}

bool Connection::in_transaction() const
{
    return sqlite3_get_autocommit(raw_) == 0;
}

} // namespace handrail::sqlite
