#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "sqlite/connection.h"

namespace handrail::sqlite {

/// Read-only connections, lent one at a time. The one given back last is lent first: its pages are warm.
class ReaderPool {
public:
    explicit ReaderPool(std::vector<std::unique_ptr<Connection>> connections) : free_(std::move(connections)) {}

    class Lease {
    public:
        Lease(ReaderPool& pool, std::unique_ptr<Connection> connection)
            : pool_(pool), connection_(std::move(connection))
        {
        }
        ~Lease() { pool_.give_back(std::move(connection_)); }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        Connection& operator*() const { return *connection_; }

    private:
        ReaderPool& pool_;
        std::unique_ptr<Connection> connection_;
    };
    /// Waits until one is free.
    Lease take();

private:
    void give_back(std::unique_ptr<Connection> connection);

    std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<Connection>> free_;
};

} // namespace handrail::sqlite
