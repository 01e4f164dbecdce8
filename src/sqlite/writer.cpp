#include "sqlite/writer.h"

#include <chrono>

#include <sqlite3.h>

#include "base/trace.h"
#include "sqlite/transaction.h"

namespace handrail::sqlite {

namespace {

using Step = Connection::Step;

/// A group ends when it is this large or this old, so that nobody waits long for others' work.
constexpr std::size_t group_size = 512;
constexpr auto group_age = std::chrono::milliseconds(10);
/// When the log is this many times longer than it should be, readers are waited for, so that it starts over.
constexpr int restart_factor = 16;
constexpr int restart_milliseconds = 20;
constexpr auto idle_before_checkpoint = std::chrono::seconds(2);

} // namespace

Writer::Writer(Connection& connection, std::int64_t lane, int checkpoint_pages)
    : connection_(connection), lane_(lane), checkpoint_pages_(checkpoint_pages), checkpoint_at_(checkpoint_pages)
{
    sqlite3_wal_hook(
        connection_.raw(),
        [](void* writer, sqlite3*, const char*, int in_log) {
            auto& self = *static_cast<Writer*>(writer);
            if (in_log < self.log_pages_) // the log has started over
                self.checkpoint_at_ = self.checkpoint_pages_;
            self.log_pages_ = in_log;
            self.unmoved_ = true;
            return SQLITE_OK;
        },
        this);
    thread_ = std::thread([this] { run(); });
}

Writer::~Writer()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    arrived_.notify_one();
    thread_.join();
    sqlite3_wal_hook(connection_.raw(), nullptr, nullptr);
}

Result<Writer::Left> Writer::write(const Actor& actor, const storage::Store::WritingBody& body)
{
    Request request;
    request.actor = &actor;
    request.body = &body;
    submit(request);
    if (request.thrown)
        std::rethrow_exception(request.thrown);
    trace::add("store.commit", request.committing, request.committed);
    TRY(std::move(request.outcome));
    return std::move(request.left);
}

Result<void> Writer::alone(const std::function<Result<void>(Connection&)>& work)
{
    Request request;
    request.work = &work;
    submit(request);
    if (request.thrown)
        std::rethrow_exception(request.thrown);
    return std::move(request.outcome);
}

std::int64_t Writer::waiting() const
{
    const std::lock_guard lock(mutex_);
    return static_cast<std::int64_t>(queue_.size());
}

std::string Writer::trouble() const
{
    const std::lock_guard lock(mutex_);
    return trouble_;
}

void Writer::submit(Request& request)
{
    ensure(!is_this_thread(), "a writing body does not write again through the store");
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(&request);
    }
    arrived_.notify_one();
    {
        std::unique_lock lock(request.mutex);
        request.changed.wait(lock, [&] { return request.done; });
    }
    for (auto* after : request.wakes)
        if (after != nullptr)
            let_go(*after);
}

void Writer::let_go(Request& request)
{
    // Under the lock: the request lies on the waiting thread's stack and is gone as soon as that thread sees `done`.
    const std::lock_guard lock(request.mutex);
    request.done = true;
    request.changed.notify_one();
}

void Writer::let_all_go(const std::vector<Request*>& group)
{
    // Waking a thread costs as much as a statement, and those who are awake take the processor: the writer wakes one,
    // and each two others. Those wait until they are let go, so their requests are still there.
    for (std::size_t i = 0; i < group.size(); ++i)
        for (std::size_t which = 0; which < 2; ++which)
            if (const auto after = 2 * i + 1 + which; after < group.size())
                group[i]->wakes[which] = group[after];
    let_go(*group.front());
}

Writer::Request* Writer::next()
{
    const std::lock_guard lock(mutex_);
    if (queue_.empty())
        return nullptr;
    auto* const request = queue_.front();
    queue_.pop_front();
    return request;
}

