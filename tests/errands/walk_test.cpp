// The service's own walk along the way of an alert, on both stores: whole, and with each step broken on purpose.
#include "errands/walk.h"

#include <set>

#include <gmock/gmock.h>

#include "care/alert_rows.h"
#include "care/alert_watch.h"
#include "errands/alert_sending.h"
#include "errands/caseload.h"

namespace handrail::errands {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

/// The service's own way with one part broken.
class BrokenPath final : public ServicePath {
public:
    using ServicePath::ServicePath;
    std::optional<WalkStep> broken;

    Result<Walker> come_in() const override
    {
        if (broken == WalkStep::CameIn)
            return Error{ErrorKind::Unavailable, "no door", {}, {}};
        return ServicePath::come_in();
    }
    Result<Said> say(const Walker& walker) const override
    {
        auto said = TRY(ServicePath::say(walker));
        if (broken == WalkStep::Screened)
            said.urgency = Urgency::Today;
        if (broken == WalkStep::Answered)
            said.fixed_words = false;
        return said;
    }
    Result<std::optional<care::Alert>> alert(const Walker& walker) const override
    {
        auto alert = TRY(ServicePath::alert(walker));
        if (broken == WalkStep::Raised)
            alert->due_at.reset();
        return alert;
    }
    Result<void> end(const Walker& walker, AlertId alert) const override
    {
        if (broken == WalkStep::Ended)
            ensure(false, "a bug on the way");
        return ServicePath::end(walker, alert);
    }
    Result<void> remove(const Walker& walker) const override
    {
        return broken == WalkStep::Removed ? Result<void>{} : ServicePath::remove(walker);
    }
};

class WalkTest : public AlertSending {
protected:
    WalkTest() { channels = {care::Channel::Pager, care::Channel::Mail}; }
    void SetUp() override
    {
        AlertSending::SetUp();
        if (IsSkipped())
            return;
        reach(*ruth, "ruth@service.example");
        reach(*kit, "kit@service.example");
        path = own_path();
        walk = node();
    }
    std::unique_ptr<BrokenPath> own_path(const AlertPolicy& policy = {})
    {
        auto& house = *desks->house;
        return std::make_unique<BrokenPath>(
            ServicePath::Parts{*house.record, *house.keyring, *house.sessions, *house.organisations, *house.accounts,
                               desks->service, desks->crisis_help, desks->screener, desks->dialogue, desks->guard},
            policy, channels);
    }
    std::unique_ptr<Walk> node()
    {
        return std::make_unique<Walk>(*desks->house->record, desks->alerts, *path, desks->house->clock, Walk::Times{});
    }
    Actor walk_system()
    {
        const auto found = must(desks->house->organisations->find(std::string(trust::walk_organisation)));
        return desks->house->system(*found);
    }
    /// What the other threads of the service do while the walk waits.
    bool others()
    {
        pass(seconds{1});
        if (timers_run)
            must(desks->alerts.escalate_due(walk_system()));
        if (senders_run)
            for (const auto channel : channels)
                must(deliveries->send_due(walk_system(), channel, {}, AlertDeliveries::Out::Stays));
        return !stopping;
    }
    std::optional<Walked> round()
    {
        return must(walk->round(system(), [this](Duration) { return others(); }));
    }
    std::optional<Walked> next_round()
    {
        pass(minutes{5} + seconds{1});
        return round();
    }
    WalkState state()
    {
        WalkState found;
        must(desks->house->record->read(system(), [&](trust::Reading& reading) -> Result<void> {
            found = TRY(walk->state(reading));
            return {};
        }));
        return found;
    }
    std::int64_t rows_of(const Actor& who, const std::string& table)
    {
        std::int64_t number = -1;
        static std::set<std::string> statements; // a store remembers each by its address
        const auto& sql = *statements.insert("SELECT COUNT(*) FROM " + table + " WHERE organisation = $1").first;
        must(desks->house->record->read(who, [&](trust::Reading& reading) -> Result<void> {
            number = TRY(reading.rows(rows::Statement{sql.c_str(), sql.c_str()}, {})).front()[0].number();
            return {};
        }));
        return number;
    }
    std::vector<care::Alert> pages()
    {
        std::vector<care::Alert> all;
        must(desks->house->record->read(system(), [&](trust::Reading& reading) -> Result<void> {
            all.clear();
            for (const auto& row : TRY(reading.rows(
                     rows::Statement{"test.pages", "SELECT alert FROM alert WHERE organisation = $1 ORDER BY alert"}, {})))
                all.push_back(TRY(care::read_alert(reading, row[0].id<AlertId>(), false)));
            return {};
        }));
        return all;
    }
    /// The senders' round for the service's own calls.
    void send()
    {
        for (const auto channel : channels)
            must(deliveries->send_due(system(), channel));
    }

