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
    void add(int people, double first, double last, const char* band = "26_64")
    {
        static constexpr rows::Statement statement{
            "test.band", "UPDATE person SET age_band = $2 WHERE organisation = $1 AND person = $3"};
        for (int i = 0; i < people; ++i) {
            const auto person = desks->house->person("P" + std::to_string(++named));
            must(desks->house->record->write(desks->house->system(), [&](trust::Writing& writing) -> Result<void> {
                TRY(writing.change(statement, {band, *person.person()}));
                writing.note({"test.band", *person.person(), "person", *person.person(), {}, {}});
                return {};
            }));
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

// A group that began worse is compared with what people who began so reached, not with everybody. Worked out by hand: of the
// twenty who began at 20, thirteen became reliably better, and of the thirty at 12 nobody did.
TEST_P(ServiceCounts, OfTwoGroupsThatBeganDifferentlyEachIsExpectedFromItsOwnBeginnings)
{
    add(8, 20, 9);
    add(2, 20, 20);
    add(10, 12, 12);
    add(5, 20, 9, "18_25");
    add(5, 20, 20, "18_25");
    add(20, 12, 12, "18_25");
    const auto report = must(counts().report(*lead));
    EXPECT_EQ(row(report, "all", "").better.told.count, 13);
    const auto& grown = row(report, "age_band", "26_64").better;
    EXPECT_EQ(grown.told.of, 20);
    EXPECT_EQ(grown.told.count, 8);
    EXPECT_NEAR(grown.expected.value_or(0), 10 * 13.0 / 20 / 20, 1e-9) << "half of them began at 20";
    const auto& young = row(report, "age_band", "18_25").better;
    EXPECT_EQ(young.told.of, 30);
    EXPECT_EQ(young.told.count, 5);
    EXPECT_NEAR(young.expected.value_or(0), 10 * 13.0 / 20 / 30, 1e-9) << "a third of them did";
}

// Days on which a human wrote or reached somebody, in the four weeks before and after their first alert.
TEST_P(ServiceCounts, ContactsAreCountedBeforeAndAfterTheFirstAlert)
{
    const auto maeve = desks->house->staff(Role::Clinician, "maeve", {desks->house->team});
    auto& clock = desks->house->clock;
    const auto a_day = std::chrono::hours{24};
    std::vector<Actor> people;
    const auto met = [&](const Actor& person, const std::string& words) {
        const auto id = must(desks->conversations.write(person, words, {})).message.conversation;
        must(desks->conversations.take(maeve, id));
        must(desks->conversations.write_as_human(maeve, id, "Hello, this is Maeve.", {}));
        must(desks->conversations.hand_back(maeve, id, "We spoke."));
    };
    const auto contacts = [&] { return must(counts().report(*lead)).contacts; };
    for (int i = 0; i < 10; ++i) {
        people.push_back(desks->house->person("P" + std::to_string(i)));
        desks->answer(people.back(), {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}});
        if (i < 5)
            met(people.back(), "Hello"); // half of them were met once before
    }
    clock.pass(10 * a_day);
    for (const auto& person : people) {
        must(desks->conversations.write(person, "I am going to kill myself tonight", {}));
        clock.pass(std::chrono::minutes{10});
        desks->close_alert(maeve, *person.person()); // reached, on the day itself
    }
    clock.pass(2 * a_day);
    for (const auto& person : people)
        met(person, "Thank you for calling");
    EXPECT_FALSE(contacts().people.has_value()) << "the four weeks after are not over";
    clock.pass(30 * a_day);
    ASSERT_TRUE(contacts().people.has_value());
    EXPECT_EQ(contacts().people, 10);
    EXPECT_DOUBLE_EQ(contacts().before, 0.5);
    EXPECT_DOUBLE_EQ(contacts().after, 2);
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
