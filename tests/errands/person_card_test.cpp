// What the team has of a safety plan, on both stores: what the person shared with it, from then on and not before, until they
// take it back (care.md 5.5).
#include "errands/person_card.h"

#include <gmock/gmock.h>

#include "care/documents.h"
#include "errands/desks.h"

namespace handrail::errands {

namespace {

using test::must;
using testing::Contains;
using testing::Not;

class CardTest : public OnBothStores {
protected:
    void SetUp() override
    {
        OnBothStores::SetUp();
        if (IsSkipped())
            return;
        auto& house = *desks->house;
        maeve = house.staff(Role::Clinician, "maeve", {house.team});
        ada = house.person("Ada");
        desks->answer(*ada, {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}});
    }
    void write(bool shared)
    {
        const care::DocumentDesk documents(*desks->house->record);
        auto plan = must(documents.safety_plan(*ada, *ada->person()));
        plan.warning_signs = {"I stop answering"};
        plan.shared_with_team = shared;
        must(documents.save(*ada, *ada->person(), plan));
    }
    struct Seen {
        PersonCard card;
        std::vector<Agreed> agreed;
    };
    Seen seen()
    {
        Seen found;
        must(desks->house->record->read(*maeve, [&](trust::Reading& reading) -> Result<void> {
            const auto head = TRY(read_head(reading, *ada->person()));
            found.card = TRY(read_card(reading, *desks->house->accounts, head));
            found.agreed = TRY(read_agreed(reading, *desks->house->consents, head, found.card));
            return {};
        }));
        return found;
    }
    static std::string of_the_plan(const Seen& seen)
    {
        for (const auto& [what, words] : seen.agreed)
            if (what == "Safety plan")
                return words;
        return {};
    }

    std::optional<Actor> maeve, ada;
};

INSTANTIATE_TEST_SUITE_P(Stores, CardTest, testing::ValuesIn(both_stores), [](const auto& each) { return each.param.name; });

TEST_P(CardTest, APlanIsTheTeamsOnlyWhileThePersonSharesIt)
{
    const std::string not_shared = "A safety plan is written, but not shared with the team";
    EXPECT_THAT(seen().card.missing, Contains("No safety plan written"));
    write(false);
    auto found = seen();
    EXPECT_FALSE(found.card.plan);
    EXPECT_THAT(found.card.missing, Contains(not_shared));
    EXPECT_EQ(of_the_plan(found), "Not shared.");
    write(true);
    found = seen();
    ASSERT_TRUE(found.card.plan);
    EXPECT_THAT(found.card.plan->warning_signs, Contains("I stop answering"));
    EXPECT_THAT(found.card.missing, Not(Contains(not_shared)));
    EXPECT_EQ(of_the_plan(found), "Shared with the team.");
    write(false);
    found = seen();
    EXPECT_FALSE(found.card.plan) << "taken back";
    EXPECT_EQ(of_the_plan(found), "Not shared.");
}

TEST_P(CardTest, NotEvenDangerOpensAPlanThatIsNotShared)
{
    write(false);
    must(desks->conversations.begin_anew(*ada, false));
    must(desks->conversations.write(*ada, "I am going to kill myself tonight", {}));
    ASSERT_TRUE(desks->alert(*ada->person()));
    EXPECT_FALSE(seen().card.plan);
    write(true);
    EXPECT_TRUE(seen().card.plan);
}

} // namespace

} // namespace handrail::errands
