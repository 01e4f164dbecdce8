// What somebody is asked and what follows when they do not answer, on both stores.
#include <gmock/gmock.h>

#include "care/findings.h"
#include "errands/asked_people.h"
#include "errands/own_record.h"
#include "monitoring/ask_once.h"

namespace handrail::errands {

namespace {

using monitoring::AskState;
using std::chrono::hours;
using std::chrono::minutes;
using test::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Asked : public AskedPeople {};

INSTANTIATE_TEST_SUITE_P(Stores, Asked, testing::ValuesIn(both_stores), [](const auto& each) { return each.param.name; });

TEST_P(Asked, ACheckInIsAskedWhenItsMomentComesAndAnsweredOnce)
{
    const auto kept = every_morning();
    ASSERT_TRUE(kept.next_at);
    EXPECT_THAT(now_asked(), IsEmpty());
    EXPECT_EQ(must(asks->round(system())).asked, 0);
    clock().set(*kept.next_at);
    EXPECT_EQ(must(asks->round(system())).asked, 1);
    EXPECT_EQ(must(asks->round(system())).asked, 0); // and not again by another node
    const auto asked = now_asked();
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0].ask.instrument, "daily");
    EXPECT_EQ(asked[0].ask.ends_at - asked[0].ask.asked_at, hours{18});
    EXPECT_EQ(must(asks->seen(*maeve, *ada->person())).schedules.at(0).next_at, *kept.next_at + hours{24});
    check_in(4);
    EXPECT_THAT(now_asked(), IsEmpty());
    EXPECT_THAT(states(), ElementsAre(AskState::Answered));
    EXPECT_EQ(asks->open(*ada, asked[0].ask.id).error().kind, ErrorKind::NotFound);
}

TEST_P(Asked, OnlyTheTeamDecidesWhatIsAskedAndSaysWhatIsWrong)
{
    auto plan = morning_plan();
    EXPECT_EQ(asks->schedule(*ada, *ada->person(), plan).error().kind, ErrorKind::NotAllowed);
    const auto other = desks->house->staff(Role::Clinician, "noor");
    EXPECT_EQ(asks->schedule(other, *ada->person(), plan).error().where, "outside-team");
    EXPECT_EQ(asks->seen(other, *ada->person()).error().where, "outside-team");
    plan.instrument = "no-such-form";
    EXPECT_EQ(asks->schedule(*maeve, *ada->person(), plan).error().where, "/form");
    plan = morning_plan();
    plan.bounds = {2, 1};
    EXPECT_EQ(asks->schedule(*maeve, *ada->person(), plan).error().where, "/at_least_every");
    plan = morning_plan();
    plan.schedule.times.clear();
    plan.schedule.anchor = clock().now() - hours{1};
    EXPECT_EQ(asks->schedule(*maeve, *ada->person(), plan).error().where, "/anchor_at");
    plan.schedule.anchor = clock().now() + hours{48};
    plan.schedule.offset = -minutes{24 * 60};
    EXPECT_EQ(must(asks->schedule(*maeve, *ada->person(), plan)).next_at, clock().now() + hours{24});
}

TEST_P(Asked, AScheduleThatIsStoppedAsksNothingMore)
{
    const auto kept = every_morning();
    clock().set(*kept.next_at);
    must(asks->round(system()));
    EXPECT_EQ(asks->stop(*ada, *ada->person(), kept.id).error().kind, ErrorKind::NotAllowed);
    must(asks->stop(*maeve, *ada->person(), kept.id));
    EXPECT_EQ(asks->stop(*maeve, *ada->person(), kept.id).error().kind, ErrorKind::NotFound);
    EXPECT_THAT(now_asked(), IsEmpty());
    EXPECT_THAT(states(), ElementsAre(AskState::Withdrawn));
    pass(hours{24 * 5});
    const auto tally = must(asks->round(system()));
    EXPECT_EQ(tally.asked + tally.missed, 0);
}

