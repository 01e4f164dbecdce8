#include "monitoring/treatment_desk.h"

#include "errands/desks.h"
#include "errands/shipped_asking.h"
#include "errands/own_record.h"
#include "monitoring/answer_desk.h"
#include "monitoring/answer_rows.h"

// What clinicians record about a treatment and a known answer: who may, what it needs, and that the person can read it.
namespace handrail::errands {

namespace {

using test::must;

class TreatmentRecord : public OnBothStores {
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
    /// A whole form through the desk, the way a page sends it; gives what it calls for.
    Urgency fill_in(const char* id, const std::vector<int>& values)
    {
        const monitoring::AnswerDesk answers(*desks->house->record, desks->listening, *desks->house->consents,
                                             desks->screener, asking());
        const auto& instrument = *asking().instruments.find(id);
        monitoring::AnswerDesk::Questionnaire form{id, instrument.version, "en", {}, {}, false};
        for (std::size_t i = 0; i < values.size(); ++i)
            form.answers[instrument.items[i].id] = {monitoring::GivenAnswer::Kind::Whole, values[i]};
        return must(answers.save_questionnaire(*ada, form)).urgency;
    }
    void pass_days(int days) { desks->house->clock.pass(std::chrono::hours{24 * days}); }
    void answer_item_nine(int value)
    {
        must(desks->house->record->write(*ada, [&](trust::Writing& writing) -> Result<void> {
            auto course = TRY(monitoring::read_course(writing, *ada->person()));
            course.add({writing.now(), "phq-9", 9.0, value, "2005"});
            return monitoring::write_course(writing, *ada->person(), course);
        }));
    }
    std::vector<monitoring::KnownAndPlanned> known()
    {
        std::vector<monitoring::KnownAndPlanned> notes;
        must(desks->house->record->read(*maeve, [&](trust::Reading& reading) -> Result<void> {
            notes = TRY(monitoring::read_known_and_planned(reading, *ada->person()));
            return {};
        }));
        return notes;
    }
    std::optional<monitoring::Treatment> treatment()
    {
        std::optional<monitoring::Treatment> found;
        must(desks->house->record->read(*maeve, [&](trust::Reading& reading) -> Result<void> {
            found = TRY(monitoring::read_course(reading, *ada->person())).treatment();
            return {};
        }));
        return found;
    }

