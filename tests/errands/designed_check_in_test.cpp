// A check-in that the service designed: asked, answered, screened, shown and forgotten like the others, on both stores.
#include <gmock/gmock.h>

#include "errands/asked_people.h"
#include "errands/own_record.h"
#include "errands/person_page.h"
#include "monitoring/design_desk.h"
#include "monitoring/evening_check.h"

namespace handrail::errands {

namespace {

using monitoring::AskState;
using monitoring::evening_check;
using monitoring::KeptDesign;
using std::chrono::hours;
using std::chrono::minutes;
using test::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Designed : public AskedPeople {
protected:
    monitoring::DesignDesk designs() const { return monitoring::DesignDesk{*desks->house->record, asks->asking().asks}; }
    KeptDesign evening() { return must(designs().create(*maeve, evening_check())); }
    static monitoring::AnswerDesk::CheckIn given(const KeptDesign& kept, int energy, const std::string& words = {})
    {
        monitoring::AnswerDesk::CheckIn given;
        given.form = kept.form();
        given.version = std::to_string(kept.version);
        given.answers["energy"] = std::int64_t{energy};
        if (!words.empty())
            given.answers["words"] = words;
        return given;
    }
    monitoring::SavedCheckIn answer(const KeptDesign& kept, int energy, const std::string& words = {})
    {
        return must(answers->save_check_in(*ada, given(kept, energy, words)));
    }
    std::vector<monitoring::DesignedAnswer> answered(const Actor& actor)
    {
        return must(designs().answers(actor, *ada->person(), std::nullopt, 100));
    }
    monitoring::KeptSchedule every_evening(const KeptDesign& kept)
    {
        auto plan = morning_plan();
        plan.instrument = kept.form();
        return must(asks->schedule(*maeve, *ada->person(), plan));
    }
};

INSTANTIATE_TEST_SUITE_P(Stores, Designed, testing::ValuesIn(both_stores), [](const auto& each) { return each.param.name; });

TEST_P(Designed, StaffDesignOneAndEachChangeIsAVersion)
{
    const auto first = evening();
    EXPECT_EQ(first.version, 1);
    auto design = evening_check();
    design.title["en"] = "Evening round";
    const auto second = must(designs().revise(*maeve, first.id, 1, design));
    EXPECT_EQ(second.version, 2);
    EXPECT_EQ(designs().revise(*maeve, first.id, 1, design).error().kind, ErrorKind::Conflict) << "not from the newest";
    const auto versions = must(designs().versions(*maeve, first.id));
    ASSERT_EQ(versions.size(), 2U);
    EXPECT_EQ(versions[0].design.title.at("en"), "Evening round");
    EXPECT_EQ(versions[1].design.title.at("en"), "Evening check");
    EXPECT_EQ(versions[1].by, maeve->account());
    const auto all = must(designs().all(desks->house->staff(Role::Administrator, "root")));
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].version, 2);
    EXPECT_EQ(designs().create(*ada, design).error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(designs().all(*ada).error().kind, ErrorKind::NotAllowed);
    design.items[0].step = 0;
    const auto error = designs().create(*maeve, design).error();
    EXPECT_EQ(error.where, "/items/0/step");
    EXPECT_THAT(error.told, HasSubstr("Item 1 (energy)"));
}

TEST_P(Designed, AnswersKeepTheVersionTheyWereGivenTo)
{
    const auto first = evening();
    auto design = evening_check();
    design.items[0].question["en"] = "How strong do you feel?";
    const auto second = must(designs().revise(*maeve, first.id, 1, design));
    answer(second, 7);
    pass(minutes{1});
    answer(first, 3); // it was on the screen when it was changed
    const auto all = answered(*ada);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].answer.version, "1");
    EXPECT_EQ(all[0].design.design.items[0].question.at("en"), "How much energy do you have?");
    EXPECT_EQ(all[1].design.design.items[0].question.at("en"), "How strong do you feel?");
    const PersonPage page(*desks->house->record, *desks->house->accounts);
    const auto drawn = must(page.open(*maeve, *ada->person())).designed;
    ASSERT_EQ(drawn.size(), 2U) << "two versions are two series";
    EXPECT_EQ(drawn[0].question, "How strong do you feel?");
    EXPECT_THAT(drawn[0].points, ElementsAre(testing::Pair(testing::_, 7)));
    EXPECT_EQ(drawn[0].at_highest, "a lot");
    EXPECT_EQ(drawn[0].worse, "down");
    auto unknown = given(second, 5);
    unknown.version = "3";
    EXPECT_EQ(answers->save_check_in(*ada, unknown).error().kind, ErrorKind::Conflict);
    unknown.form = "own-nothing";
    EXPECT_EQ(answers->save_check_in(*ada, unknown).error().kind, ErrorKind::Conflict);
}

