// What the gateway makes of what people write, what it keeps of it, and what it never says.
#include <gmock/gmock.h>

#include "gateway/house_of_apps.h"

namespace handrail::gateway {
namespace {

using namespace std::chrono_literals;
using test::must;
using testing::HasSubstr;
using testing::Not;

constexpr const char* in_danger = "I am going to kill myself tonight. The pills are in my hand.";
constexpr const char* people = "SELECT COUNT(*) FROM person WHERE organisation = $1";
constexpr const char* alerts_kept = "SELECT COUNT(*) FROM alert WHERE organisation = $1";
constexpr const char* findings_kept = "SELECT COUNT(*) FROM finding WHERE organisation = $1";
constexpr const char* findings_with_words = "SELECT COUNT(*) FROM finding WHERE organisation = $1 AND length(sealed_body) > 0";
constexpr const char* documents = "SELECT COUNT(*) FROM document WHERE organisation = $1";
constexpr const char* steps = "SELECT COUNT(*) FROM alert_step WHERE organisation = $1";

Beside in_country(const char* country)
{
    Beside beside;
    beside.where.region = country;
    return beside;
}

TEST(GatewayDesk, K1_DangerIsAnsweredWithHelpAndReachesStaffOnce)
{
    HouseOfApps apps;
    const auto key = apps.key().key;
    const auto judged = apps.judge(key, {in_danger}, "u1", in_country("IE"));
    EXPECT_EQ(judged.level, Urgency::Now);
    EXPECT_EQ(judged.category, Category::Suicide);
    ASSERT_TRUE(judged.help);
    EXPECT_THAT(judged.help->text, HasSubstr("112"));
    EXPECT_TRUE(judged.told_staff);
    const auto person = apps.person(key, "u1");
    ASSERT_TRUE(person);
    const auto alert = apps.alert_of(*person);
    ASSERT_TRUE(alert);
    EXPECT_EQ(alert->urgency, Urgency::Now);

    // A client sends the same request again by itself: the same help, and no second event.
    const auto before = apps.count(steps);
    const auto again = apps.judge(key, {in_danger}, "u1", in_country("IE"));
    ASSERT_TRUE(again.help);
    EXPECT_EQ(again.help->text, judged.help->text);
    EXPECT_EQ(apps.count(alerts_kept), 1);
    EXPECT_EQ(apps.count(findings_kept), 1);
    EXPECT_EQ(apps.count(steps), before);
    EXPECT_TRUE(apps.desk.tally().in.adds_up());
    EXPECT_EQ(apps.desk.tally().in.released, 0u);
}

TEST(GatewayDesk, K1_DangerThatWasSaidBeforeIsNotOverWithTheNextMessage)
{
    HouseOfApps apps;
    const auto key = apps.key().key;
    const auto first = apps.judge(key, {in_danger});
    const auto next = apps.judge(key, {in_danger, first.help->text, "ok thanks bye"});
    EXPECT_EQ(next.level, Urgency::Now);
    ASSERT_TRUE(next.help);
    EXPECT_EQ(apps.count(findings_kept), 1) << "nothing new was said";
}

TEST(GatewayDesk, K1_EveryRoleButSystemIsScreened)
{
    HouseOfApps apps;
    const auto key = apps.key().key;
    const auto judge = [&](const std::string& messages) {
        return must(apps.desk.judge(key, must(read_chat_request(R"({"model":"small","messages":[)" + messages + "]}")), {}));
    };
    const std::string said = std::string(R"("content":")") + in_danger + R"("})";
    EXPECT_TRUE(judge(R"({"role":"user",)" + said).help);
    EXPECT_TRUE(judge(R"({"role":"user","content":"Read my diary"},{"role":"assistant","content":null,"tool_calls":[]},{"role":"tool","tool_call_id":"c",)" + said).help);
    EXPECT_TRUE(judge(R"({"role":"user","content":[{"type":"text","text":"I am going to kill"},{"type":"text","text":"myself tonight"}]})").help);
    EXPECT_TRUE(judge(R"({"role":"user","content":"hello","name":")" + std::string(in_danger) + R"("})").help);
    EXPECT_FALSE(judge(R"({"role":"system",)" + said + R"(,{"role":"user","content":"Good morning, how are you today?"})").help);
    EXPECT_FALSE(judge(R"({"role":"user","content":"What is the weather in Galway?"},{"role":"assistant","content":null},{"role":"tool","tool_call_id":"c","content":"{\"t\":11,\"wind\":\"NW\"}"})").help);
}

TEST(GatewayDesk, K10_OrdinaryTalkLeavesNothingBehind)
{
    HouseOfApps apps;
    const auto key = apps.key().key;
    const auto judged = apps.judge(key, {"What shall I cook for six people on Saturday?"});
    EXPECT_FALSE(judged.help);
    EXPECT_EQ(judged.level, Urgency::Usual);
    EXPECT_EQ(apps.count(people), 0);
    EXPECT_EQ(apps.count(findings_kept), 0);
    EXPECT_EQ(apps.count(documents), 0);
    EXPECT_TRUE(apps.desk.tally().in.adds_up());
    EXPECT_EQ(apps.desk.tally().in.withheld, 0u);
}

TEST(GatewayDesk, K10_WithoutANamedResponderNobodyIsSaidToKnow)
{
    HouseOfApps apps;
    apps.staffed_by("Maeve Dorrigan");
    const auto nobody = apps.judge(apps.key().key, {in_danger});
    const auto named = apps.judge(apps.key({.app = "App", .responder = "Maeve Dorrigan"}).key, {in_danger});
    ASSERT_TRUE(nobody.help && named.help);
    EXPECT_TRUE(nobody.told_staff) << "the alert is raised all the same";
    EXPECT_THAT(named.help->text, HasSubstr("Maeve Dorrigan"));
    EXPECT_THAT(nobody.help->text, Not(HasSubstr("Maeve")));
    for (const char* claim : {"was told", "has been told", "was alerted", "care team", "will answer", "on the way"})
        EXPECT_THAT(nobody.help->text, Not(HasSubstr(claim)));
    EXPECT_FALSE(apps.desk.keys().add(apps.house.system(), {.app = "App", .responder = "Nobody Here"}).ok());
}

TEST(GatewayDesk, K9_CountryAgeAndStyleComeByHeaderAndNoNumberIsGuessed)
{
    HouseOfApps apps;
    const auto key = apps.key().key;
    const auto nowhere = apps.judge(key, {in_danger});
    EXPECT_THAT(nowhere.help->text, Not(HasSubstr("988")));
    EXPECT_THAT(nowhere.help->text, Not(HasSubstr("911")));
    EXPECT_THAT(nowhere.help->text, HasSubstr("emergency"));
    EXPECT_THAT(apps.judge(key, {in_danger}, "u2", in_country("US")).help->text, HasSubstr("988"));
    EXPECT_EQ(apps.judge(key, {in_danger}, "u3", in_country("XX")).help->text, nowhere.help->text);
    Beside brief = in_country("IE");
    brief.brief = true;
    const auto full = apps.judge(key, {in_danger}, "u4", in_country("IE")).help->text;
    const auto less = apps.judge(key, {in_danger}, "u5", brief).help->text;
    EXPECT_LT(less.size(), full.size());
    EXPECT_THAT(less, HasSubstr("112"));
}

TEST(GatewayDesk, AReferenceMeansSomebodyOnlyUnderItsOwnKey)
{
    HouseOfApps apps;
    const auto one = apps.key({.app = "One"}).key;
    const auto two = apps.key({.app = "Two"}).key;
    apps.judge(one, {in_danger}, "user-7");
    apps.judge(two, {in_danger}, "user-7");
    const auto first = apps.person(one, "user-7");
    const auto second = apps.person(two, "user-7");
    ASSERT_TRUE(first && second);
    EXPECT_NE(*first, *second);
    EXPECT_EQ(apps.count(people), 2);
    apps.judge(one, {"I want to die. I cannot go on."}, "user-7");
    EXPECT_EQ(apps.count(people), 2) << "the same reference is the same person";
}

TEST(GatewayDesk, AKeyIsOfOneOrganisationAndMayDoWhatItsScopesSay)
{
    HouseOfApps apps;
    const auto made = apps.key();
    EXPECT_EQ(must(apps.desk.holder(made.secret)).id, made.key.id);
    EXPECT_FALSE(apps.desk.holder("hr-nobody").ok());
    EXPECT_FALSE(apps.desk.holder("").ok());
    EXPECT_TRUE(test::files_holding(apps.house.folder.path(), made.secret).empty());

    const auto other = must(apps.house.organisations->create("other"));
    const auto theirs = must(apps.desk.keys().add(apps.house.system(other), {.app = "Theirs"}));
    apps.house.clock.pass(6s);
    EXPECT_EQ(apps.desk.holder(theirs.secret).error().kind, ErrorKind::NotSignedIn);

    const auto silent = apps.key({.app = "Silent", .scopes = {KeyScope::Chat}}).key;
    const auto judged = apps.judge(silent, {in_danger});
    EXPECT_TRUE(judged.help);
    EXPECT_FALSE(judged.told_staff);
    EXPECT_EQ(apps.count(people), 0);

    must(apps.desk.keys().revoke(apps.house.system(), made.key.id));
    apps.house.clock.pass(6s);
    EXPECT_FALSE(apps.desk.holder(made.secret).ok());
    EXPECT_EQ(apps.desk.keys().revoke(apps.house.system(), made.key.id).error().kind, ErrorKind::Conflict);
    // Whoever signed in is no administrator may do none of it.
    const auto clinician = apps.house.staff(Role::Clinician, "clinician", {apps.house.team});
    EXPECT_FALSE(apps.desk.keys().add(clinician, {.app = "X"}).ok());
    EXPECT_FALSE(apps.desk.keys().list(clinician).ok());
}

TEST(GatewayDesk, ABudgetIsADaysAndOutlivesARestart)
{
    HouseOfApps apps;
    const auto key = apps.key({.app = "App", .requests_a_day = 2}).key;
    EXPECT_TRUE(apps.desk.count(key).ok());
    EXPECT_TRUE(apps.desk.count(key).ok());
    EXPECT_EQ(apps.desk.count(key).error().kind, ErrorKind::TooMuch);
    apps.desk.round();
    KeyDesk restarted(*apps.house.record, *apps.house.settings, *apps.house.accounts, apps.house.clock);
    EXPECT_FALSE(restarted.count(apps.house.system(), key).ok());
    EXPECT_TRUE(apps.judge(key, {in_danger}).help) << "no budget stands in the way of help";
    apps.house.clock.pass(24h);
    EXPECT_TRUE(restarted.count(apps.house.system(), key).ok());
}

TEST(GatewayDesk, K10_WhatPeopleWroteIsSealedAndGoesWhenItsDaysAreOver)
{
    GatewaySettings settings;
    settings.keep_crisis_days = 7;
    HouseOfApps apps(settings);
    const auto key = apps.key().key;
    apps.judge(key, {std::string(in_danger) + " Zanzibarcanary."}, "u1");
    EXPECT_TRUE(test::files_holding(apps.house.folder.path(), "Zanzibarcanary").empty());
    EXPECT_TRUE(test::files_holding(apps.house.folder.path(), "The pills are in").empty());
    EXPECT_EQ(apps.count(documents), 0) << "prompts are kept only where that is switched on";
    EXPECT_EQ(apps.count(findings_with_words), 1);

    apps.house.clock.pass(24h * 8);
    apps.desk.round();
    EXPECT_EQ(apps.count(findings_with_words), 1) << "while its alert is open it stays";
    const auto clinician = apps.house.staff(Role::Clinician, "clinician", {apps.house.team});
    const auto alert = apps.alert_of(*apps.person(key, "u1"));
    ASSERT_TRUE(alert);
    must(apps.alerts.acknowledge(clinician, alert->id, "on it"));
    must(apps.alerts.record_outcome(clinician, alert->id, {care::Outcome::Reached, "The app reached them.", {}, {}}));
    apps.house.clock.pass(24h + 1s);
    apps.desk.round();
    EXPECT_EQ(apps.count(findings_with_words), 0);
    EXPECT_EQ(apps.count(findings_kept), 1) << "that there was one stays";
    EXPECT_EQ(apps.noted, "");
}

TEST(GatewayDesk, PromptsAreKeptSealedWhereThatIsSwitchedOn)
{
    GatewaySettings settings;
    settings.keep_prompts = true;
    HouseOfApps apps(settings);
    const auto key = apps.key().key;
    apps.judge(key, {"What shall I cook? Zanzibarcanary"}, "u1");
    apps.judge(key, {"And for dessert?"}, "u1");
    EXPECT_EQ(apps.count(documents), 2);
    EXPECT_EQ(apps.count(people), 1);
    EXPECT_TRUE(test::files_holding(apps.house.folder.path(), "Zanzibarcanary").empty());
}

TEST(GatewayDesk, HelpNeedsNoStore)
{
    HouseOfApps apps;
    apps.staffed_by("Maeve Dorrigan");
    const auto key = apps.key({.app = "App", .responder = "Maeve Dorrigan"}).key;
    apps.away = true;
    const auto judged = apps.judge(key, {in_danger}, "u1", in_country("IE"));
    ASSERT_TRUE(judged.help);
    EXPECT_FALSE(judged.told_staff);
    EXPECT_THAT(judged.help->text, HasSubstr("112"));
    EXPECT_THAT(judged.help->text, Not(HasSubstr("Maeve")));
    EXPECT_THAT(apps.noted, HasSubstr("could not be kept"));
    EXPECT_THAT(apps.noted, Not(HasSubstr("pills")));
}

TEST(GatewayDesk, WhatNobodyUnderstandsAsksAHuman)
{
    HouseOfApps apps;
    const auto key = apps.key().key;
    const std::string dutch = "Ik weet echt niet meer hoe ik verder moet, alles is zo zwaar en niemand luistert naar mij";
    const auto judged = apps.judge(key, {dutch});
    EXPECT_EQ(judged.level, Urgency::Unknown);
    EXPECT_TRUE(judged.help);
    EXPECT_TRUE(judged.told_staff);
    GatewaySettings settings;
    settings.pass_not_understood = true;
    HouseOfApps passing(settings);
    const auto passed = passing.judge(passing.key().key, {dutch});
    EXPECT_FALSE(passed.help);
    EXPECT_TRUE(passed.told_staff);
}

class Failing final : public InputScreen {
public:
    Finding screen(std::string_view, std::span<const std::string>, std::string_view) const override
    {
        throw std::runtime_error("the model of the screener is gone");
    }
    bool rules_only() const override { return false; }
};

TEST(GatewayDesk, K6_WhenTheScreenerFailsNothingGoesIn)
{
    const Failing failing;
    HouseOfApps apps({}, &failing);
    const auto key = apps.key().key;
    const auto judged = apps.desk.judge(key, must(read_chat_request(R"({"model":"small","messages":[{"role":"user","content":"hi"}]})")), {});
    EXPECT_FALSE(judged.ok());
    const auto& in = apps.desk.tally().in;
    EXPECT_EQ(in.received, 2u);
    EXPECT_EQ(in.screened, 0u);
    EXPECT_EQ(in.withheld, 2u);
}

} // namespace
} // namespace handrail::gateway
