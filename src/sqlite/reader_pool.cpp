#include "sqlite/reader_pool.h"

namespace handrail::sqlite {

ReaderPool::Lease ReaderPool::take()
{
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [this] { return !free_.empty(); });
    auto connection = std::move(free_.back());
    free_.pop_back();
    lock.unlock();
    return {*this, std::move(connection)};
}

void ReaderPool::give_back(std::unique_ptr<Connection> connection)
{
    if (connection->in_transaction())
        (void)connection->step(Connection::Step::Rollback); // nothing was changed that could be lost
    {
        const std::lock_guard lock(mutex_);
        free_.push_back(std::move(connection));
    }
    freed_.notify_one();
}

} // namespace handrail::sqlite
