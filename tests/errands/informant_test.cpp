// Somebody close whom a person lets be asked, on both stores: who may what, when a letter goes, and what becomes of their words.
#include "monitoring/informant_desk.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "care/age.h"
#include "care/finding_counts.h"
#include "errands/asked_people.h"
#include "errands/informant_letters.h"
#include "errands/own_record.h"
#include "errands/smtp_stand_in.h"
#include "language/curl_mail.h"
#include "monitoring/design_desk.h"
#include "monitoring/evening_check.h"
#include "trust/contact_desk.h"

namespace handrail::errands {

namespace {

using monitoring::CheckInDesign;
using monitoring::InformantAskState;
using monitoring::InformantDesk;
using monitoring::InformantState;
using monitoring::KeptDesign;
using monitoring::KeptInformant;
using std::chrono::hours;
using std::chrono::minutes;
using test::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr hours day{24};

CheckInDesign seen_from_outside()
{
    auto design = monitoring::evening_check();
    design.asks = CheckInDesign::Asks::Informant;
    design.title = {{"en", "Seen from outside"}, {"de", "Von außen gesehen"}};
    design.items[0].question = {{"en", "How lively do they seem?"}, {"de", "Wie lebhaft wirkt sie?"}};
    design.items[0].series = false;
    return design;
}

class Close : public AskedPeople {
protected:
    void SetUp() override
    {
        AskedPeople::SetUp();
        if (IsSkipped())
            return;
        close.emplace(*desks->house->record, desks->listening, desks->service, *desks->house->consents, desks->screener, asking());
        design = must(designs().create(*maeve, seen_from_outside()));
        InformantLetterSettings settings;
        settings.site = "https://talk.example.org";
        settings.server = mail.url();
        settings.tls = false;
        settings.from = "handrail@service.example";
        settings.texts = must(channels::ReminderTexts::load(content_folder, "channels/informant_mail.json"));
        letters.emplace(*desks->house->record, *close, curl, settings);
    }
    monitoring::DesignDesk designs() const { return monitoring::DesignDesk{*desks->house->record, asks->asking().asks}; }
    static InformantDesk::Naming partner(const std::string& address = "sam@home.example")
    {
        return {"partner", "Addie", address, "en", "en-1"};
    }
    KeptInformant named() { return must(close->name(*ada, partner())); }
    monitoring::InformantPlan plan(int every_days = 14) const { return {design->form(), every_days, 600, "Europe/Dublin"}; }
    /// Named, and asked every two weeks at ten.
    KeptInformant asked() { return must(close->plan(*maeve, who(), named().id, plan())); }
    KeptInformant now(const KeptInformant& one)
    {
        for (const auto& each : must(close->own(*ada)))
            if (each.informant.id == one.id)
                return each.informant;
        throw std::runtime_error("gone");
    }
    InformantDesk::Tally come_to(const KeptInformant& one)
    {
        clock().set(*now(one).next_at);
        return must(close->round(system()));
    }
    InformantLetters::Sent send() { return must(letters->send_due(system())); }
    /// The link of the letter about the next ask.
    std::string link(const KeptInformant& one)
    {
        EXPECT_EQ(come_to(one).asked, 1);
        EXPECT_EQ(send().sent, 1);
        return token();
    }
    std::string token() const
    {
        const auto text = mail.letters().back().words();
        const auto at = text.find("/c#i.") + 5;
        return text.substr(at, text.find_first_of("\r\n", at) - at);
    }
    Result<InformantDesk::Saved> answer(const std::string& by, int energy, const std::string& words = {})
    {
        InformantDesk::Given given;
        given.token = by;
        given.answers["energy"] = std::int64_t{energy};
        if (!words.empty())
            given.answers["words"] = words;
        return close->answer(desks->house->organisation, given);
    }
    InformantDesk::Seen seen() { return must(close->seen(*maeve, who())); }
    std::vector<InformantAskState> ask_states()
    {
        std::vector<InformantAskState> all;
        for (const auto& each : seen().asks)
            all.push_back(each.state);
        return all;
    }
    std::string everything()
    {
        return must(OwnRecord(*desks->house->record, *desks->house->accounts, *desks->house->consents).everything(*ada));
    }
    void of_age(std::string_view band)
    {
        must(desks->house->record->write(system(), [&](trust::Writing& writing) {
            return trust::ContactDesk(*desks->house->record, *desks->house->keyring).set_age_band(writing, who(), band);
        }));
    }
    std::vector<std::string> deeds()
    {
        std::vector<std::string> all;
        for (const auto& line : must(desks->house->audit->who_looked(*ada, std::nullopt, 1000)))
            all.push_back(line.deed);
        return all;
    }

