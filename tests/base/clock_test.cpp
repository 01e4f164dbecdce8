#include "base/clock.h"

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

} // namespace handrail
