// What else a series tells besides a change for the worse: entry fatigue, slowing down, days of the person's own clock; and
// what holds for findings of every kind.

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>

#include "monitoring/followed.h"

namespace handrail::monitoring {
namespace {

const Instant start = *from_rfc3339("2026-01-05T19:00:00Z");
constexpr std::chrono::hours day{24};

TrendRow row(int on_day, std::optional<double> value) { return {"Ada", start + day * on_day, "phq-9", value}; }

std::vector<TrendEvent> of_kind(const std::string& kind, const std::vector<TrendRow>& rows)
{
    auto all = events_of(rows);
    std::erase_if(all, [&](const TrendEvent& event) { return event.kind != kind; });
    return all;
}

double number(const TrendEvent& event, const std::string& name)
{
    for (const auto& [key, value] : event.numbers)
        if (key == name)
            return value;
    ADD_FAILURE() << event.kind << " does not say " << name;
    return std::nan("");
}

/// A diary in which everything happens: slower and larger ups and downs, a lasting change, ever the same answer, fewer days
/// with an answer, a long silence, open questions.
std::vector<TrendRow> eventful(unsigned seed)
{
    std::mt19937 random(seed);
    std::normal_distribution<double> normal;
    std::vector<TrendRow> out;
    double level = 0;
    for (int i = 0; i < 300; ++i) {
        const double alike = i < 60 ? 0.1 : std::min(0.9, 0.1 + 0.01 * (i - 60));
        level = alike * level + normal(random);
        std::optional<double> value = std::round(10 * (6 + level + (i > 160 && i < 200 ? 6 : 0))) / 10;
        if (i > 210 && i < 235)
            value = 6;
        if ((i > 240 && random() % 3 != 0) || (i > 262 && i < 275))
            continue;
        if (random() % 20 == 0)
            value.reset();
        out.push_back(row(i, value));
    }
    return out;
}

TEST(TrendFindings, LaterRowsNeverChangeAnEarlierEventOfAnyKind)
{
    std::set<std::string> kinds;
    for (unsigned seed = 1; seed <= 12; ++seed) {
        const auto rows = eventful(seed);
        const auto all = events_of(rows);
        for (const auto& event : all)
            kinds.insert(event.kind);
        for (std::size_t length = seed; length < rows.size(); length += 17) {
            // Not only fewer rows: other rows after them.
            std::vector<TrendRow> other(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(length));
            const auto some = events_of(other);
            for (int i = 0; i < 40; ++i) {
                other.push_back(rows[length - 1]);
                other.back().at += day * (i + 1);
                other.back().value = 30.0 * (i % 2);
            }
            const auto changed = events_of(other);
            ASSERT_LE(some.size(), all.size());
            ASSERT_LE(some.size(), changed.size());
            for (std::size_t i = 0; i < some.size(); ++i) {
                ASSERT_EQ(written(some[i]), written(all[i])) << "seed " << seed << ", first " << length << " rows";
                ASSERT_EQ(written(some[i]), written(changed[i])) << "seed " << seed << ", first " << length << " rows";
            }
        }
    }
    for (const char* kind : {"worse_than_usual", "slowly_worse", "reliably_worse", "silence", "entry_fatigue", "slowing_down"})
        EXPECT_TRUE(kinds.contains(kind)) << "no series of this test has " << kind;
}

TEST(TrendFindings, EveryFindingSaysDelayIntervalAndCompleteness)
{
    std::size_t seen = 0;
    for (unsigned seed = 1; seed <= 12; ++seed)
        for (const auto& event : events_of(eventful(seed))) {
            ++seen;
            EXPECT_GE(number(event, "delay_days"), 0) << event.kind;
            EXPECT_LE(number(event, "low"), number(event, "high")) << event.kind;
            EXPECT_GE(number(event, "completeness"), 0) << event.kind;
            EXPECT_LE(number(event, "completeness"), 1) << event.kind;
            for (const auto& [key, value] : event.numbers)
                EXPECT_TRUE(std::isfinite(value)) << event.kind << ' ' << key;
        }
    EXPECT_GT(seen, 50U);
}

TEST(TrendFindings, FatigueAndSlowingDownAskForNobody)
{
    for (unsigned seed = 1; seed <= 12; ++seed)
        for (const auto& event : events_of(eventful(seed)))
            if (event.kind == "entry_fatigue" || event.kind == "slowing_down") {
                EXPECT_EQ(event.urgency, Urgency::Usual);
            }
}

TEST(TrendFindings, AFallInDaysWithAnAnswerIsFatigueAndToldOnce)
{
    std::vector<TrendRow> rows;
    std::vector<TrendRow> half;
    for (int i = 0; i < 90; ++i) {
        if (i < 50 || i % 3 == 0)
            rows.push_back(row(i, 3 + i % 4));
        if (i % 2 == 0)
            half.push_back(row(i, 3 + i % 4));
    }
    const auto found = of_kind("entry_fatigue", rows);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_GT(found[0].at, start + day * 54);
    EXPECT_LE(found[0].at, start + day * 66);
    EXPECT_LT(number(found[0], "high"), 0);
    // Someone who has answered every other day from the start has not tired.
    EXPECT_TRUE(of_kind("entry_fatigue", half).empty());
}

TEST(TrendFindings, TheSameAnswerAgainAndAgainIsFatigueOnlyFromSomeoneWhoseAnswersDiffered)
{
    std::vector<TrendRow> rows;
    std::vector<TrendRow> steady;
    for (int i = 0; i < 60; ++i) {
        rows.push_back(row(i, i < 40 ? 3 + i % 3 : 4));
        steady.push_back(row(i, i % 20 == 0 ? 3 : 4));
    }
    const auto found = of_kind("entry_fatigue", rows);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(number(found[0], "same_answers"), 10);
    EXPECT_TRUE(of_kind("entry_fatigue", steady).empty());
}

/// Offers of slowing down a person-month in series of one day-to-day correlation, and the share of series in which it rises
/// from 0.3 to 0.9 that get one.
TEST(TrendFindings, SlowingDownKeepsToItsStatedRate)
{
    int false_offers = 0;
    int noticed = 0;
    constexpr int people = 60;
    for (unsigned person = 0; person < people; ++person)
        for (const bool rising : {false, true}) {
            std::mt19937 random(person);
            std::normal_distribution<double> normal;
            TrendFollower follower(protocol(), nullptr);
            double level = 0;
            bool told = false;
            for (int i = 0; i < 240; ++i) {
                level = (i < 120 || !rising ? 0.3 : 0.3 + 0.6 * (i - 120) / 120) * level + normal(random);
                if (random() % 5 == 0)
                    continue;
                for (const auto& event : follower.take(row(i, level)))
                    if (event.kind == "slowing_down") {
                        false_offers += rising ? 0 : 1;
                        told = told || i >= 120;
                    }
            }
            noticed += rising && told ? 1 : 0;
        }
    EXPECT_LE(false_offers / (people * 8.0), 0.08);
    EXPECT_GE(noticed, people / 5);
}

TEST(TrendFindings, ADayIsADayOfThePersonsOwnClock)
{
    // 23:30 in Auckland's summer and 00:30 the next day are two days there, and one day in UTC.
    TrendFollower there(protocol(), nullptr);
    TrendFollower utc(protocol(), nullptr);
    for (int i = 0; i < 20; ++i)
        for (const int hour : {10, 12}) {
            TrendRow each{"p", *from_rfc3339("2026-01-05T00:30:00Z") + day * i + std::chrono::hours(hour), "m", 3.0};
            utc.take(each);
            each.utc_offset = std::chrono::hours(13);
            there.take(each);
        }
    EXPECT_EQ(utc.days_kept(), 19U);
    EXPECT_EQ(there.days_kept(), 20U);
}

TEST(TrendFindings, WhoTravelsBackAcrossTheDateLineNeverMeetsADayTwice)
{
    TrendFollower follower(protocol(), nullptr);
    for (int i = 0; i < 30; ++i) {
        TrendRow each{"p", start + day * i, "m", 3.0 + i % 2};
        each.utc_offset = std::chrono::hours(i < 15 ? 13 : -11);
        follower.take(each);
    }
    EXPECT_EQ(follower.days_kept(), 28U);
}

TEST(TrendFindings, WeekdaysThatAlwaysDifferAreNoChange)
{
    std::vector<TrendRow> weekly;
    for (int i = 0; i < 180; ++i)
        weekly.push_back(row(i, 3 + i % 2 + (i % 7 >= 5 ? 2 : 0)));
    TrendFollower follower(protocol(), nullptr);
    for (const auto& each : weekly)
        for (const auto& event : follower.take(each))
            EXPECT_EQ(event.kind.find("worse"), std::string::npos) << event.kind << " at " << to_rfc3339(event.at);
    OwnDays own;
    for (int i = 0; i < 120; ++i)
        own.add({std::chrono::floor<std::chrono::days>(start) + std::chrono::days{i}, 3.0 + (i % 7 == 0 ? 4 : 0), 1, false});
    std::uint64_t read = 0;
    const auto base = baseline_of(own, std::chrono::floor<std::chrono::days>(start) + std::chrono::days{120}, protocol(), read);
    ASSERT_TRUE(base.has_value());
    // Pulled towards none, never beyond what was seen: 4 x 6 / 7 above the mean of all days.
    EXPECT_GT(base->weekday[1], 0.5); // day 0 is a Monday
    EXPECT_LT(base->weekday[1], 4.0 * 6 / 7);
    EXPECT_LT(base->weekday[3], 0);
}

TEST(TrendFindings, AMillionRowsOfOnePersonKeepABoundedNumberOfDaysAndReadEachBaselineOnceADay)
{
    TrendFollower follower(protocol(), nullptr);
    constexpr int rows = 1'000'000;
    constexpr int a_day = 1000;
    TrendRow each{"p", start, "m", 3.0};
    for (int i = 0; i < rows; ++i) {
        each.at = start + day * (i / a_day) + std::chrono::seconds(i % a_day);
        each.value = 3 + i % 5;
        follower.take(each);
    }
    EXPECT_LE(follower.days_kept(), OwnDays::most);
    EXPECT_LE(follower.days_read(), static_cast<std::uint64_t>(rows / a_day) * 2 * 60);
}

/// What a follower that makes no offers says is what is left when those that ask for nobody are taken out.
TEST(TrendFindings, WithoutOffersNothingElseChanges)
{
    for (unsigned seed = 1; seed <= 20; ++seed) {
        TrendFollower all(protocol(), nullptr);
        TrendFollower fewer(protocol(), nullptr, TrendFollower::Offers::LeftOut);
        std::vector<std::string> expected;
        std::vector<std::string> said;
        std::size_t offers = 0;
        for (const auto& each : eventful(seed)) {
            for (const auto& event : all.take(each))
                if (event.urgency == Urgency::Usual)
                    ++offers;
                else
                    expected.push_back(written(event));
            for (const auto& event : fewer.take(each))
                said.push_back(written(event));
        }
        EXPECT_EQ(said, expected) << "seed " << seed;
        EXPECT_FALSE(said.empty()) << "seed " << seed;
        EXPECT_GT(offers, 0U) << "seed " << seed;
    }
}

} // namespace
} // namespace handrail::monitoring
