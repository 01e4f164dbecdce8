#include "errands/service_outcomes.h"

#include "errands/desks.h"
#include "errands/shipped_asking.h"
#include "monitoring/answer_rows.h"

// Whether people of a service do better, in counts that name nobody.
namespace handrail::errands {

namespace {

using test::must;

TEST(SmallNumbers, AreNotTold)
{
    EXPECT_FALSE(told({9, 5}).of.has_value());
    EXPECT_EQ(told({10, 5}).count, 5);
    EXPECT_EQ(told({10, 4}).of, 10);
    EXPECT_FALSE(told({10, 4}).count.has_value());
    EXPECT_FALSE(told({10, 6}).count.has_value()) << "all but four are named as well";
    EXPECT_FALSE(told({100, 0}).count.has_value());
}

// A single gap in a table whose sum is known is no secret.
TEST(SmallNumbers, ASingleHiddenOneTakesTheSmallestWithIt)
{
    const auto rows = told(std::vector<Counted>{{40, 20}, {3, 1}, {15, 7}});
    EXPECT_EQ(rows[0].of, 40);
    EXPECT_FALSE(rows[1].of.has_value());
    EXPECT_FALSE(rows[2].of.has_value());
    const auto counts = told(std::vector<Counted>{{40, 20}, {20, 2}, {15, 7}});
    EXPECT_EQ(counts[0].count, 20);
    EXPECT_EQ(counts[2].of, 15);
    EXPECT_FALSE(counts[2].count.has_value());
    const auto two = told(std::vector<Counted>{{40, 20}, {3, 1}, {4, 1}});
    EXPECT_EQ(two[0].count, 20) << "of two nobody can tell which";
}

class ServiceCounts : public OnBothStores {
protected:
    void SetUp() override
    {
        OnBothStores::SetUp();
        if (desks == nullptr)
            return;
        lead = desks->house->staff(Role::Lead, "ruth", {desks->house->team});
        everybody.emplace(*desks->house->data, *desks->house->keyring);
    }
    ServiceOutcomes counts() { return {*everybody, *desks->house->record, asking()}; }
    void add(int people, double first, double last)
    {
        for (int i = 0; i < people; ++i) {
            const auto person = desks->house->person("P" + std::to_string(++named));
            must(desks->house->record->write(person, [&](trust::Writing& writing) -> Result<void> {
                monitoring::Course course;
                const auto version = asking().instruments.find("phq-9")->version;
                course.add({writing.now() - std::chrono::hours{24 * 40}, "phq-9", first, std::nullopt, version});
                course.add({writing.now(), "phq-9", last, std::nullopt, version});
                return monitoring::write_course(writing, *person.person(), course);
            }));
        }
    }
    const OutcomeRow& row(const ServiceOutcomesReport& report, const std::string& by, const std::string& group)
    {
        for (const auto& measure : report.measures)
            for (const auto& each : measure.rows)
                if (measure.instrument == "phq-9" && each.by == by && each.group == group)
                    return each;
        throw std::runtime_error("no row " + by + " " + group);
    }

    std::optional<Actor> lead;
    std::optional<trust::EveryPerson> everybody;
    int named = 0;
};

INSTANTIATE_TEST_SUITE_P(Stores, ServiceCounts, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(ServiceCounts, AreByWherePeopleBeganAndByGroup)
{
    add(6, 20, 9);  // reliably better, recovered
    add(6, 21, 20); // no change
    add(5, 12, 9);  // recovered, not reliably
    add(6, 12, 19); // reliably worse
    const auto report = must(counts().report(*lead));
    const auto& all = row(report, "all", "");
    EXPECT_EQ(all.better.told.of, 23);
    EXPECT_EQ(all.better.told.count, 6);
    EXPECT_EQ(all.worse.told.count, 6);
    EXPECT_EQ(all.recovered.told.of, 23);
    EXPECT_EQ(all.recovered.told.count, 11);
    EXPECT_EQ(all.reliably_recovered.told.count, 6);
    EXPECT_EQ(row(report, "start", "20 to 27").recovered.told.count, 6);
    EXPECT_EQ(row(report, "start", "10 to 14").recovered.told.count, 5);
    EXPECT_EQ(row(report, "start", "20 to 27").better.told.of, 12);
    EXPECT_FALSE(row(report, "start", "10 to 14").better.told.count.has_value()) << "none of eleven is a small number";
    EXPECT_FALSE(row(report, "start", "20 to 27").better.told.count.has_value()) << "the sum would tell the other one";
    const auto& grown = row(report, "age_band", "26_64");
    EXPECT_EQ(grown.recovered.told.count, 11);
    EXPECT_NEAR(grown.recovered.expected.value_or(0), 11.0 / 23, 1e-9) << "all began where all began";
    EXPECT_FALSE(report.contacts.people.has_value());
}

TEST_P(ServiceCounts, OfAFewPeopleAreNotTold)
{
    add(9, 20, 9);
    const auto report = must(counts().report(*lead));
    EXPECT_FALSE(row(report, "all", "").better.told.of.has_value());
    EXPECT_FALSE(row(report, "all", "").better.told.count.has_value());
}

TEST_P(ServiceCounts, AreForLeadsAlone)
{
    const auto maeve = desks->house->staff(Role::Clinician, "maeve", {desks->house->team});
    EXPECT_EQ(counts().report(maeve).error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(counts().report(desks->house->person("Ada")).error().kind, ErrorKind::NotAllowed);
}

} // namespace

} // namespace handrail::errands
