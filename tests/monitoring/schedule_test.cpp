// Times of asking in people's own zones, over a year with its nights on which the clocks change.
#include "monitoring/schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace handrail::monitoring {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array<bool, 7> every_day{true, true, true, true, true, true, true};

Instant at(const std::string& written)
{
    const auto read = from_rfc3339(written);
    EXPECT_TRUE(read.ok()) << written;
    return *read;
}

Schedule daily(const std::string& zone, int from, int to)
{
    Schedule schedule;
    schedule.zone = zone;
    schedule.seed = "a schedule";
    schedule.times = {{every_day, from, to}};
    return schedule;
}

std::vector<Instant> from_until(const Schedule& schedule, Instant from, Instant until)
{
    std::vector<Instant> all;
    for (auto due = next_due(schedule, from); due && *due < until; due = next_due(schedule, *due))
        all.push_back(*due);
    return all;
}

std::string due_after(const Schedule& schedule, const std::string& after)
{
    const auto due = next_due(schedule, at(after));
    return due ? to_rfc3339(*due) : "none";
}

struct Night {
    const char* zone;
    int minute; ///< of the person's clock
    const char* after;
    const char* due;
};

// By the zone database: Berlin skips 02:00-03:00 on 29 March 2026 and repeats it on 25 October; New York on 8 March and
// 1 November; Lord Howe skips 02:00-02:30 on 4 October and repeats 01:30-02:00 on 5 April.
constexpr Night nights[] = {
    {"Europe/Berlin", 150, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00.000Z"},     // 02:30 is skipped: 03:00
    {"Europe/Berlin", 150, "2026-03-29T01:00:00Z", "2026-03-30T00:30:00.000Z"},     // and 02:30 again the day after
    {"Europe/Berlin", 150, "2026-10-24T12:00:00Z", "2026-10-25T00:30:00.000Z"},     // comes twice: the first
    {"Europe/Berlin", 150, "2026-10-25T00:30:00Z", "2026-10-26T01:30:00.000Z"},     // once that night
    {"Europe/Berlin", 540, "2026-03-28T12:00:00Z", "2026-03-29T07:00:00.000Z"},     // 09:00 stays 09:00
    {"America/New_York", 150, "2026-03-07T12:00:00Z", "2026-03-08T07:00:00.000Z"},  // 03:00 there
    {"America/New_York", 90, "2026-10-31T12:00:00Z", "2026-11-01T05:30:00.000Z"},   // the first 01:30
    {"Australia/Lord_Howe", 135, "2026-10-03T12:00:00Z", "2026-10-03T15:30:00.000Z"}, // 02:15 is skipped: 02:30
    {"Australia/Lord_Howe", 105, "2026-04-04T12:00:00Z", "2026-04-04T14:45:00.000Z"}, // the first 01:45
};

TEST(Schedule, AsksAtTheFirstMomentAfterASkippedTimeAndAtTheFirstOfTwo)
{
    for (const auto& night : nights)
        EXPECT_EQ(due_after(daily(night.zone, night.minute, night.minute), night.after), night.due)
            << night.zone << " " << night.minute << " after " << night.after;
}

TEST(Schedule, AFixedTimeComesOnceADayAllYearLong)
{
    for (const char* zone : {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe"})
        for (const int minute : {0, 90, 120, 150, 179, 540, 1439}) {
            const auto all = from_until(daily(zone, minute, minute), at("2026-01-01T12:00:00Z"), at("2027-01-01T12:00:00Z"));
            EXPECT_EQ(all.size(), 365U) << zone << " " << minute;
            for (std::size_t i = 1; i < all.size(); ++i) {
                EXPECT_GE(all[i] - all[i - 1], hours{23}) << zone << " " << to_rfc3339(all[i]);
                EXPECT_LE(all[i] - all[i - 1], hours{25}) << zone << " " << to_rfc3339(all[i]);
            }
        }
}

TEST(Schedule, DrawsOneMomentAWindowAndKeepsTheGapOnEveryNight)
{
    for (const char* zone : {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe"}) {
        Schedule schedule = daily(zone, 0, 3 * 60); // over the hour that is skipped or comes twice
        schedule.times.push_back({every_day, 3 * 60, 9 * 60});
        schedule.times.push_back({every_day, 9 * 60, 12 * 60});
        schedule.least_gap = minutes{60};
        ASSERT_TRUE(check(schedule).ok()) << check(schedule).error().told;
        const auto all = from_until(schedule, at("2026-01-01T12:00:00Z"), at("2027-01-01T12:00:00Z"));
        EXPECT_GE(all.size(), 3U * 365U - 12U) << zone; // the gap may leave out a moment at the end of a window
        EXPECT_LE(all.size(), 3U * 365U) << zone;
        for (std::size_t i = 1; i < all.size(); ++i)
            EXPECT_GE(all[i] - all[i - 1], minutes{60}) << zone << " " << to_rfc3339(all[i]);
    }
}

TEST(Schedule, TheNextMomentDoesNotDependOnWhenOneLooks)
{
    Schedule schedule = daily("Europe/Berlin", 9 * 60, 12 * 60);
    schedule.times.push_back({{true, false, true, false, true, false, false}, 12 * 60, 20 * 60});
    schedule.least_gap = minutes{90};
    ASSERT_TRUE(check(schedule).ok());
    const auto all = from_until(schedule, at("2026-03-20T00:00:00Z"), at("2026-04-20T00:00:00Z"));
    std::mt19937 random(7);
    for (std::size_t i = 1; i < all.size(); ++i) {
        const auto between = all[i - 1] + Duration{random() % static_cast<unsigned>((all[i] - all[i - 1]).count())};
        EXPECT_EQ(next_due(schedule, between), all[i]) << to_rfc3339(between);
    }
    auto another = schedule;
    another.seed = "another person's";
    EXPECT_NE(from_until(another, at("2026-03-20T00:00:00Z"), at("2026-04-20T00:00:00Z")), all);
}

TEST(Schedule, DrawsFromTheWholeWindow)
{
    const auto all = from_until(daily("UTC", 600, 660), at("2026-01-01T00:00:00Z"), at("2028-01-01T00:00:00Z"));
    std::array<int, 6> tenths{};
    for (const auto& each : all) {
        const auto minute = std::chrono::floor<minutes>(each - std::chrono::floor<days>(each)).count() - 600;
        ASSERT_GE(minute, 0);
        ASSERT_LT(minute, 60);
        ++tenths.at(static_cast<std::size_t>(minute / 10));
    }
    for (const int tenth : tenths) // 730 draws: 122 each, four standard deviations are 40
        EXPECT_NEAR(tenth, 122, 40);
}

TEST(Schedule, AsksOnceAroundAnEvent)
{
    Schedule schedule;
    schedule.zone = "Europe/Berlin";
    schedule.anchor = at("2026-03-30T09:00:00Z");
    schedule.offset = -minutes{24 * 60};
    EXPECT_EQ(due_after(schedule, "2026-03-01T00:00:00Z"), "2026-03-29T09:00:00.000Z");
    EXPECT_EQ(due_after(schedule, "2026-03-29T09:00:00Z"), "none");
    schedule.offset = minutes{7 * 24 * 60};
    EXPECT_EQ(due_after(schedule, "2026-03-29T09:00:00Z"), "2026-04-06T09:00:00.000Z");
}

TEST(Schedule, EveryOtherMoment)
{
    const auto schedule = daily("UTC", 540, 540);
    EXPECT_EQ(to_rfc3339(*next_due(schedule, at("2026-01-01T12:00:00Z"), 2)), "2026-01-03T09:00:00.000Z");
    EXPECT_EQ(to_rfc3339(*next_due(schedule, at("2026-01-01T12:00:00Z"), 1)), "2026-01-02T09:00:00.000Z");
}

TEST(Schedule, SaysWhatIsWrongAndWhere)
{
    const auto where = [](const Schedule& schedule) {
        const auto checked = check(schedule);
        return checked.ok() ? std::string("nothing") : checked.error().where;
    };
    auto schedule = daily("Europe/Berlin", 540, 600);
    EXPECT_EQ(where(schedule), "nothing");
    schedule.zone = "Berlin";
    EXPECT_EQ(where(schedule), "/time_zone");
    schedule = daily("UTC", 600, 540);
    EXPECT_EQ(where(schedule), "/times/0/to");
    schedule = daily("UTC", 1440, 1440);
    EXPECT_EQ(where(schedule), "/times/0/from");
    schedule = daily("UTC", 540, 600);
    schedule.times.push_back({{}, 700, 700});
    EXPECT_EQ(where(schedule), "/times/1/days");
    schedule.times.back() = {every_day, 620, 620};
    EXPECT_EQ(where(schedule), "nothing");
    schedule.least_gap = minutes{30};
    EXPECT_EQ(where(schedule), "/times"); // a fixed one 20 minutes after the end of a window
    schedule.times.back() = {every_day, 630, 630};
    EXPECT_EQ(where(schedule), "nothing");
    schedule.times.back() = {every_day, 590, 700};
    EXPECT_EQ(where(schedule), "/times"); // they overlap
    schedule.times.back() = {every_day, 600, 620};
    EXPECT_EQ(where(schedule), "/times"); // too short for the gap
    schedule.times.pop_back();
    schedule.least_gap = minutes{721};
    EXPECT_EQ(where(schedule), "/least_gap_minutes");
    schedule = daily("UTC", 10, 1430); // 20 minutes over midnight
    schedule.least_gap = minutes{30};
    EXPECT_EQ(where(schedule), "/times");
    schedule.times.clear();
    EXPECT_EQ(where(schedule), "/times");
    schedule.anchor = at("2026-03-30T09:00:00Z");
    EXPECT_EQ(where(schedule), "nothing");
    schedule.offset = -minutes{61 * 24 * 60};
    EXPECT_EQ(where(schedule), "/offset_minutes");
}

TEST(QuietHours, MoveALetterToTheMorningByThePersonsClock)
{
    const QuietHours quiet;
    const auto moved = [&](const char* zone, const char* written) { return to_rfc3339(after_quiet(quiet, zone, at(written))); };
    EXPECT_EQ(moved("Europe/Berlin", "2026-01-10T19:59:00Z"), "2026-01-10T19:59:00.000Z"); // 20:59
    EXPECT_EQ(moved("Europe/Berlin", "2026-01-10T20:00:00Z"), "2026-01-11T07:00:00.000Z"); // 21:00
    EXPECT_EQ(moved("Europe/Berlin", "2026-01-11T06:59:00Z"), "2026-01-11T07:00:00.000Z"); // 07:59
    EXPECT_EQ(moved("Europe/Berlin", "2026-01-11T07:00:00Z"), "2026-01-11T07:00:00.000Z"); // 08:00
    EXPECT_EQ(moved("Europe/Berlin", "2026-03-29T00:30:00Z"), "2026-03-29T06:00:00.000Z"); // 08:00 of summer
    EXPECT_EQ(moved("America/New_York", "2026-01-10T20:00:00Z"), "2026-01-10T20:00:00.000Z");
    EXPECT_EQ(to_rfc3339(after_quiet({13 * 60, 14 * 60}, "UTC", at("2026-01-10T13:30:00Z"))), "2026-01-10T14:00:00.000Z");
    EXPECT_EQ(to_rfc3339(after_quiet({0, 0}, "UTC", at("2026-01-10T00:00:00Z"))), "2026-01-10T00:00:00.000Z");
}

} // namespace

} // namespace handrail::monitoring
