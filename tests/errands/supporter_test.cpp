// What a person lets a supporter see of their safety plan, on both stores: what they ticked, while the link lasts, and no more.
#include "care/supporter_desk.h"

#include <gmock/gmock.h>

#include "errands/asked_people.h"
#include "errands/own_record.h"
#include "trust/contact_desk.h"

namespace handrail::errands {

namespace {

using care::PlanPart;
using care::SupporterDesk;
using care::SupporterId;
using std::chrono::hours;
using std::chrono::minutes;
using test::must;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr hours day{24};

class Supporters : public AskedPeople {
protected:
    void SetUp() override
    {
        AskedPeople::SetUp();
        if (IsSkipped())
            return;
        supporters.emplace(*desks->house->record, desks->listening, desks->service, *desks->house->consents, asking().asks);
        write_plan("I stop answering");
        joss = must(supporters->add(*ada, "Joss", "my brother")).id;
    }
    void write_plan(const std::string& sign)
    {
        const care::DocumentDesk documents(*desks->house->record);
        auto plan = must(documents.safety_plan(*ada, who()));
        plan.warning_signs = {sign};
        plan.coping = {"The long walk"};
        plan.people = {{"Berit", "085 555 0142"}};
        must(documents.save(*ada, who(), plan));
    }
    static SupporterDesk::Sharing sharing(std::set<PlanPart> shares = {PlanPart::WarningSigns})
    {
        return {std::move(shares), 30, "Addie", "en", "en-1"};
    }
    std::string link(std::set<PlanPart> shares = {PlanPart::WarningSigns})
    {
        return must(supporters->share(*ada, *joss, sharing(std::move(shares)))).token;
    }
    Result<SupporterDesk::Opened> open(const std::string& token) { return supporters->open(desks->house->organisation, token); }
    SupporterDesk::Own own() { return must(supporters->own(*ada)).supporters.at(0); }
    std::string everything()
    {
        return must(OwnRecord(*desks->house->record, *desks->house->accounts, *desks->house->consents).everything(*ada));
    }
    void of_age(std::string_view band)
    {
        must(desks->house->record->write(system(), [&](trust::Writing& writing) {
            return trust::ContactDesk(*desks->house->record, *desks->house->keyring).set_age_band(writing, who(), band);
        }));
    }