void Writer::run()
{
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            const auto something = [this] { return stopping_ || !queue_.empty(); };
            if (!unmoved_)
                arrived_.wait(lock, something);
            else if (!arrived_.wait_for(lock, idle_before_checkpoint, something)) {
                lock.unlock();
                checkpoint();
                continue;
            }
            if (queue_.empty())
                return;
        }
        if (auto* const request = next(); request->work != nullptr)
            run_alone(*request);
        else
            run_group(request);
        checkpoint_when_due();
    }
}

void Writer::run_alone(Request& request)
{
    try {
        request.outcome = (*request.work)(connection_);
    } catch (...) {
        request.thrown = std::current_exception();
    }
    if (connection_.in_transaction())
        (void)connection_.step(Step::Rollback);
    let_go(request);
}

void Writer::run_group(Request* first)
{
    const auto started = std::chrono::steady_clock::now();
    std::vector<Request*> group;
    Request* alone = nullptr;
    std::optional<Error> broken;
    if (auto begun = connection_.step(Step::BeginWriting); !begun)
        broken = begun.error();
    for (auto* request = first; request != nullptr; request = next()) {
        if (request->work != nullptr) {
            alone = request;
            break;
        }
        group.push_back(request);
        if (!broken)
            run_member(*request, broken);
        if (broken || group.size() >= group_size || std::chrono::steady_clock::now() - started > group_age)
            break;
    }
    const auto committing = std::chrono::steady_clock::now();
    if (!broken)
        if (auto committed = connection_.step(Step::Commit); !committed)
            broken = committed.error();
    const auto committed_at = std::chrono::steady_clock::now();
    if (!broken)
        tally_.committed(group.size(), committed_at - committing);
    if (broken) {
        if (connection_.in_transaction())
            (void)connection_.step(Step::Rollback); // fails only when it is already rolled back
        for (auto* request : group)
            if (!request->thrown && request->outcome)
                request->outcome = *broken;
    }
    {
        const std::lock_guard lock(mutex_);
        trouble_ = broken ? broken->noted : std::string();
    }
    for (auto* request : group) {
        request->committing = committing;
        request->committed = committed_at;
    }
    let_all_go(group);
    if (alone != nullptr)
        run_alone(*alone);
}

void Writer::run_member(Request& request, std::optional<Error>& broken)
{
    if (auto saved = connection_.step(Step::Savepoint); !saved) {
        broken = saved.error();
        return;
    }
    WritingTransaction transaction(connection_, *request.actor, lane_);
    try {
        request.outcome = (*request.body)(transaction);
    } catch (...) {
        request.thrown = std::current_exception();
    }
    if (request.outcome && transaction.failed())
        request.outcome = *transaction.failed();
    const bool keep = request.outcome && !request.thrown;
    if (!connection_.in_transaction()) {
        // SQLite gave up the whole transaction: a full disk or a broken one. The others' work is lost with it.
        broken = transaction.failed().value_or(
            unavailable("The store could not write. Nothing of this was kept.", "the transaction ended by itself"));
        return;
    }
    if (!keep)
        if (auto undone = connection_.step(Step::RollbackToSavepoint); !undone) {
            broken = undone.error();
            return;
        }
    if (auto released = connection_.step(Step::Release); !released) {
        broken = released.error();
        return;
    }
    if (keep)
        request.left = {transaction.take_announcements(), transaction.take_after()};
}

void Writer::checkpoint_when_due()
{
    if (unmoved_ && log_pages_ >= checkpoint_at_)
        checkpoint();
}

void Writer::checkpoint()
{
    // A failure leaves the log as it is: nothing is lost, and the next one tries again. While a long read (a backup)
    // holds the log it grows, and one looks again only after as many pages more; readers are waited for briefly.
    const bool too_long = log_pages_ / restart_factor >= checkpoint_pages_;
    const int mode = too_long ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE;
    sqlite3_busy_timeout(connection_.raw(), restart_milliseconds);
    sqlite3_wal_checkpoint_v2(connection_.raw(), nullptr, mode, nullptr, nullptr);
    sqlite3_busy_timeout(connection_.raw(), Connection::busy_milliseconds);
    unmoved_ = false;
    checkpoint_at_ = log_pages_ + checkpoint_pages_;
}

} // namespace handrail::sqlite
