#include <gtest/gtest.h>

#include "content/freshness.h"

namespace handrail::content {
namespace {

TEST(Directory, H1_AnEntryIsStaleAfter180Days)
{
    const auto checked = std::chrono::sys_days{std::chrono::year{2026} / 3 / 1};
    const auto after = [&](int days) { return Instant{checked + std::chrono::days{days}}; };
    EXPECT_FALSE(checked_long_ago("2026-03-01", after(0)));
    EXPECT_FALSE(checked_long_ago("2026-03-01", after(180)));
    EXPECT_TRUE(checked_long_ago("2026-03-01", after(181)));
}

TEST(Directory, H1_WhatHasNoWholeDateWasNotCheckedLately)
{
    const auto now = Instant{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};
    for (const auto* date : {"", "about 2021", "2026", "2026-02-30", "2026-13-01", "26-02-2026", "2026-02-2x"})
        EXPECT_TRUE(checked_long_ago(date, now)) << date;
}

} // namespace
} // namespace handrail::content
