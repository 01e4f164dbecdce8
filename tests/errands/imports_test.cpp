// A file is a batch: it comes in, is noticed when it comes again, and goes again with what was made from it, on both stores.
#include "errands/imports.h"

#include <gmock/gmock.h>

#include "care/alert_rows.h"
#include "content/check_in_mappings.h"
#include "content/trend_protocol.h"
#include "content/wearable_protocol.h"
#include "errands/asked_people.h"
#include "errands/nightly.h"
#include "errands/own_record.h"
#include "monitoring/daily_desk.h"
#include "trust/every_person.h"

namespace handrail::errands {
namespace {

using monitoring::ImportBatch;
using std::chrono::hours;
using test::must;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* count_answers = "SELECT COUNT(*) FROM answer WHERE organisation = $1 AND person = $2";
constexpr const char* count_days = "SELECT COUNT(*) FROM daily_summary WHERE organisation = $1 AND person = $2";
constexpr const char* count_batches = "SELECT COUNT(*) FROM import_batch WHERE organisation = $1 AND person = $2";

class ImportsTest : public AskedPeople {
protected:
    void SetUp() override
    {
        AskedPeople::SetUp();
        if (IsSkipped())
            return;
        auto& house = *desks->house;
        people.emplace(*house.data, *house.keyring);
        nightly.emplace(*people, *house.record, desks->listening, desks->service,
                        monitoring::NightJudge(must(content::load_trend_protocol(content_folder)), {}), house.clock);
        imports.emplace(*house.record, *house.consents, asking(), nightly->judge());
        root = house.staff(Role::Administrator, "root");
        protocol = must(content::load_wearable_protocol(content_folder));
        daily.emplace(*house.record, *house.consents, protocol);
    }

    /// Forty evenings until today, the last six of them bad.
    std::string bad_week() const
    {
        std::string file = "at,mood\n";
        for (int day = 40; day > 0; --day)
            file += to_rfc3339(desks->house->clock.now() - hours{24} * day + hours{23}) + "," +
                    (day <= 6 ? "1" : day % 3 == 0 ? "3" : "4") + "\n";
        return file;
    }
    monitoring::CheckInImport read(const std::string& file) const
    {
        const auto mappings = must(content::load_check_in_mappings(content_folder));
        return must(monitoring::read_check_in_import(file, mappings, asking().daily, {desks->house->clock.now(), {}}));
    }
    monitoring::DailyImport read_days(const std::string& file) const
    {
        const auto mappings = must(content::load_daily_mappings(content_folder, protocol));
        return must(monitoring::read_daily_import(file, mappings, protocol, {desks->house->clock.now(), {}}));
    }
    ImportBatch take(const std::string& file, const std::string& checksum = "abc")
    {
        return must(imports->take(*root, *ada->person(), read(file), checksum));
    }
    void agree(bool granted) { desks->answer(*ada, {{"wearables", granted, "t", {}}}); }
    std::int64_t answered() { return desks->count(count_answers, *ada->person()); }
    monitoring::Course course()
    {
        monitoring::Course out;
        must(desks->house->record->read(system(), [&](trust::Reading& reading) -> Result<void> {
            out = TRY(monitoring::read_course(reading, *ada->person()));
            return {};
        }));
        return out;
    }
    void night() { must(nightly->everybody(system(), 1)); }
    std::vector<monitoring::DailyCourse> drawn() { return must(daily->courses(*maeve, *ada->person())); }

    std::optional<trust::EveryPerson> people;
    std::optional<Nightly> nightly;
    std::optional<Imports> imports;
    std::optional<Actor> root;
    WearableProtocol protocol;
    std::optional<monitoring::DailyDesk> daily;
};

INSTANTIATE_TEST_SUITE_P(Stores, ImportsTest, testing::ValuesIn(both_stores), [](const auto& each) { return each.param.name; });

TEST_P(ImportsTest, AFileIsABatchAndTheSameFileIsNoticed)
{
    const auto batch = take(bad_week());
    EXPECT_EQ(batch.state, ImportBatch::State::Taken);
    EXPECT_EQ(batch.rows, 40);
    EXPECT_EQ(batch.taken, 40);
    EXPECT_EQ(answered(), 40);
    const auto all = must(imports->all(*root, 10));
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].id, batch.id);
    EXPECT_EQ(all[0].by, root->account());
    EXPECT_EQ(all[0].checksum, "abc");
    EXPECT_EQ(all[0].mapping, "check-ins");
    ASSERT_TRUE(must(imports->same_file(*root, "abc")).has_value());
    EXPECT_FALSE(must(imports->same_file(*root, "abd")).has_value());
    EXPECT_EQ(take(bad_week(), "again").taken, 0) << "what is there already stays as it is";
    EXPECT_TRUE(findings().empty()) << "what a file holds is not news";
    must(imports->take_back(*root, batch.id));
    EXPECT_FALSE(must(imports->same_file(*root, "abc")).has_value()) << "it may come again";
}

