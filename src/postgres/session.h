#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "postgres/encoding.h"
#include "postgres/postgres_error.h"
#include "storage/dialect.h"

struct pg_conn;

namespace handrail::postgres {

/// A value, or why there is none yet.
template <class T> class Answer {
public:
    Answer(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    Answer(Failure failure) : held_(std::in_place_index<1>, std::move(failure)) {}
    explicit operator bool() const { return held_.index() == 0; }
    T& operator*() { return std::get<0>(held_); }
    const T& operator*() const { return std::get<0>(held_); }
    const Failure& failure() const { return std::get<1>(held_); }

private:
    std::variant<T, Failure> held_;
};

/// One connection, in libpq's pipeline mode: BEGIN and the organisation's setting travel with a transaction's first
/// statement, and nobody waits for the end of a read. Used by one thread at a time.
class Session {
public:
    /// Where it connects to. `schema` comes first on the search path.
    struct Target {
        std::string conninfo;
        std::string schema;
        /// A writing transaction that says nothing for so long is ended by the server, which lets go of what it holds.
        std::chrono::milliseconds longest_silence = std::chrono::seconds(10);
    };
    static Answer<std::unique_ptr<Session>> connect(const Target& target);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    enum class Kind { Reading, Writing };
    /// Queues the start of a transaction; a failure shows at the first statement or at the end.
    ///
    /// Writing is SERIALIZABLE: bodies read, decide and write, and are written once for both stores, where on the
    /// embedded one they run one after another. Anything weaker would let two of them each miss what the other did
    /// (write skew), and only here. The price is a retry now and then. Reading is a snapshot (REPEATABLE READ, READ
    /// ONLY), which never has to be retried.
    void begin(Kind kind, const OrganisationId& organisation);

    struct Done {
        rows::Rows rows;
        std::int64_t changed = 0;
    };
    /// @param values $2 and on. $1 is the organisation that begin() was told.
    Answer<Done> run(const rows::Statement& statement, rows::Values values, bool by_system);
    /// Waits until the commit is on the server's disk.
    Answer<std::monostate> commit();
    /// Ends a reading transaction without waiting.
    void end_reading();
    void roll_back();
    /// Of the writing transaction under way; known after its first statement. Empty before.
    const std::string& transaction_id() const { return transaction_id_; }
    /// Names the server's life from one start or crash to the next: after a crash it hands out transaction ids again
    /// that had not reached its disk.
    const std::string& server_life() const { return server_life_; }

    using Texts = std::vector<std::vector<std::string>>;
    /// Our own statement outside the bodies, with text in and out; NULL is "".
    Answer<Texts> ask(const std::string& sql, const std::vector<std::string>& values = {});

    bool lost() const { return lost_; }
    /// What came in by NOTIFY since the last call: the sender's process and the payload.
    std::vector<std::pair<int, std::string>> notifications();
    int process() const;
    int socket() const;
    /// The settings that would connect there again, as libpq's environment variables.
    std::vector<std::pair<std::string, std::string>> environment() const;

private:
    struct Prepared {
        std::string handle;
        std::string sql;
        storage::Placeholders placeholders;
        std::vector<Type> types;
    };
    struct NameHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
    };
    struct ClearResult {
        void operator()(pg_result* result) const;
    };
    using ResultPtr = std::unique_ptr<pg_result, ClearResult>;
    /// Results that will come and nobody waited for yet.
    enum class Pending { Ignored, TransactionId, Sync };

    Session(pg_conn* raw, Target target) : raw_(raw), target_(std::move(target)) {}
    Answer<std::monostate> set_up();
    Answer<Prepared*> prepared(const rows::Statement& statement, rows::Values values);
    void send_plain(const char* sql);
    void send_sync();
    void flush();
    /// Reads everything that is pending. What failed on the way is in failure_.
    void settle();
    /// The next result with its end mark; nullptr when the connection is lost.
    ResultPtr next_result();
    /// Notes a failed result (the first one counts); gives whether it was one.
    bool note_failure(const pg_result* result, std::string_view doing);

    pg_conn* raw_;
    Target target_;
    std::deque<Pending> pending_;
    std::optional<Failure> failure_; ///< of the transaction under way
    bool writing_ = false;
    bool lost_ = false;
    std::string organisation_; ///< its sixteen bytes
    std::string transaction_id_;
    std::string server_life_;
    std::unordered_map<std::string, Prepared, NameHash, std::equal_to<>> prepared_;
};

} // namespace handrail::postgres
