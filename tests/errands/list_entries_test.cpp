// What is for soon stays on somebody's list until a human recorded what was done, on both stores.
#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "care/list_entries.h"
#include "care/withdrawal.h"
#include "errands/asked_people.h"
#include "errands/caseload.h"
#include "errands/own_record.h"
#include "errands/person_page.h"
#include "monitoring/course_notes.h"

namespace handrail::errands {

namespace {

using care::ListDesk;
using care::Looked;
using std::chrono::hours;
using test::must;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

class ForSoon : public LedPeople {
protected:
    void SetUp() override
    {
        LedPeople::SetUp();
        if (IsSkipped())
            return;
        auto& house = *desks->house;
        list.emplace(*house.record, desks->alerts);
    }
    /// A question about a place, alone (safety.md B8).
    void says_something_for_soon() { must(desks->conversations.write(*ada, "What are the tallest bridges in the city?", {})); }
    CaseRow row_of(const Actor& clinician, Caseload::Of whose = Caseload::Of::Team)
    {
        const Caseload caseload(*desks->house->record, *desks->house->accounts);
        for (auto& row : must(caseload.list(clinician, whose)).rows)
            if (row.person == who())
                return row;
        throw std::runtime_error("not on the caseload");
    }
    std::vector<care::ListEntry> entries() { return must(list->open(*ruth)); }
    std::vector<FindingId> open_findings()
    {
        std::vector<FindingId> all;
        for (const auto& each : entries())
            all.push_back(each.finding);
        return all;
    }
    Result<void> looked(const Actor& actor, Looked how, const std::string& words = {})
    {
        return list->record_looked(actor, who(), {open_findings(), how, words});
    }
    std::string in_own_record()
    {
        return must(OwnRecord(*desks->house->record, *desks->house->accounts, *desks->house->consents).everything(*ada));
    }

    std::optional<ListDesk> list;
};

INSTANTIATE_TEST_SUITE_P(Stores, ForSoon, testing::ValuesIn(both_stores), [](const auto& each) { return each.param.name; });

TEST_P(ForSoon, ItIsSomebodysByNameAndByATime)
{
    assign(*maeve);
    says_something_for_soon(); // Monday noon; staff read every day until midnight: by the end of Tuesday
    ASSERT_THAT(entries(), SizeIs(1));
    EXPECT_EQ(entries()[0].owner, maeve->account());
    EXPECT_EQ(to_rfc3339(entries()[0].due_at).substr(0, 16), "2026-01-07T00:00");
    const auto row = row_of(*maeve, Caseload::Of::Mine);
    EXPECT_EQ(row.urgency, Urgency::Soon);
    EXPECT_EQ(row.who, maeve->account());
    ASSERT_TRUE(row.to_look_at);
    EXPECT_THAT(row.to_look_at->findings, SizeIs(1));
    EXPECT_THAT(row.reason, Not(HasSubstr("nobody has looked"))) << "there is time";
}

TEST_P(ForSoon, WithoutAClinicianItIsALeadsWhoNamesSomebody)
{
    const auto idris = desks->house->staff(Role::Clinician, "idris", {desks->house->team});
    const auto noor = desks->house->staff(Role::Clinician, "noor");
    says_something_for_soon();
    EXPECT_EQ(entries()[0].owner, ruth->account());
    const auto of_team = desks->house->staff(Role::Lead, "lena", {desks->house->team});
    EXPECT_EQ(entries()[0].owner, of_team.account()) << "a lead of the team before the others";
    EXPECT_EQ(list->name_owner(*ruth, who(), noor.account()).error().where, "/account") << "of another team";
    EXPECT_EQ(list->name_owner(noor, who(), noor.account()).error().kind, ErrorKind::NotAllowed);
    must(list->name_owner(*ruth, who(), idris.account()));
    EXPECT_EQ(entries()[0].owner, idris.account());
    EXPECT_EQ(row_of(idris, Caseload::Of::Mine).who, idris.account());
    EXPECT_THAT(must(list->open(noor)), IsEmpty());
    // Who leaves takes nothing along.
    must(desks->house->accounts->suspend(*root, idris.account(), true));
    EXPECT_EQ(entries()[0].owner, of_team.account());
}

// It fell off the list after seven days, unread.
TEST_P(ForSoon, OnDayEightItIsStillThereAndSaysThatNobodyHasLooked)
{
    assign(*maeve);
    says_something_for_soon();
    pass(hours{24 * 8});
    const auto row = row_of(*maeve);
    EXPECT_EQ(row.urgency, Urgency::Soon);
    EXPECT_THAT(row.reason, StartsWith("Waiting since 2026-01-05, nobody has looked. The person asks about means"));
    pass(hours{24 * 100});
    EXPECT_EQ(row_of(*maeve).urgency, Urgency::Soon);
    EXPECT_EQ(must(PersonPage(*desks->house->record, *desks->house->accounts).open(*maeve, who())).to_look_at.size(), 1U);
}

TEST_P(ForSoon, AgreeingIsNotLookingAndOneTapIs)
{
    assign(*maeve);
    says_something_for_soon();
    const care::FindingDesk findings_desk(*desks->house->record);
    must(findings_desk.judge(*maeve, open_findings()[0], "agree", {}));
    EXPECT_EQ(row_of(*maeve).urgency, Urgency::Soon) << "that it was right is not that something was done";
    must(findings_desk.judge(*maeve, open_findings()[0], "disagree", {}));
    EXPECT_EQ(row_of(*maeve).urgency, Urgency::Soon);

    must(looked(*maeve, Looked::Known));
    EXPECT_EQ(row_of(*maeve).urgency, Urgency::Usual);
    EXPECT_FALSE(row_of(*maeve).to_look_at);
    EXPECT_THAT(entries(), IsEmpty());
    const auto kept = findings();
    ASSERT_THAT(kept, SizeIs(1));
    ASSERT_TRUE(kept[0].looked);
    EXPECT_EQ(kept[0].looked->how, Looked::Known);
    EXPECT_EQ(kept[0].looked->by, maeve->account());
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM audit_entry WHERE organisation = $1 AND person = $2 AND "
                           "deed = 'record.list_entry'",
                           who()),
              1);
}

