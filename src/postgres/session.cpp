#include "postgres/session.h"

#include <charconv>
#include <cstring>
#include <stdexcept>

#include <libpq-fe.h>

#include "base/text.h"
#include "storage/storable.h"

namespace handrail::postgres {

namespace {

constexpr auto begin_reading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
constexpr auto begin_writing = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE";
// When the postmaster started; and when the statistics began, which a crash of one process throws away while the
// postmaster lives on.
constexpr auto which_life = "SELECT concat_ws(' ', pg_postmaster_start_time(), stats_reset) FROM pg_stat_bgwriter";
// Prepared once a connection, under these names.
constexpr auto reading_for = "handrail_reading_for";
constexpr auto writing_for = "handrail_writing_for";
constexpr auto see_all = "handrail_see_all";
constexpr auto see_own = "handrail_see_own";

} // namespace

void Session::ClearResult::operator()(pg_result* result) const
{
    PQclear(result);
}

Answer<std::unique_ptr<Session>> Session::connect(const Target& target)
{
    // What the conninfo says comes later and wins; a silent peer is given up after half a minute.
    const char* const keywords[] = {"connect_timeout",  "keepalives_idle",  "keepalives_interval",
                                    "keepalives_count", "tcp_user_timeout", "fallback_application_name",
                                    "client_encoding",  "dbname",           nullptr};
    const char* const values[] = {"5", "10", "5", "3", "30000", "handrail", "UTF8", target.conninfo.c_str(), nullptr};
    PGconn* raw = PQconnectdbParams(keywords, values, 1);
    std::unique_ptr<Session> session(new Session(raw, target));
    if (raw == nullptr || PQstatus(raw) != CONNECTION_OK) {
        Failure failure = lost_connection("connecting");
        if (raw != nullptr) // libpq's own words name hosts, users and databases, which the operator wrote
            failure.noted = "connecting: " + std::string(trimmed(PQerrorMessage(raw)));
        return failure;
    }
    PQsetNoticeProcessor(
        raw, [](void*, const char*) {}, nullptr);
    PQenterPipelineMode(raw);
    if (const auto ready = session->set_up(); !ready)
        return ready.failure();
    return session;
}

Session::~Session()
{
    PQfinish(raw_);
}

Answer<std::monostate> Session::set_up()
{
    for (const auto& sql :
         {"SET search_path = " + target_.schema + ", pg_temp", std::string("SET lock_timeout = '20s'"),
          "SET idle_in_transaction_session_timeout = " + std::to_string(target_.longest_silence.count()),
          "PREPARE " + std::string(reading_for) + "(text) AS SELECT set_config('handrail.organisation', $1, true)",
          "PREPARE " + std::string(writing_for) +
              "(text) AS SELECT pg_current_xact_id()::text, set_config('handrail.organisation', $1, true)",
          "PREPARE " + std::string(see_all) + " AS SELECT set_config('handrail.all', 'on', true)",
          "PREPARE " + std::string(see_own) + " AS SELECT set_config('handrail.all', 'off', true)"})
        if (const auto done = ask(sql); !done)
            return done.failure();
    const auto life = ask(which_life);
    if (!life)
        return life.failure();
    server_life_ = (*life).at(0).at(0);
    return std::monostate{};
}

void Session::send_plain(const char* sql)
{
    if (PQsendQueryParams(raw_, sql, 0, nullptr, nullptr, nullptr, nullptr, 0) != 1)
        lost_ = true;
}

void Session::send_sync()
{
    if (PQpipelineSync(raw_) != 1)
        lost_ = true;
    pending_.push_back(Pending::Sync);
}

void Session::flush()
{
    if (PQsendFlushRequest(raw_) != 1 || PQflush(raw_) < 0)
        lost_ = true;
}

Session::ResultPtr Session::next_result()
{
    if (lost_)
        return nullptr;
    ResultPtr result(PQgetResult(raw_));
    if (PQstatus(raw_) == CONNECTION_BAD || !result) {
        lost_ = true;
        return nullptr;
    }
    if (PQresultStatus(result.get()) != PGRES_PIPELINE_SYNC)
        const ResultPtr end_mark(PQgetResult(raw_));
    return result;
}

bool Session::note_failure(const pg_result* result, std::string_view doing)
{
    const auto status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_PIPELINE_SYNC)
        return false;
    if (failure_)
        return true; // PGRES_PIPELINE_ABORTED and the like: the first says why
    failure_ = failure_from(result, doing);
    lost_ = lost_ || failure_->lost;
    return true;
}

