// What is handed over on call: who reads and writes it, and that it goes, on both stores.
#include <gmock/gmock.h>

#include "care/on_call_notes.h"
#include "errands/desks.h"

namespace handrail::errands {
namespace {

using std::chrono::hours;
using test::must;
using testing::ElementsAre;
using testing::IsEmpty;

class OnCallNotes : public OnBothStores {
protected:
    void SetUp() override
    {
        OnBothStores::SetUp();
        if (IsSkipped())
            return;
        auto& house = *desks->house;
        maeve = house.staff(Role::Clinician, "maeve", {house.team});
        idris = house.staff(Role::Clinician, "idris", {house.team});
        noor = house.staff(Role::Clinician, "noor");
        ruth = house.staff(Role::Lead, "ruth");
        kit = house.staff(Role::Administrator, "kit");
        notes.emplace(*house.record);
    }
    care::OnCallNote leave(const std::string& text) { return must(notes->leave(*maeve, desks->house->team, text)); }
    std::vector<std::string> read_by(const std::optional<Actor>& who)
    {
        std::vector<std::string> texts;
        for (const auto& each : must(notes->read(*who)))
            texts.push_back(each.text);
        return texts;
    }

    std::optional<Actor> maeve, idris, noor, ruth, kit;
    std::optional<care::OnCallNotes> notes;
};

INSTANTIATE_TEST_SUITE_P(Stores, OnCallNotes, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(OnCallNotes, TheTeamAndTheLeadReadWhatWasHandedOverTheNewestFirst)
{
    leave("The pager is being mended.");
    desks->house->clock.pass(hours{1});
    leave("  Ring instead.  ");
    EXPECT_THAT(read_by(idris), ElementsAre("Ring instead.", "The pager is being mended."));
    EXPECT_THAT(read_by(ruth), ElementsAre("Ring instead.", "The pager is being mended."));
    EXPECT_THAT(read_by(noor), IsEmpty()) << "of another team";
    EXPECT_EQ(notes->read(*kit).error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(notes->read(desks->house->person("Ada")).error().kind, ErrorKind::NotAllowed);
}

TEST_P(OnCallNotes, OnlyTheTeamAndTheLeadWriteAndOnlyAFewWords)
{
    const auto team = desks->house->team;
    EXPECT_EQ(notes->leave(*noor, team, "x").error().where, "/team");
    EXPECT_EQ(notes->leave(*ruth, TeamId::random(), "x").error().where, "/team");
    EXPECT_EQ(notes->leave(*kit, team, "x").error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(notes->leave(*maeve, team, "  ").error().where, "/text");
    EXPECT_EQ(notes->leave(*maeve, team, std::string(1001, 'x')).error().where, "/text");
    EXPECT_TRUE(notes->leave(*ruth, team, std::string(1000, 'x')).ok());
}

TEST_P(OnCallNotes, OnesOwnIsTakenBackAndALeadTakesBackAny)
{
    const auto first = leave("One.");
    const auto second = leave("Two.");
    EXPECT_EQ(notes->take_back(*idris, first.id).error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(notes->take_back(*noor, first.id).error().kind, ErrorKind::NotFound);
    must(notes->take_back(*maeve, first.id));
    EXPECT_EQ(notes->take_back(*maeve, first.id).error().kind, ErrorKind::NotFound);
    EXPECT_THAT(read_by(idris), ElementsAre("Two."));
    must(notes->take_back(*ruth, second.id));
    EXPECT_THAT(read_by(idris), IsEmpty());
}

TEST_P(OnCallNotes, AfterThreeDaysTheWordsAreGoneFromTheStoreAndNotOnlyFromThePage)
{
    leave("Old.");
    desks->house->clock.pass(hours{48});
    leave("New.");
    EXPECT_EQ(must(notes->forget_old(desks->house->system())), 0);
    desks->house->clock.pass(hours{24});
    EXPECT_THAT(read_by(idris), ElementsAre("New."));
    EXPECT_EQ(desks->walk(), 1); // the hourly walk takes it
    EXPECT_EQ(must(notes->forget_old(desks->house->system())), 0);
    EXPECT_THAT(read_by(idris), ElementsAre("New."));
    EXPECT_EQ(notes->forget_old(*maeve).error().kind, ErrorKind::NotAllowed);
}

} // namespace
} // namespace handrail::errands