    std::optional<InformantDesk> close;
    std::optional<KeptDesign> design;
    SmtpStandIn mail;
    language::CurlMail curl;
    std::optional<InformantLetters> letters;
};

INSTANTIATE_TEST_SUITE_P(Stores, Close, testing::ValuesIn(both_stores), [](const auto& each) { return each.param.name; });

TEST_P(Close, APersonNamesThreeAtMostAndWhatTheyAgreedToIsKept)
{
    const auto first = named();
    EXPECT_EQ(first.state, InformantState::Named);
    EXPECT_FALSE(first.next_at) << "nothing is asked before a clinician chose what";
    EXPECT_EQ(close->name(*ada, partner("SAM@home.example")).error().kind, ErrorKind::Conflict) << "the same address";
    must(close->name(*ada, partner("kim@home.example")));
    must(close->name(*ada, partner("lou@home.example")));
    EXPECT_EQ(close->name(*ada, partner("max@home.example")).error().kind, ErrorKind::Conflict);
    must(close->withdraw(*ada, first.id));
    must(close->name(*ada, partner("max@home.example")));
    auto odd = partner("nan@home.example");
    odd.relation = "boss";
    EXPECT_EQ(close->name(*ada, odd).error().where, "/relation");
    const auto own = must(close->own(*ada));
    ASSERT_EQ(own.size(), 4U);
    EXPECT_EQ(own[1].informant.wording, "en-1");
    EXPECT_EQ(own[1].informant.called, "Addie");
    EXPECT_FALSE(own[1].waits) << "an adult";
    EXPECT_THAT(test::files_holding(desks->house->folder.path(), "kim@home.example"), IsEmpty()) << "sealed";
}

TEST_P(Close, NothingIsAskedWithoutTheConsentInForce)
{
    const auto one = named();
    desks->answer(*ada, {{"staff_reading", false, "t", {}}});
    EXPECT_EQ(close->name(*ada, partner("kim@home.example")).error().where, "type:consent");
    EXPECT_FALSE(close->plan(*maeve, who(), one.id, plan()).ok());
    desks->answer(*ada, {{"staff_reading", true, "t", {}}});
    must(close->plan(*maeve, who(), one.id, plan()));
    desks->answer(*ada, {{"record", false, "t", {}}});
    EXPECT_EQ(come_to(one).passed, 1) << "no record, no asking";
    desks->answer(*ada, {{"record", true, "t", {}}});
    EXPECT_EQ(come_to(one).asked, 1);
    must(close->withdraw(*ada, one.id));
    EXPECT_EQ(close->plan(*maeve, who(), one.id, plan()).error().kind, ErrorKind::Conflict);
    EXPECT_EQ(close->withdraw(*ada, one.id).error().kind, ErrorKind::NotFound);
}

TEST_P(Close, OnlyAClinicianOfTheTeamDecidesAndWithinBounds)
{
    const auto one = named();
    const auto noor = desks->house->staff(Role::Clinician, "noor");
    const auto lead = desks->house->staff(Role::Lead, "ruth");
    EXPECT_EQ(close->plan(noor, who(), one.id, plan()).error().where, "outside-team");
    EXPECT_EQ(close->plan(lead, who(), one.id, plan()).error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(close->plan(*ada, who(), one.id, plan()).error().kind, ErrorKind::NotAllowed);
    EXPECT_FALSE(close->seen(noor, who()).ok());
    EXPECT_EQ(close->plan(*maeve, who(), one.id, plan(6)).error().where, "/every_days");
    EXPECT_EQ(close->plan(*maeve, who(), one.id, plan(91)).error().where, "/every_days");
    must(close->plan(*maeve, who(), one.id, plan(7)));
    must(close->plan(*maeve, who(), one.id, plan(90)));
    must(close->stop(*maeve, who(), one.id));
    EXPECT_EQ(now(one).state, InformantState::Named) << "the person's yes stays";
    EXPECT_EQ(close->stop(*maeve, who(), one.id).error().kind, ErrorKind::NotFound);
}

TEST_P(Close, AFormAsksThePersonOrSomebodyCloseAndNeverTheOther)
{
    const auto one = named();
    const auto own = must(designs().create(*maeve, monitoring::evening_check()));
    auto wrong = plan();
    wrong.form = own.form();
    EXPECT_EQ(close->plan(*maeve, who(), one.id, wrong).error().where, "/form");
    wrong.form = "daily";
    EXPECT_EQ(close->plan(*maeve, who(), one.id, wrong).error().where, "/form");
    auto for_ada = morning_plan();
    for_ada.instrument = design->form();
    EXPECT_EQ(asks->schedule(*maeve, who(), for_ada).error().where, "/form");
    EXPECT_EQ(designs().shown(*ada, design->form()).error().kind, ErrorKind::NotFound);
    monitoring::AnswerDesk::CheckIn given;
    given.form = design->form();
    given.version = "1";
    given.answers["energy"] = std::int64_t{3};
    EXPECT_FALSE(answers->save_check_in(*ada, given).ok()) << "what is asked about her is not hers to answer";
    EXPECT_EQ(designs().revise(*maeve, design->id, 1, monitoring::evening_check()).error().where, "/asks");
    auto drawn = seen_from_outside();
    drawn.items[0].series = true;
    EXPECT_EQ(designs().create(*maeve, drawn).error().where, "/items/0/series");
}

TEST_P(Close, I1_TheLetterNamesNobodyAndOpensOneFormOnce)
{
    const auto one = asked();
    const auto by = link(one);
    EXPECT_EQ(mail.letters().back().to, "sam@home.example");
    EXPECT_EQ(mail.letters().back().header("Subject"), "A few questions for you");
    const auto all = mail.letters().back().words() + mail.letters().back().text;
    for (const char* not_there : {"Ada", "Quillfeather", "Addie", "maeve", "health", "therap", "partner", "Seen from outside"})
        EXPECT_THAT(all, Not(HasSubstr(not_there)));
    EXPECT_THAT(test::files_holding(desks->house->folder.path(), by), IsEmpty()) << "only a hash is kept";
    const auto& house = *desks->house;
    const auto opened = must(close->open(house.organisation, by));
    EXPECT_EQ(opened.called, "Addie");
    EXPECT_EQ(opened.design.id, design->id);
    EXPECT_EQ(answer(by, 11).error().kind, ErrorKind::Invalid);
    must(answer(by, 4, "She sleeps a lot and laughs again."));
    const auto used = answer(by, 4).error();
    EXPECT_EQ(used.kind, ErrorKind::NotFound);
    EXPECT_EQ(used.told, close->open(house.organisation, "AAAA").error().told) << "wrong, used, old: told the same";
    EXPECT_EQ(close->decline(house.organisation, by).error().told, used.told);
    const auto answered = seen().answers;
    ASSERT_EQ(answered.size(), 1U);
    EXPECT_EQ(answered[0].answer.informant, one.id);
    EXPECT_EQ(answered[0].answer.answers.text("words"), "She sleeps a lot and laughs again.");
    EXPECT_THAT(test::files_holding(house.folder.path(), "laughs again"), IsEmpty()) << "sealed";
    EXPECT_THAT(deeds(), testing::Contains("read.informant_answers")) << "each look is noted, and the person reads it";
}

TEST_P(Close, IsAskedAgainAfterSoManyDaysAndALinkIsOldAfterThree)
{
    const auto one = asked();
    const auto first = *now(one).next_at;
    const auto by = link(one);
    EXPECT_EQ(*now(one).next_at - first, 14 * day);
    pass(hours{72} - minutes{1});
    EXPECT_TRUE(close->open(desks->house->organisation, by).ok());
    pass(minutes{1});
    EXPECT_FALSE(close->open(desks->house->organisation, by).ok());
    EXPECT_EQ(must(close->round(system())).missed, 1);
    EXPECT_THAT(ask_states(), ElementsAre(InformantAskState::Missed));
    EXPECT_THAT(findings(), IsEmpty()) << "nothing follows from it";
}

TEST_P(Close, QuietHoursMoveALetterToTheMorningAndAServerThatIsDownDoublesNone)
{
    auto late = plan();
    late.minute = 21 * 60 + 30;
    const auto one = must(close->plan(*maeve, who(), named().id, late));
    come_to(one);
    EXPECT_EQ(send().sent, 0);
    pass(hours{10} + minutes{30});
    mail.set(SmtpStandIn::Mode::Down);
    EXPECT_EQ(send().put_off, 1);
    mail.set(SmtpStandIn::Mode::Takes);
    for (int minute = 0; minute < 60; ++minute) {
        pass(minutes{1});
        send();
    }
    EXPECT_EQ(mail.letters().size(), 1U);
}

TEST_P(Close, BelowSixteenNothingIsAskedBeforeAClinicianRecordedThatTheyUnderstand)
{
    of_age("13_17");
    const auto one = asked();
    EXPECT_TRUE(must(close->own(*ada))[0].waits);
    EXPECT_EQ(come_to(one).passed, 1);
    EXPECT_EQ(close->note_understood(*maeve, who(), one.id, " ").error().where, "/note");
    EXPECT_EQ(close->note_understood(desks->house->staff(Role::Clinician, "noor"), who(), one.id, "Yes.").error().where, "outside-team");
    must(close->note_understood(*maeve, who(), one.id, "Said it back in own words on Tuesday."));
    const auto own = must(close->own(*ada))[0];
    EXPECT_FALSE(own.waits);
    ASSERT_TRUE(own.informant.understood);
    EXPECT_EQ(own.informant.understood->by, maeve->account());
    EXPECT_THAT(everything(), HasSubstr("Said it back in own words on Tuesday."));
    EXPECT_EQ(come_to(one).asked, 1);
}

TEST(Competence, AnUnknownAgeCountsAsYoungWhereMinorsAreTaken)
{
    using care::may_be_below;
    EXPECT_TRUE(may_be_below(16, "under_13", "18_25"));
    EXPECT_TRUE(may_be_below(16, "13_17", "13_17")) << "the band does not say on which side of sixteen";
    EXPECT_FALSE(may_be_below(16, "18_25", "under_13"));
    EXPECT_TRUE(may_be_below(16, "", "under_13"));
    EXPECT_TRUE(may_be_below(16, "", "13_17"));
    EXPECT_FALSE(may_be_below(16, "", "18_25"));
    EXPECT_TRUE(may_be_below(16, "", "odd")) << "in doubt it is asked";
}

TEST_P(Close, NoLetterGoesWhileAbuseWasFoundUnlessAClinicianSaysSo)
{
    const auto one = asked();
    EXPECT_EQ(close->release(*maeve, who(), one.id, "It was somebody else.").error().kind, ErrorKind::Conflict) << "nothing to lift";
    check_in(2, "My partner hits me and I am afraid to go home.");
    ASSERT_FALSE(findings().empty());
    ASSERT_EQ(findings()[0].finding.category, Category::Abuse);
    EXPECT_TRUE(InformantDesk::held(now(one), seen().abuse_found)) << "staff see it";
    EXPECT_EQ(come_to(one).passed, 1);
    EXPECT_EQ(send().sent, 0);
    EXPECT_EQ(close->release(*maeve, who(), one.id, "").error().where, "/reason");
    must(close->release(*maeve, who(), one.id, "It was somebody else; spoke with her alone."));
    EXPECT_THAT(deeds(), Not(testing::Contains("write.informant_release"))) << "whoever reads with her reads nothing of it";
    EXPECT_THAT(everything(), Not(HasSubstr("spoke with her alone")));
    EXPECT_EQ(come_to(one).asked, 1);
    pass(minutes{5});
    check_in(2, "He hit me again last night, I am scared of him.");
    EXPECT_EQ(send().not_needed, 1) << "found again, before the letter went";
    EXPECT_THAT(mail.letters(), IsEmpty());
    EXPECT_THAT(ask_states(), ElementsAre(InformantAskState::Withdrawn));
    pass(181 * day);
    must(close->round(system()));
    EXPECT_EQ(come_to(one).asked, 1) << "long ago";
}

TEST_P(Close, SomebodyElsesAbuseHoldsNothingBack)
{
    const auto one = asked();
    check_in(4, "My sister's husband beats her.");
    for (const auto& each : findings())
        EXPECT_EQ(each.finding.subject, Subject::Other);
    EXPECT_EQ(come_to(one).asked, 1);
}

TEST_P(Close, APausePausesThemToo)
{
    const auto one = asked();
    EXPECT_EQ(come_to(one).asked, 1);
    must(asks->pause(*ada, who(), 28, {}));
    EXPECT_THAT(ask_states(), ElementsAre(InformantAskState::Withdrawn));
    EXPECT_EQ(send().sent, 0);
    EXPECT_EQ(come_to(one).passed, 1);
    pass(28 * day);
    EXPECT_EQ(come_to(one).asked, 1) << "it goes on by itself";
}

TEST_P(Close, WhoDoesNotWantToBeAskedIsNotAskedAgain)
{
    const auto one = asked();
    const auto by = link(one);
    must(close->decline(desks->house->organisation, by));
    EXPECT_FALSE(close->open(desks->house->organisation, by).ok());
    EXPECT_EQ(now(one).state, InformantState::Declined);
    EXPECT_EQ(now(one).mail, "");
    EXPECT_THAT(everything(), Not(HasSubstr("sam@home.example")));
    pass(60 * day);
    EXPECT_EQ(must(close->round(system())).asked, 0);
    EXPECT_EQ(close->plan(*maeve, who(), one.id, plan()).error().kind, ErrorKind::Conflict);
    EXPECT_EQ(close->name(*ada, partner("Sam@Home.example")).error().kind, ErrorKind::Conflict) << "for good";
    must(close->name(*ada, partner("kim@home.example")));
}

TEST_P(Close, WhatIsWithdrawnSendsNothingAndKeepsNoAddress)
{
    const auto one = asked();
    auto by = link(one);
    must(answer(by, 6));
    by = link(one);
    must(close->withdraw(*ada, one.id));
    EXPECT_FALSE(close->open(desks->house->organisation, by).ok());
    EXPECT_EQ(now(one).mail, "");
    EXPECT_EQ(seen().answers.size(), 1U) << "what came stays";
    pass(60 * day);
    EXPECT_EQ(must(close->round(system())).asked, 0);
    const auto again = named(); // her yes again is a new one
    EXPECT_NE(again.id, one.id);
}

TEST_P(Close, ARetiredFormIsAskedNoMore)
{
    const auto one = asked();
    const auto by = link(one);
    must(designs().retire(*maeve, design->id));
    EXPECT_FALSE(close->open(desks->house->organisation, by).ok());
    EXPECT_EQ(come_to(one).asked, 0);
    EXPECT_EQ(now(one).state, InformantState::Named);
}

// B1, C13: their words reach a human like the person's own, and whoever wrote them gets the words for helpers.
TEST_P(Close, B1_DangerInTheirWordsReachesAHumanAndTheyGetTheWordsForHelpers)
{
    const auto one = asked();
    const auto saved = must(answer(link(one), 1, "She told me she is going to kill herself tonight."));
    EXPECT_EQ(saved.urgency, Urgency::Now);
    EXPECT_THAT(saved.help.text_id, HasSubstr(".other"));
    EXPECT_FALSE(saved.help.blocks.empty());
    const auto alert = desks->alert(who());
    ASSERT_TRUE(alert);
    EXPECT_EQ(alert->urgency, Urgency::Now);
    EXPECT_THAT(alert->reason, StartsWith("Written by somebody close (partner), not by the person."));
    EXPECT_EQ(alert->told_text, "") << "to the person nothing was said";
    ASSERT_FALSE(findings().empty());
    EXPECT_EQ(findings()[0].about, "informant");
    EXPECT_EQ(findings()[0].about_id, seen().answers[0].answer.id);
    EXPECT_EQ(seen().answers[0].answer.told, saved.help.text);
    monitoring::GivenCheckIn words{{"words", std::string("She told me she is going to kill herself tonight.")}};
    EXPECT_EQ(close->judged(words).urgency, Urgency::Now) << "without the store too";
    EXPECT_EQ(close->judged(words).subject, Subject::Other);
}

TEST_P(Close, AnAnswerThatTheServiceMarkedReachesAHumanAndTheyGetTheWordsForHelpers)
{
    auto marked = seen_from_outside();
    marked.items[0].question["en"] = "How often did they speak of suicide?";
    marked.items[0].calls = {{{8, 9, 10}, Urgency::Today, Category::Suicide}};
    design = must(designs().create(*maeve, marked));
    const auto one = asked();
    EXPECT_EQ(must(answer(link(one), 7)).urgency, Urgency::Usual);
    const auto saved = must(answer(link(one), 9));
    EXPECT_EQ(saved.urgency, Urgency::Today);
    EXPECT_THAT(saved.help.text_id, HasSubstr(".other"));
    ASSERT_TRUE(desks->alert(who()));
    EXPECT_EQ(desks->alert(who())->urgency, Urgency::Today);
    EXPECT_THAT(desks->alert(who())->reason, StartsWith("Written by somebody close (partner), not by the person."));
}

TEST_P(Close, WhatTheyAreToldSaysNothingOfAnEarlierAlert)
{
    const auto one = asked();
    const auto by = link(one);
    const std::string words = "She told me she is going to kill herself tonight.";
    check_in(1, "I am going to kill myself tonight.");
    const auto alert = desks->alert(who());
    must(desks->alerts.acknowledge(*maeve, alert->id, "Calling."));
    const auto with = must(answer(by, 1, words));
    desks->close_alert(*maeve, who());
    pass(day);
    const auto without = must(answer(link(one), 1, words));
    EXPECT_EQ(with.help.text_id, without.help.text_id);
    EXPECT_TRUE(with.team_called && without.team_called);
    for (const auto& each : {with, without})
        for (const auto& block : each.help.blocks) {
            EXPECT_NE(block.kind, Block::Kind::Told) << "whose team it is, and what became of an alert, is not theirs";
            EXPECT_NE(block.kind, Block::Kind::Question) << "it could not be answered here";
        }
    EXPECT_THAT(with.help.text, Not(HasSubstr("our team")));
}

TEST_P(Close, NothingOfThePersonsOwnTakesTheirAnswersForTheirs)
{
    const auto one = asked();
    every_morning();
    must(answer(link(one), 1, "She told me she is going to kill herself tonight."));
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM answer WHERE organisation = $1 AND person = $2", who()), 0);
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM person WHERE organisation = $1 AND person = $2 AND last_heard_at IS NULL", who()), 1)
        << "she was not heard";
    EXPECT_THAT(must(answers->course(*ada, who())).answers(), IsEmpty());
    must(desks->house->record->read(system(), [&](trust::Reading& reading) -> Result<void> {
        EXPECT_FALSE(TRY(monitoring::read_lately(reading, who(), clock().now() - 28 * day)).concern_at)
            << "how often she is asked follows what she says";
        EXPECT_FALSE(TRY(monitoring::found_since(reading, who(), clock().now() - 28 * day)).empty())
            << "two unanswered soon after it are looked at all the same";
        return {};
    }));
    const auto counts = must(care::count_findings(*desks->house->record, system(), from_stored(0), clock().now() + day));
    for (const auto& [rule, count] : counts.by_rule)
        EXPECT_THAT(rule, StartsWith("informant:")) << "a rule's share is not theirs to change";
    EXPECT_FALSE(counts.by_rule.empty());
}

TEST_P(Close, I3_OnesOwnRecordHasWhatOneWroteAndWhenAnswersCameAndNotTheirWords)
{
    const auto one = asked();
    const auto by = link(one);
    must(answer(by, 1, "She told me she is going to kill herself tonight."));
    const auto record = everything();
    for (const char* there : {"sam@home.example", "Addie", "\"agreed_to\":\"en-1\"", "Written by somebody close. The team has the words."})
        EXPECT_THAT(record, HasSubstr(there));
    EXPECT_THAT(record, HasSubstr("\"answered_at\":[\"" + to_rfc3339(clock().now()) + "\"]"));
    for (const char* not_there : {"kill herself", "How lively", "(partner), not by the person"})
        EXPECT_THAT(record, Not(HasSubstr(not_there)));
    desks->close_alert(*maeve, who());
    must(desks->house->erasure->erase(system(), who()));
    for (const char* sql : {"SELECT COUNT(*) FROM informant WHERE organisation = $1 AND person = $2",
                            "SELECT COUNT(*) FROM informant_ask WHERE organisation = $1 AND person = $2",
                            "SELECT COUNT(*) FROM informant_link WHERE organisation = $1 AND person = $2",
                            "SELECT COUNT(*) FROM informant_answer WHERE organisation = $1 AND person = $2"})
        EXPECT_EQ(desks->count(sql, who()), 0) << sql;
}

TEST_P(Close, OldAnswersGoWithOldWords)
{
    const auto one = asked();
    must(answer(link(one), 6, "All is well."));
    must(close->withdraw(*ada, one.id));
    pass(40 * day);
    desks->save(30);
    EXPECT_GT(desks->walk(), 0);
    EXPECT_THAT(seen().answers, IsEmpty());
    EXPECT_THAT(seen().asks, IsEmpty());
    EXPECT_THAT(seen().informants, IsEmpty()) << "what is over is forgotten";
}

} // namespace

} // namespace handrail::errands
