// Hours as the lists write them, and what is left alone.
#include "domain/opening_hours.h"

#include <gtest/gtest.h>

namespace handrail {
namespace {

using Days = std::array<std::vector<OpeningHours::Span>, 7>;
using Span = OpeningHours::Span;

struct Case {
    const char* written;
    Days days; ///< Monday first
};

Days every(Span span) { return {{{span}, {span}, {span}, {span}, {span}, {span}, {span}}}; }

class ReadHours : public testing::TestWithParam<Case> {};

TEST_P(ReadHours, AsTheyAreMeant)
{
    const auto read = opening_hours(GetParam().written);
    ASSERT_TRUE(read) << GetParam().written;
    EXPECT_FALSE(read->always);
    EXPECT_EQ(read->days, GetParam().days) << GetParam().written;
}

const Span nine_to_five{540, 1020};

INSTANTIATE_TEST_SUITE_P(
    Forms, ReadHours,
    testing::Values(Case{"16:00-24:00 daily", every({960, 1440})}, Case{"08:00-02:00 daily", every({480, 1560})},
                    Case{"07:00-24:00", every({420, 1440})}, Case{"19:00-07:00", every({1140, 1860})}, Case{"15:30-00:30 daily", every({930, 1470})},
                    Case{"Mon-Fri 09:00-17:00", {{{nine_to_five}, {nine_to_five}, {nine_to_five}, {nine_to_five}, {nine_to_five}, {}, {}}}},
                    Case{"weekdays 09:00-17:00", {{{nine_to_five}, {nine_to_five}, {nine_to_five}, {nine_to_five}, {nine_to_five}, {}, {}}}},
                    Case{"Mon-Fri 09:00-21:00 Central", {{{{540, 1260}}, {{540, 1260}}, {{540, 1260}}, {{540, 1260}}, {{540, 1260}}, {}, {}}}},
                    Case{"Mon, Wed, Sun 19:30-21:30; Tue, Thu, Fri, Sat 10:30-12:30",
                         {{{{1170, 1290}}, {{630, 750}}, {{1170, 1290}}, {{630, 750}}, {{630, 750}}, {{630, 750}}, {{1170, 1290}}}}},
                    Case{"Mon-Thu 10:00-18:00, Fri 10:00-17:00, Sat-Sun 12:00-17:00 Eastern",
                         {{{{600, 1080}}, {{600, 1080}}, {{600, 1080}}, {{600, 1080}}, {{600, 1020}}, {{720, 1020}}, {{720, 1020}}}}},
                    Case{"Mon-Fri 09:00-17:00, Tue and Thu to 19:00",
                         {{{nine_to_five}, {{540, 1140}}, {nine_to_five}, {{540, 1140}}, {nine_to_five}, {}, {}}}},
                    Case{"11:00-23:00, Fri-Sat to 03:00",
                         {{{{660, 1380}}, {{660, 1380}}, {{660, 1380}}, {{660, 1380}}, {{660, 1620}}, {{660, 1620}}, {{660, 1380}}}}},
                    Case{"Fri-Sun 10:00-18:00", {{{}, {}, {}, {}, {{600, 1080}}, {{600, 1080}}, {{600, 1080}}}}}));

TEST(OpeningHours, DayAndNightIsSaidOnlyWhereNothingElseIs)
{
    EXPECT_TRUE(opening_hours("24/7")->always);
    for (const char* written : {"24/7 (UNVERIFIED)", "24/7 (South Australia 08:30-22:00)"})
        EXPECT_FALSE(opening_hours(written)) << written;
}

TEST(OpeningHours, WhatCannotBeReadClaimsNothing)
{
    for (const char* written : {"", "business hours", "daily, about 10:00-24:00 (see site)", "16:00-21:00 daily; 24 h from 08:00 on the 10th",
                                "Mon-Fri", "Mon 25:00-26:00", "Mon 09:00-", "to 19:00", "09:00-09:00", "Mon 9-17", "09:00-12:00, 14:00-18:00",
                                "Mon-Fri 09:00-17:00, Sun to 19:00", "-", "Mon-"})
        EXPECT_FALSE(opening_hours(written)) << written;
}

} // namespace
} // namespace handrail
