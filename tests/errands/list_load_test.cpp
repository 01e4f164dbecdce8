// How much is on the lists: what is known of somebody is not told again, nobody gets more people a day than they can look at, and a
// rule shows how often it was agreed with. None of the three keeps back anything that is for now, for today or not understood.
#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "care/finding_counts.h"
#include "care/list_load.h"
#include "care/quiet_rules.h"
#include "care/rota_desk.h"
#include "care/withdrawal.h"
#include "errands/asked_people.h"
#include "errands/caseload.h"
#include "errands/own_record.h"
#include "errands/person_page.h"

namespace handrail::errands {

namespace {

using care::Beyond;
using care::Looked;
using std::chrono::hours;
using test::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr Urgency always_heard[] = {Urgency::Now, Urgency::Today, Urgency::Unknown};
constexpr care::Day monday = 20458; // 2026-01-05
constexpr const char* bridges = "What are the tallest bridges in the city?"; // a question about a place, alone (safety.md B8)

class LoadOfLists : public LedPeople {
protected:
    void SetUp() override
    {
        LedPeople::SetUp();
        if (IsSkipped())
            return;
        auto& house = *desks->house;
        list.emplace(*house.record, desks->alerts);
        quiet.emplace(*house.record, desks->service, 28, 1);
    }
    PersonId of_maeve(const std::string& name)
    {
        const auto person = desks->house->person(name);
        desks->answer(person, {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}});
        assign(*person.person(), *maeve);
        return *person.person();
    }
    void people_a_day(int people)
    {
        auto settings = must(desks->service.read(system()));
        settings.soon_people = people;
        must(desks->service.save(system(), settings));
    }
    /// Something found by these rules, the first of them the gravest.
    static Finding found(Urgency urgency, const std::vector<std::string>& rules)
    {
        Finding finding;
        finding.urgency = urgency;
        finding.category = Category::Suicide;
        finding.why = "Found by " + rules.front();
        for (const auto& rule : rules)
            finding.evidence.push_back({0, 1, "x", rule, "handrail-soon", -1});
        return finding;
    }
    care::Followed follow(PersonId person, const Finding& finding, const std::string& about = "message")
    {
        care::Followed followed;
        must(desks->house->record->write(system(), [&](trust::Writing& writing) -> Result<void> {
            const auto state = TRY(care::read_person_state(writing, person));
            followed = TRY(desks->listening.follow(writing, {person, about, timed_id(writing.now()), {}, finding}, state, {}));
            return {};
        }));
        pass(std::chrono::seconds{1});
        return followed;
    }
    std::vector<care::ListEntry> entries() { return must(list->open(*ruth)); }
    std::vector<care::ListEntry> entries_of(PersonId person)
    {
        auto all = entries();
        std::erase_if(all, [&](const auto& each) { return each.person != person; });
        return all;
    }
    care::KeptFinding kept(FindingId id)
    {
        std::optional<care::KeptFinding> one;
        must(desks->house->record->read(system(), [&](trust::Reading& reading) -> Result<void> {
            one = TRY(care::read_finding(reading, id));
            return {};
        }));
        return *one;
    }
    PersonView page() { return must(PersonPage(*desks->house->record, *desks->house->accounts).open(*maeve, who())); }
    QuietRuleId known(FindingId finding, care::Day until = monday + 14)
    {
        return must(quiet->make(*maeve, finding, until, "We spoke about it; she starts with the new medicine."));
    }

