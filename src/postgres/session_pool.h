#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/tally.h"
#include "postgres/session.h"

namespace handrail::postgres {

/// A few sessions, lent one at a time. A lost one is opened again when it is next asked for.
class SessionPool {
public:
    /// @param lane_class When not 0, every session holds a lane: a number that no other session of any node holds at
    /// the
    ///                   same time (an advisory lock of this class on it, let go of by the server with the connection).
    /// @param longest_restart for how long whoever finds the server away is asked to try again
    SessionPool(Session::Target target, int sessions, int lane_class, std::chrono::milliseconds longest_restart);

    struct Member {
        std::unique_ptr<Session> session;
        std::int64_t lane = 0;
    };
    class Lease {
    public:
        Lease(SessionPool& pool, std::unique_ptr<Member> member) : pool_(&pool), member_(std::move(member)) {}
        Lease(Lease&& other) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease()
        {
            if (member_)
                pool_->give_back(std::move(member_));
        }
        Session& session() const { return *member_->session; }
        std::int64_t lane() const { return member_->lane; }
        /// Closes the session; the next one who asks gets a new one.
        void drop() { member_->session.reset(); }

    private:
        friend class SessionPool;
        SessionPool* pool_;
        std::unique_ptr<Member> member_;
    };
    /// Waits until one is free. A failure says that the server cannot be reached.
    Answer<Lease> take();
    /// The server cannot be reached, and has not been for so long that waiting for it helps nobody: a restart or a
    /// change of the primary would be over. The next take() tries again all the same.
    bool long_away() const;
    /// How long those who asked waited for a free one.
    Tally::Steps waits() const { return waits_.read(); }

private:
    void give_back(std::unique_ptr<Member> member);
    Answer<std::monostate> open(Member& member) const;
    void found(bool there);

    static constexpr std::array<double, 9> wait_edges{0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 1.0, 10.0};
    Tally waits_{wait_edges};
    Session::Target target_;
    int lane_class_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<Member>> free_;

    /// One absence of the server: no session could be opened meanwhile.
    struct Absence {
        std::chrono::steady_clock::time_point since;
        std::chrono::steady_clock::time_point seen; ///< last
    };
    std::chrono::milliseconds longest_restart_;
    mutable std::mutex absence_mutex_;
    std::optional<Absence> absence_;
};

} // namespace handrail::postgres
