// The course of somebody made again from all they answered, on both stores: it is the block that every answer kept up to date.
#include <gmock/gmock.h>

#include "content/trend_protocol.h"
#include "errands/asked_people.h"
#include "errands/nightly.h"
#include "errands/person_page.h"
#include "monitoring/answer_rows.h"
#include "monitoring/design_desk.h"
#include "monitoring/evening_check.h"
#include "monitoring/treatment_desk.h"

namespace handrail::errands {
namespace {

using monitoring::evening_check;
using std::chrono::hours;
using std::chrono::minutes;
using test::must;

class CourseReplayed : public AskedPeople {
protected:
    void SetUp() override
    {
        AskedPeople::SetUp();
        if (IsSkipped())
            return;
        auto& house = *desks->house;
        people.emplace(*house.data, *house.keyring);
        auto protocol = must(content::load_trend_protocol(content_folder));
        nightly.emplace(*people, *house.record, desks->listening, desks->service,
                        monitoring::NightJudge(std::move(protocol), {{"phq-9", true}}), house.clock);
    }
    void fill_in(const std::string& id, const std::vector<std::int64_t>& given, std::vector<std::string> refused = {})
    {
        const auto& instrument = *asking().instruments.find(id);
        monitoring::AnswerDesk::Questionnaire form{id, instrument.version, "en", {}, std::move(refused), false};
        for (std::size_t i = 0; i < given.size(); ++i)
            form.answers[instrument.items[i].id] = {monitoring::GivenAnswer::Kind::Whole, given[i]};
        must(answers->save_questionnaire(*ada, form));
    }
    /// Some months of everything that goes into a course.
    void live_on()
    {
        const monitoring::DesignDesk designs{*desks->house->record, asks->asking().asks};
        const auto evening = must(designs.create(*maeve, evening_check()));
        for (int day = 0; day < 130; ++day) {
            if (day % 7 != 3)
                check_in(day < 100 ? 3 + day % 3 : 1, day % 10 == 0 ? "A long walk." : "");
            if (day % 3 == 0) {
                monitoring::AnswerDesk::CheckIn given;
                given.form = evening.form();
                given.version = std::to_string(evening.version);
                given.answers["energy"] = std::int64_t{day % 10};
                must(answers->save_check_in(*ada, given));
            }
            if (day % 14 == 5)
                fill_in("phq-9", {1, 2, 0, day % 4, 1, 0, 2, 1, day == 33 ? 1 : 0});
            if (day == 34)
                fill_in("c-ssrs-screen", {1, 1, 0, 0, 0, 0});
            if (day == 50)
                fill_in("phq-9", {1, 2, 0}); // left half open: no total
            if (day == 60)
                must(monitoring::TreatmentDesk(*desks->house->record)
                         .set_treatment(*maeve, *ada->person(),
                                        monitoring::Treatment{std::chrono::floor<std::chrono::days>(clock().now()), true, false}));
            pass(hours{24} + minutes{7});
        }
    }
    monitoring::Course kept()
    {
        monitoring::Course course;
        must(desks->house->record->read(system(), [&](trust::Reading& reading) -> Result<void> {
            course = TRY(monitoring::read_course(reading, *ada->person()));
            return {};
        }));
        return course;
    }
    void keep(const monitoring::Course& course)
    {
        must(desks->house->record->write(system(), [&](trust::Writing& writing) -> Result<void> {
            return monitoring::write_course(writing, *ada->person(), course);
        }));
    }
    std::optional<trust::EveryPerson> people;
    std::optional<Nightly> nightly;
};

INSTANTIATE_TEST_SUITE_P(Stores, CourseReplayed, testing::ValuesIn(both_stores), [](const auto& each) { return each.param.name; });

TEST_P(CourseReplayed, IsTheBlockThatEveryAnswerKeptUpToDate)
{
    live_on();
    const auto before = kept();
    ASSERT_FALSE(before.totals().empty());
    ASSERT_FALSE(before.series().empty());
    ASSERT_TRUE(before.treatment());
    ASSERT_LT(before.answers().size(), 90U) << "the block lets go of what is older than ninety days; the answers stay";
    const auto told = must(nightly->replay(system(), asking(), 2));
    EXPECT_EQ(told.people, 1);
    EXPECT_EQ(told.differ, 0);
    EXPECT_EQ(told.shut, 0);
    EXPECT_EQ(told.carried, 0);
    EXPECT_GT(told.answers, 130);
    EXPECT_EQ(told.findings, static_cast<std::int64_t>(
                                 nightly->judge().judge(before, clock().now() - hours{24 * 7}, clock().now()).size()));
    EXPECT_GT(told.findings, 0);
    EXPECT_EQ(kept().encoded(), before.encoded()) << "nothing was changed";
    EXPECT_EQ(nightly->replay(*maeve, asking(), 1).error().kind, ErrorKind::NotAllowed);
}

TEST_P(CourseReplayed, SeesABlockThatSaysSomethingElse)
{
    live_on();
    auto other = kept();
    other.add(monitoring::CourseAnswer{std::chrono::floor<std::chrono::seconds>(clock().now()) - hours{1}, 5, 3});
    keep(other);
    EXPECT_EQ(must(nightly->replay(system(), asking(), 1)).differ, 1);
    EXPECT_EQ(kept().encoded(), other.encoded()) << "it says so, and changes nothing";
}

TEST_P(CourseReplayed, TakesATotalOfAnotherVersionFromTheBlock)
{
    fill_in("phq-9", {1, 1, 1, 1, 1, 1, 1, 1, 0});
    constexpr rows::Statement older{"test.older_version", "UPDATE answer SET version = 'before' WHERE organisation = $1"};
    must(desks->house->record->write(system(), [&](trust::Writing& writing) -> Result<void> {
        TRY(writing.change(older, {}));
        return {};
    }));
    const auto told = must(nightly->replay(system(), asking(), 1));
    EXPECT_EQ(told.carried, 1);
    EXPECT_EQ(told.differ, 0);
}

// Signs that ask for nobody stand on the page of whoever opens it, and nowhere else.
TEST_P(CourseReplayed, IsWhatThePageOfAPersonOffersSignsFrom)
{
    live_on();
    PersonPage page(*desks->house->record, *desks->house->accounts);
    EXPECT_THAT(must(page.open(*maeve, *ada->person())).offers, testing::IsEmpty());
    page.make_offers_by(nightly->judge());
    const auto kept_before = findings().size();
    const auto view = must(page.open(*maeve, *ada->person()));
    ASSERT_FALSE(view.offers.empty()) << "a month of the same answer, from somebody whose answers differed";
    EXPECT_EQ(view.offers.front().offer.kind, "entry_fatigue");
    EXPECT_EQ(view.offers.front().question, "") << "of the mood";
    for (const auto& each : view.offers)
        EXPECT_GE(each.offer.at, clock().now() - hours{24 * 28});
    EXPECT_EQ(findings().size(), kept_before);
    EXPECT_THAT(view.scales, testing::ElementsAre(testing::Pair(testing::_, "How much energy do you have?")));
}

TEST_P(CourseReplayed, GoesWithWhatThePersonDid)
{
    monitoring::AnswerDesk::CheckIn given;
    given.version = asking().daily.version;
    given.answers["mood"] = std::int64_t{4};
    given.answers["did"] = std::vector<std::string>{"people", "out"};
    must(answers->save_check_in(*ada, given));
    check_in(3);
    const auto own = must(answers->own_course(*ada));
    EXPECT_EQ(own.course.answers().size(), 1U) << "both within one second";
    ASSERT_EQ(own.did.size(), 1U) << "what was left open is no value";
    EXPECT_THAT(own.did.front().what, testing::ElementsAre("people", "out"));
    const PersonPage page(*desks->house->record, *desks->house->accounts);
    EXPECT_EQ(must(page.open(*maeve, *ada->person())).did.size(), 1U);
    pass(hours{24 * 91});
    EXPECT_THAT(must(answers->own_course(*ada)).did, testing::IsEmpty());
}

} // namespace
} // namespace handrail::errands