TEST_P(ImportsTest, TakesBackExactlyWhatTheBatchBrought)
{
    check_in(3);
    const auto own = course().answers();
    pass(hours{24});
    const auto first = take("at,mood,note\n2026-01-02T20:00:00Z,2,a quiet day\n2026-01-03T20:00:00Z,4,\n", "one");
    const auto second = take("at,mood\n2026-01-03T20:00:00Z,1\n2026-01-04T20:00:00Z,5\n", "two");
    EXPECT_EQ(second.taken, 1);
    EXPECT_EQ(answered(), 4);
    const auto back = must(imports->take_back(*root, first.id));
    EXPECT_EQ(back.rows, 2);
    EXPECT_EQ(back.batch.state, ImportBatch::State::TakenBack);
    EXPECT_EQ(back.batch.taken_back_by, root->account());
    EXPECT_EQ(answered(), 2);
    ASSERT_EQ(course().answers().size(), 2U);
    EXPECT_EQ(course().answers()[0].mood, 5);
    EXPECT_EQ(imports->take_back(*root, first.id).error().kind, ErrorKind::Conflict);
    must(imports->take_back(*root, second.id));
    ASSERT_EQ(course().answers().size(), 1U);
    EXPECT_EQ(course().answers()[0].at, own[0].at);
    EXPECT_EQ(course().answers()[0].mood, 3);
}

TEST_P(ImportsTest, AnOpenAlertThatCameOfItStaysOpenAndSaysThatItsDataWasWithdrawn)
{
    const auto batch = take(bad_week());
    night();
    const auto before = findings();
    ASSERT_FALSE(before.empty());
    const auto raised = desks->alert(*ada->person());
    ASSERT_TRUE(raised.has_value()) << "six bad days ask for a human";
    const auto back = must(imports->take_back(*root, batch.id));
    EXPECT_GE(back.withdrawn, 1);
    EXPECT_EQ(back.alerts_marked, 1);
    const auto still = desks->alert(*ada->person());
    ASSERT_TRUE(still.has_value()) << "an alert ends only when a human did something";
    EXPECT_EQ(still->id, raised->id);
    EXPECT_EQ(still->urgency, raised->urgency);
    care::Alert whole;
    must(desks->house->record->read(system(), [&](trust::Reading& reading) -> Result<void> {
        whole = TRY(care::read_alert(reading, still->id, true));
        return {};
    }));
    EXPECT_EQ(whole.path.back().kind, "data_withdrawn");
    EXPECT_THAT(whole.path.back().text, HasSubstr("was taken back"));
    ASSERT_EQ(findings().size(), before.size()) << "nothing is deleted";
    for (const auto& finding : findings()) {
        EXPECT_EQ(finding.finding.urgency, Urgency::Usual);
        EXPECT_THAT(finding.finding.why, HasSubstr("Withdrawn: a file that was imported on 2026-01-05 was taken back"));
        EXPECT_FALSE(finding.finding.evidence.empty());
    }
    EXPECT_THAT(course().answers(), IsEmpty());
    EXPECT_EQ(answered(), 0);
}

TEST_P(ImportsTest, WhatIsFoundAgainAfterwardsIsToldAgain)
{
    const auto batch = take(bad_week());
    night();
    const auto told = findings().size();
    must(imports->take_back(*root, batch.id));
    take(bad_week(), "corrected");
    night();
    const auto all = findings();
    EXPECT_EQ(all.size(), 2 * told);
    EXPECT_EQ(std::count_if(all.begin(), all.end(), [](const auto& each) { return each.finding.urgency != Urgency::Usual; }),
              static_cast<std::ptrdiff_t>(told));
}

TEST_P(ImportsTest, WhatStandsWithoutTheFileIsNotWithdrawn)
{
    for (int day = 0; day < 40; ++day, pass(hours{24}))
        check_in(day >= 34 ? 1 : day % 3 == 0 ? 3 : 4);
    const auto batch = take("at,mood\n2026-01-02T20:00:00Z,4\n");
    night();
    const auto before = findings();
    ASSERT_FALSE(before.empty());
    EXPECT_EQ(must(imports->take_back(*root, batch.id)).withdrawn, 0);
    ASSERT_EQ(findings().size(), before.size());
    EXPECT_EQ(findings()[0].finding.urgency, before[0].finding.urgency);
}