TEST_P(ForSoon, NothingToDoNeedsAReasonThatThePersonCanTakeAlong)
{
    says_something_for_soon();
    EXPECT_EQ(looked(*maeve, Looked::Nothing, " ").error().where, "/words");
    EXPECT_EQ(looked(*maeve, Looked::Reviewed).error().kind, ErrorKind::Invalid) << "that is a form of its own";
    EXPECT_EQ(looked(*ada, Looked::Nothing, "x").error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(looked(*root, Looked::Nothing, "x").error().kind, ErrorKind::NotAllowed);
    const auto noor = desks->house->staff(Role::Clinician, "noor");
    EXPECT_EQ(looked(noor, Looked::Nothing, "x").error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(row_of(*maeve).urgency, Urgency::Soon);
    must(looked(*maeve, Looked::Nothing, "It is about a film. We spoke about it."));
    const auto record = boost::json::parse(in_own_record());
    const auto& finding = record.at("findings").at(0);
    EXPECT_EQ(finding.at("looked_at").at("how"), "nothing");
    EXPECT_EQ(finding.at("looked_at").at("words"), "It is about a film. We spoke about it.");
}

TEST_P(ForSoon, WhatCameWhileSomebodyLookedStays)
{
    says_something_for_soon();
    const auto seen = open_findings();
    pass(hours{1});
    says_something_for_soon();
    ASSERT_THAT(entries(), SizeIs(2));
    EXPECT_THAT(row_of(*maeve).reason, HasSubstr("And 1 more."));
    must(list->record_looked(*maeve, who(), {seen, Looked::Talked, {}}));
    EXPECT_THAT(entries(), SizeIs(1));
    EXPECT_EQ(row_of(*maeve).urgency, Urgency::Soon);
}

TEST_P(ForSoon, OfTwoWhoRecordAtOnceTheSecondIsToldOfTheFirst)
{
    const auto idris = desks->house->staff(Role::Clinician, "idris", {desks->house->team});
    says_something_for_soon();
    const auto seen = open_findings();
    must(list->record_looked(*maeve, who(), {seen, Looked::Talked, {}}));
    EXPECT_TRUE(list->record_looked(*maeve, who(), {seen, Looked::Talked, {}}).ok()) << "the same tap twice";
    const auto second = list->record_looked(idris, who(), {seen, Looked::Mistaken, {}});
    EXPECT_EQ(second.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(second.error().where, "account:" + maeve->account().text());
    EXPECT_EQ(findings()[0].looked->how, Looked::Talked);
    EXPECT_EQ(list->record_looked(*maeve, who(), {{FindingId::at(clock().now())}, Looked::Talked, {}}).error().kind,
              ErrorKind::NotFound);
}

TEST_P(ForSoon, TheLeadsAreToldOnceOfWhatNobodyLookedAtInTime)
{
    says_something_for_soon();
    const auto pages = [&] {
        const Caseload caseload(*desks->house->record, *desks->house->accounts);
        return must(caseload.list(*ruth, Caseload::Of::Team)).test_pages;
    };
    EXPECT_EQ(must(list->tell_overdue(system())), 0);
    pass(hours{37});
    EXPECT_EQ(must(list->tell_overdue(system())), 1);
    EXPECT_EQ(must(list->tell_overdue(system())), 0) << "once";
    ASSERT_THAT(pages(), SizeIs(1));
    EXPECT_EQ(pages()[0].reason, "Something for soon was not looked at in time. See whose it is.");
    EXPECT_EQ(list->tell_overdue(*ruth).error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(row_of(*maeve).urgency, Urgency::Soon) << "being told is not looking";
}

TEST_P(ForSoon, AReviewOfWhatIsInTheWayTakesTheCourseOffAndNothingElse)
{
    const auto answer_phq9 = [&](int item) {
        monitoring::AnswerDesk::Questionnaire phq9{"phq-9", asking().instruments.find("phq-9")->version, "en", {}, {}, false, {}};
        for (int each = 1; each <= 8; ++each)
            phq9.answers[std::to_string(each)] = {monitoring::GivenAnswer::Kind::Whole, item};
        phq9.answers["9"] = {monitoring::GivenAnswer::Kind::Whole, 0};
        must(answers->save_questionnaire(*ada, phq9));
    };
    answer_phq9(1);
    pass(hours{24 * 14});
    answer_phq9(2); // 8 to 16: more than the reliable change
    ASSERT_THAT(entries(), SizeIs(1));
    says_something_for_soon();
    ASSERT_THAT(entries(), SizeIs(2));
    const monitoring::CourseNoteDesk notes(*desks->house->record);
    must(notes.note_review(*maeve, who(), {{}, {}, {}, "Two visits a week until February."}));
    ASSERT_THAT(entries(), SizeIs(1)) << "what was said is not looked at with it";
    EXPECT_THAT(row_of(*maeve).reason, HasSubstr("means"));
}

TEST_P(ForSoon, AnAlertStandsBeforeItAndHidesNothing)
{
    says_something_for_soon();
    must(desks->conversations.write(*ada, "I have decided. It will be tonight.", {}));
    EXPECT_EQ(row_of(*maeve).urgency, Urgency::Now);
    EXPECT_TRUE(row_of(*maeve).to_look_at);
    desks->close_alert(*maeve, who());
    EXPECT_EQ(row_of(*maeve).urgency, Urgency::Soon) << "it comes back when the alert is over";
}

TEST_P(ForSoon, WithoutLeaveToReadItIsOnTheListAllTheSame)
{
    desks->answer(*ada, {{"staff_reading", false, "t", {}}});
    says_something_for_soon();
    EXPECT_EQ(row_of(*maeve).urgency, Urgency::Soon);
    EXPECT_EQ(row_of(*maeve).reason, "Something to look at by 2026-01-07.");
    must(looked(*maeve, Looked::Talked, "Rang her."));
    EXPECT_EQ(row_of(*maeve).urgency, Urgency::Usual);
}

TEST_P(ForSoon, WhatRestedOnDataThatWasTakenBackIsOffTheList)
{
    says_something_for_soon();
    must(desks->house->record->write(system(), [&](trust::Writing& writing) -> Result<void> {
        TRY(care::withdraw_finding(writing, TRY(care::read_finding(writing, TRY(care::open_entries(writing)).front().finding)), "The file was taken back."));
        return {};
    }));
    EXPECT_THAT(entries(), IsEmpty());
}

TEST_P(ForSoon, TooOldItGoesWithItsWordsOnceSomebodyLooked)
{
    desks->save(30);
    says_something_for_soon();
    must(looked(*maeve, Looked::Nothing, "It is about a film."));
    pass(hours{24});
    says_something_for_soon();
    pass(hours{24 * 40});
    desks->walk();
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM list_entry WHERE organisation = $1 AND person = $2", who()), 1);
    EXPECT_EQ(row_of(*maeve).urgency, Urgency::Soon) << "nobody has looked";
    EXPECT_THAT(row_of(*maeve).reason, HasSubstr("no longer kept"));
}

} // namespace

} // namespace handrail::errands