void Session::settle()
{
    while (!pending_.empty()) {
        const auto expected = pending_.front();
        pending_.pop_front();
        const auto result = next_result();
        if (!result) {
            pending_.clear();
            failure_ = lost_connection("the transaction");
            return;
        }
        if (!note_failure(result.get(), "the transaction") && expected == Pending::TransactionId)
            transaction_id_ = PQgetvalue(result.get(), 0, 0);
    }
}

void Session::begin(Kind kind, const OrganisationId& organisation)
{
    settle(); // the end of the read before
    failure_.reset();
    transaction_id_.clear();
    organisation_.assign(reinterpret_cast<const char*>(organisation.bytes.data()), organisation.bytes.size());
    const auto in_hex = to_hex(organisation_);
    const char* const value = in_hex.c_str();
    const bool writing = kind == Kind::Writing;
    writing_ = writing;
    send_plain(writing ? begin_writing : begin_reading);
    pending_.push_back(Pending::Ignored);
    if (PQsendQueryPrepared(raw_, writing ? writing_for : reading_for, 1, &value, nullptr, nullptr, 0) != 1)
        lost_ = true;
    pending_.push_back(writing ? Pending::TransactionId : Pending::Ignored);
}

Answer<Session::Prepared*> Session::prepared(const rows::Statement& statement, rows::Values values)
{
    if (const auto known = prepared_.find(statement.name); known != prepared_.end()) {
        if (known->second.sql != statement.sql)
            throw std::logic_error("two statements are named " + std::string(statement.name));
        return &known->second;
    }
    Prepared fresh;
    fresh.handle = "s" + std::to_string(prepared_.size());
    fresh.sql = statement.sql;
    fresh.placeholders = storage::placeholders_of(statement.sql);
    // $1 is always announced, so a statement may leave it out. Where the first value is NULL the server finds the type.
    fresh.types = {Type::Bytes};
    std::vector<Oid> announced{static_cast<Oid>(Type::Bytes)};
    for (const auto& value : values)
        announced.push_back(static_cast<Oid>(type_of(value)));
    if (PQsendPrepare(raw_, fresh.handle.c_str(), fresh.sql.c_str(), static_cast<int>(announced.size()),
                      announced.data()) != 1 ||
        PQsendDescribePrepared(raw_, fresh.handle.c_str()) != 1)
        lost_ = true;
    flush();
    settle();
    const auto made = next_result();
    const auto described = made ? next_result() : nullptr;
    if (!described)
        return lost_connection(statement.name);
    if (note_failure(made.get(), statement.name) || note_failure(described.get(), statement.name) || failure_)
        return *failure_;
    for (int at = 1; at < PQnparams(described.get()); ++at)
        fresh.types.push_back(static_cast<Type>(PQparamtype(described.get(), at)));
    return &prepared_.emplace(std::string(statement.name), std::move(fresh)).first->second;
}

Answer<Session::Done> Session::run(const rows::Statement& statement, rows::Values values, bool by_system)
{
    storage::check_call(statement, storage::placeholders_of(statement.sql), values.size(), by_system);
    if (failure_)
        return *failure_;
    const auto found = prepared(statement, values);
    if (!found)
        return found.failure();
    const auto& ready = **found;
    const Parameters parameters(statement.name, ready.types, organisation_, values);
    const bool across = !ready.placeholders.organisation; // the system, looking at every organisation's rows
    if (across) {
        lost_ = PQsendQueryPrepared(raw_, see_all, 0, nullptr, nullptr, nullptr, 0) != 1 || lost_;
        pending_.push_back(Pending::Ignored);
    }
    if (PQsendQueryPrepared(raw_, ready.handle.c_str(), parameters.count(), parameters.values(), parameters.lengths(),
                            parameters.formats(), 1) != 1)
        lost_ = true;
    // The server counts how long a transaction is silent only from a sync on. Reading holds nothing that others wait
    // for.
    if (writing_)
        lost_ = PQpipelineSync(raw_) != 1 || lost_;
    else
        flush();
    settle();
    const auto result = next_result();
    if (writing_)
        pending_.push_back(Pending::Sync);
    if (across) {
        lost_ = PQsendQueryPrepared(raw_, see_own, 0, nullptr, nullptr, nullptr, 0) != 1 || lost_;
        pending_.push_back(Pending::Ignored);
    }
    if (!result)
        failure_ = lost_connection(statement.name);
    else
        note_failure(result.get(), statement.name);
    if (failure_)
        return *failure_;
    Done done;
    done.rows = rows_from(result.get(), statement.name);
    if (const std::string_view counted = PQcmdTuples(result.get()); !counted.empty())
        std::from_chars(counted.data(), counted.data() + counted.size(), done.changed);
    return done;
}

