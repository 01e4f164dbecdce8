#include "monitoring/course_notes.h"

#include "errands/chart_events.h"
#include "errands/desks.h"
#include "errands/own_record.h"
#include "errands/person_page.h"
#include "monitoring/treatment_desk.h"

// What clinicians note beside a course: who may, what it needs, that it stands on the chart, and that the person can read it.
namespace handrail::errands {

namespace {

using monitoring::CourseEvent;
using monitoring::CourseReview;
using monitoring::Happened;
using monitoring::StepFound;
using std::chrono::days;
using test::must;

class CourseNotes : public OnBothStores {
protected:
    void SetUp() override
    {
        OnBothStores::SetUp();
        if (desks == nullptr)
            return;
        auto& house = *desks->house;
        maeve = house.staff(Role::Clinician, "maeve", {house.team});
        ada = house.person("Ada");
        desks->answer(*ada, {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}});
        desk.emplace(*house.record);
    }
    std::chrono::sys_days today() const { return std::chrono::floor<days>(desks->house->clock.now()); }
    CourseEvent event(int days_ago, Happened kind, const std::string& text, bool missed = false) const
    {
        CourseEvent one;
        one.on = today() - days{days_ago};
        one.kind = kind;
        one.text = text;
        one.missed = missed;
        return one;
    }
    std::vector<std::string> drawn()
    {
        std::vector<std::string> lines;
        const auto page = must(PersonPage(*desks->house->record, *desks->house->accounts).open(*maeve, *ada->person()));
        for (const auto& each : page.events)
            lines.push_back(to_rfc3339(each.at).substr(0, 10) + " " + std::string(name(each.kind)) + (each.missed ? " missed: " : ": ") +
                            each.text);
        return lines;
    }
    std::string in_own_record()
    {
        const OwnRecord own(*desks->house->record, *desks->house->accounts, *desks->house->consents);
        return must(own.everything(*ada));
    }
    std::string on(int days_ago) const { return to_rfc3339(Instant{today() - days{days_ago}}).substr(0, 10); }

    std::optional<Actor> maeve, ada;
    std::optional<monitoring::CourseNoteDesk> desk;
};

INSTANTIATE_TEST_SUITE_P(Stores, CourseNotes, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(CourseNotes, StandOnTheChartInTheOrderOfTheirDays)
{
    const auto person = *ada->person();
    must(monitoring::TreatmentDesk{*desks->house->record}.set_treatment(
        *maeve, person, monitoring::Treatment{today() - days{40}, true, false}));
    must(desk->note_event(*maeve, person, event(20, Happened::Life, "Bereaved")));
    must(desk->note_event(*maeve, person, event(30, Happened::Medicine, "Sertraline 50 mg", true)));
    must(desk->note_event(*maeve, person, event(10, Happened::Appointment, "Second visit", true)));
    EXPECT_EQ(drawn(), (std::vector<std::string>{
                           on(40) + " treatment_begun: Psychological treatment",
                           on(30) + " medicine: Sertraline 50 mg", // only an appointment can be missed
                           on(20) + " life: Bereaved",
                           on(10) + " appointment missed: Second visit",
                       }));
    EXPECT_NE(in_own_record().find("Bereaved"), std::string::npos);
}

TEST_P(CourseNotes, AreTakenBackByTheirNumber)
{
    const auto person = *ada->person();
    const auto first = must(desk->note_event(*maeve, person, event(3, Happened::Life, "Moved")));
    must(desk->note_event(*maeve, person, event(2, Happened::Life, "Moved back")));
    EXPECT_EQ(desk->withdraw_event(*ada, person, first.number).error().kind, ErrorKind::NotAllowed);
    must(desk->withdraw_event(*maeve, person, first.number));
    EXPECT_EQ(drawn(), (std::vector<std::string>{on(2) + " life: Moved back"}));
    EXPECT_EQ(desk->withdraw_event(*maeve, person, first.number).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(in_own_record().find("\"Moved\""), std::string::npos);
}

TEST_P(CourseNotes, HaveWordsAndADayThatCanBeTrue)
{
    const auto person = *ada->person();
    EXPECT_EQ(desk->note_event(*maeve, person, event(1, Happened::Life, "  ")).error().where, "/text");
    EXPECT_EQ(desk->note_event(*maeve, person, event(-2, Happened::Life, "x")).error().where, "/on");
    EXPECT_EQ(desk->note_event(*maeve, person, event(3651, Happened::Life, "x")).error().where, "/on");
    EXPECT_EQ(desk->note_event(*ada, person, event(1, Happened::Life, "x")).error().kind, ErrorKind::NotAllowed);
    const auto outsider = desks->house->staff(Role::Clinician, "idris", {});
    EXPECT_FALSE(desk->note_event(outsider, person, event(1, Happened::Life, "x")).ok());
    EXPECT_FALSE(desk->note_review(outsider, person, {{}, {}, {}, "x"}).ok());
    EXPECT_TRUE(drawn().empty());
}

// Nobody asked is not the same as fine, and a form that nobody touched is no work that was done.
TEST_P(CourseNotes, AReviewNeedsSomethingThatWasAskedOrAPlan)
{
    const auto person = *ada->person();
    CourseReview review{{}, {}, {{"Who is there for them?", StepFound::NotAsked, ""}}, " "};
    EXPECT_EQ(desk->note_review(*maeve, person, review).error().where, "/steps");
    EXPECT_EQ(desk->note_review(*ada, person, review).error().kind, ErrorKind::NotAllowed);
    review.steps.front() = {"Who is there for them?", StepFound::InTheWay, "Nobody since the move."};
    review.plan = "Invite Ragna to one visit.";
    must(desk->note_review(*maeve, person, review));
    const auto page = must(PersonPage(*desks->house->record, *desks->house->accounts).open(*maeve, person));
    ASSERT_EQ(page.reviews.size(), 1U);
    EXPECT_EQ(page.reviews.front().by, maeve->account());
    EXPECT_EQ(page.noted_by.at(maeve->account()), "maeve");
    EXPECT_EQ(page.reviews.front().steps.front().found, StepFound::InTheWay);
    ASSERT_FALSE(page.timeline.empty());
    EXPECT_EQ(page.timeline.front().kind, "review");
    EXPECT_EQ(page.timeline.front().text, "maeve: Looked for what is in the way: 1 of 1 questions asked, 1 in the way. "
                                          "Plan: Invite Ragna to one visit.");
    EXPECT_NE(in_own_record().find("Nobody since the move."), std::string::npos);
}

TEST_P(CourseNotes, ATreatmentThatEndedStaysOnTheChart)
{
    const auto person = *ada->person();
    const monitoring::TreatmentDesk treatments{*desks->house->record};
    must(treatments.set_treatment(*maeve, person, monitoring::Treatment{today() - days{30}, true, false}));
    must(treatments.set_treatment(*maeve, person, monitoring::Treatment{today() - days{28}, true, true})); // corrected
    desks->house->clock.pass(std::chrono::hours{24 * 5});
    must(treatments.set_treatment(*maeve, person, std::nullopt));
    must(treatments.set_treatment(*maeve, person, monitoring::Treatment{today(), false, true}));
    EXPECT_EQ(drawn(), (std::vector<std::string>{
                           on(33) + " treatment_begun: Psychological treatment, with a medicine",
                           on(0) + " treatment_begun: Treatment with a medicine",
                           on(0) + " treatment_ended: Psychological treatment, with a medicine",
                       }));
}

} // namespace

} // namespace handrail::errands
