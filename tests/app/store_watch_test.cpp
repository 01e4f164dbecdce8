#include "app/store_watch.h"

#include <atomic>
#include <stdexcept>

#include <gmock/gmock.h>

#include "base/steady_time.h"

namespace handrail::app {
namespace {

using namespace std::chrono_literals;
using State = StoreWatch::State;

/// A store that does what it is told, and who was told of what came of it.
struct Watching : testing::Test {
    StoreWatch::Look look()
    {
        while (hangs)
            std::this_thread::sleep_for(2ms);
        const std::lock_guard lock(mutex);
        return answer;
    }
    void answers(StoreWatch::Look next)
    {
        const std::lock_guard lock(mutex);
        answer = std::move(next);
    }
    /// What was told, once it is so many things.
    std::vector<std::string> told_of(std::size_t count)
    {
        for (int i = 0; i < 2000; ++i) {
            {
                const std::lock_guard lock(mutex);
                if (told_so_far.size() >= count)
                    return told_so_far;
            }
            std::this_thread::sleep_for(5ms);
        }
        throw std::runtime_error("nothing more was told");
    }

    std::mutex mutex;
    StoreWatch::Look answer{true, true, {}, {}};
    std::atomic<bool> hangs{false};
    std::vector<std::string> told_so_far;
    SteadyTime clock;
    StoreWatch watch{[this] { return look(); },
                     clock,
                     [this](const auto& before, const auto& now) {
                         const std::lock_guard lock(mutex);
                         told_so_far.push_back(told(before, now));
                     },
                     {5ms, 5ms, 150ms, 5ms}};
};

TEST_F(Watching, SaysWhatIsWrongAndThatItIsOver)
{
    EXPECT_EQ(watch.found().state, State::Keeps);
    answers({true, false, "The disk is full.", "COMMIT: full (13)"});
    EXPECT_THAT(told_of(1).back(), "nothing can be kept: COMMIT: full (13)");
    EXPECT_EQ(watch.found().state, State::CannotWrite);
    EXPECT_EQ(watch.found().told, "The disk is full.");
    answers({false, false, "It is gone.", "connection refused"});
    EXPECT_THAT(told_of(2).back(), "nothing can be read or kept: connection refused");
    EXPECT_EQ(watch.found().state, State::Away);
    EXPECT_FALSE(watch.hangs()) << "it refuses, and nobody waits for it";
    answers({true, true, {}, {}});
    EXPECT_THAT(told_of(3).back(), testing::StartsWith("what is written is kept again, after"));
    EXPECT_EQ(watch.found().state, State::Keeps);
    EXPECT_EQ(watch.found().told, "");
}

TEST_F(Watching, ALookThatDoesNotComeBackIsAStoreThatIsAway)
{
    hangs = true;
    EXPECT_THAT(told_of(1).back(), testing::HasSubstr("does not come back"));
    EXPECT_TRUE(watch.hangs());
    hangs = false;
    EXPECT_THAT(told_of(2).back(), testing::StartsWith("what is written is kept again"));
    EXPECT_FALSE(watch.hangs());
}

TEST_F(Watching, TellsAChangeOnce)
{
    answers({true, false, "The disk is full.", {}});
    told_of(1);
    std::this_thread::sleep_for(100ms);
    EXPECT_EQ(told_of(1).size(), 1U);
    EXPECT_EQ(told_of(1).front(), "nothing can be kept: The disk is full.");
}

} // namespace
} // namespace handrail::app
