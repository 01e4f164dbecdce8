#include "base/steady_time.h"

#include <gtest/gtest.h>

namespace handrail {

struct Written {
    const char* text;
    const char* as_utc;
};

class Rfc3339 : public testing::TestWithParam<Written> {};

TEST_P(Rfc3339, ReadsEveryFormAndWritesUtc)
{
    const auto at = from_rfc3339(GetParam().text);
    ASSERT_TRUE(at.ok()) << GetParam().text;
    EXPECT_EQ(to_rfc3339(*at), GetParam().as_utc);
}

INSTANTIATE_TEST_SUITE_P(Forms, Rfc3339,
                         testing::Values(Written{"2026-03-02T22:10:00Z", "2026-03-02T22:10:00.000Z"},
                                         Written{"2026-03-02T22:10:00.125Z", "2026-03-02T22:10:00.125Z"},
                                         Written{"2026-03-02T22:10:00+02:00", "2026-03-02T20:10:00.000Z"},
                                         Written{"2026-03-01T00:30:00-05:30", "2026-03-01T06:00:00.000Z"},
                                         Written{"2026-03-02", "2026-03-02T00:00:00.000Z"},
                                         Written{"2024-02-29 12:00", "2024-02-29T12:00:00.000Z"},
                                         Written{"1969-12-31T23:59:59Z", "1969-12-31T23:59:59.000Z"}));

TEST(Rfc3339, RefusesWhatIsNoInstant)
{
    for (const char* wrong : {"", "yesterday", "2026-13-01", "2026-02-30", "2026-03-02T25:00", "2026-03-02T22:61Z",
                              "2026-03-02T22:10:00+2", "2026-03-02T22:10:00Zx", "2026-3-2", "2026-03-02T22:10:00."})
        EXPECT_FALSE(from_rfc3339(wrong).ok()) << wrong;
}

TEST(SystemClock, NeverGoesBackwards)
{
    const SystemClock clock;
    auto before = clock.now();
    for (int i = 0; i < 1000; ++i) {
        const auto now = clock.now();
        EXPECT_GE(now, before);
        before = now;
    }
}

namespace {

/// Both clocks of a machine, moved by hand.
struct Machine {
    Instant system = from_stored(1'772'000'000'000'000);
    Duration steady{5'000'000};
    void pass(Duration length)
    {
        system += length;
        steady += length;
    }
    SteadyTime clock()
    {
        return SteadyTime([this] { return ClockReading{system, steady}; });
    }
};

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(SteadyTime, GoesOnBySteadyTimeAfterABackwardJump)
{
    Machine machine;
    const auto clock = machine.clock();
    const auto start = clock.now();
    machine.system -= hours{3};
    EXPECT_EQ(clock.now(), start);
    machine.pass(minutes{5});
    EXPECT_EQ(clock.now(), start + minutes{5});
    EXPECT_EQ(clock.ahead(), hours{3});
    machine.pass(hours{4});
    EXPECT_EQ(clock.now(), start + minutes{5} + hours{4});
    // The system clock is set right: from the moment it has caught up it counts again.
    machine.system += hours{3} + seconds{2};
    EXPECT_EQ(clock.now(), machine.system);
    EXPECT_EQ(clock.ahead(), Duration{0});
}

TEST(SteadyTime, GoesOnFromWhatIsStoredAfterARestart)
{
    Machine machine;
    const auto stored = machine.system + hours{1}; // the clock was set back while the process was down
    auto clock = machine.clock();
    clock.not_before(stored);
    EXPECT_EQ(clock.now(), stored);
    EXPECT_EQ(clock.ahead(), hours{1});
    machine.pass(minutes{5});
    EXPECT_EQ(clock.now(), stored + minutes{5});
    EXPECT_EQ(clock.jumps().count, 0);
}

TEST(SteadyTime, AnOlderStoredInstantChangesNothing)
{
    Machine machine;
    auto clock = machine.clock();
    clock.not_before(machine.system - hours{1});
    EXPECT_EQ(clock.now(), machine.system);
    EXPECT_EQ(clock.ahead(), Duration{0});
}

TEST(SteadyTime, ReportsJumpsOfMoreThanAMinuteBothWays)
{
    Machine machine;
    const auto clock = machine.clock();
    const auto start = clock.now();
    machine.pass(hours{10}); // a long quiet time is no jump
    machine.system += seconds{60};
    EXPECT_EQ(clock.jumps().count, 0);
    machine.pass(seconds{1});
    machine.system += seconds{61};
    const auto forward = clock.jumps();
    ASSERT_EQ(forward.count, 1);
    EXPECT_EQ(forward.last->by, seconds{61});
    EXPECT_EQ(forward.last->at, start + hours{10} + seconds{61});
    EXPECT_EQ(clock.jumps().count, 1); // once, not at every look
    machine.system -= minutes{2};
    ASSERT_EQ(clock.jumps().count, 2);
    EXPECT_EQ(clock.jumps().last->by, -minutes{2});
}

} // namespace

} // namespace handrail