TEST_P(Asked, AChangedScheduleTakesThePlaceOfTheOneBeforeInOneStep)
{
    const auto kept = every_morning();
    clock().set(*kept.next_at);
    must(asks->round(system()));
    auto plan = morning_plan();
    plan.schedule.times = {{{true, false, false, false, false, false, false}, 1050, 1050}};
    plan.bounds = {3, 2};
    EXPECT_EQ(asks->change(*maeve, *ada->person(), kept.id, plan).error().where, "/at_least_every");
    EXPECT_EQ(must(asks->coming(*ada)).at(0).id, kept.id); // what is wrong changes nothing
    plan.bounds = {1, 2};
    EXPECT_EQ(asks->change(*ada, *ada->person(), kept.id, plan).error().kind, ErrorKind::NotAllowed);
    const auto changed = must(asks->change(*maeve, *ada->person(), kept.id, plan));
    EXPECT_EQ(asks->change(*maeve, *ada->person(), kept.id, plan).error().kind, ErrorKind::NotFound);
    const auto coming = must(asks->coming(*ada));
    ASSERT_EQ(coming.size(), 1U);
    EXPECT_EQ(coming[0].id, changed.id);
    EXPECT_EQ(coming[0].plan.bounds.least, 2);
    EXPECT_THAT(states(), ElementsAre(AskState::Open)); // a letter about it still opens it
    plan.instrument = "phq-9";
    must(asks->change(*maeve, *ada->person(), changed.id, plan));
    EXPECT_THAT(states(), ElementsAre(AskState::Open)); // asked by the one before it
    check_in(4);
    EXPECT_THAT(states(), ElementsAre(AskState::Answered));
}

TEST_P(Asked, AnotherFormInPlaceOfTheOneThatWaitsWithdrawsIt)
{
    const auto kept = every_morning();
    clock().set(*kept.next_at);
    must(asks->round(system()));
    auto plan = morning_plan();
    plan.instrument = "phq-9";
    must(asks->change(*maeve, *ada->person(), kept.id, plan));
    EXPECT_THAT(now_asked(), IsEmpty());
    EXPECT_THAT(states(), ElementsAre(AskState::Withdrawn));
}

TEST_P(Asked, TheTeamSeesWhoseClockCountsAndWhetherLettersGo)
{
    every_morning();
    EXPECT_EQ(must(asks->seen(*maeve, *ada->person())).own_zone, "");
    EXPECT_FALSE(must(asks->seen(*maeve, *ada->person())).reminded);
    must(asks->set_reminding(*ada, {"ada@home.example", "America/New_York", {}}));
    EXPECT_EQ(must(asks->seen(*maeve, *ada->person())).own_zone, "America/New_York");
    EXPECT_TRUE(must(asks->seen(*maeve, *ada->person())).reminded);
    must(asks->set_reminding(*ada, {"", "America/New_York", {}}));
    EXPECT_FALSE(must(asks->seen(*maeve, *ada->person())).reminded);
}

TEST_P(Asked, TwoMissedAfterSomethingThatWasWorthALookReachAClinician)
{
    const auto kept = every_morning();
    check_in(3, "Everything is too much, I feel like a burden to everyone.");
    ASSERT_FALSE(findings().empty());
    clock().set(*kept.next_at);
    live(hours{24});
    EXPECT_THAT(silences(), IsEmpty()); // one is not two
    live(hours{24});
    ASSERT_EQ(silences().size(), 1U);
    const auto found = silences()[0].finding;
    EXPECT_EQ(found.urgency, Urgency::Soon);
    EXPECT_EQ(found.evidence.at(0).rule, "asking.missed-after-concern");
    EXPECT_EQ(found.evidence.at(0).source, "handrail-when-asked");
    must(asks->round(system()));
    EXPECT_EQ(silences().size(), 1U);
}

TEST_P(Asked, FourMissedOfAnybodyReachAClinicianAndBeingHeardBeginsAnew)
{
    const auto kept = every_morning();
    clock().set(*kept.next_at);
    live(hours{24 * 3 + 12});
    EXPECT_THAT(silences(), IsEmpty());
    check_in(4); // answers the fourth
    live(hours{24 * 3 + 12});
    EXPECT_THAT(silences(), IsEmpty());
    live(hours{24});
    EXPECT_EQ(silences().size(), 1U);
}

TEST_P(Asked, APauseEndsByItselfWithoutAFloodOfWhatWasLeftOut)
{
    const auto kept = every_morning();
    clock().set(*kept.next_at);
    must(asks->round(system()));
    const auto paused = must(asks->pause(*ada, *ada->person(), 7, ""));
    EXPECT_TRUE(paused.own);
    EXPECT_EQ(paused.until, clock().now() + hours{24 * 7});
    EXPECT_THAT(now_asked(), IsEmpty()) << "what waited is withdrawn";
    live(hours{24 * 7 - 2});
    EXPECT_THAT(states(), ElementsAre(AskState::Withdrawn)) << "nothing was asked, and nothing was missed";
    EXPECT_THAT(silences(), IsEmpty());
    EXPECT_EQ(must(asks->seen(*maeve, *ada->person())).pause->until, paused.until);
    live(hours{3});
    EXPECT_THAT(states(), ElementsAre(AskState::Open, AskState::Withdrawn)) << "one, not seven";
    EXPECT_FALSE(must(asks->seen(*maeve, *ada->person())).pause);
    EXPECT_FALSE(must(asks->paused(*ada)));
}

