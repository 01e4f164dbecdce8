// Who is called by the rota, and who may change it, on both stores.
#include <gmock/gmock.h>

#include "care/rota_desk.h"
#include "care/rota_gaps.h"
#include "errands/caseload.h"
#include "errands/alert_sending.h"

namespace handrail::errands {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::must;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class RotaTelling : public AlertSending {
protected:
    RotaTelling() { channels = {care::Channel::Pager}; }
    void SetUp() override
    {
        AlertSending::SetUp();
        if (IsSkipped())
            return;
        rota.emplace(*desks->house->record);
        today = care::LocalClock{"UTC"}.day_of(desks->house->clock.now());
    }
    std::vector<std::string> called_for_danger()
    {
        const auto before = pager.calls().size();
        in_danger();
        must(deliveries->send_due(system(), care::Channel::Pager));
        return called(before);
    }
    /// On call today from midnight to midnight.
    void on_call(const std::optional<Actor>& who)
    {
        must(rota->add(*ruth, care::Shift{{}, desks->house->team, who->account(), care::weekday_of(today), 0, 24 * 60}));
    }
    care::Rota read() { return must(rota->read(system())); }

    std::optional<care::RotaDesk> rota;
    care::Day today = 0;
};

INSTANTIATE_TEST_SUITE_P(Stores, RotaTelling, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(RotaTelling, OutOfHoursWhoeverIsOnCallIsCalledAndNobodyElse)
{
    desks->staff_hours(0, 0);
    on_call(idris);
    EXPECT_THAT(called_for_danger(), ElementsAre(id(idris)));
    // They do not answer: it goes up as ever.
    pass(minutes{6});
    EXPECT_EQ(must(desks->alerts.escalate_due(system())), 1);
    must(deliveries->send_due(system(), care::Channel::Pager));
    EXPECT_THAT(called(1), ElementsAre(id(ruth)));
}

TEST_P(RotaTelling, WhileStaffReadTheTeamIsCalledTooAndEachOnce)
{
    on_call(idris);
    EXPECT_THAT(called_for_danger(), UnorderedElementsAre(id(maeve), id(idris)));
}

TEST_P(RotaTelling, WithNobodyOnCallTheLeadIsCalledAtOnce)
{
    desks->staff_hours(0, 0);
    must(rota->add(*ruth, care::Shift{{}, desks->house->team, idris->account(), (care::weekday_of(today) + 3) % 7, 60, 120}));
    EXPECT_THAT(called_for_danger(), ElementsAre(id(ruth)));
}

TEST_P(RotaTelling, WhoeverIsOnLeaveIsNotCalledUntilSomebodyTakesIt)
{
    desks->staff_hours(0, 0);
    on_call(idris);
    must(rota->add(*kit, care::Leave{{}, idris->account(), today, today + 2}));
    const auto ahead = care::RotaDesk::gaps_ahead(read(), desks->house->clock.now());
    ASSERT_THAT(ahead, SizeIs(1));
    EXPECT_THAT(ahead[0].gaps, SizeIs(1));
    EXPECT_THAT(called_for_danger(), ElementsAre(id(ruth)));
    must(desks->alerts.acknowledge(*ruth, alert().id, "mine"));
    must(desks->alerts.record_outcome(*ruth, alert().id, {care::Outcome::Reached, "Spoke with her.", {}, {}}));
    must(rota->add(*kit, care::RotaDesk::NewOverride{desks->house->team, maeve->account(), today, 0, 24 * 60}));
    EXPECT_THAT(called_for_danger(), ElementsAre(id(maeve)));
    EXPECT_THAT(care::RotaDesk::gaps_ahead(read(), desks->house->clock.now()), IsEmpty());
}

TEST_P(RotaTelling, WhoeverWasSuspendedIsNotCalled)
{
    desks->staff_hours(0, 0);
    on_call(idris);
    must(desks->house->accounts->suspend(*kit, idris->account(), true));
    EXPECT_THAT(read().gone, ElementsAre(idris->account()));
    EXPECT_THAT(called_for_danger(), ElementsAre(id(ruth)));
}

TEST_P(RotaTelling, ATeamWithoutARotaIsCalledAsEver)
{
    desks->staff_hours(0, 0);
    must(rota->add(*ruth, care::Shift{{}, must(desks->house->teams->create(*kit, "Another team")), idris->account(),
                                      care::weekday_of(today), 0, 24 * 60}));
    EXPECT_THAT(called_for_danger(), ElementsAre(id(ruth)));
}

TEST_P(RotaTelling, OnlyALeadOrAnAdministratorChangesItAndEachChangeIsRecorded)
{
    const care::Shift shift{{}, desks->house->team, idris->account(), 0, 17 * 60, 9 * 60};
    const care::Leave leave{{}, idris->account(), today, today};
    const care::RotaDesk::NewOverride instead{desks->house->team, maeve->account(), today + 1, 0, 60};
    for (const auto& who : {maeve, ada}) {
        EXPECT_EQ(rota->add(*who, shift).error().kind, ErrorKind::NotAllowed);
        EXPECT_EQ(rota->add(*who, leave).error().kind, ErrorKind::NotAllowed);
        EXPECT_EQ(rota->add(*who, instead).error().kind, ErrorKind::NotAllowed);
    }
    EXPECT_FALSE(rota->read(*ada).ok()) << "it is nobody's outside";
    const auto kept_shift = must(rota->add(*ruth, shift));
    const auto kept_leave = must(rota->add(*kit, leave));
    const auto kept_override = must(rota->add(*ruth, instead));
    EXPECT_EQ(read().shifts.at(0).to, 33 * 60) << "past midnight";
    EXPECT_EQ(rota->remove(*maeve, kept_shift).error().kind, ErrorKind::NotAllowed);
    must(rota->remove(*ruth, kept_shift));
    must(rota->remove(*ruth, kept_leave));
    must(rota->remove(*kit, kept_override));
    EXPECT_EQ(rota->remove(*ruth, kept_shift).error().kind, ErrorKind::NotFound);
    EXPECT_THAT(read().shifts, IsEmpty());
    EXPECT_THAT(read().leaves, IsEmpty());
    EXPECT_THAT(read().overrides, IsEmpty());
    for (const auto* deed : {"add.shift", "add.leave", "add.override", "remove.shift", "remove.leave", "remove.override"}) {
        std::int64_t number = 0;
        must(desks->house->record->read(system(), [&](trust::Reading& reading) -> Result<void> {
            number = TRY(reading.rows(rows::Statement{"test.deeds", "SELECT COUNT(*) FROM audit_entry WHERE "
                                                                    "organisation = $1 AND deed = $2"},
                                      {rows::Value{deed}}))
                         .front()[0]
                         .number();
            return {};
        }));
        EXPECT_EQ(number, 1) << deed;
    }
}

TEST_P(RotaTelling, WhatCannotBeIsRefusedWithTheField)
{
    const auto team = desks->house->team;
    const auto where = [](const auto& result) { return result.ok() ? std::string{} : result.error().where; };
    EXPECT_EQ(where(rota->add(*ruth, care::Shift{{}, team, ada->account(), 0, 0, 60})), "/account");
    EXPECT_EQ(where(rota->add(*ruth, care::Shift{{}, team, kit->account(), 0, 0, 60})), "/account") << "reads no words";
    EXPECT_EQ(where(rota->add(*ruth, care::Shift{{}, TeamId::random(), idris->account(), 0, 0, 60})), "/team");
    EXPECT_EQ(where(rota->add(*ruth, care::Shift{{}, team, idris->account(), 7, 0, 60})), "/weekday");
    EXPECT_EQ(where(rota->add(*ruth, care::Shift{{}, team, idris->account(), 0, 24 * 60, 60})), "/from");
    EXPECT_EQ(where(rota->add(*ruth, care::Leave{{}, idris->account(), today, today - 1})), "/last");
    EXPECT_EQ(where(rota->add(*ruth, care::Leave{{}, idris->account(), today - 9, today - 1})), "/last") << "over";
    EXPECT_EQ(where(rota->add(*ruth, care::Leave{{}, idris->account(), today, today + 400})), "/last");
    EXPECT_EQ(where(rota->add(*ruth, care::RotaDesk::NewOverride{team, idris->account(), today - 3, 0, 60})), "/day");
    EXPECT_EQ(where(rota->add(*ruth, care::RotaDesk::NewOverride{team, idris->account(), today + 5000, 0, 60})), "/day");
}

// It stood on the page of the rota alone, and whoever did not open it was told on the night itself.
TEST_P(RotaTelling, LeadsAreToldOnceADayOfWhatIsTwoWeeksAhead)
{
    const care::RotaGaps gaps(*desks->house->record, desks->alerts);
    const Caseload caseload(*desks->house->record, *desks->house->accounts);
    const auto pages = [&] { return must(caseload.list(*ruth, Caseload::Of::Team)).test_pages; };
    desks->staff_hours(9 * 60, 17 * 60);
    desks->house->clock.set(*from_rfc3339("2026-03-02T08:00:00Z")); // a Monday; staff come at nine
    today = care::LocalClock{"UTC"}.day_of(desks->house->clock.now());
    must(rota->add(*ruth, care::Shift{{}, desks->house->team, idris->account(), 0, 17 * 60, 9 * 60})); // Mondays
    EXPECT_EQ(must(gaps.tell_ahead(system())), 0) << "no gap";
    must(rota->add(*kit, care::Leave{{}, idris->account(), today + 14, today + 20}));
    EXPECT_EQ(must(gaps.tell_ahead(system())), 0) << "nobody is woken for it";
    pass(hours{2});
    EXPECT_EQ(must(gaps.tell_ahead(system())), 0) << "the gap of Monday in a fortnight begins at 17:00, fourteen days and seven hours on";
    pass(hours{24});
    EXPECT_EQ(must(gaps.tell_ahead(system())), 1);
    EXPECT_EQ(must(gaps.tell_ahead(system())), 0) << "once a day";
    ASSERT_THAT(pages(), SizeIs(1));
    EXPECT_EQ(pages()[0].reason, "In the next 14 days nobody is on call once, from 2026-03-16 17:00. See the rota.");
    pass(hours{24});
    EXPECT_EQ(must(gaps.tell_ahead(system())), 0) << "nobody has acknowledged the last one yet";
    must(desks->alerts.acknowledge(*ruth, pages()[0].id, "I ask around."));
    EXPECT_EQ(must(gaps.tell_ahead(system())), 1) << "it is there still, a day later";
    must(desks->alerts.acknowledge(*ruth, pages()[0].id, "Found somebody."));
    must(rota->add(*kit, care::RotaDesk::NewOverride{desks->house->team, maeve->account(), today + 14, 17 * 60, 9 * 60}));
    pass(hours{24});
    EXPECT_EQ(must(gaps.tell_ahead(system())), 0) << "somebody took it";
    EXPECT_EQ(gaps.tell_ahead(*ruth).error().kind, ErrorKind::NotAllowed);
}

} // namespace
} // namespace handrail::errands
