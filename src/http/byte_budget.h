#pragma once

#include <atomic>
#include <cstddef>

namespace handrail::http {

/// Bytes that all connections together may hold, for requests that are coming and answers that are going. Each has a
/// small allowance besides, so that somebody who writes a few words is heard also while ten thousand others hold on to
/// theirs. Safe from any thread.
class ByteBudget {
public:
    static constexpr std::size_t allowance = 8 * 1024;

    explicit ByteBudget(std::size_t most) : most_(most) {}

    std::size_t held() const { return held_.load(std::memory_order_relaxed); }

    /// What one connection holds of it. Given back when it goes.
    class Share {
    public:
        explicit Share(ByteBudget& budget) : budget_(budget) {}
        Share(const Share&) = delete;
        Share& operator=(const Share&) = delete;
        ~Share() { let_go(); }

        /// Holds this many bytes in all from now on. False when there is no room: it holds what it held.
        bool hold(std::size_t bytes)
        {
            const auto wanted = beyond_allowance(bytes);
            if (wanted > mine_ && budget_.held_.fetch_add(wanted - mine_) + (wanted - mine_) > budget_.most_) {
                budget_.held_.fetch_sub(wanted - mine_);
                return false;
            }
            if (wanted < mine_)
                budget_.held_.fetch_sub(mine_ - wanted);
            mine_ = wanted;
            return true;
        }
        /// The same, room or not: for what is done already and has to be told.
        void hold_anyway(std::size_t bytes)
        {
            const auto wanted = beyond_allowance(bytes);
            budget_.held_.fetch_add(wanted);
            budget_.held_.fetch_sub(mine_);
            mine_ = wanted;
        }
        void let_go() { hold(0); }

    private:
        static std::size_t beyond_allowance(std::size_t bytes) { return bytes > allowance ? bytes - allowance : 0; }

        ByteBudget& budget_;
        std::size_t mine_ = 0;
    };

private:
    const std::size_t most_;
    std::atomic<std::size_t> held_{0};
};

} // namespace handrail::http
