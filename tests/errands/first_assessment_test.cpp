// The first assessment: from the first answer to the note of whoever read it, on both stores.
#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "content/first_assessment.h"
#include "errands/asked_people.h"
#include "errands/caseload.h"
#include "errands/own_record.h"
#include "monitoring/first_assessment_desk.h"

namespace handrail::errands {

namespace {

using monitoring::FirstAssessmentDesk;
using monitoring::GivenCheckInAnswer;
using State = monitoring::KeptAssessment::State;
using std::chrono::hours;
using std::chrono::minutes;
using test::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const FirstAssessment& first_form()
{
    static const auto form =
        must(content::load_first_assessment(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content", asking().instruments));
    return form;
}

class First : public LedPeople {
protected:
    void SetUp() override
    {
        LedPeople::SetUp();
        if (IsSkipped())
            return;
        auto& house = *desks->house;
        first.emplace(*house.record, desks->listening, desks->alerts, desks->service, *house.consents, desks->screener,
                      first_form(), asking().instruments);
        must(first->save_settings(*root, {true, 2}));
    }

    FirstAssessmentDesk::Given given(const std::string& question, GivenCheckInAnswer answer) const
    {
        return {question, std::move(answer), first_form().version, "en", {}};
    }
    FirstAssessmentDesk::Saved answer(const std::string& question, GivenCheckInAnswer with)
    {
        return must(first->answer(*ada, given(question, std::move(with))));
    }
    FirstAssessmentDesk::Saved choose(const std::string& question, int value)
    {
        return answer(question, std::int64_t{value});
    }
    FirstAssessmentDesk::Saved tick(const std::string& question, std::vector<std::string> values)
    {
        return answer(question, std::move(values));
    }
    /// What a person without any danger answers.
    void answer_all()
    {
        answer("reason", std::string("I lie awake and worry about my job."));
        choose("since", 3);
        choose("work", 3);
        tick("bothers", {"low", "worry"});
        tick("tried", {"talked"});
        answer("helped", std::string("Talking to my sister helped a little."));
        tick("body", {"none"});
        choose("safety", 1);
        answer("wishes", std::string("To sleep through a night again."));
    }
    FirstAssessmentDesk::Own own() { return must(first->own(*ada)); }
    FirstAssessmentDesk::Own send() { return must(first->send(*ada, own().kept->version)); }
    FirstAssessmentDesk::Summary page(const Actor& reader) { return *must(first->summary(reader, who())); }
    CaseRow row_of(const Actor& clinician)
    {
        const Caseload caseload(*desks->house->record, *desks->house->accounts);
        for (auto& row : must(caseload.list(clinician, Caseload::Of::Team)).rows)
            if (row.person == who())
                return row;
        throw std::runtime_error("not on the caseload");
    }
    void make_minor()
    {
        static constexpr rows::Statement band{
            "test.band", "UPDATE person SET age_band = $2 WHERE organisation = $1 AND person = $3"};
        must(desks->house->record->write(system(), [&](trust::Writing& writing) -> Result<void> {
            TRY(writing.change(band, {"13_17", who()}));
            writing.note({"test.band", who(), "person", who(), {}, {}});
            return {};
        }));
    }

    std::optional<FirstAssessmentDesk> first;
};

INSTANTIATE_TEST_SUITE_P(Stores, First, testing::ValuesIn(both_stores), [](const auto& each) { return each.param.name; });

TEST_P(First, IsAskedOnlyWhereTheServiceAsksIt)
{
    must(first->save_settings(*root, {false, 3}));
    EXPECT_FALSE(own().settings.on);
    EXPECT_EQ(first->answer(*ada, given("since", std::int64_t{1})).error().kind, ErrorKind::Conflict);
    EXPECT_EQ(first->save_settings(*maeve, {true, 2}).error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(first->save_settings(*root, {true, 11}).error().where, "/read_within_days");
    must(first->save_settings(*root, {true, 3}));
    choose("since", 1);
    must(first->save_settings(*root, {false, 3}));
    EXPECT_EQ(choose("work", 1).version, 2) << "who has begun may finish";
}

TEST_P(First, FinishedItIsAPageForTheNamedClinician)
{
    assign(*maeve);
    answer_all();
    const auto sent = send();
    EXPECT_EQ(sent.kept->state, State::Sent);
    EXPECT_EQ(sent.kept->reader, maeve->account());
    EXPECT_THAT(findings(), IsEmpty());
    EXPECT_FALSE(desks->alert(who()));

    const auto read = page(*maeve);
    ASSERT_THAT(read.kept.answered, SizeIs(9));
    EXPECT_TRUE(read.kept.answered[0].words);
    EXPECT_EQ(read.kept.answered[0].said, "I lie awake and worry about my job.");
    EXPECT_EQ(read.kept.answered[1].said_english, "Some months");
    std::vector<std::string> open;
    for (const auto* question : read.left_open)
        open.push_back(question->asks.id);
    EXPECT_THAT(open, ElementsAre("sleep", "people", "self_care", "support", "treatment")) << "act and done were not asked";
    ASSERT_THAT(read.fitting, SizeIs(2));
    EXPECT_EQ(read.fitting[0].fit->instrument, "phq-9");
    EXPECT_TRUE(read.fitting[0].may_be_shown);
    EXPECT_EQ(read.fitting[1].fit->instrument, "gad-7");

    must(first->mark_read(*maeve, who(), "First talk on Tuesday at ten."));
    EXPECT_EQ(page(*maeve).kept.note, "First talk on Tuesday at ten.");
    EXPECT_EQ(page(*maeve).kept.read_by, maeve->account());
    EXPECT_EQ(own().kept->state, State::Read);
    EXPECT_EQ(first->mark_read(*maeve, who(), "again").error().kind, ErrorKind::Conflict);
    EXPECT_EQ(first->mark_read(*maeve, who(), " ").error().where, "/note");
    EXPECT_EQ(first->answer(*ada, given("since", std::int64_t{1})).error().kind, ErrorKind::Conflict) << "it was sent";
}

TEST_P(First, LeftItIsResumedOnAnotherDevice)
{
    answer("reason", std::string("I lie awake."));
    choose("since", 2);
    pass(hours{30});
    const auto there = own();
    EXPECT_EQ(there.kept->version, 2);
    EXPECT_EQ(there.answers.text.at("reason").reveal(), "I lie awake.");
    EXPECT_EQ(there.answers.value("since"), 2);
    EXPECT_FALSE(must(first->summary(*maeve, who()))) << "what is being written is nobody's to read";
    answer("since", std::monostate{});
    EXPECT_FALSE(own().answers.value("since")) << "taken back";
    EXPECT_EQ(choose("safety", 1).version, 4);
    EXPECT_EQ(choose("safety", 1).version, 4) << "the same once more is nothing new";
}

TEST_P(First, TwoDevicesAtOnceOverwriteNothingUnseen)
{
    answer("reason", std::string("From the phone."));
    auto other = given("reason", std::string("From the laptop."));
    other.seen = 0;
    EXPECT_TRUE(must(first->answer(*ada, other)).changed_elsewhere);
    EXPECT_EQ(own().answers.text.at("reason").reveal(), "From the phone.");
    other.seen = 1;
    EXPECT_FALSE(must(first->answer(*ada, other)).changed_elsewhere);
    EXPECT_EQ(own().answers.text.at("reason").reveal(), "From the laptop.");
    auto elsewhere = given("since", std::int64_t{2});
    elsewhere.seen = 0;
    EXPECT_FALSE(must(first->answer(*ada, elsewhere)).changed_elsewhere) << "another question stands in nobody's way";
    choose("safety", 1);
    EXPECT_EQ(first->send(*ada, 3).error().kind, ErrorKind::Conflict) << "the summary on the other screen is older";
    EXPECT_EQ(must(first->send(*ada, 4)).kept->state, State::Sent);
    EXPECT_EQ(first->send(*ada, 4).error().kind, ErrorKind::Conflict);
}

// B1, C12: free text is a message from the moment it is saved, in the middle too, and the fixed words go first.
TEST_P(First, B1_DangerInTheMiddleReachesAHumanAtOnce)
{
    choose("since", 2);
    const auto saved = answer("reason", std::string("I am going to kill myself tonight."));
    EXPECT_EQ(saved.urgency, Urgency::Now);
    EXPECT_FALSE(saved.help.blocks.empty());
    const auto alert = desks->alert(who());
    ASSERT_TRUE(alert);
    EXPECT_EQ(alert->urgency, Urgency::Now);
    ASSERT_THAT(findings(), SizeIs(1));
    EXPECT_EQ(findings()[0].about, "first_assessment");
    EXPECT_EQ(first->judged(given("reason", std::string("I am going to kill myself tonight."))).urgency, Urgency::Now)
        << "without the store too";
    // No dead end: it goes on, and what was said before stays known.
    choose("safety", 1);
    send();
    ASSERT_THAT(page(*maeve).findings, SizeIs(1));
    EXPECT_EQ(page(*maeve).findings[0].finding.urgency, Urgency::Now);
}

TEST_P(First, B1_DangerOnASecondDeviceIsHeardThoughTheAnswerIsNotKept)
{
    answer("reason", std::string("From the phone."));
    auto other = given("reason", std::string("I am going to kill myself tonight."));
    other.seen = 0;
    const auto saved = must(first->answer(*ada, other));
    EXPECT_TRUE(saved.changed_elsewhere);
    EXPECT_FALSE(saved.help.blocks.empty());
    EXPECT_TRUE(desks->alert(who()));
}

TEST_P(First, WhoWouldRatherNotSayIsUnknownAndAHumanIsAsked)
{
    const auto saved = choose("safety", 4);
    EXPECT_EQ(saved.urgency, Urgency::Unknown);
    const auto alert = desks->alert(who());
    ASSERT_TRUE(alert);
    EXPECT_EQ(alert->urgency, Urgency::Unknown);
    ASSERT_THAT(findings(), SizeIs(1));
    EXPECT_THAT(findings()[0].finding.why, HasSubstr("not a no"));
    EXPECT_EQ(findings()[0].finding.evidence[0].rule, "first-assessment:safety-not-said");
    EXPECT_EQ(findings()[0].finding.evidence[0].text, "I would rather not say");
}

TEST_P(First, TheSafetyQuestionIsTheOneThatIsNeeded)
{
    answer("reason", std::string("I lie awake."));
    const auto error = first->send(*ada, 1).error();
    EXPECT_EQ(error.kind, ErrorKind::Invalid);
    EXPECT_EQ(error.where, "/answers/safety");
    choose("safety", 1);
    EXPECT_EQ(send().kept->state, State::Sent) << "everything else may be left open";
}

TEST_P(First, ASafetyAnswerAsksFurtherAndCallsAsItsRulesSay)
{
    EXPECT_EQ(choose("safety", 2).urgency, Urgency::Soon);
    EXPECT_FALSE(desks->alert(who()));
    EXPECT_EQ(choose("safety", 3).urgency, Urgency::Today);
    EXPECT_EQ(choose("done", 2).urgency, Urgency::Usual) << "long ago is not now";
    EXPECT_EQ(choose("act", 2).urgency, Urgency::Now);
    EXPECT_EQ(desks->alert(who())->urgency, Urgency::Now);
    // B6: taking it back lowers nothing, and that it was said stays on the page.
    choose("safety", 1);
    EXPECT_EQ(desks->alert(who())->urgency, Urgency::Now);
    send();
    const auto read = page(*maeve);
    ASSERT_THAT(read.kept.before, SizeIs(2));
    EXPECT_EQ(read.kept.before[1].answered.said_english, "Yes, of hurting myself or ending my life");
    EXPECT_THAT(read.findings, SizeIs(3));
}

TEST_P(First, ARedFlagRaisesWhatItsRuleSays)
{
    EXPECT_EQ(tick("body", {"voices"}).urgency, Urgency::Today);
    const auto saved = tick("body", {"voices", "chest_pain"});
    EXPECT_EQ(saved.urgency, Urgency::Now);
    EXPECT_FALSE(saved.help.blocks.empty());
    // Both were found at the same moment: no order between them is promised.
    auto all = findings();
    ASSERT_THAT(all, SizeIs(2));
    if (all[0].finding.category != Category::MedicalEmergency)
        std::swap(all[0], all[1]);
    EXPECT_EQ(all[0].finding.category, Category::MedicalEmergency);
    EXPECT_THAT(all[0].finding.evidence, SizeIs(1)) << "what was ticked before is not told again";
    EXPECT_EQ(all[1].finding.evidence[0].source, "nice-cg178");
    EXPECT_EQ(desks->alert(who())->urgency, Urgency::Now);
}

TEST_P(First, AMinorIsAnsweredTheSameDayAndNotAskedWhatIsForAdults)
{
    make_minor();
    EXPECT_EQ(choose("safety", 2).urgency, Urgency::Today) << "for an adult it is soon";
    EXPECT_TRUE(desks->alert(who()));
    tick("bothers", {"low"});
    ASSERT_THAT(own().fitting, SizeIs(1));
    EXPECT_FALSE(own().fitting[0].may_be_shown) << "the PHQ-9 is for adults";
    send();
    EXPECT_TRUE(monitoring::is_minor(page(*maeve).kept.age_band));
}

TEST_P(First, WithoutAClinicianALeadNamesOne)
{
    const auto idris = desks->house->staff(Role::Clinician, "idris", {desks->house->team});
    const auto noor = desks->house->staff(Role::Clinician, "noor");
    answer_all();
    EXPECT_TRUE(send().kept->reader.empty());
    const auto listed = must(first->unread(*ruth));
    ASSERT_THAT(listed, SizeIs(1));
    EXPECT_TRUE(listed[0].reader.empty());
    EXPECT_EQ(first->summary(*ruth, who()).error().kind, ErrorKind::NotAllowed) << "a lead names, and does not read";
    EXPECT_EQ(first->name_reader(*ruth, who(), noor.account()).error().where, "/account") << "of another team";
    EXPECT_EQ(first->name_reader(noor, who(), noor.account()).error().kind, ErrorKind::NotAllowed);
    must(first->name_reader(*ruth, who(), idris.account()));
    EXPECT_EQ(must(first->unread(idris))[0].reader, idris.account());
    EXPECT_THAT(must(first->unread(noor)), IsEmpty());
    EXPECT_EQ(row_of(idris).who, idris.account());
}

TEST_P(First, AClinicianWhoLeftTheTeamIsNotNamed)
{
    assign(*maeve);
    must(desks->house->teams->set_members(*root, desks->house->team, {}));
    answer_all();
    EXPECT_TRUE(send().kept->reader.empty());
}

TEST_P(First, ItIsOnTheListUntilItWasReadAndTheLeadsAreToldOnce)
{
    assign(*maeve);
    answer_all();
    const auto sent = send(); // Monday noon; staff read every day until midnight: by the end of Wednesday
    ASSERT_TRUE(sent.kept->due_at);
    EXPECT_EQ(to_rfc3339(*sent.kept->due_at).substr(0, 16), "2026-01-08T00:00");
    EXPECT_EQ(row_of(*maeve).urgency, Urgency::Soon);
    EXPECT_THAT(row_of(*maeve).reason, HasSubstr("First assessment to read by 2026-01-08"));
    EXPECT_EQ(row_of(*maeve).who, maeve->account());
    EXPECT_EQ(must(first->tell_overdue(system())), 0);
    pass(hours{61});
    EXPECT_EQ(must(first->tell_overdue(system())), 1);
    EXPECT_EQ(must(first->tell_overdue(system())), 0) << "once";
    const Caseload caseload(*desks->house->record, *desks->house->accounts);
    EXPECT_THAT(must(caseload.list(*ruth, Caseload::Of::Team)).test_pages, SizeIs(1)) << "the lead's page says so";
    EXPECT_THAT(row_of(*maeve).reason, HasSubstr("not read"));
    must(first->mark_read(*maeve, who(), "Rang her."));
    EXPECT_EQ(row_of(*maeve).urgency, Urgency::Usual);
    EXPECT_THAT(must(first->unread(*maeve)), IsEmpty());
}

TEST_P(First, WorkingDaysAreDaysOnWhichStaffRead)
{
    auto service = must(desks->service.read(system()));
    service.time_zone = "Europe/Dublin";
    care::StaffedHours week;
    week.days = {true, true, true, true, true, false, false};
    week.from = 9 * 60;
    week.to = 17 * 60;
    service.hours = {week};
    const auto friday = *from_rfc3339("2026-01-09T12:00:00Z");
    EXPECT_EQ(to_rfc3339(care::read_by(service, friday, 1)).substr(0, 16), "2026-01-12T17:00");
    EXPECT_EQ(to_rfc3339(care::read_by(service, friday, 2)).substr(0, 16), "2026-01-13T17:00");
    service.hours.clear();
    EXPECT_EQ(care::read_by(service, friday, 2), friday + hours{48});
}

TEST_P(First, OnlyWhoMayReadThePersonReadsIt)
{
    answer_all();
    desks->answer(*ada, {{"staff_reading", false, "t", {}}});
    EXPECT_EQ(first->send(*ada, own().kept->version).error().where, "type:staff-reading");
    desks->answer(*ada, {{"staff_reading", true, "t", {}}});
    send();
    const auto noor = desks->house->staff(Role::Clinician, "noor");
    EXPECT_EQ(first->summary(noor, who()).error().where, "outside-team");
    EXPECT_EQ(first->summary(*root, who()).error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(first->mark_read(noor, who(), "x").error().kind, ErrorKind::NotAllowed);
    page(*maeve);
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM audit_entry WHERE organisation = $1 AND person = $2 AND "
                           "deed = 'read.first_assessment' AND role = 'clinician'",
                           who()),
              1);
}

TEST_P(First, NoRecordNoAnswer)
{
    desks->answer(*ada, {{"record", false, "t", {}}});
    EXPECT_EQ(first->answer(*ada, given("since", std::int64_t{1})).error().where, "type:consent");
}

TEST_P(First, AQuestionnaireOfTheLastDaysIsShownWithItsBandAndNotAskedAgain)
{
    monitoring::AnswerDesk::Questionnaire phq9{"phq-9", asking().instruments.find("phq-9")->version, "en", {}, {}, false, {}};
    for (int item = 1; item <= 9; ++item)
        phq9.answers[std::to_string(item)] = {monitoring::GivenAnswer::Kind::Whole, item == 9 ? 0 : 2};
    must(answers->save_questionnaire(*ada, phq9));
    pass(hours{24 * 13});
    answer_all();
    const auto fits = own().fitting;
    ASSERT_THAT(fits, SizeIs(2));
    EXPECT_TRUE(fits[0].answered_at);
    EXPECT_EQ(fits[0].score, "16 of 27");
    EXPECT_THAT(fits[0].band, HasSubstr("oderately severe"));
    EXPECT_FALSE(fits[1].answered_at);
}

TEST_P(First, AnOldQuestionnaireIsAskedAgain)
{
    monitoring::AnswerDesk::Questionnaire phq9{"phq-9", asking().instruments.find("phq-9")->version, "en", {}, {}, false, {}};
    for (int item = 1; item <= 9; ++item)
        phq9.answers[std::to_string(item)] = {monitoring::GivenAnswer::Kind::Whole, 0};
    must(answers->save_questionnaire(*ada, phq9));
    pass(hours{24 * 15});
    answer_all();
    EXPECT_FALSE(own().fitting[0].answered_at);
}

TEST_P(First, IsInTheRecordThatIsTakenAlong)
{
    answer_all();
    send();
    must(first->mark_read(*maeve, who(), "Rang her."));
    const OwnRecord record(*desks->house->record, *desks->house->accounts, *desks->house->consents);
    const auto all = boost::json::parse(must(record.everything(*ada)));
    const auto& taken = all.at("first_assessment").as_object();
    EXPECT_EQ(taken.at("answers").as_array().size(), 9U);
    EXPECT_EQ(taken.at("answers").at(0).at("answer"), "I lie awake and worry about my job.");
    EXPECT_EQ(taken.at("note"), "Rang her.");
}

TEST_P(First, GoesWithThePersonAndWithTime)
{
    answer_all();
    send();
    constexpr const char* counted = "SELECT COUNT(*) FROM first_assessment WHERE organisation = $1 AND person = $2";
    desks->save(30);
    pass(hours{24 * 20});
    desks->walk();
    EXPECT_EQ(desks->count(counted, who()), 1);
    pass(hours{24 * 11});
    desks->walk();
    EXPECT_EQ(desks->count(counted, who()), 0) << "older than the service keeps words";
    EXPECT_FALSE(own().kept);

    answer_all();
    send();
    must(desks->house->erasure->erase(system(), who()));
    EXPECT_EQ(desks->count(counted, who()), 0);
    EXPECT_THAT(must(first->unread(*ruth)), IsEmpty()) << "and nobody is asked to read it";
    EXPECT_EQ(must(first->tell_overdue(system())), 0);
    EXPECT_FALSE(first->summary(*maeve, who()).ok());
}

} // namespace

} // namespace handrail::errands
