// Who is on call when: the weekly pattern, the nights on which clocks change, changes for a date, leave, gaps.
#include "care/rota.h"

#include <gmock/gmock.h>

namespace handrail::care {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

AccountId someone(std::uint8_t number)
{
    AccountId id;
    id.bytes[15] = number;
    return id;
}

class RotaTest : public testing::Test {
protected:
    const AccountId maeve = someone(1), idris = someone(2), ruth = someone(3);
    const TeamId team = [] {
        TeamId id;
        id.bytes[0] = 7;
        return id;
    }();
    Rota rota{"Europe/Dublin", {}, {}, {}, {}};

    static Instant at(const char* written) { return *from_rfc3339(written); }
    static Day day(const char* written) { return *day_from(written); }
    void shift(AccountId who, int weekday, int from, int to)
    {
        rota.shifts.push_back({ShiftId::random(), team, who, weekday, from, to});
    }
    void every_night(AccountId who)
    {
        for (int weekday = 0; weekday < 7; ++weekday)
            shift(who, weekday, 22 * 60, 30 * 60);
    }
    void instead(AccountId who, const char* from, const char* until)
    {
        rota.overrides.push_back({OverrideId::at(at("2026-03-01") + minutes{made_++}), team, who, at(from), at(until)});
    }
    std::vector<AccountId> now(const char* written) { return on_call(rota, team, at(written)); }

private:
    int made_ = 0;
};

TEST_F(RotaTest, TheWeekComesAgainByTheServicesOwnClock)
{
    shift(maeve, 0, 9 * 60, 17 * 60); // Monday
    EXPECT_THAT(now("2026-03-02T08:59:00Z"), IsEmpty());
    EXPECT_THAT(now("2026-03-02T09:00:00Z"), ElementsAre(maeve));
    EXPECT_THAT(now("2026-03-02T16:59:59Z"), ElementsAre(maeve));
    EXPECT_THAT(now("2026-03-02T17:00:00Z"), IsEmpty()) << "its end is the next one's";
    EXPECT_THAT(now("2026-03-03T09:00:00Z"), IsEmpty()) << "Tuesday";
    EXPECT_THAT(now("2026-03-09T09:00:00Z"), ElementsAre(maeve));
    EXPECT_THAT(now("2026-06-01T08:00:00Z"), ElementsAre(maeve)) << "summer time: nine there is eight in UTC";
    EXPECT_THAT(now("2026-06-01T16:00:00Z"), IsEmpty());
}

TEST_F(RotaTest, ANightGoesOnAcrossMidnightAndAcrossTheWeek)
{
    shift(idris, 6, 22 * 60, 30 * 60); // Sunday night
    EXPECT_THAT(now("2026-03-01T21:59:00Z"), IsEmpty());
    EXPECT_THAT(now("2026-03-01T23:59:59Z"), ElementsAre(idris));
    EXPECT_THAT(now("2026-03-02T05:59:59Z"), ElementsAre(idris)) << "Monday";
    EXPECT_THAT(now("2026-03-02T06:00:00Z"), IsEmpty());
}

// Clocks in Ireland go forward on 2026-03-29 at 01:00 UTC and back on 2026-10-25 at 01:00 UTC.
TEST_F(RotaTest, TheNightOnWhichClocksGoForwardIsAnHourShorter)
{
    every_night(idris);
    const auto night = stretches(rota, team, at("2026-03-28T20:00:00Z"), at("2026-03-29T12:00:00Z"));
    ASSERT_THAT(night, SizeIs(3));
    EXPECT_EQ(night[1].from, at("2026-03-28T22:00:00Z"));
    EXPECT_EQ(night[1].until, at("2026-03-29T05:00:00Z")) << "six in the morning there";
    EXPECT_EQ(night[1].until - night[1].from, hours{7});
}

TEST_F(RotaTest, TheNightOnWhichClocksGoBackIsAnHourLonger)
{
    every_night(idris);
    const auto night = stretches(rota, team, at("2026-10-24T20:00:00Z"), at("2026-10-25T12:00:00Z"));
    ASSERT_THAT(night, SizeIs(3));
    EXPECT_EQ(night[1].from, at("2026-10-24T21:00:00Z"));
    EXPECT_EQ(night[1].until, at("2026-10-25T06:00:00Z"));
    EXPECT_EQ(night[1].until - night[1].from, hours{9});
}

TEST_F(RotaTest, ShiftsThatMeetInTheHourThatIsSkippedOrDoubledLeaveNoHole)
{
    // One hands over to the other at half past one.
    for (int weekday = 0; weekday < 7; ++weekday) {
        shift(maeve, weekday, 90, 12 * 60);
        shift(idris, weekday, 12 * 60, 24 * 60 + 90);
    }
    for (const char* change : {"2026-03-29T00:00:00Z", "2026-10-25T00:00:00Z"})
        for (int minute = -180; minute < 360; ++minute)
            EXPECT_THAT(on_call(rota, team, at(change) + minutes{minute}), SizeIs(1)) << change << " " << minute;
    EXPECT_THAT(now("2026-03-29T00:59:00Z"), ElementsAre(idris)) << "half past one does not happen";
    EXPECT_THAT(now("2026-03-29T01:00:00Z"), ElementsAre(maeve)) << "it is two there";
    EXPECT_THAT(now("2026-10-25T00:29:00Z"), ElementsAre(idris));
    EXPECT_THAT(now("2026-10-25T00:30:00Z"), ElementsAre(maeve)) << "the first of the two half past ones";
    EXPECT_THAT(now("2026-10-25T01:15:00Z"), ElementsAre(maeve)) << "a quarter past one, again";
}

TEST_F(RotaTest, SomebodyElseTakesItForADate)
{
    every_night(idris);
    instead(maeve, "2026-03-03T23:00:00Z", "2026-03-04T02:00:00Z");
    EXPECT_THAT(now("2026-03-03T22:59:00Z"), ElementsAre(idris));
    EXPECT_THAT(now("2026-03-03T23:00:00Z"), ElementsAre(maeve));
    EXPECT_THAT(now("2026-03-04T01:59:00Z"), ElementsAre(maeve));
    EXPECT_THAT(now("2026-03-04T02:00:00Z"), ElementsAre(idris));
    EXPECT_THAT(now("2026-03-04T23:00:00Z"), ElementsAre(idris)) << "the next night is as ever";
}

TEST_F(RotaTest, OfTwoChangesAtTheSameTimeTheOneMadeLastCounts)
{
    every_night(idris);
    instead(maeve, "2026-03-03T22:00:00Z", "2026-03-04T06:00:00Z");
    instead(ruth, "2026-03-04T00:00:00Z", "2026-03-04T03:00:00Z");
    EXPECT_THAT(now("2026-03-03T23:59:00Z"), ElementsAre(maeve));
    EXPECT_THAT(now("2026-03-04T00:00:00Z"), ElementsAre(ruth));
    EXPECT_THAT(now("2026-03-04T03:00:00Z"), ElementsAre(maeve));
    std::swap(rota.overrides[0], rota.overrides[1]);
    EXPECT_THAT(now("2026-03-04T00:00:00Z"), ElementsAre(ruth)) << "in whatever order they are read";
    instead(idris, "2026-03-03T22:00:00Z", "2026-03-04T06:00:00Z");
    EXPECT_THAT(now("2026-03-04T00:00:00Z"), ElementsAre(idris));
}

TEST_F(RotaTest, LeaveMakesAGapOfWholeDaysThere)
{
    every_night(idris);
    rota.leaves.push_back({LeaveId::random(), idris, day("2026-06-02"), day("2026-06-03")});
    EXPECT_THAT(now("2026-06-01T22:59:59Z"), ElementsAre(idris)) << "a second before midnight there";
    EXPECT_THAT(now("2026-06-01T23:00:00Z"), IsEmpty());
    const auto found = gaps(rota, team, at("2026-05-25"), at("2026-06-30"));
    ASSERT_THAT(found, SizeIs(3));
    EXPECT_EQ(found[0].from, at("2026-06-01T23:00:00Z"));
    EXPECT_EQ(found[0].until, at("2026-06-02T05:00:00Z"));
    EXPECT_THAT(found[0].away, ElementsAre(idris));
    EXPECT_EQ(found[2].from, at("2026-06-03T21:00:00Z"));
    EXPECT_EQ(found[2].until, at("2026-06-03T23:00:00Z")) << "back at midnight";
    EXPECT_THAT(now("2026-06-03T23:00:00Z"), ElementsAre(idris));
}

TEST_F(RotaTest, AGapIsClosedByWhoeverTakesItUnlessTheyAreAwayToo)
{
    every_night(idris);
    rota.leaves.push_back({LeaveId::random(), idris, day("2026-03-03"), day("2026-03-04")});
    instead(maeve, "2026-03-03T00:00:00Z", "2026-03-03T06:00:00Z");
    instead(maeve, "2026-03-03T22:00:00Z", "2026-03-04T06:00:00Z");
    instead(ruth, "2026-03-04T22:00:00Z", "2026-03-05T00:00:00Z");
    EXPECT_THAT(gaps(rota, team, at("2026-03-02"), at("2026-04-02")), IsEmpty());
    rota.leaves.push_back({LeaveId::random(), maeve, day("2026-03-03"), day("2026-03-03")});
    const auto found = gaps(rota, team, at("2026-03-02"), at("2026-04-02"));
    ASSERT_THAT(found, SizeIs(2));
    EXPECT_EQ(found[1].until, at("2026-03-04T00:00:00Z"));
    EXPECT_THAT(found[1].away, ElementsAre(maeve)) << "who was to take it";
}

TEST_F(RotaTest, OneOfTwoAwayIsNoGap)
{
    shift(maeve, 1, 9 * 60, 17 * 60);
    shift(idris, 1, 12 * 60, 20 * 60);
    EXPECT_THAT(now("2026-03-03T13:00:00Z"), ElementsAre(maeve, idris));
    rota.leaves.push_back({LeaveId::random(), idris, day("2026-03-03"), day("2026-03-03")});
    EXPECT_THAT(now("2026-03-03T13:00:00Z"), ElementsAre(maeve));
    const auto found = gaps(rota, team, at("2026-03-03"), at("2026-03-04"));
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].from, at("2026-03-03T17:00:00Z"));
}

