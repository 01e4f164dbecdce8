// What whoever runs the service sees of its alerts, as numbers, on both stores.
#include "care/alert_watch.h"

#include "errands/desks.h"

namespace handrail::errands {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using test::must;

class AlertWatch : public OnBothStores {
protected:
    std::vector<care::StandingAlerts> standing()
    {
        return must(care::standing_alerts(*desks->house->record, desks->house->system()));
    }
    std::vector<care::FirstAnswer> answers(Duration back)
    {
        return must(
            care::first_answers_since(*desks->house->record, desks->house->system(), desks->house->clock.now() - back));
    }
    std::uint64_t counted(std::size_t urgency)
    {
        return desks->alerts.answer_times().measure().points.at(urgency).steps->all();
    }
    void pass(Duration length) { desks->house->clock.pass(length); }
};

INSTANTIATE_TEST_SUITE_P(Stores, AlertWatch, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(AlertWatch, FollowsAnAlertFromItsRaisingToItsEnd)
{
    auto& house = *desks->house;
    const auto maeve = house.staff(Role::Clinician, "maeve", {house.team});
    const auto ada = house.person("Ada");
    EXPECT_TRUE(standing().empty());
    must(desks->conversations.write(ada, "I am going to kill myself tonight", {}));
    const auto raised = house.clock.now();
    pass(minutes{2});
    auto now = standing();
    ASSERT_EQ(now.size(), 1U);
    EXPECT_EQ(now[0].urgency, Urgency::Now);
    EXPECT_EQ(now[0].state, care::AlertState::Open);
    EXPECT_EQ(now[0].count, 1);
    EXPECT_EQ(now[0].past_their_time, 0);
    EXPECT_EQ(now[0].oldest, raised);

    pass(minutes{3} + seconds{1});
    EXPECT_EQ(standing()[0].past_their_time, 1) << "its timer is over, also when nobody has looked yet";
    EXPECT_EQ(must(desks->alerts.escalate_due(house.system())), 1);
    EXPECT_EQ(standing()[0].past_their_time, 1) << "it went up: that it was late stays";

    EXPECT_TRUE(answers(minutes{60}).empty());
    must(desks->alerts.acknowledge(maeve, desks->alert(*ada.person())->id, "on it"));
    now = standing();
    ASSERT_EQ(now.size(), 1U);
    EXPECT_EQ(now[0].state, care::AlertState::Acknowledged);
    const auto answered = answers(minutes{60});
    ASSERT_EQ(answered.size(), 1U);
    EXPECT_EQ(answered[0].urgency, Urgency::Now);
    EXPECT_EQ(std::chrono::duration_cast<seconds>(answered[0].took), minutes{5} + seconds{1});
    EXPECT_EQ(counted(0), 1U);

    must(desks->alerts.record_outcome(maeve, desks->alert(*ada.person())->id,
                                      {care::Outcome::Reached, "Spoke with her.", {}, {}}));
    EXPECT_TRUE(standing().empty());
    pass(minutes{61});
    EXPECT_TRUE(answers(minutes{60}).empty());
}

TEST_P(AlertWatch, CountsOnlyTheFirstAcknowledgementAndOnlyOnceItIsKept)
{
    auto& house = *desks->house;
    const auto maeve = house.staff(Role::Clinician, "maeve", {house.team});
    const auto ada = house.person("Ada");
    must(desks->conversations.write(ada, "I am going to kill myself tonight", {}));
    const auto alert = desks->alert(*ada.person())->id;
    const auto refused = house.record->write(maeve, [&](trust::Writing& writing) -> Result<void> {
        TRY(desks->alerts.acknowledge(writing, alert, "on it"));
        return conflict("Something else went wrong.");
    });
    EXPECT_FALSE(refused.ok());
    EXPECT_EQ(counted(0), 0U) << "nothing of it was kept";

    must(desks->alerts.acknowledge(maeve, alert, "on it"));
    must(desks->alerts.record_outcome(maeve, alert, {care::Outcome::NotReached, "No answer.", {}, {}}));
    pass(minutes{10});
    must(desks->alerts.acknowledge(maeve, alert, "again"));
    EXPECT_EQ(counted(0), 1U);
    EXPECT_EQ(answers(minutes{60}).size(), 1U);
    EXPECT_TRUE(answers(minutes{5}).empty()) << "the first one was earlier";
}

TEST_P(AlertWatch, ATestPageIsNoAlertAboutAnybody)
{
    auto& house = *desks->house;
    const auto maeve = house.staff(Role::Clinician, "maeve", {house.team});
    const auto kit = house.staff(Role::Administrator, "kit");
    const auto page = must(desks->alerts.raise_test(kit, maeve.account()));
    EXPECT_TRUE(standing().empty());
    must(desks->alerts.acknowledge(maeve, page, {}));
    EXPECT_TRUE(answers(minutes{60}).empty());
    EXPECT_EQ(counted(1), 0U);
}

TEST_P(AlertWatch, WhoAskedForAHumanIsUnmetUntilOneComes)
{
    auto& house = *desks->house;
    const auto maeve = house.staff(Role::Clinician, "maeve", {house.team});
    const auto ada = house.person("Ada");
    desks->answer(ada, {{"staff_reading", true, "t", {}}});
    EXPECT_TRUE(must(desks->conversations.unmet(house.system())).empty());
    const auto asked = must(desks->conversations.want_person(ada, true));
    const auto unmet = must(desks->conversations.unmet(house.system()));
    ASSERT_EQ(unmet.size(), 1U);
    EXPECT_EQ(unmet[0].conversation, asked.id);
    must(desks->conversations.take(maeve, asked.id));
    EXPECT_TRUE(must(desks->conversations.unmet(house.system())).empty());
}

} // namespace

} // namespace handrail::errands