    std::optional<Actor> maeve, ada;
    std::optional<monitoring::TreatmentDesk> desk;
};

INSTANTIATE_TEST_SUITE_P(Stores, TreatmentRecord, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(TreatmentRecord, OnlyAClinicianNotesThatAnAnswerIsKnown)
{
    const auto person = *ada->person();
    EXPECT_EQ(desk->note_known(*maeve, person, "phq-9", "Seen each Tuesday.").error().kind, ErrorKind::Conflict);
    answer_item_nine(0);
    EXPECT_EQ(desk->note_known(*maeve, person, "phq-9", "Seen each Tuesday.").error().kind, ErrorKind::Conflict);
    answer_item_nine(1);
    EXPECT_EQ(desk->note_known(*ada, person, "phq-9", "I am fine.").error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(desk->note_known(*maeve, person, "phq-9", "  ").error().where, "/text");
    EXPECT_EQ(desk->note_known(*maeve, person, "gad-7", "x").error().kind, ErrorKind::Conflict);
    EXPECT_TRUE(known().empty());
    must(desk->note_known(*maeve, person, "phq-9", "Seen each Tuesday."));
    must(desk->note_known(*maeve, person, "phq-9", "Seen twice a week."));
    ASSERT_EQ(known().size(), 1U);
    EXPECT_EQ(known().front().text, "Seen twice a week.");
    EXPECT_EQ(known().front().by, maeve->account());
    const OwnRecord own(*desks->house->record, *desks->house->accounts, *desks->house->consents);
    EXPECT_NE(must(own.everything(*ada)).find("Seen twice a week."), std::string::npos);
    EXPECT_EQ(desk->withdraw_known(*ada, person, "phq-9").error().kind, ErrorKind::NotAllowed);
    must(desk->withdraw_known(*maeve, person, "phq-9"));
    EXPECT_TRUE(known().empty());
}

TEST_P(TreatmentRecord, HasAFirstDayThatCanBeTrue)
{
    const auto person = *ada->person();
    const auto today = std::chrono::floor<std::chrono::days>(desks->house->clock.now());
    const auto from = [&](int days_ago) { return monitoring::Treatment{today - std::chrono::days{days_ago}, true, false}; };
    EXPECT_EQ(desk->set_treatment(*ada, person, from(3)).error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(desk->set_treatment(*maeve, person, from(-2)).error().where, "/started_on");
    EXPECT_EQ(desk->set_treatment(*maeve, person, from(3651)).error().where, "/started_on");
    EXPECT_EQ(desk->set_treatment(*maeve, person, monitoring::Treatment{today, false, false}).error().where,
              "/psychological");
    EXPECT_FALSE(treatment().has_value());
    must(desk->set_treatment(*maeve, person, from(3)));
    ASSERT_TRUE(treatment().has_value());
    EXPECT_EQ(treatment()->started_on, today - std::chrono::days{3});
    const OwnRecord own(*desks->house->record, *desks->house->accounts, *desks->house->consents);
    EXPECT_NE(must(own.everything(*ada)).find("\"psychological\":true"), std::string::npos);
    must(desk->set_treatment(*maeve, person, std::nullopt));
    EXPECT_FALSE(treatment().has_value());
}

// instruments.md, section 6: unanswered, higher, risen or positive is today; an unchanged 1 that is known is soon.
TEST_P(TreatmentRecord, TheSameAnswerAboutDeathIsKnownFor28Days)
{
    const auto person = *ada->person();
    const std::vector<int> one{1, 1, 0, 0, 0, 0, 0, 0, 1};
    EXPECT_EQ(fill_in("phq-9", one), Urgency::Today);
    pass_days(7);
    EXPECT_EQ(fill_in("phq-9", one), Urgency::Today); // unchanged, and nobody covers it
    must(desk->note_known(*maeve, person, "phq-9", "Passive thoughts; each Tuesday."));
    pass_days(7);
    EXPECT_EQ(fill_in("phq-9", one), Urgency::Soon);
    pass_days(1);
    EXPECT_EQ(fill_in("phq-9", {0, 0, 0, 0, 0, 0, 0, 0, 2}), Urgency::Today);
    pass_days(1);
    EXPECT_EQ(fill_in("phq-9", one), Urgency::Today); // fallen is not unchanged
    pass_days(1);
    EXPECT_EQ(fill_in("phq-9", one), Urgency::Soon);
    EXPECT_EQ(fill_in("c-ssrs-screen", {1, 1, 0, 0, 0, 0}), Urgency::Today);
    pass_days(1);
    EXPECT_EQ(fill_in("phq-9", one), Urgency::Today); // a positive screener came after the note
    must(desk->note_known(*maeve, person, "phq-9", "Active thoughts, no intent; twice a week."));
    pass_days(28);
    EXPECT_EQ(fill_in("phq-9", one), Urgency::Soon);
    pass_days(1);
    EXPECT_EQ(fill_in("phq-9", one), Urgency::Today);
    must(desk->note_known(*maeve, person, "phq-9", "As before."));
    must(desk->withdraw_known(*maeve, person, "phq-9"));
    pass_days(1);
    EXPECT_EQ(fill_in("phq-9", one), Urgency::Today);
}

TEST_P(TreatmentRecord, SlowlyWorseAndNotOnTrackAreForSoon)
{
    const auto person = *ada->person();
    EXPECT_EQ(fill_in("phq-9", {3, 3, 3, 3, 3, 3, 0, 0, 0}), Urgency::Usual);
    must(desk->set_treatment(
        *maeve, person,
        monitoring::Treatment{std::chrono::floor<std::chrono::days>(desks->house->clock.now()), true, false}));
    pass_days(28);
    EXPECT_EQ(fill_in("phq-9", {3, 3, 3, 3, 3, 2, 0, 0, 0}), Urgency::Soon); // 17 at week 4
    pass_days(1);
    EXPECT_EQ(fill_in("phq-9", {3, 3, 3, 3, 0, 0, 0, 0, 0}), Urgency::Usual);
    EXPECT_EQ(fill_in("gad-7", {1, 1, 1, 0, 0, 0, 0}), Urgency::Usual);
    pass_days(7);
    EXPECT_EQ(fill_in("gad-7", {2, 2, 2, 0, 0, 0, 0}), Urgency::Usual); // 3 more
    pass_days(7);
    EXPECT_EQ(fill_in("gad-7", {3, 3, 3, 0, 0, 0, 0}), Urgency::Soon); // 3 more again, 6 in all
    EXPECT_FALSE(desks->alert(person).has_value());
}

// A clinician of another team has no say, and reads nothing.
TEST_P(TreatmentRecord, IsForThePersonsOwnTeam)
{
    auto& house = *desks->house;
    const auto outsider = house.staff(Role::Clinician, "idris", {});
    answer_item_nine(1);
    EXPECT_FALSE(desk->note_known(outsider, *ada->person(), "phq-9", "Known.").ok());
    EXPECT_FALSE(desk->set_treatment(outsider, *ada->person(), std::nullopt).ok());
}

} // namespace

} // namespace handrail::errands