    std::optional<SupporterDesk> supporters;
    std::optional<SupporterId> joss;
};

INSTANTIATE_TEST_SUITE_P(Stores, Supporters, testing::ValuesIn(both_stores), [](const auto& each) { return each.param.name; });

TEST_P(Supporters, ALinkShowsWhatWasTickedAsItIsNowAndNothingElse)
{
    const auto token = link();
    auto opened = must(open(token));
    EXPECT_THAT(opened.plan.warning_signs, ElementsAre("I stop answering"));
    EXPECT_THAT(opened.plan.coping, IsEmpty());
    EXPECT_THAT(opened.plan.people, IsEmpty());
    EXPECT_EQ(opened.link.called, "Addie");
    write_plan("I stop going out");
    EXPECT_THAT(must(open(token)).plan.warning_signs, ElementsAre("I stop going out")) << "as it is now";
    must(supporters->change(*ada, *joss, {PlanPart::People}));
    opened = must(open(token));
    EXPECT_THAT(opened.plan.warning_signs, IsEmpty()) << "unticked";
    ASSERT_EQ(opened.plan.people.size(), 1U);
    EXPECT_EQ(opened.plan.people[0].name, "Berit");
    EXPECT_THAT(test::files_holding(desks->house->folder.path(), token), IsEmpty()) << "only a hash is kept";
    EXPECT_THAT(test::files_holding(desks->house->folder.path(), "Addie"), IsEmpty()) << "sealed";
}

TEST_P(Supporters, C13_TheWordsForHelpersAreTheFixedOnesAndSayNothingOfATeam)
{
    must(desks->conversations.begin_anew(*ada, false));
    must(desks->conversations.write(*ada, "I am going to kill myself tonight", {}));
    ASSERT_TRUE(desks->alert(who()));
    const auto opened = must(open(link()));
    EXPECT_THAT(opened.worried.text_id, StartsWith("soon.suicide.other/"));
    EXPECT_THAT(opened.danger.text_id, StartsWith("now.suicide.other/"));
    EXPECT_FALSE(opened.danger.blocks.empty());
    for (const auto* help : {&opened.worried, &opened.danger})
        for (const auto& block : help->blocks)
            EXPECT_TRUE(block.kind != Block::Kind::Told && block.kind != Block::Kind::Question);
}

TEST_P(Supporters, EachOpeningIsCountedAndThePersonReadsIt)
{
    const auto token = link();
    EXPECT_EQ(own().link->opened, 0);
    EXPECT_FALSE(own().link->opened_at);
    pass(hours{2});
    must(open(token));
    pass(hours{3});
    must(open(token));
    const auto last = clock().now();
    pass(hours{1});
    EXPECT_FALSE(open(token + "x").ok());
    EXPECT_EQ(own().link->opened, 2);
    EXPECT_EQ(own().link->opened_at, last);
    int lines = 0;
    for (const auto& line : must(desks->house->audit->who_looked(*ada, std::nullopt, 1000)))
        if (line.deed == "follow.supporter_link") {
            ++lines;
            EXPECT_EQ(RawId{line.about_id}, RawId{*joss});
        }
    EXPECT_EQ(lines, 2);
}

TEST_P(Supporters, TakenBackEndedRenewedOrWrongAreToldTheSame)
{
    const auto wrong = open(std::string(43, 'x')).error().told;
    for (const auto& token : {std::string(), std::string("AAAA"), std::string(5000, 'A'), std::string("../../etc"), std::string(43, '\0')})
        EXPECT_EQ(open(token).error().told, wrong);
    const auto first = link();
    const auto second = link();
    EXPECT_EQ(open(first).error().told, wrong) << "one link a supporter";
    must(open(second));
    must(supporters->take_back(*ada, *joss));
    EXPECT_EQ(open(second).error().told, wrong);
    EXPECT_FALSE(own().link);
    EXPECT_EQ(supporters->take_back(*ada, *joss).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(supporters->change(*ada, *joss, {PlanPart::People}).error().kind, ErrorKind::NotFound);
    const auto third = link();
    pass(30 * day - minutes{1});
    must(open(third));
    pass(minutes{1});
    EXPECT_EQ(open(third).error().told, wrong) << "it ended by itself";
    EXPECT_TRUE(own().link) << "the person still sees that it was opened";
    EXPECT_EQ(supporters->change(*ada, *joss, {PlanPart::People}).error().kind, ErrorKind::NotFound);
    const auto fourth = link();
    must(supporters->remove(*ada, *joss));
    EXPECT_EQ(open(fourth).error().told, wrong) << "off the list";
    EXPECT_EQ(supporters->share(*ada, *joss, sharing()).error().kind, ErrorKind::NotFound);
}

TEST_P(Supporters, OnlyThePersonMakesALinkAndWithinBounds)
{
    const auto refused = [&](auto change) {
        auto odd = sharing();
        change(odd);
        return supporters->share(*ada, *joss, odd).error().where;
    };
    EXPECT_EQ(refused([](auto& odd) { odd.shares.clear(); }), "/shares");
    EXPECT_EQ(refused([](auto& odd) { odd.days = 366; }), "/days");
    EXPECT_EQ(refused([](auto& odd) { odd.language = "xx"; }), "/language");
    EXPECT_EQ(refused([](auto& odd) { odd.called = "  "; }), "/called");
    EXPECT_EQ(refused([](auto& odd) { odd.called = "a\nb"; }), "/called");
    EXPECT_EQ(supporters->add(*ada, " ", "").error().where, "/name");
    const auto ben = desks->house->person("Ben");
    EXPECT_EQ(supporters->share(ben, *joss, sharing()).error().kind, ErrorKind::NotFound) << "another's supporter";
    link();
    EXPECT_EQ(supporters->take_back(ben, *joss).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(supporters->change(ben, *joss, {PlanPart::People}).error().kind, ErrorKind::NotFound);
    EXPECT_THAT(must(supporters->to_be_understood(*maeve, who())), IsEmpty()) << "whom a grown person chose is not the team's";
    for (int number = 1; number < 20; ++number)
        must(supporters->add(*ada, "Kim", ""));
    EXPECT_EQ(supporters->add(*ada, "Lou", "").error().kind, ErrorKind::TooMuch);
}

TEST_P(Supporters, BelowSixteenNothingOpensBeforeAClinicianRecordedThatTheyUnderstand)
{
    of_age("13_17");
    desks->answer(*ada, {{"staff_reading", false, "t", {}}});
    EXPECT_EQ(supporters->share(*ada, *joss, sharing()).error().where, "type:consent") << "nobody could talk with them";
    desks->answer(*ada, {{"staff_reading", true, "t", {}}});
    const auto made = must(supporters->share(*ada, *joss, sharing()));
    EXPECT_TRUE(made.waits);
    EXPECT_TRUE(own().waits);
    EXPECT_EQ(open(made.token).error().told, open("x").error().told);
    EXPECT_EQ(own().link->opened, 0);
    const auto noor = desks->house->staff(Role::Clinician, "noor");
    const auto lead = desks->house->staff(Role::Lead, "ruth");
    EXPECT_EQ(supporters->note_understood(noor, who(), *joss, "x").error().where, "outside-team");
    EXPECT_EQ(supporters->note_understood(lead, who(), *joss, "x").error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(supporters->note_understood(*ada, who(), *joss, "x").error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(supporters->note_understood(*maeve, who(), *joss, " ").error().where, "/note");
    const auto waiting = must(supporters->to_be_understood(*maeve, who()));
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_TRUE(waiting[0].waits);
    must(supporters->note_understood(*maeve, who(), *joss, "Said it back."));
    must(open(made.token));
    EXPECT_EQ(own().link->understood->text, "Said it back.");
    EXPECT_FALSE(own().waits);
    EXPECT_TRUE(open(link()).ok()) << "a fresh link for the same supporter asks nobody again";
    must(supporters->take_back(*ada, *joss));
    EXPECT_TRUE(must(supporters->share(*ada, *joss, sharing())).waits) << "once it was taken back, it is a new matter";
}

TEST_P(Supporters, ItStandsInTheDownloadIsForgottenWithThePersonAndGoesWhenItIsOld)
{
    const auto token = link();
    must(open(token));
    for (const char* there : {"Joss", "my brother", "Addie", "warning_signs", "last_opened_at"})
        EXPECT_THAT(everything(), HasSubstr(there));
    EXPECT_THAT(everything(), Not(HasSubstr(token)));
    const char* rows = "SELECT COUNT(*) FROM supporter_link WHERE organisation = $1 AND person = $2";
    desks->save(365);
    pass(365 * day);
    desks->walk();
    EXPECT_EQ(desks->count(rows, who()), 1) << "it ended less long ago than words are kept";
    pass(31 * day);
    desks->walk();
    EXPECT_EQ(desks->count(rows, who()), 0);
    const auto fresh = link();
    must(desks->house->erasure->erase(system(), who()));
    EXPECT_EQ(desks->count(rows, who()), 0);
    EXPECT_EQ(open(fresh).error().told, open("x").error().told);
}

} // namespace

} // namespace handrail::errands