Answer<std::monostate> Session::commit()
{
    if (failure_)
        return *failure_;
    send_plain("COMMIT");
    if (PQpipelineSync(raw_) != 1)
        lost_ = true;
    settle(); // BEGIN too, when no statement ran
    const auto committed = next_result();
    if (!committed) {
        failure_ = lost_connection("COMMIT");
        return *failure_;
    }
    const bool failed = note_failure(committed.get(), "COMMIT") || failure_.has_value();
    const std::string tag = PQcmdStatus(committed.get());
    const auto sync = next_result();
    if (failed)
        return *failure_;
    if (tag != "COMMIT") // a failed transaction answers ROLLBACK
        return Failure{"25P02", "COMMIT was answered with " + tag, false};
    return std::monostate{};
}

void Session::end_reading()
{
    send_plain("COMMIT");
    pending_.push_back(Pending::Ignored);
    send_sync();
    if (PQflush(raw_) < 0)
        lost_ = true;
}

void Session::roll_back()
{
    if (lost_)
        return;
    // After a failure the server skips everything up to the first sync, and runs ROLLBACK only then.
    send_sync();
    send_plain("ROLLBACK");
    pending_.push_back(Pending::Ignored);
    send_sync();
    settle();
    if (!lost_)
        failure_.reset();
}

Answer<Session::Texts> Session::ask(const std::string& sql, const std::vector<std::string>& values)
{
    settle();
    failure_.reset();
    std::vector<const char*> pointers;
    pointers.reserve(values.size());
    for (const auto& value : values)
        pointers.push_back(value.c_str());
    if (PQsendQueryParams(raw_, sql.c_str(), static_cast<int>(pointers.size()), nullptr, pointers.data(), nullptr,
                          nullptr, 0) != 1 ||
        PQpipelineSync(raw_) != 1)
        lost_ = true;
    const auto doing = sql.substr(0, 60);
    const auto result = next_result();
    const auto sync = result ? next_result() : nullptr;
    if (!sync)
        return lost_connection(doing);
    if (note_failure(result.get(), doing)) {
        const auto failure = *failure_;
        if (!lost_)
            failure_.reset();
        return failure;
    }
    Texts texts;
    for (int row = 0; row < PQntuples(result.get()); ++row) {
        auto& out = texts.emplace_back();
        for (int column = 0; column < PQnfields(result.get()); ++column)
            out.emplace_back(PQgetvalue(result.get(), row, column));
    }
    return texts;
}

std::vector<std::pair<int, std::string>> Session::notifications()
{
    if (PQconsumeInput(raw_) != 1)
        lost_ = true;
    std::vector<std::pair<int, std::string>> heard;
    while (PGnotify* const notification = PQnotifies(raw_)) {
        heard.emplace_back(notification->be_pid, notification->extra);
        PQfreemem(notification);
    }
    return heard;
}

int Session::process() const
{
    return PQbackendPID(raw_);
}
int Session::socket() const
{
    return PQsocket(raw_);
}

std::vector<std::pair<std::string, std::string>> Session::environment() const
{
    std::vector<std::pair<std::string, std::string>> out;
    PQconninfoOption* const options = PQconninfo(raw_);
    for (const auto* option = options; option != nullptr && option->keyword != nullptr; ++option)
        if (option->envvar != nullptr && option->val != nullptr && std::strcmp(option->keyword, "options") != 0)
            out.emplace_back(option->envvar, option->val);
    PQconninfoFree(options);
    return out;
}

} // namespace handrail::postgres