TEST_P(ImportsTest, OnlyWhoRunsTheServiceTakesFilesInAndEachDeedIsAudited)
{
    EXPECT_EQ(imports->take(*maeve, *ada->person(), read(bad_week()), "x").error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(imports->all(*ada, 10).error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(imports->take(*root, PersonId::random(), read(bad_week()), "x").error().kind, ErrorKind::NotFound);
    const auto batch = take(bad_week());
    EXPECT_EQ(imports->take_back(*maeve, batch.id).error().kind, ErrorKind::NotAllowed);
    must(imports->take_back(*root, batch.id));
    constexpr const char* deeds = "SELECT COUNT(*) FROM audit_entry WHERE organisation = $1 AND person = $2 AND "
                                  "deed IN ('begin.import', 'take.import', 'begin.take_back', 'take_back.import')";
    EXPECT_EQ(desks->count(deeds, *ada->person()), 4);
}

constexpr const char* three_days = "date,steps,sleep_hours\n2026-01-01,5000,7\n2026-01-02,5200,6.5\n2026-01-03,4800,8\n";

TEST_P(ImportsTest, NothingOfAWearableIsKeptWithoutAYesToIt)
{
    const auto refused = imports->take(*root, *ada->person(), read_days(three_days), "watch", "x");
    EXPECT_EQ(refused.error().kind, ErrorKind::NotAllowed);
    const auto day = std::chrono::floor<std::chrono::days>(clock().now());
    EXPECT_EQ(daily->put(*ada, *ada->person(), {day, "watch", {{"steps", 1}}, {}}).error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(desks->count(count_days, *ada->person()), 0);
    EXPECT_EQ(desks->count(count_batches, *ada->person()), 0);
}

TEST_P(ImportsTest, AYesThatIsTakenBackStopsAndHidesAndErasureDeletes)
{
    agree(true);
    const auto day = std::chrono::floor<std::chrono::days>(clock().now());
    must(daily->put(*ada, *ada->person(), {day, "watch", {{"steps", 4000}}, {}}));
    EXPECT_EQ(drawn().size(), 1U);
    agree(false);
    EXPECT_THAT(drawn(), IsEmpty());
    EXPECT_EQ(daily->put(*ada, *ada->person(), {day, "watch", {{"steps", 4100}}, {}}).error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(desks->count(count_days, *ada->person()), 1);
    const OwnRecord own(*desks->house->record, *desks->house->accounts, *desks->house->consents);
    EXPECT_THAT(must(own.everything(*ada)), HasSubstr("\"steps\"")) << "what is kept is theirs to see";
    take(bad_week());
    must(desks->house->erasure->erase(system(), *ada->person()));
    EXPECT_EQ(desks->count(count_days, *ada->person()), 0);
    EXPECT_EQ(desks->count(count_batches, *ada->person()), 0);
}

TEST_P(ImportsTest, ADayOfASourceIsOneRowAndAFileStandsBesideIt)
{
    agree(true);
    const auto third = std::chrono::sys_days{std::chrono::year{2026} / 1 / 3};
    const auto steps_on_third = [&] {
        for (const auto& course : drawn())
            if (course.measure == "steps")
                for (const auto& [day, value] : course.points)
                    if (day == third)
                        return value;
        return -1.0;
    };
    must(daily->put(*ada, *ada->person(), {third, "watch", {{"steps", 4000}}, {}}));
    must(daily->put(*ada, *ada->person(), {third, "watch", {{"steps", 4100}}, {}}));
    EXPECT_EQ(desks->count(count_days, *ada->person()), 1);
    EXPECT_EQ(steps_on_third(), 4100);
    pass(hours{1});
    const auto batch = must(imports->take(*root, *ada->person(), read_days(three_days), "watch", "x"));
    EXPECT_EQ(batch.taken, 3);
    EXPECT_EQ(steps_on_third(), 4800) << "what was received last counts";
    EXPECT_EQ(must(imports->take_back(*root, batch.id)).rows, 3);
    EXPECT_EQ(steps_on_third(), 4100) << "what stood before the file stands again";
}

// What a wearable counted calls nobody by itself, however low it falls.
TEST_P(ImportsTest, WhatAWearableCountedNeverRaisesAnAlertAlone)
{
    agree(true);
    const auto today = std::chrono::floor<std::chrono::days>(clock().now());
    for (int day = 60; day >= 0; --day)
        must(daily->put(*ada, *ada->person(),
                        {today - std::chrono::days{day}, "watch",
                         {{"steps", day < 20 ? 5 : 9000}, {"resting_heart_rate", day < 20 ? 180 : 60}}, {}}));
    night();
    EXPECT_TRUE(findings().empty());
    EXPECT_FALSE(desks->alert(*ada->person()).has_value());
    ASSERT_EQ(drawn().size(), 2U);
    EXPECT_TRUE(drawn()[0].direction->differs) << "it is said where somebody looks";
}

TEST_P(ImportsTest, SaysWhatIsWrongWithADay)
{
    agree(true);
    const auto today = std::chrono::floor<std::chrono::days>(clock().now());
    const auto where = [&](monitoring::DailyDesk::Day day) {
        return daily->put(*ada, *ada->person(), day).error().where;
    };
    EXPECT_EQ(where({today + std::chrono::days{3}, "watch", {{"steps", 1}}, {}}), "/day");
    EXPECT_EQ(where({today - std::chrono::days{500}, "watch", {{"steps", 1}}, {}}), "/day");
    EXPECT_EQ(where({today, "", {{"steps", 1}}, {}}), "/source");
    EXPECT_EQ(where({today, "watch", {}, {}}), "/values");
    EXPECT_EQ(where({today, "watch", {{"mood", 1}}, {}}), "/values/mood");
    EXPECT_EQ(where({today, "watch", {{"steps", -1}}, {}}), "/values/steps");
    EXPECT_EQ(daily->put(*maeve, *ada->person(), {today, "watch", {{"steps", 1}}, {}}).error().kind, ErrorKind::NotAllowed);
}

} // namespace
} // namespace handrail::errands