TEST_P(Designed, SaysWhatIsWrongWithAnAnswerAndTakesARepeatedOneOnce)
{
    const auto kept = evening();
    auto wrong = given(kept, 11);
    wrong.answers["weather"] = std::int64_t{1};
    const auto error = answers->save_check_in(*ada, wrong).error();
    EXPECT_EQ(error.where, "/answers/energy\n/answers");
    auto once = given(kept, 4);
    once.client_id = "the same";
    EXPECT_FALSE(must(answers->save_check_in(*ada, once)).again);
    EXPECT_TRUE(must(answers->save_check_in(*ada, once)).again);
    EXPECT_EQ(answered(*ada).size(), 1U);
}

TEST_P(Designed, OnlyTheTeamReadsWhatWasAnswered)
{
    const auto kept = evening();
    answer(kept, 4, "A long day at work.");
    ASSERT_EQ(answered(*maeve).size(), 1U);
    EXPECT_EQ(answered(*maeve)[0].answer.body.text("words"), "A long day at work.");
    const auto noor = desks->house->staff(Role::Clinician, "noor");
    EXPECT_EQ(designs().answers(noor, *ada->person(), std::nullopt, 10).error().where, "outside-team");
    const auto administrator = desks->house->staff(Role::Administrator, "root");
    EXPECT_EQ(designs().answers(administrator, *ada->person(), std::nullopt, 10).error().kind, ErrorKind::NotAllowed);
    const PersonPage page(*desks->house->record, *desks->house->accounts);
    const auto view = must(page.open(*maeve, *ada->person()));
    ASSERT_FALSE(view.timeline.empty());
    EXPECT_EQ(view.timeline[0].kind, "check_in");
    EXPECT_EQ(view.timeline[0].text, "Evening check. How much energy do you have? 4 (0: none, 10: a lot). Anything you want "
                                     "to say? A long day at work.");
}

TEST_P(Designed, NoRecordNoAnswer)
{
    const auto kept = evening();
    desks->answer(*ada, {{"record", false, "t", {}}});
    EXPECT_EQ(answers->save_check_in(*ada, given(kept, 4)).error().kind, ErrorKind::NotAllowed);
}

// B1 and C15: every text of it is screened like a message, and what is found reaches a human in the same transaction.
TEST_P(Designed, B1_FreeTextIsScreenedLikeAMessage)
{
    auto design = evening_check();
    design.items.push_back(design.items[3]);
    design.items.back().id = "more";
    const auto kept = must(designs().create(*maeve, design));
    auto words = given(kept, 8, "It was a calm day with the dog.");
    EXPECT_EQ(must(answers->save_check_in(*ada, words)).urgency, Urgency::Usual);
    EXPECT_THAT(findings(), IsEmpty());
    EXPECT_FALSE(desks->alert(*ada->person()));

    words.answers["words"] = std::string("Everything is too much, I feel like a burden to everyone.");
    words.answers["more"] = std::string("I am going to kill myself tonight.");
    const auto saved = must(answers->save_check_in(*ada, words));
    EXPECT_EQ(saved.urgency, Urgency::Now);
    EXPECT_FALSE(saved.help.blocks.empty()) << "the fixed words go first";
    const auto alert = desks->alert(*ada->person());
    ASSERT_TRUE(alert);
    EXPECT_EQ(alert->urgency, Urgency::Now);
    EXPECT_EQ(findings().size(), 2U) << "each of the texts";
    for (const auto& each : findings()) {
        EXPECT_EQ(each.about, "check_in");
        EXPECT_EQ(each.about_id, saved.id);
    }
    EXPECT_EQ(answers->judged(words).urgency, Urgency::Now) << "without the store too";
}