    std::unique_ptr<BrokenPath> path;
    std::unique_ptr<Walk> walk;
    bool timers_run = true, senders_run = true, stopping = false;
};

INSTANTIATE_TEST_SUITE_P(Stores, WalkTest, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(WalkTest, HoldsCallsNobodyAndLeavesNothingBehind)
{
    EXPECT_FALSE(state().last);
    std::int64_t audited = 0;
    for (int walks = 0; walks < 3; ++walks) {
        const auto before = walks == 0 ? 0 : rows_of(walk_system(), "audit_entry");
        const auto walked = next_round();
        ASSERT_TRUE(walked);
        audited = rows_of(walk_system(), "audit_entry") - before;
        EXPECT_TRUE(walked->held()) << name(walked->broke_at().value_or(WalkStep::CameIn)) << ": " << walked->problem;
        EXPECT_EQ(walked->steps.size(), 9U);
    }
    RecordProperty("audit_entries_of_a_walk", static_cast<int>(audited));
    EXPECT_LE(audited, 16) << "they stay, and a day has 288 walks";
    EXPECT_FALSE(round()) << "not before five minutes are over";
    send();
    EXPECT_THAT(pager.calls(), IsEmpty());
    EXPECT_THAT(mail.letters(), IsEmpty());
    for (const auto* table : {"alert", "alert_step", "delivery", "finding", "message", "conversation", "document", "course"}) {
        EXPECT_EQ(rows_of(walk_system(), table), 0) << table;
        EXPECT_EQ(rows_of(system(), table), 0) << table;
    }
    EXPECT_EQ(rows_of(walk_system(), "person"), 1) << "the same one each time";
    EXPECT_EQ(rows_of(walk_system(), "account"), 2);
    EXPECT_EQ(rows_of(walk_system(), "session"), 0);
    EXPECT_EQ(rows_of(system(), "person"), 1) << "Ada";
    const auto last = state().last;
    ASSERT_TRUE(last);
    EXPECT_TRUE(last->held());
    EXPECT_EQ(last->steps.size(), 9U);
    EXPECT_GT(last->steps[4].took, Duration{0}) << "it waited for the timers";
    EXPECT_FALSE(state().overdue);
}

TEST_P(WalkTest, StandsOnNobodysListAndIsCountedNowhere)
{
    bool looked = false;
    must(walk->round(system(), [&](Duration) {
        if (!looked) { // in the middle of it, with the alert open
            looked = true;
            EXPECT_EQ(rows_of(walk_system(), "alert"), 1);
            const Caseload caseload(*desks->house->record, *desks->house->accounts);
            for (const auto& staff : {maeve, ruth})
                for (const auto whose : {Caseload::Of::Mine, Caseload::Of::Team}) {
                    const auto list = must(caseload.list(*staff, whose));
                    for (const auto& row : list.rows)
                        EXPECT_EQ(row.person, *ada->person());
                    EXPECT_LE(list.people, 1);
                    EXPECT_THAT(list.test_pages, IsEmpty());
                }
            const auto report = must(caseload.report(*ruth));
            EXPECT_EQ(report.raised, 0);
            EXPECT_THAT(report.open, IsEmpty());
            EXPECT_THAT(must(care::standing_alerts(*desks->house->record, system())), IsEmpty());
            EXPECT_EQ(must(desks->house->organisations->of_people()).size(), 1U);
            EXPECT_EQ(desks->conversations.counts().received, 0U);
        }
        return others();
    }));
    EXPECT_TRUE(looked);
    EXPECT_EQ(desks->alerts.answer_times().measure().points[0].steps->all(), 0U);
    EXPECT_THAT(must(care::first_answers_since(*desks->house->record, system(), from_stored(0))), IsEmpty());
}

TEST_P(WalkTest, EachBrokenStepIsFoundAndWhatItLeftIsRemoved)
{
    for (const auto step : {WalkStep::CameIn, WalkStep::Screened, WalkStep::Answered, WalkStep::Raised, WalkStep::WentUp,
                            WalkStep::Sent, WalkStep::Ended, WalkStep::Removed}) {
        path->broken = step;
        timers_run = step != WalkStep::WentUp;
        senders_run = step != WalkStep::Sent;
        const auto broken = next_round();
        ASSERT_TRUE(broken);
        ASSERT_TRUE(broken->broke_at());
        EXPECT_EQ(*broken->broke_at(), step) << name(step);
        const auto kept = state().last;
        ASSERT_TRUE(kept);
        EXPECT_EQ(kept->broke_at(), step);
        if (step != WalkStep::Removed && step != WalkStep::CameIn) {
            EXPECT_EQ(rows_of(walk_system(), "message"), 0) << name(step);
        }
        EXPECT_EQ(pages().back().urgency, Urgency::Unknown);
        path->broken.reset();
        timers_run = senders_run = true;
        const auto healed = next_round();
        ASSERT_TRUE(healed);
        EXPECT_TRUE(healed->held()) << "after " << name(step) << ": " << healed->problem;
    }
    EXPECT_EQ(pages().size(), 8U) << "a page for each break";
}

TEST_P(WalkTest, AChannelThatThePolicyDoesNotUseAtNowIsNotWaitedFor)
{
    AlertPolicy policy;
    policy.channels_now = {"pager"};
    path = own_path(policy);
    walk = node();
    EXPECT_TRUE(round()->held());
}

TEST_P(WalkTest, AChannelThatHasNotGotAnythingOutForLongIsABrokenStep)
{
    pager.answer_with(503);
    in_danger();
    send();
    EXPECT_TRUE(next_round()->held()) << "five minutes are not long";
    for (int minute = 0; minute < 6; ++minute) {
        pass(minutes{1});
        send();
    }
    EXPECT_EQ(round()->broke_at(), WalkStep::Channels);
    pager.answer_with(200);
    pass(minutes{1});
    send();
    EXPECT_TRUE(next_round()->held());
}

TEST_P(WalkTest, ABreakPagesTheLeadAndTheAdministratorOnce)
{
    timers_run = false;
    for (int walks = 0; walks < 3; ++walks)
        EXPECT_EQ(next_round()->broke_at(), WalkStep::WentUp);
    send();
    EXPECT_THAT(called(), UnorderedElementsAre(id(ruth), id(kit))) << "not every five minutes";
    EXPECT_EQ(mail.letters().size(), 2U);
    EXPECT_EQ(pager.calls().front().body.at("type"), "handrail.alert") << "it is no test";
    EXPECT_EQ(pager.calls().front().body.at("urgency"), "unknown");
    ASSERT_EQ(pages().size(), 1U);
    const auto page = pages().front();
    EXPECT_TRUE(page.service);
    EXPECT_FALSE(page.test);
    EXPECT_THAT(page.reason, HasSubstr("whose time was over did not go up"));
    EXPECT_THAT(must(care::standing_alerts(*desks->house->record, system())), IsEmpty()) << "nobody's alert";

    // Nobody acted: they are told again, and not before the hour.
    pass(minutes{60});
    EXPECT_EQ(must(desks->alerts.escalate_due(system())), 1);
    send();
    EXPECT_EQ(called(2).size(), 2U);

    const Caseload caseload(*desks->house->record, *desks->house->accounts);
    EXPECT_EQ(must(caseload.list(*ruth, Caseload::Of::Team)).test_pages.size(), 1U);
    EXPECT_THAT(must(caseload.list(*maeve, Caseload::Of::Team)).test_pages, IsEmpty());

    // A clinician has nothing to do with it; a lead or an administrator ends it.
    EXPECT_FALSE(desks->alerts.find(*maeve, page.id).ok());
    EXPECT_FALSE(desks->alerts.acknowledge(*maeve, page.id, "mine").ok());
    EXPECT_TRUE(desks->alerts.find(*ruth, page.id).ok());
    must(desks->alerts.acknowledge(*kit, page.id, "looking"));
    EXPECT_EQ(pages().front().state, care::AlertState::Closed);

    EXPECT_EQ(next_round()->broke_at(), WalkStep::WentUp);
    EXPECT_EQ(pages().size(), 1U) << "the same break";
    timers_run = true;
    EXPECT_TRUE(next_round()->held());
    timers_run = false;
    EXPECT_FALSE(next_round()->held());
    EXPECT_EQ(pages().size(), 2U) << "a new one";
}

TEST_P(WalkTest, OfTwoNodesOneWalksAtATime)
{
    const auto other = node();
    int others_tried = 0;
    const auto walked = must(walk->round(system(), [&](Duration) {
        EXPECT_FALSE(must(other->round(system(), [](Duration) { return true; })));
        ++others_tried;
        return others();
    }));
    EXPECT_TRUE(walked && walked->held());
    EXPECT_GT(others_tried, 0);
    EXPECT_FALSE(must(other->round(system(), [](Duration) { return true; }))) << "it was walked";
    pass(minutes{5} + seconds{1});
    EXPECT_TRUE(must(other->round(system(), [this](Duration) { return others(); }))) << "any node may be next";
}

TEST_P(WalkTest, AServiceThatStopsInTheMiddleLeavesTheRestToTheNextWalk)
{
    stopping = true;
    timers_run = false;
    EXPECT_FALSE(round());
    EXPECT_EQ(rows_of(walk_system(), "alert"), 1);
    EXPECT_THAT(pages(), IsEmpty()) << "it did not break";
    stopping = false;
    timers_run = true;
    const auto walked = round();
    ASSERT_TRUE(walked) << "the claim was let go";
    EXPECT_TRUE(walked->held()) << walked->problem;
    EXPECT_EQ(rows_of(walk_system(), "alert"), 0);
}

TEST_P(WalkTest, ANodeThatWasKilledInTheMiddleHoldsItUpForTenMinutes)
{
    EXPECT_THROW(walk->round(system(), [](Duration) -> bool { throw 1; }).ok(), int) << "the test's own way to kill one";
    pass(minutes{9});
    EXPECT_FALSE(round());
    pass(minutes{2});
    EXPECT_TRUE(round()->held());
}

TEST_P(WalkTest, AWalkThatIsOverdueIsSaidSo)
{
    EXPECT_FALSE(state().overdue) << "none was begun";
    round();
    pass(minutes{12});
    EXPECT_FALSE(state().overdue);
    pass(minutes{2});
    EXPECT_TRUE(state().overdue);
    round();
    EXPECT_FALSE(state().overdue);
}

TEST_P(WalkTest, WalksAreKeptForAWeek)
{
    round();
    pass(hours{24 * 6});
    round();
    EXPECT_EQ(rows_of(system(), "walk_step"), 18);
    pass(hours{24 * 6});
    round();
    EXPECT_EQ(rows_of(system(), "walk_step"), 18) << "the first is gone";
}

} // namespace
} // namespace handrail::errands
