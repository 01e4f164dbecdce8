// The night's pass through everybody, on both stores.

#include "errands/nightly.h"

#include <gmock/gmock.h>

#include <thread>

#include "care/findings.h"
#include "content/trend_protocol.h"
#include "errands/desks.h"
#include "monitoring/answer_rows.h"

namespace handrail::errands {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::must;

constexpr hours day{24};

class NightlyTest : public OnBothStores {
protected:
    void SetUp() override
    {
        OnBothStores::SetUp();
        people.emplace(*desks->house->data, *desks->house->keyring);
    }
    std::unique_ptr<Nightly> node(int people_a_page = 500) const
    {
        auto protocol = must(content::load_trend_protocol(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content"));
        return std::make_unique<Nightly>(*people, *desks->house->record, desks->listening, desks->service,
                                         monitoring::NightJudge(std::move(protocol), {{"phq-9", true}}),
                                         desks->house->clock, people_a_page);
    }
    /// Usual days until yesterday, and then, for some, bad ones.
    PersonId person(const std::string& name, int bad_days)
    {
        auto& house = *desks->house;
        const auto who = *house.person(name).person();
        must(house.record->write(house.system(), [&](trust::Writing& writing) -> Result<void> {
            monitoring::Course course;
            const auto first = writing.now() - day * 40;
            for (int i = 0; i < 40; ++i)
                course.add(monitoring::CourseAnswer{first + day * i, i >= 40 - bad_days ? 1 : i % 3 == 0 ? 3 : 4, 3});
            return monitoring::write_course(writing, who, course);
        }));
        return who;
    }
    std::vector<care::KeptFinding> findings(PersonId who)
    {
        std::vector<care::KeptFinding> found;
        must(desks->house->record->read(desks->house->system(), [&](trust::Reading& reading) -> Result<void> {
            found = TRY(care::findings_of(reading, who, std::nullopt, 100));
            return {};
        }));
        return found;
    }
    /// Rounds as the timers do them, until the pass stands still.
    int rounds(Nightly& nightly)
    {
        int done = 0;
        for (int idle = 0; idle < 3; idle = must(nightly.round(desks->house->system())) ? 0 : idle + 1, ++done)
            desks->house->clock.pass(std::chrono::seconds{61});
        return done;
    }

    std::optional<trust::EveryPerson> people;
};

INSTANTIATE_TEST_SUITE_P(Stores, NightlyTest, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(NightlyTest, EverybodyIsJudgedAtOnceAndNothingTwice)
{
    const auto ada = person("Ada", 6);
    const auto ben = person("Ben", 0);
    const auto nightly = node();
    const auto system = desks->house->system();
    const auto first = must(nightly->everybody(system, 2));
    EXPECT_EQ(first.judged, 2);
    EXPECT_EQ(first.shut, 0);
    EXPECT_GE(first.found, 1);
    EXPECT_EQ(static_cast<std::int64_t>(findings(ada).size()), first.found);
    EXPECT_EQ(findings(ada).front().about, "course");
    EXPECT_TRUE(findings(ben).empty());
    const auto again = must(nightly->everybody(system, 1));
    EXPECT_EQ(again.judged, 2);
    EXPECT_EQ(again.found, 0);
}

TEST_P(NightlyTest, NodesThatMeetOverOnePersonKeepEachFindingOnce)
{
    std::vector<PersonId> all;
    for (int i = 0; i < 40; ++i)
        all.push_back(person("P" + std::to_string(i), 6));
    std::vector<Nightly::Tally> told(3);
    {
        std::vector<std::jthread> nodes;
        for (auto& tally : told)
            nodes.emplace_back([&] { tally = must(node()->everybody(desks->house->system(), 1)); });
    }
    std::size_t kept = 0;
    for (const auto& each : all) {
        EXPECT_FALSE(findings(each).empty());
        kept += findings(each).size();
    }
    EXPECT_EQ(told[0].found + told[1].found + told[2].found, static_cast<std::int64_t>(kept));
}

TEST_P(NightlyTest, TheClockBeginsAPassAtNightAndNodesShareIt)
{
    const auto ada = person("Ada", 6);
    const auto one = node();
    const auto two = node();
    const auto system = desks->house->system();
    EXPECT_FALSE(must(one->round(system))) << "it waits for the night";
    EXPECT_TRUE(findings(ada).empty());
    desks->house->clock.pass(day);
    EXPECT_TRUE(must(one->round(system)));
    const auto found = findings(ada).size();
    EXPECT_GE(found, 1U);
    EXPECT_FALSE(must(two->round(system))) << "the night's pass is over, whoever did it";
    rounds(*two);
    EXPECT_EQ(findings(ada).size(), found);
    desks->house->clock.pass(day);
    EXPECT_TRUE(must(two->round(system))) << "the next night";
}

TEST_P(NightlyTest, ANodeThatIsKilledLeavesItsSliceToAnother)
{
    const auto ada = person("Ada", 6);
    auto& house = *desks->house;
    const auto one = node();
    const auto system = house.system();
    EXPECT_FALSE(must(one->round(system)));
    house.clock.pass(day);
    // A node that took the slice and was killed: it holds the row and gives nothing back.
    constexpr rows::Statement held{"test.hold_nightly", "UPDATE job SET claimed_until = $2 WHERE organisation = $1 AND "
                                                        "kind = 'nightly' AND due_at <= $3"};
    must(house.record->write(system, [&](trust::Writing& writing) -> Result<void> {
        EXPECT_EQ(TRY(writing.change(held, {writing.now() + minutes{1}, writing.now()})), 1);
        return {};
    }));
    const auto two = node();
    EXPECT_FALSE(must(two->round(system)));
    EXPECT_TRUE(findings(ada).empty());
    house.clock.pass(minutes{2});
    EXPECT_TRUE(must(two->round(system)));
    EXPECT_FALSE(findings(ada).empty());
}

TEST_P(NightlyTest, WhoWasErasedIsLeftOutAndCounted)
{
    const auto ada = person("Ada", 6);
    person("Ben", 0);
    must(desks->house->keyring->erase_person(desks->house->system().organisation(), ada));
    const auto tally = must(node()->everybody(desks->house->system(), 2));
    EXPECT_EQ(tally.judged, 1);
    EXPECT_EQ(tally.shut, 1);
    EXPECT_EQ(tally.found, 0);
}

TEST_P(NightlyTest, OnlyTheServiceItselfWalksThroughEverybody)
{
    const auto maeve = desks->house->staff(Role::Clinician, "maeve", {desks->house->team});
    const auto refused = node()->everybody(maeve, 1);
    EXPECT_FALSE(refused.ok());
}

TEST_P(NightlyTest, ManyPeopleGoThroughInPages)
{
    std::vector<PersonId> worse;
    for (int i = 0; i < 7; ++i)
        if (const auto who = person("P" + std::to_string(i), i % 2 == 0 ? 6 : 0); i % 2 == 0)
            worse.push_back(who);
    const auto system = desks->house->system();
    const auto nightly = node(2);
    EXPECT_FALSE(must(nightly->round(system)));
    desks->house->clock.pass(day);
    EXPECT_EQ(rounds(*nightly), 2 + 3) << "two slices of two pages, and three looks for nothing";
    std::size_t found = 0;
    for (const auto& each : worse) {
        EXPECT_FALSE(findings(each).empty());
        found += findings(each).size();
    }
    const auto tally = must(node(3)->everybody(system, 2));
    EXPECT_EQ(tally.judged, 7);
    EXPECT_EQ(tally.found, 0) << "the night before told everything";
    EXPECT_GE(found, worse.size());
}

} // namespace
} // namespace handrail::errands
