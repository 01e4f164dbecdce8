#include "errands/caseload.h"

#include "care/findings.h"
#include "errands/desks.h"

// Why somebody stands where they stand, as whoever reads the caseload meets it.
namespace handrail::errands {

namespace {

using test::must;

class CaseloadReasons : public OnBothStores {
protected:
    CaseRow row_of(const Actor& clinician, const Actor& person)
    {
        const Caseload caseload(*desks->house->record, *desks->house->accounts);
        for (auto& row : must(caseload.list(clinician, Caseload::Of::Team)).rows)
            if (row.person == *person.person())
                return row;
        throw std::runtime_error("not on the caseload");
    }
    std::vector<care::KeptFinding> findings(const Actor& clinician, const Actor& person)
    {
        std::vector<care::KeptFinding> all;
        must(desks->house->record->read(clinician, [&](trust::Reading& reading) -> Result<void> {
            all = TRY(care::findings_of(reading, *person.person(), {}, 10));
            return {};
        }));
        return all;
    }
};

INSTANTIATE_TEST_SUITE_P(Stores, CaseloadReasons, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

// "…(joined.decided_time)" stood there, which says nothing to a clinician. The id stays with the finding.
TEST_P(CaseloadReasons, OfSignsThatCountTogether)
{
    auto& house = *desks->house;
    const auto maeve = house.staff(Role::Clinician, "maeve", {house.team});
    const auto ada = house.person("Ada");
    desks->answer(ada, {{"staff_reading", true, "t", {}}});
    must(desks->conversations.write(ada, "I have decided. It will be tonight.", {}));
    const auto row = row_of(maeve, ada);
    EXPECT_EQ(row.urgency, Urgency::Now);
    EXPECT_EQ(row.reason, "The person states an intent to act within 24 hours.");
    const auto kept = findings(maeve, ada);
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept.front().finding.why, row.reason);
    EXPECT_EQ(kept.front().finding.combination, "joined.decided_time");
    EXPECT_EQ(kept.front().finding.combination_source, "definition of now: stated intent to act within 24 hours");
}

TEST_P(CaseloadReasons, OfWhatIsToBeReadSoon)
{
    auto& house = *desks->house;
    const auto maeve = house.staff(Role::Clinician, "maeve", {house.team});
    const auto ada = house.person("Ada");
    desks->answer(ada, {{"staff_reading", true, "t", {}}});
    must(desks->conversations.write(ada, "What are the tallest bridges in the city?", {}));
    const auto row = row_of(maeve, ada);
    EXPECT_EQ(row.urgency, Urgency::Soon);
    EXPECT_EQ(row.reason, "The person asks about means, a place, a quantity or lethality.");
}

} // namespace

} // namespace handrail::errands