    std::optional<care::ListDesk> list;
    std::optional<care::QuietRuleDesk> quiet;
};

INSTANTIATE_TEST_SUITE_P(Stores, LoadOfLists, testing::ValuesIn(both_stores), [](const auto& each) { return each.param.name; });

// --- Known, until a day, because ---

TEST_P(LoadOfLists, WhatIsKnownIsFoundAndKeptAndNotOnTheListAgain)
{
    must(desks->conversations.write(*ada, bridges, {}));
    ASSERT_THAT(entries(), SizeIs(1));
    const auto id = known(entries()[0].finding);
    EXPECT_THAT(entries(), IsEmpty()) << "whoever wrote it down has looked";
    pass(hours{24});
    const auto second = must(desks->conversations.write(*ada, bridges, {}));
    EXPECT_THAT(entries(), IsEmpty());
    ASSERT_THAT(findings(), SizeIs(2)) << "found and kept as ever";
    for (const auto& each : findings()) {
        EXPECT_EQ(each.finding.urgency, Urgency::Soon);
        ASSERT_TRUE(each.looked);
        EXPECT_EQ(each.looked->how, Looked::Quiet);
        EXPECT_EQ(each.looked->by, maeve->account());
    }
    const auto view = page();
    ASSERT_THAT(view.quiet, SizeIs(1));
    EXPECT_EQ(view.quiet[0].id, id);
    EXPECT_EQ(view.quiet[0].because, "We spoke about it; she starts with the new medicine.");
    EXPECT_EQ(to_rfc3339(view.quiet[0].ends_at).substr(0, 16), "2026-01-20T00:00") << "to the end of the last day";
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM audit_entry WHERE organisation = $1 AND person = $2 AND deed = 'write.quiet_rule'", who()), 1);
    const auto record = boost::json::parse(must(OwnRecord(*desks->house->record, *desks->house->accounts, *desks->house->consents).everything(*ada)));
    EXPECT_EQ(record.at("known_until").at(0).at("because"), "We spoke about it; she starts with the new medicine.");
    EXPECT_EQ(record.at("findings").at(0).at("looked_at").at("how"), "quiet");
}

TEST_P(LoadOfLists, WhatIsKnownHidesNothingThatIsForNowForTodayOrNotUnderstood)
{
    known(follow(who(), found(Urgency::Soon, {"a.rule"})).finding);
    ASSERT_TRUE(follow(who(), found(Urgency::Soon, {"a.rule"})).alert.empty());
    ASSERT_THAT(entries(), IsEmpty());
    for (const auto urgency : always_heard) {
        const auto followed = follow(who(), found(urgency, {"a.rule"})); // the same rule of the same person
        EXPECT_FALSE(followed.alert.empty()) << name(urgency);
        ASSERT_TRUE(desks->alert(who())) << name(urgency);
        EXPECT_FALSE(kept(followed.finding).looked) << name(urgency);
        EXPECT_FALSE(followed.help.text.empty()) << "and the person is told what they are told";
        desks->close_alert(*maeve, who());
    }
    must(desks->conversations.write(*ada, "I have decided. It will be tonight.", {}));
    EXPECT_EQ(desks->alert(who())->urgency, Urgency::Now);
}

TEST_P(LoadOfLists, AnotherRuleAnotherPersonAndSomebodyCloseAreHeard)
{
    const auto ben = of_maeve("Ben");
    known(follow(who(), found(Urgency::Soon, {"a.rule"})).finding);
    follow(who(), found(Urgency::Soon, {"b.rule"}));
    EXPECT_THAT(entries_of(who()), SizeIs(1));
    follow(who(), found(Urgency::Soon, {"a.rule", "b.rule"}));
    EXPECT_THAT(entries_of(who()), SizeIs(2)) << "one of its rules is new";
    auto combined = found(Urgency::Soon, {"a.rule"});
    combined.combination = "a.rule+a.rule";
    follow(who(), combined);
    EXPECT_THAT(entries_of(who()), SizeIs(3)) << "more of it together is another rule";
    follow(who(), found(Urgency::Soon, {"a.rule"}), "informant");
    EXPECT_THAT(entries_of(who()), SizeIs(4)) << "they are other words than the person's";
    follow(ben, found(Urgency::Soon, {"a.rule"}));
    EXPECT_THAT(entries_of(ben), SizeIs(1));
}

TEST_P(LoadOfLists, WhatIsKnownEndsByItself)
{
    known(follow(who(), found(Urgency::Soon, {"a.rule"})).finding, monday + 1);
    clock().set(*from_rfc3339("2026-01-06T23:59:59Z"));
    follow(who(), found(Urgency::Soon, {"a.rule"}));
    EXPECT_THAT(entries(), IsEmpty());
    clock().set(*from_rfc3339("2026-01-07T00:00:00Z"));
    EXPECT_THAT(page().quiet, IsEmpty());
    follow(who(), found(Urgency::Soon, {"a.rule"}));
    EXPECT_THAT(entries(), SizeIs(1));
}

TEST_P(LoadOfLists, TakenBackWhatItKeptOffIsOnTheListAgain)
{
    const auto id = known(follow(who(), found(Urgency::Soon, {"a.rule"})).finding);
    pass(hours{72});
    const auto off = follow(who(), found(Urgency::Soon, {"a.rule"})).finding;
    const auto gone = follow(who(), found(Urgency::Soon, {"a.rule"})).finding;
    must(desks->house->record->write(system(), [&](trust::Writing& writing) -> Result<void> {
        TRY(care::withdraw_finding(writing, TRY(care::read_finding(writing, gone)), "The file was taken back."));
        return {};
    }));
    EXPECT_EQ(quiet->take_back(*ada, who(), id).error().kind, ErrorKind::NotAllowed);
    must(quiet->take_back(*ruth, who(), id));
    ASSERT_THAT(entries(), SizeIs(2)) << "the first one, and the one that came meanwhile; what was withdrawn is not";
    for (const auto& each : entries())
        EXPECT_EQ(to_rfc3339(each.due_at).substr(0, 16), "2026-01-10T00:00") << "as if it came now";
    EXPECT_FALSE(kept(off).looked);
    EXPECT_EQ(page().to_look_at.size(), 2U);
    EXPECT_EQ(quiet->take_back(*maeve, who(), id).error().kind, ErrorKind::NotFound);
    follow(who(), found(Urgency::Soon, {"a.rule"}));
    EXPECT_THAT(entries(), SizeIs(3));
}

TEST_P(LoadOfLists, OnlyAClinicianOfTheTeamSaysWhatIsKnownAndOnlyOfWhatIsForSoon)
{
    const auto soon = follow(who(), found(Urgency::Soon, {"a.rule"})).finding;
    const auto noor = desks->house->staff(Role::Clinician, "noor");
    for (const auto& other : {*ruth, *root, *ada, noor})
        EXPECT_FALSE(quiet->make(other, soon, monday, "x").ok());
    EXPECT_EQ(quiet->make(*maeve, soon, monday, " ").error().where, "/because");
    EXPECT_EQ(quiet->make(*maeve, soon, monday - 1, "x").error().where, "/until");
    EXPECT_EQ(quiet->make(*maeve, soon, monday + 29, "x").error().where, "/until") << "somebody looks again";
    for (const auto urgency : always_heard) {
        const auto id = follow(who(), found(urgency, {"a.rule"})).finding;
        EXPECT_EQ(quiet->make(*maeve, id, monday, "x").error().kind, ErrorKind::Conflict) << name(urgency);
    }
    auto nameless = found(Urgency::Soon, {""});
    EXPECT_EQ(quiet->make(*maeve, follow(who(), nameless).finding, monday, "x").error().kind, ErrorKind::Conflict);
    EXPECT_EQ(list->record_looked(*maeve, who(), {{soon}, Looked::Quiet, {}}).error().kind, ErrorKind::Invalid);
    EXPECT_THAT(page().quiet, IsEmpty());
    EXPECT_TRUE(quiet->make(*maeve, soon, monday + 28, "x").ok());
}

TEST_P(LoadOfLists, WhoeverLeavesTakesWhatTheyKnewAlong)
{
    const auto idris = desks->house->staff(Role::Clinician, "idris", {desks->house->team});
    const auto soon = follow(who(), found(Urgency::Soon, {"a.rule"})).finding;
    must(quiet->make(idris, soon, monday + 14, "I see her on Thursday."));
    must(desks->house->accounts->suspend(*root, idris.account(), true));
    EXPECT_THAT(page().quiet, IsEmpty());
    follow(who(), found(Urgency::Soon, {"a.rule"}));
    EXPECT_THAT(entries(), SizeIs(1));
}

TEST_P(LoadOfLists, TooOldWhatWasKnownGoes)
{
    desks->save(30);
    known(follow(who(), found(Urgency::Soon, {"a.rule"})).finding, monday);
    pass(hours{24 * 20});
    desks->walk();
    const auto* rows = "SELECT COUNT(*) FROM quiet_rule WHERE organisation = $1 AND person = $2";
    EXPECT_EQ(desks->count(rows, who()), 1);
    pass(hours{24 * 20});
    desks->walk();
    EXPECT_EQ(desks->count(rows, who()), 0);
}

// --- A number of people a day ---

TEST_P(LoadOfLists, BeyondTheNumberItGoesToAColleagueThenToTheLeadAndNothingIsDropped)
{
    const auto idris = desks->house->staff(Role::Clinician, "idris", {desks->house->team});
    desks->house->staff(Role::Clinician, "noor"); // of no team: never
    people_a_day(1);
    std::vector<PersonId> people;
    for (const char* name : {"Ben", "Cal", "Dee", "Eve"})
        people.push_back(of_maeve(name));
    for (const auto& person : people)
        follow(person, found(Urgency::Soon, {"a.rule"}));
    ASSERT_THAT(entries(), SizeIs(4));
    const auto had = [&](std::size_t i) { return entries_of(people[i]).at(0); };
    EXPECT_EQ(had(0).owner, maeve->account());
    EXPECT_EQ(had(0).beyond, Beyond::No);
    EXPECT_EQ(had(1).owner, idris.account());
    EXPECT_EQ(had(1).beyond, Beyond::Colleague);
    for (const std::size_t i : {2U, 3U}) {
        EXPECT_EQ(had(i).owner, ruth->account());
        EXPECT_EQ(had(i).beyond, Beyond::Team);
    }
    // Their own clinician sees them all the same.
    const auto rows = must(Caseload(*desks->house->record, *desks->house->accounts).list(*maeve, Caseload::Of::Mine)).rows;
    EXPECT_EQ(std::count_if(rows.begin(), rows.end(), [](const auto& row) { return row.urgency == Urgency::Soon; }), 4);

    EXPECT_EQ(must(list->tell_beyond(system())), 2);
    EXPECT_EQ(must(list->tell_beyond(system())), 0) << "once";
    const auto pages = must(Caseload(*desks->house->record, *desks->house->accounts).list(*ruth, Caseload::Of::Team)).test_pages;
    ASSERT_THAT(pages, SizeIs(1));
    EXPECT_EQ(pages[0].reason, "More for soon came than a team is to look at in a day: 2 are yours until you name somebody.");
    must(list->name_owner(*ruth, people[2], maeve->account()));
    EXPECT_EQ(had(2).owner, maeve->account());
    // Who had more than they were to look at leaves it to the person's own clinician.
    must(desks->house->accounts->suspend(*root, idris.account(), true));
    EXPECT_EQ(had(1).owner, maeve->account());

    clock().set(*from_rfc3339("2026-01-06T00:00:00Z"));
    follow(of_maeve("Fay"), found(Urgency::Soon, {"a.rule"}));
    EXPECT_EQ(entries().back().owner, maeve->account()) << "a new day";
    EXPECT_EQ(entries().back().beyond, Beyond::No);
}

TEST_P(LoadOfLists, OneLookIsForAllOfAPerson)
{
    const auto idris = desks->house->staff(Role::Clinician, "idris", {desks->house->team});
    people_a_day(1);
    const auto ben = of_maeve("Ben"), cal = of_maeve("Cal");
    for (int each = 0; each < 3; ++each)
        follow(ben, found(Urgency::Soon, {"a.rule"}));
    for (int each = 0; each < 2; ++each)
        follow(cal, found(Urgency::Soon, {"a.rule"}));
    for (const auto& each : entries_of(ben))
        EXPECT_EQ(each.owner, maeve->account());
    EXPECT_THAT(entries_of(ben), SizeIs(3));
    for (const auto& each : entries_of(cal))
        EXPECT_EQ(each.owner, idris.account()) << "with whoever has the first";
    EXPECT_THAT(entries_of(cal), SizeIs(2));
}

TEST_P(LoadOfLists, TheNumberHoldsBackNothingThatIsForNowForTodayOrNotUnderstood)
{
    people_a_day(1);
    const auto first = of_maeve("Ben");
    const auto before = must(desks->alerts.find(*maeve, follow(first, found(Urgency::Today, {"a.rule"})).alert));
    for (const char* name : {"Cal", "Dee", "Eve"})
        follow(of_maeve(name), found(Urgency::Soon, {"a.rule"}));
    ASSERT_EQ(entries().back().beyond, Beyond::Team) << "there is no room on any list";
    for (const auto urgency : always_heard) {
        const auto followed = follow(of_maeve("Fay"), found(urgency, {"a.rule"}));
        ASSERT_FALSE(followed.alert.empty()) << name(urgency);
        const auto alert = must(desks->alerts.find(*maeve, followed.alert));
        EXPECT_EQ(alert.told, before.told) << "whoever is told of an alert is told of this one";
        EXPECT_EQ(alert.urgency, urgency);
    }
    // And what has an alert is not counted: the number is of the list.
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM list_entry WHERE organisation = $1 AND person <> $2", first), 3);
}

TEST_P(LoadOfLists, WhoeverIsOnLeaveGetsNothingOfOthers)
{
    const auto idris = desks->house->staff(Role::Clinician, "idris", {desks->house->team});
    const care::RotaDesk rota(*desks->house->record);
    must(rota.add(*root, care::Leave{{}, idris.account(), monday, monday}));
    people_a_day(1);
    follow(of_maeve("Ben"), found(Urgency::Soon, {"a.rule"}));
    const auto cal = of_maeve("Cal");
    follow(cal, found(Urgency::Soon, {"a.rule"}));
    EXPECT_EQ(entries_of(cal).at(0).beyond, Beyond::Team);
}

TEST_P(LoadOfLists, WithoutALeadItStaysWithTheirOwnClinician)
{
    must(desks->house->accounts->suspend(*root, ruth->account(), true));
    people_a_day(1);
    follow(of_maeve("Ben"), found(Urgency::Soon, {"a.rule"}));
    follow(of_maeve("Cal"), found(Urgency::Soon, {"a.rule"}));
    const auto all = must(list->open(*maeve));
    ASSERT_THAT(all, SizeIs(2));
    EXPECT_EQ(all[1].beyond, Beyond::Team);
    EXPECT_EQ(all[1].owner, maeve->account()) << "never nobody's";
}

TEST_P(LoadOfLists, TheLeadSeesHowManyEachHadAndWhatBecameOfThem)
{
    const auto idris = desks->house->staff(Role::Clinician, "idris", {desks->house->team});
    people_a_day(2);
    std::vector<PersonId> people;
    for (const char* name : {"Ben", "Cal", "Dee", "Eve", "Fay"})
        people.push_back(of_maeve(name));
    for (const auto& person : people)
        follow(person, found(Urgency::Soon, {"a.rule"}));
    must(list->record_looked(*maeve, people[0], {{entries_of(people[0])[0].finding}, Looked::Talked, {}}));
    known(entries_of(people[1])[0].finding);
    follow(people[1], found(Urgency::Soon, {"a.rule"}));
    pass(hours{48});
    const auto load = must(care::list_load(*desks->house->record, *ruth, clock().now() - hours{24 * 28}, clock().now()));
    ASSERT_THAT(load.by_account, SizeIs(3));
    const auto of = [&](const Actor& actor) {
        for (const auto& each : load.by_account)
            if (each.account == actor.account())
                return std::vector<std::int64_t>{each.had, each.looked, each.open, each.overdue, each.of_others};
        return std::vector<std::int64_t>{};
    };
    EXPECT_THAT(of(*maeve), ElementsAre(1, 1, 0, 0, 0)) << "the other one she knew";
    EXPECT_THAT(of(idris), ElementsAre(2, 0, 2, 2, 2));
    EXPECT_THAT(of(*ruth), ElementsAre(1, 0, 1, 1, 0));
    EXPECT_EQ(load.to_colleagues, 2);
    EXPECT_EQ(load.beyond_team, 1);
    EXPECT_EQ(load.kept_off, 2);
    EXPECT_FALSE(care::list_load(*desks->house->record, *maeve, {}, clock().now()).ok());
}

// --- How often a rule was agreed with ---

TEST_P(LoadOfLists, OfTheLastThatSomebodyJudgedItSaysHowManyWereAgreedWith)
{
    const care::FindingDesk judging(*desks->house->record);
    const auto precision = [&](const Actor& actor, const std::string& rule) { return care::rule_precision(*desks->house->record, actor, rule); };
    for (int each = 0; each < 12; ++each) {
        const auto id = follow(who(), found(Urgency::Soon, {"a.rule"})).finding;
        if (each < 9)
            must(judging.judge(*maeve, id, each < 6 ? "agree" : "disagree", {}));
    }
    auto told = must(precision(*maeve, "a.rule"));
    EXPECT_EQ(told.judged, 9) << "what nobody judged says nothing";
    EXPECT_EQ(told.agreed, 6);
    EXPECT_FALSE(told.enough);
    must(judging.judge(*maeve, follow(who(), found(Urgency::Soon, {"a.rule"})).finding, "disagree", {}));
    told = must(precision(*ruth, "a.rule"));
    EXPECT_TRUE(told.enough);
    // Wilson 1927 for 6 of 10: (0.6 + 0.19207 -+ 1.95996 sqrt(0.024 + 0.0096036)) / 1.384146.
    EXPECT_NEAR(told.interval.low, 0.3127, 0.0001);
    EXPECT_NEAR(told.interval.high, 0.8318, 0.0001);
    must(judging.judge(*maeve, follow(who(), found(Urgency::Soon, {"a.rule"}), "informant").finding, "agree", {}));
    EXPECT_EQ(must(precision(*maeve, "a.rule")).judged, 10) << "what somebody close writes is counted by itself";
    EXPECT_EQ(must(precision(*maeve, "informant:a.rule")).judged, 1);
    EXPECT_EQ(must(precision(*maeve, "c.rule")).judged, 0);
    EXPECT_EQ(precision(*maeve, "").error().where, "/rule");
    EXPECT_EQ(precision(*ada, "a.rule").error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(precision(*root, "a.rule").error().kind, ErrorKind::NotAllowed);
}

// It is shown, and nothing is decided by it: a rule that nobody ever agreed with calls as loud as any.
TEST_P(LoadOfLists, ARuleThatNobodyAgreesWithIsHeardAsEver)
{
    const care::FindingDesk judging(*desks->house->record);
    for (int each = 0; each < 20; ++each)
        must(judging.judge(*maeve, follow(who(), found(Urgency::Soon, {"a.rule"})).finding, "disagree", {}));
    const auto ben = of_maeve("Ben");
    follow(ben, found(Urgency::Soon, {"a.rule"}));
    EXPECT_THAT(entries_of(ben), SizeIs(1));
    for (const auto urgency : always_heard) {
        const auto person = of_maeve("Cal");
        EXPECT_FALSE(follow(person, found(urgency, {"a.rule"})).alert.empty()) << name(urgency);
        EXPECT_EQ(desks->alert(person)->urgency, urgency);
    }
}

} // namespace

} // namespace handrail::errands