TEST_P(Asked, MissesBeforeAPauseAreNotCountedWithThoseAfterIt)
{
    const auto kept = every_morning();
    clock().set(*kept.next_at);
    live(hours{24 * 3}); // three in a row are missed, the fourth waits
    must(asks->pause(*maeve, *ada->person(), 1, "A weekend with her sister."));
    live(hours{24 * 4});
    EXPECT_THAT(silences(), IsEmpty());
    live(hours{24 * 2});
    EXPECT_EQ(silences().size(), 1U) << "four after it";
}

TEST_P(Asked, APauseIsEndedEarlierAndThenItIsAskedAgain)
{
    const auto kept = every_morning();
    must(asks->pause(*ada, *ada->person(), 14, ""));
    clock().set(*kept.next_at);
    EXPECT_EQ(must(asks->round(system())).passed, 1);
    must(asks->end_pause(*maeve, *ada->person()));
    EXPECT_EQ(asks->end_pause(*ada, *ada->person()).error().kind, ErrorKind::NotFound);
    pass(hours{24});
    EXPECT_EQ(must(asks->round(system())).asked, 1);
}

TEST_P(Asked, WhatIsAskedOnceComesWhenAPauseIsOverOrIsToldAsLeftOut)
{
    const auto once = [&](std::chrono::hours event_in, std::chrono::hours offset, const char* form) {
        auto plan = morning_plan();
        plan.instrument = form;
        plan.schedule.times.clear();
        plan.schedule.anchor = clock().now() + event_in;
        plan.schedule.offset = offset;
        return must(asks->schedule(*maeve, *ada->person(), plan));
    };
    const auto find = [&](const monitoring::KeptSchedule& kept) {
        for (const auto& each : must(asks->seen(*maeve, *ada->person())).schedules)
            if (each.id == kept.id)
                return each;
        throw std::runtime_error("it is gone");
    };
    const auto left_out = [&](const monitoring::KeptSchedule& kept) {
        return was_left_out(find(kept), must(asks->seen(*maeve, *ada->person())).asks, true);
    };
    const auto after = once(hours{24}, hours{24}, "gad-7");             // a day after something
    const auto in_time = once(hours{24 * 20}, -hours{24 * 18}, "who-5"); // its event is still ahead when the pause is over
    const auto too_late = once(hours{24 * 5}, -hours{24 * 2}, "phq-2");  // two days before an appointment
    const auto stopped = once(hours{24 * 6}, hours{1}, "gad-2");
    const auto paused = must(asks->pause(*ada, *ada->person(), 7, ""));
    must(asks->stop(*maeve, *ada->person(), stopped.id));
    live(hours{24 * 4});
    EXPECT_THAT(states(), IsEmpty());
    EXPECT_TRUE(left_out(too_late));
    EXPECT_FALSE(left_out(stopped)) << "somebody stopped it before its time";
    EXPECT_EQ(find(after).next_at, paused.until);
    EXPECT_EQ(find(in_time).next_at, paused.until);
    EXPECT_FALSE(left_out(after));
    // A new pause in place of it moves them with it; ended by hand, they come now.
    const auto again = must(asks->pause(*ada, *ada->person(), 7, ""));
    EXPECT_EQ(find(after).next_at, again.until);
    live(hours{24 * 3 + 1});
    EXPECT_THAT(states(), IsEmpty());
    must(asks->end_pause(*ada, *ada->person()));
    must(asks->round(system()));
    EXPECT_THAT(states(), ElementsAre(AskState::Open, AskState::Open));
    EXPECT_FALSE(find(after).running);
    EXPECT_FALSE(left_out(after));
    EXPECT_FALSE(left_out(in_time));
    EXPECT_TRUE(left_out(too_late));
    EXPECT_FALSE(was_left_out(find(too_late), {}, false)) << "too long ago to tell";
}

TEST_P(Asked, APauseIsThePersonsOrTheTeamsAndHasAnEnd)
{
    EXPECT_EQ(asks->pause(*ada, *ada->person(), 29, "").error().where, "/days");
    EXPECT_EQ(asks->pause(*ada, *ada->person(), 0, "").error().where, "/days");
    const auto other = desks->house->staff(Role::Clinician, "noor");
    EXPECT_EQ(asks->pause(other, *ada->person(), 7, "").error().where, "outside-team");
    EXPECT_EQ(asks->pause(desks->house->staff(Role::Administrator, "root2"), *ada->person(), 7, "").error().kind,
              ErrorKind::NotAllowed);
    must(asks->pause(*maeve, *ada->person(), 28, "In hospital."));
    EXPECT_EQ(must(asks->paused(*ada))->reason, "In hospital.");
    const OwnRecord own(*desks->house->record, *desks->house->accounts, *desks->house->consents);
    EXPECT_THAT(must(own.everything(*ada)), HasSubstr("\"reason\":\"In hospital.\""));
}

