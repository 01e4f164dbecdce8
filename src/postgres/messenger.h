#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "postgres/session.h"
#include "storage/listeners.h"

namespace handrail::postgres {

/// Carries announcements between nodes by NOTIFY, on a thread and a connection of its own.
///
/// Not inside the writing transactions: a commit that holds a NOTIFY takes a lock that lets one such commit through at
/// a time, and group commit would be lost. A node that dies between its commit and its NOTIFY owes the others a
/// wake-up; what they are woken for lies in rows with due times, which they look at anyway.
class Messenger {
public:
    /// @param channel One for each set of a database.
    Messenger(Session::Target target, std::string channel, storage::Listeners& listeners);
    ~Messenger();
    Messenger(const Messenger&) = delete;
    Messenger& operator=(const Messenger&) = delete;

    /// Hands announcements to the other nodes. Does not wait.
    void send(const std::vector<storage::Announcement>& announcements);
    /// Whether it hears the others right now.
    bool connected() const;

private:
    void run();
    /// One connection's life; returns when it is lost or this is stopped.
    void serve(Session& session);
    bool deliver(Session& session);
    void hear(Session& session);
    bool stopping() const;
    void set_connected(bool connected);

    Session::Target target_;
    std::string channel_;
    storage::Listeners& listeners_;
    int wake_; ///< an eventfd
    mutable std::mutex mutex_;
    std::condition_variable stopped_;
    std::vector<std::string> outgoing_;
    bool connected_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace handrail::postgres
