// Whether a line answers now: across midnight, weekends, summer time and the zones of a country.
#include "care/open_now.h"

#include <gtest/gtest.h>

namespace handrail::care {
namespace {

struct Case {
    const char* hours;
    std::vector<std::string> zones;
    const char* now;
    const char* says; ///< "open until …", "shut until …", without an instant where it is not known; "" when nothing is said
};

std::string told(const Case& each)
{
    const auto found = open_now(*opening_hours(each.hours), each.zones, *from_rfc3339(each.now));
    if (!found)
        return "";
    return std::string(found->open ? "open" : "shut") + (found->until ? " until " + to_rfc3339(*found->until).substr(0, 16) : "");
}

const std::vector<std::string> vienna{"Europe/Vienna"};

TEST(OpenNow, ByTheClockOfThePlace)
{
    // 2026-03-02 is a Monday; summer time begins in Europe on 2026-03-29 and ends on 2026-10-25.
    const Case cases[] = {
        {"24/7", {}, "2026-03-02T03:00:00Z", "open"},
        {"16:00-24:00 daily", vienna, "2026-03-02T14:59:00Z", "shut until 2026-03-02T15:00"},
        {"16:00-24:00 daily", vienna, "2026-03-02T15:00:00Z", "open until 2026-03-02T23:00"},
        {"16:00-24:00 daily", vienna, "2026-03-02T22:59:59Z", "open until 2026-03-02T23:00"},
        {"16:00-24:00 daily", vienna, "2026-03-02T23:00:00Z", "shut until 2026-03-03T15:00"},
        {"16:00-24:00 daily", vienna, "2026-07-06T14:30:00Z", "open until 2026-07-06T22:00"},
        {"19:00-07:00 daily", vienna, "2026-03-29T00:30:00Z", "open until 2026-03-29T05:00"}, // the night that is an hour shorter
        {"19:00-07:00 daily", vienna, "2026-10-25T00:30:00Z", "open until 2026-10-25T06:00"}, // and the one that is longer
        {"19:00-07:00 daily", vienna, "2026-03-02T07:00:00Z", "shut until 2026-03-02T18:00"},
        {"Mon-Fri 09:00-17:00", vienna, "2026-03-06T16:30:00Z", "shut until 2026-03-09T08:00"}, // Friday night
        {"11:00-23:00, Fri-Sat to 03:00", vienna, "2026-03-07T01:00:00Z", "open until 2026-03-07T02:00"}, // Friday's hours, on Saturday
        {"11:00-23:00, Fri-Sat to 03:00", vienna, "2026-03-06T01:00:00Z", "shut until 2026-03-06T10:00"},
        {"Mon-Fri 09:00-21:00 Central", {"America/Chicago"}, "2026-03-02T15:30:00Z", "open until 2026-03-03T03:00"},
        // Two zones: nothing is said while they differ, and no hour where each has its own.
        {"08:00-22:00", {"Europe/Lisbon", "Atlantic/Azores"}, "2026-03-02T08:30:00Z", ""},
        {"08:00-22:00", {"Europe/Lisbon", "Atlantic/Azores"}, "2026-03-02T12:00:00Z", "open"},
        {"08:00-22:00", {"Europe/Berlin", "Europe/Busingen"}, "2026-03-02T12:00:00Z", "open until 2026-03-02T21:00"},
        {"08:00-22:00", {}, "2026-03-02T12:00:00Z", ""},
        {"08:00-22:00", {"Europe/Nowhere"}, "2026-03-02T12:00:00Z", ""},
    };
    for (const auto& each : cases)
        EXPECT_EQ(told(each), each.says) << each.hours << " at " << each.now;
}

} // namespace
} // namespace handrail::care
