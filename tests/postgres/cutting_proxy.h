#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace handrail::tests {

/// Stands between a client and PostgreSQL on loopback and cuts the connection when told: before the server hears a
/// COMMIT, or before the client hears its answer.
class CuttingProxy {
public:
    explicit CuttingProxy(int server_port);
    ~CuttingProxy();
    CuttingProxy(const CuttingProxy&) = delete;
    CuttingProxy& operator=(const CuttingProxy&) = delete;

    int port() const { return port_; }
    enum class Cut { Nothing, BeforeCommit, BeforeAnswer };
    /// The next COMMIT that comes by; then it lets everything through again.
    void cut_next(Cut cut) { cut_ = cut; }
    int cuts() const { return cuts_; }

private:
    void accept_all();
    void carry(int client);

    int server_port_;
    int listening_;
    int port_ = 0;
    std::atomic<Cut> cut_ = Cut::Nothing;
    std::atomic<int> cuts_ = 0;
    std::atomic<bool> stopping_ = false;
    std::mutex mutex_;
    std::vector<std::thread> carriers_;
    std::thread acceptor_;
};

} // namespace handrail::tests