TEST_F(RotaTest, WhoHasLeftTheServiceIsAGapToo)
{
    every_night(idris);
    rota.gone.insert(idris);
    EXPECT_THAT(now("2026-03-03T23:00:00Z"), IsEmpty());
    EXPECT_THAT(gaps(rota, team, at("2026-03-02T12:00:00Z"), at("2026-03-09T12:00:00Z")), SizeIs(7));
}

TEST_F(RotaTest, HoursThatNoShiftCoversAreNoGapAndNobodysWhoHasAnotherTeam)
{
    TeamId other;
    other.bytes[0] = 8;
    every_night(idris);
    EXPECT_TRUE(has_rota(rota, team));
    EXPECT_FALSE(has_rota(rota, other));
    EXPECT_THAT(gaps(rota, team, at("2026-03-02"), at("2026-03-09")), IsEmpty());
    EXPECT_THAT(on_call(rota, other, at("2026-03-03T23:00:00Z")), IsEmpty());
    EXPECT_THAT(stretches(rota, other, at("2026-03-02"), at("2026-03-09")), SizeIs(1));
}

TEST_F(RotaTest, StretchesLeaveNoHoleAndAgreeWithEveryInstant)
{
    every_night(idris);
    shift(maeve, 2, 20 * 60, 28 * 60);
    instead(ruth, "2026-03-26T01:00:00Z", "2026-03-29T01:30:00Z");
    rota.leaves.push_back({LeaveId::random(), idris, day("2026-03-28"), day("2026-03-31")});
    const auto from = at("2026-03-23T00:00:00Z"), until = at("2026-04-06T00:00:00Z");
    const auto all = stretches(rota, team, from, until);
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all.front().from, from);
    EXPECT_EQ(all.back().until, until);
    for (std::size_t each = 0; each < all.size(); ++each) {
        EXPECT_EQ(each == 0 ? from : all[each - 1].until, all[each].from);
        for (auto minute = all[each].from; minute < all[each].until; minute += minutes{15})
            EXPECT_EQ(on_call(rota, team, minute), all[each].who) << to_rfc3339(minute);
    }
}

TEST(LocalClockTest, KnowsDaysAndWritesThem)
{
    EXPECT_EQ(to_text(*day_from("2026-03-02")), "2026-03-02");
    EXPECT_EQ(weekday_of(*day_from("2026-03-02")), 0) << "a Monday";
    EXPECT_EQ(weekday_of(*day_from("1969-12-31")), 2) << "a Wednesday, before the count began";
    EXPECT_FALSE(day_from("2026-02-30").ok());
    EXPECT_FALSE(day_from("2026-03-02T10:00:00Z").ok());
    EXPECT_EQ(LocalClock{"Nowhere/Else"}.minute_of(*from_rfc3339("2026-06-01T10:00:00Z")), 600) << "UTC";
    EXPECT_EQ(LocalClock{"Europe/Dublin"}.minute_of(*from_rfc3339("2026-06-01T10:00:00Z")), 660);
}

} // namespace
} // namespace handrail::care
