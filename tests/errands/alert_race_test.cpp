// Two humans act on one alert at the same moment, on both stores: one does, the other is told who.
#include <gmock/gmock.h>

#include <barrier>
#include <functional>
#include <optional>
#include <thread>

#include "care/alert_rows.h"
#include "errands/desks.h"

namespace handrail::errands {

namespace {

using test::must;

class AlertRace : public OnBothStores {
protected:
    void SetUp() override
    {
        OnBothStores::SetUp();
        if (IsSkipped())
            return;
        auto& house = *desks->house;
        maeve = house.staff(Role::Clinician, "maeve", {house.team});
        tom = house.staff(Role::Clinician, "tom", {house.team});
    }
    AlertId raised(const Actor& person)
    {
        must(desks->conversations.write(person, "I am going to kill myself tonight", {}));
        return desks->alert(*person.person())->id;
    }
    using Deed = std::function<Result<void>()>;
    /// Both at once; what became of each.
    static std::pair<Result<void>, Result<void>> at_once(const Deed& one, const Deed& other)
    {
        std::barrier start(2);
        std::optional<Result<void>> by_one, by_other;
        std::thread first([&] {
            start.arrive_and_wait();
            by_one = one();
        });
        std::thread second([&] {
            start.arrive_and_wait();
            by_other = other();
        });
        first.join();
        second.join();
        return {*by_one, *by_other};
    }
    std::size_t steps(AlertId id, const std::string& kind)
    {
        const auto alert = must(desks->alerts.find(desks->house->system(), id));
        return static_cast<std::size_t>(
            std::count_if(alert.path.begin(), alert.path.end(), [&](const auto& step) { return step.kind == kind; }));
    }

    std::optional<Actor> maeve, tom;
};

INSTANTIATE_TEST_SUITE_P(Stores, AlertRace, testing::ValuesIn(both_stores), [](const auto& each) { return each.param.name; });

TEST_P(AlertRace, OfTwoWhoAcknowledgeOneHasItAndTheOtherIsToldWho)
{
    for (int round = 0; round < 5; ++round) {
        const auto ada = desks->house->person("Ada");
        const auto id = raised(ada);
        const auto [by_maeve, by_tom] = at_once([&] { return desks->alerts.acknowledge(*maeve, id, "mine"); },
                                                [&] { return desks->alerts.acknowledge(*tom, id, "mine"); });
        ASSERT_NE(by_maeve.ok(), by_tom.ok());
        const auto& winner = by_maeve.ok() ? *maeve : *tom;
        const auto& told = by_maeve.ok() ? by_tom.error() : by_maeve.error();
        EXPECT_EQ(told.kind, ErrorKind::Conflict);
        EXPECT_EQ(told.where, "account:" + winner.account().text());
        EXPECT_EQ(desks->alert(*ada.person())->acknowledged_by, winner.account());
        EXPECT_EQ(steps(id, "acknowledged"), 1U);
    }
}

TEST_P(AlertRace, AnAcknowledgementAndTheTimerLeaveOneResponder)
{
    for (int round = 0; round < 5; ++round) {
        const auto ada = desks->house->person("Ada");
        const auto id = raised(ada);
        desks->house->clock.pass(std::chrono::minutes{5});
        const auto [by_maeve, by_timer] =
            at_once([&] { return desks->alerts.acknowledge(*maeve, id, "mine"); },
                    [&]() -> Result<void> {
                        const auto up = desks->alerts.escalate_due(desks->house->system());
                        return up.ok() ? Result<void>{} : Result<void>{up.error()};
                    });
        EXPECT_TRUE(by_maeve.ok()) << "whoever comes is heard, before or after it went up";
        EXPECT_TRUE(by_timer.ok());
        const auto alert = *desks->alert(*ada.person());
        EXPECT_EQ(alert.state, care::AlertState::Acknowledged);
        EXPECT_EQ(alert.acknowledged_by, maeve->account());
        EXPECT_LE(steps(id, "escalated"), 1U);
        desks->close_alert(*maeve, *ada.person());
    }
}

TEST_P(AlertRace, AnOutcomeByWhoDoesNotHaveItIsRefusedByName)
{
    const auto ada = desks->house->person("Ada");
    const auto id = raised(ada);
    must(desks->alerts.acknowledge(*maeve, id, "mine"));
    const auto by_tom = desks->alerts.record_outcome(*tom, id, {care::Outcome::Reached, "Spoke with her.", {}, {}});
    EXPECT_EQ(by_tom.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(by_tom.error().where, "account:" + maeve->account().text());
    EXPECT_TRUE(desks->alert(*ada.person()));
}

} // namespace

} // namespace handrail::errands