TEST_P(Asked, APauseSoonAfterSomethingGraveReachesAClinicianAndStopsNoAlert)
{
    every_morning();
    must(asks->pause(*ada, *ada->person(), 7, ""));
    EXPECT_THAT(silences(), IsEmpty()) << "nothing was found: it is simply a pause";
    check_in(3, "Everything is too much, I feel like a burden to everyone.");
    ASSERT_FALSE(findings().empty()) << "what is written anyway is screened";
    must(asks->pause(*maeve, *ada->person(), 7, ""));
    EXPECT_THAT(silences(), IsEmpty()) << "a clinician knows what they do";
    must(asks->pause(*ada, *ada->person(), 7, ""));
    ASSERT_EQ(silences().size(), 1U);
    EXPECT_EQ(silences()[0].finding.urgency, Urgency::Soon);
    EXPECT_EQ(silences()[0].finding.evidence.at(0).rule, "asking.pause");
    EXPECT_EQ(silences()[0].finding.evidence.at(0).source, "handrail-when-asked");
}

TEST_P(Asked, ATimeThatWentByWhileTheServiceWasAwayIsNobodysMiss)
{
    const auto kept = every_morning();
    clock().set(*kept.next_at + hours{24 * 6 + 20});
    const auto tally = must(asks->round(system()));
    EXPECT_EQ(tally.asked, 0);
    EXPECT_EQ(tally.passed, 1);
    EXPECT_EQ(tally.missed, 0);
    EXPECT_THAT(states(), IsEmpty());
    EXPECT_EQ(must(asks->seen(*maeve, *ada->person())).schedules.at(0).next_at, *kept.next_at + hours{24 * 7});
}

TEST_P(Asked, LessIsAskedOfSomebodySteadyAndWellAndItSaysSo)
{
    auto plan = morning_plan();
    plan.bounds = {1, 3};
    const auto kept = must(asks->schedule(*maeve, *ada->person(), plan));
    clock().set(*kept.next_at);
    for (int day = 0; day < 5; ++day) {
        must(asks->round(system()));
        check_in(4);
        pass(hours{24});
    }
    must(asks->round(system()));
    ASSERT_EQ(now_asked().size(), 1U);
    EXPECT_EQ(now_asked()[0].rhythm, monitoring::Rhythm::Less);
    EXPECT_EQ(must(asks->seen(*maeve, *ada->person())).schedules.at(0).next_at, clock().now() + hours{48});
}

TEST_P(Asked, ThePersonsOwnTimeZoneCounts)
{
    const auto kept = every_morning(); // 09:00 in Dublin
    must(asks->set_reminding(*ada, {"", "America/New_York", {}}));
    EXPECT_EQ(must(asks->seen(*maeve, *ada->person())).schedules.at(0).next_at, *kept.next_at - hours{19}); // 09:00 is still to come there
    EXPECT_EQ(asks->set_reminding(*ada, {"", "New York", {}}).error().where, "/time_zone");
    EXPECT_EQ(must(asks->reminding(*ada)).time_zone, "America/New_York");
}

TEST_P(Asked, I3_WhatOneIsAskedStandsInOnesOwnRecordAndGoesWithOne)
{
    const auto kept = every_morning();
    must(asks->set_reminding(*ada, {"ada@home.example", "Europe/Dublin", {}}));
    clock().set(*kept.next_at);
    must(asks->round(system()));
    const OwnRecord own(*desks->house->record, *desks->house->accounts, *desks->house->consents);
    const auto everything = must(own.everything(*ada));
    EXPECT_THAT(everything, HasSubstr("\"letters_to\":\"ada@home.example\""));
    EXPECT_THAT(everything, HasSubstr("\"from_minute\":540"));
    const auto rows = [&](const std::string& table) {
        return desks->count(("SELECT COUNT(*) FROM " + table + " WHERE organisation = $1 AND person = $2").c_str(),
                            *ada->person());
    };
    EXPECT_EQ(rows("schedule") + rows("ask"), 2);
    must(desks->house->erasure->erase(system(), *ada->person()));
    EXPECT_EQ(rows("schedule") + rows("ask") + rows("ask_link"), 0);
}

TEST_P(Asked, OldAsksGoWithOldWords)
{
    const auto kept = every_morning();
    clock().set(*kept.next_at);
    live(hours{24 * 2});
    must(asks->stop(*maeve, *ada->person(), kept.id));
    pass(hours{24 * 40});
    desks->save(30);
    EXPECT_GT(desks->walk(), 0);
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM ask WHERE organisation = $1 AND person = $2", *ada->person()), 0);
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM schedule WHERE organisation = $1 AND person = $2", *ada->person()), 0);
}

} // namespace

} // namespace handrail::errands