// A scale gives no urgency by itself, however low: there is no threshold to cross.
TEST_P(Designed, D1_ANumberAloneConcludesNothing)
{
    const auto saved = answer(evening(), 0);
    EXPECT_EQ(saved.urgency, Urgency::Usual);
    EXPECT_THAT(findings(), IsEmpty());
}

// C1 and C15: what the service set is heard at once, with the fixed words, and in the same transaction with the alert.
TEST_P(Designed, AnAnswerThatTheServiceMarkedReachesAHumanAtOnce)
{
    auto design = evening_check();
    design.items[0].question["en"] = "How strong were thoughts of suicide?";
    EXPECT_EQ(designs().create(*maeve, design).error().where, "/items/0/calls") << "no such question goes unheard";
    design.items[0].calls = {{{1, 2, 3}, Urgency::Today, Category::Suicide}, {{9, 10}, Urgency::Now, Category::Suicide}};
    const auto kept = must(designs().create(*maeve, design));
    EXPECT_EQ(answer(kept, 0).urgency, Urgency::Usual);
    EXPECT_FALSE(desks->alert(*ada->person()));
    const auto saved = answer(kept, 2, "A calm day.");
    EXPECT_EQ(saved.urgency, Urgency::Today);
    EXPECT_FALSE(saved.help.blocks.empty()) << "the fixed words go first";
    ASSERT_TRUE(desks->alert(*ada->person()));
    EXPECT_EQ(desks->alert(*ada->person())->urgency, Urgency::Today);
    EXPECT_EQ(answer(kept, 10).urgency, Urgency::Now);
    EXPECT_EQ(desks->alert(*ada->person())->urgency, Urgency::Now);
    EXPECT_EQ(answer(kept, 0).urgency, Urgency::Usual);
    EXPECT_EQ(desks->alert(*ada->person())->urgency, Urgency::Now) << "a low answer lowers nothing";
}

TEST_P(Designed, IsAskedByScheduleAndAnsweredOnce)
{
    const auto kept = evening();
    const auto schedule = every_evening(kept);
    clock().set(*schedule.next_at);
    EXPECT_EQ(must(asks->round(system())).asked, 1);
    const auto asked = now_asked();
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0].ask.instrument, kept.form());
    EXPECT_EQ(asked[0].ask.ends_at - asked[0].ask.asked_at, hours{18});
    ASSERT_TRUE(asked[0].design);
    EXPECT_EQ(asked[0].design->design.title.at("de"), "Am Abend");
    EXPECT_EQ(must(asks->seen(*maeve, *ada->person())).designs.at(kept.form()).id, kept.id);
    check_in(4); // the daily one is another form
    EXPECT_EQ(now_asked().size(), 1U);
    answer(kept, 5);
    EXPECT_THAT(now_asked(), IsEmpty());
    EXPECT_THAT(states(), ElementsAre(AskState::Answered));
    auto by_link = given(kept, 6);
    by_link.only = asked[0].ask.id;
    EXPECT_EQ(answers->save_check_in(*ada, by_link).error().kind, ErrorKind::NotFound) << "a link is used once";
}

TEST_P(Designed, FourMissedReachAClinicianLikeTheOthers)
{
    const auto schedule = every_evening(evening());
    clock().set(*schedule.next_at);
    live(hours{24 * 4 + 12});
    EXPECT_EQ(silences().size(), 1U);
}

TEST_P(Designed, ARetiredOneIsAskedNoMoreAndIsNobodysMiss)
{
    const auto kept = evening();
    const auto schedule = every_evening(kept);
    clock().set(*schedule.next_at);
    must(asks->round(system()));
    must(designs().retire(*maeve, kept.id));
    EXPECT_EQ(designs().retire(*maeve, kept.id).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(designs().revise(*maeve, kept.id, 1, evening_check()).error().kind, ErrorKind::Conflict);
    EXPECT_EQ(designs().shown(*ada, kept.form()).error().kind, ErrorKind::NotFound);
    EXPECT_THAT(now_asked(), IsEmpty());
    EXPECT_EQ(asks->schedule(*maeve, *ada->person(), schedule.plan).error().where, "/form");
    // Who had it on the screen is heard all the same.
    EXPECT_EQ(answer(kept, 2, "I am going to kill myself tonight.").urgency, Urgency::Now);
    live(hours{24 * 5});
    EXPECT_THAT(states(), ElementsAre(AskState::Answered));
    EXPECT_THAT(silences(), IsEmpty());
    EXPECT_FALSE(must(asks->seen(*maeve, *ada->person())).schedules.at(0).running);
    EXPECT_EQ(answers->save_check_in(*ada, given(kept, 2)).error().kind, ErrorKind::Conflict);
    EXPECT_EQ(must(designs().all(*maeve)).at(0).retired_at.has_value(), true);
}

TEST_P(Designed, WhatWaitsWhenItIsRetiredIsWithdrawn)
{
    const auto kept = evening();
    const auto schedule = every_evening(kept);
    clock().set(*schedule.next_at);
    must(asks->round(system()));
    must(designs().retire(*maeve, kept.id));
    live(hours{20});
    EXPECT_THAT(states(), ElementsAre(AskState::Withdrawn));
}

TEST_P(Designed, I3_StandsInOnesOwnRecordWithItsQuestionsAndGoesWithOne)
{
    const auto kept = evening();
    answer(kept, 4, "A long day at work.");
    EXPECT_THAT(test::files_holding(desks->house->folder.path(), "A long day at work."), IsEmpty()) << "sealed";
    EXPECT_THAT(test::files_holding(desks->house->folder.path(), "How much energy"), IsEmpty()) << "sealed";
    const OwnRecord own(*desks->house->record, *desks->house->accounts, *desks->house->consents);
    const auto everything = must(own.everything(*ada));
    EXPECT_THAT(everything, HasSubstr("\"instrument\":\"" + kept.form() + "\""));
    EXPECT_THAT(everything, HasSubstr("{\"question\":\"How much energy do you have?\",\"answer\":\"4 (0: none, 10: a lot)\"}"));
    EXPECT_THAT(everything, HasSubstr("A long day at work."));
    EXPECT_THAT(everything, Not(HasSubstr(evening_check().purpose)));
    must(desks->house->erasure->erase(system(), *ada->person()));
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM answer WHERE organisation = $1 AND person = $2", *ada->person()), 0);
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM course WHERE organisation = $1 AND person = $2", *ada->person()), 0);
    EXPECT_EQ(must(designs().all(*maeve)).size(), 1U) << "the form is the service's";
}

TEST_P(Designed, OldAnswersGoWithOldWords)
{
    answer(evening(), 4, "A long day at work.");
    pass(hours{24 * 40});
    desks->save(30);
    EXPECT_GT(desks->walk(), 0);
    EXPECT_THAT(answered(*ada), IsEmpty());
    EXPECT_THAT(must(answers->course(*ada, *ada->person())).series(), IsEmpty());
}

} // namespace

} // namespace handrail::errands
