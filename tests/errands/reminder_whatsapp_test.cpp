// Reminders by WhatsApp, on both stores, to the stand-in of Meta's API and to a mail server beside it.
#include <boost/json.hpp>

#include "errands/own_record.h"
#include "errands/reminders.h"
#include "errands/shipped_asking.h"
#include "errands/smtp_stand_in.h"
#include "errands/whatsapp_people.h"
#include "errands/whatsapp_reminder.h"
#include "language/curl_mail.h"
#include "monitoring/ask_desk.h"
#include "monitoring/design_desk.h"
#include "monitoring/evening_check.h"
#include "trust/link_desk.h"

namespace handrail::errands {

namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class ReminderByWhatsapp : public WhatsApp {
protected:
    void SetUp() override
    {
        WhatsApp::SetUp();
        if (IsSkipped())
            return;
        auto& house = *desks->house;
        house.clock.set(*from_rfc3339("2026-01-05T12:00:00Z"));
        maeve = house.staff(Role::Clinician, "maeve", {house.team});
        ada = house.person("Ada Quillfeather");
        desks->answer(*ada, {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}});
        asks.emplace(*house.record, desks->listening, asking(), monitoring::QuietHours{},
                     monitoring::RemindingWays{true, true, true, true});
        begin();
    }
    /// With the settings as they are now.
    void begin()
    {
        auto& house = *desks->house;
        restart();
        reminders.reset();
        by_whatsapp.emplace(*house.record, *house.keyring, transport, settings, asking().asks);
        ReminderSettings sends;
        sends.site = "https://talk.example.org";
        sends.server = mail.url();
        sends.tls = false;
        sends.from = "handrail@service.example";
        sends.texts = must(channels::ReminderTexts::load(content_folder));
        sends.says = must(channels::NoticeTexts::load(content_folder));
        reminders.emplace(*house.record, Reminders::Ways{transport, letters, &*by_whatsapp}, sends, monitoring::QuietHours{});
    }
    void with_template()
    {
        settings.templates = {{"en", "something_waits"}};
        begin();
    }
    void join()
    {
        const auto got = writes("join" + std::to_string(++joins), text(must(desk->fresh_code(*ada)).text));
        ASSERT_EQ(person("353871234567"), *ada->person());
        ASSERT_FALSE(got.empty());
    }
    void choose(const char* address = "") { must(asks->set_reminding(*ada, {address, "Europe/Dublin", {}, "", true})); }
    /// Joined, chosen, and asked at the next time of day.
    void joined_and_chosen(const char* address = "")
    {
        join();
        choose(address);
    }
    static monitoring::AskPlan plan_at(const char* local, const std::string& form = "daily")
    {
        const int minute = std::stoi(local) * 60 + std::stoi(std::string(local).substr(3));
        monitoring::AskPlan plan;
        plan.instrument = form;
        plan.schedule.zone = "Europe/Dublin";
        plan.schedule.times = {{{true, true, true, true, true, true, true}, minute, minute}};
        return plan;
    }
    void ask(const monitoring::AskPlan& plan)
    {
        desks->house->clock.set(*must(asks->schedule(*maeve, *ada->person(), plan)).next_at);
        must(asks->round(system()));
    }
    void ask_at(const char* local) { ask(plan_at(local)); }
    /// The daily check-in, a day later.
    void tomorrow()
    {
        for (const auto& each : must(asks->seen(*maeve, *ada->person())).schedules)
            if (each.plan.instrument == "daily")
                desks->house->clock.set(*each.next_at);
        must(asks->round(system()));
    }
    Reminders::Sent remind() { return must(reminders->send_due(system())); }
    /// What Meta was sent since.
    std::vector<GraphStandIn::Received> since(std::size_t before) const
    {
        const auto all = graph.received();
        return {all.begin() + static_cast<std::ptrdiff_t>(before), all.end()};
    }
    std::vector<GraphStandIn::Received> reminded()
    {
        const auto before = graph.received().size();
        remind();
        return since(before);
    }
    static std::string token(const std::string& words)
    {
        const auto at = words.find("/c#");
        return at == std::string::npos ? std::string{} : words.substr(at + 3);
    }
    bool opens(const std::string& words)
    {
        const auto led = trust::LinkDesk(*desks->house->record).follow(desks->house->organisation, token(words));
        return led.ok() && led->actor.person() == ada->person();
    }
    static std::string of_template(const GraphStandIn::Received& received)
    {
        const auto* part = received.body.if_contains("template");
        return part == nullptr ? std::string{} : std::string(part->as_object().at("name").as_string());
    }
    std::int64_t deeds(const char* deed)
    {
        std::int64_t count = 0;
        must(desks->house->record->read(system(), [&](trust::Reading& reading) -> Result<void> {
            const rows::Statement all{"test.deeds", "SELECT COUNT(*) FROM audit_entry WHERE organisation = $1 AND "
                                                    "person = $2 AND deed = $3"};
            count = TRY(reading.rows(all, {*ada->person(), deed})).front()[0].number();
            return {};
        }));
        return count;
    }

    SmtpStandIn mail;
    language::CurlMail letters;
    std::optional<Actor> maeve, ada;
    std::optional<monitoring::AskDesk> asks;
    std::optional<WhatsappReminder> by_whatsapp;
    std::optional<Reminders> reminders;
    int joins = 0;
};

INSTANTIATE_TEST_SUITE_P(Stores, ReminderByWhatsapp, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(ReminderByWhatsapp, I1_TheLinkGoesWithinTheDayAndNamesNobodyAndNothingOfHealth)
{
    join();
    ask_at("13:00");
    EXPECT_THAT(reminded(), IsEmpty()) << "a joined number alone agrees to nothing";
    choose();
    ask_at("14:00");
    const auto got = reminded();
    ASSERT_THAT(got, SizeIs(1));
    EXPECT_THAT(reminded(), IsEmpty());
    EXPECT_EQ(got[0].body.at("to").as_string(), "353871234567");
    const std::string begins = "Handrail: something waits for you https://talk.example.org/c#";
    ASSERT_TRUE(got[0].text().starts_with(begins)) << got[0].text();
    EXPECT_TRUE(opens(got[0].text()));
    EXPECT_FALSE(got[0].body.at("text").as_object().at("preview_url").as_bool()) << "Meta opens no link";
    const auto all = boost::json::serialize(got[0].body);
    for (const char* not_there : {"Ada", "Quillfeather", "maeve", "mood", "health", "check-in", "depress", "daily", "therap"})
        EXPECT_THAT(all, Not(HasSubstr(not_there)));
    EXPECT_THAT(test::files_holding(desks->house->folder.path(), token(got[0].text())), IsEmpty()) << "only a hash is kept";
    EXPECT_THAT(mail.letters(), IsEmpty());
    EXPECT_EQ(deeds("remind.person"), 1);
}

TEST_P(ReminderByWhatsapp, NothingGoesWithoutANumberOfTheirsAndTheNextWayTakesIt)
{
    choose();
    ask_at("13:00");
    EXPECT_EQ(remind().not_needed, 1);
    EXPECT_THAT(graph.received(), IsEmpty());
    EXPECT_EQ(deeds("skip.reminder"), 1) << "they agreed, and no way is open";
    choose("ada@home.example");
    ask_at("14:00");
    EXPECT_EQ(remind().sent, 1);
    EXPECT_THAT(mail.letters(), SizeIs(1));
    EXPECT_EQ(deeds("skip.reminder"), 1);
    // Somebody who only writes on WhatsApp has a number there that is joined to no account.
    EXPECT_THAT(graph.received(), IsEmpty());
}

TEST_P(ReminderByWhatsapp, AfterADayTheTemplateGoesAndTheLinkWhenTheyWriteBack)
{
    with_template();
    joined_and_chosen("ada@home.example");
    pass(hours{24});
    ask_at("20:30");
    auto got = reminded();
    ASSERT_THAT(got, SizeIs(1));
    EXPECT_EQ(of_template(got[0]), "something_waits");
    EXPECT_THAT(boost::json::serialize(got[0].body), Not(HasSubstr("/c#"))) << "no link without the person";
    EXPECT_THAT(mail.letters(), IsEmpty());
    EXPECT_THAT(reminded(), IsEmpty());
    // In the quiet hours as well: they are awake, and wrote for it.
    pass(hours{3});
    EXPECT_THAT(writes("back", text("hello")), Not(IsEmpty()));
    got = reminded();
    ASSERT_THAT(got, SizeIs(1));
    EXPECT_TRUE(opens(got[0].text()));
    EXPECT_THAT(reminded(), IsEmpty()) << "once";
    writes("again", text("and again"));
    EXPECT_THAT(reminded(), IsEmpty());
    EXPECT_THAT(mail.letters(), IsEmpty());
}

TEST_P(ReminderByWhatsapp, NobodyWhoAnsweredInTheMeantimeGetsTheLink)
{
    with_template();
    joined_and_chosen();
    pass(hours{24});
    ask_at("13:00");
    ASSERT_THAT(reminded(), SizeIs(1));
    monitoring::AnswerDesk::CheckIn given;
    given.version = asking().daily.version;
    given.answers["mood"] = std::int64_t{4};
    must(monitoring::AnswerDesk(*desks->house->record, desks->listening, *desks->house->consents, desks->screener, asking())
             .save_check_in(*ada, given));
    writes("back", text("hello"));
    EXPECT_THAT(reminded(), IsEmpty());
}

TEST_P(ReminderByWhatsapp, OneTemplateADayAndBesideItAnotherWayOrNone)
{
    with_template();
    joined_and_chosen();
    pass(hours{24});
    ask_at("13:00");
    ASSERT_THAT(reminded(), SizeIs(1));
    ask(plan_at("15:00", "gad-7"));
    EXPECT_THAT(reminded(), IsEmpty()) << "a second one the same day is held back";
    tomorrow();
    auto got = reminded();
    ASSERT_THAT(got, SizeIs(1)) << "at the same hour of the next day another may go";
    EXPECT_EQ(of_template(got[0]), "something_waits");
    writes("back", text("hello"));
    got = reminded();
    ASSERT_THAT(got, SizeIs(2)) << "both links that are still open, now that they wrote";
    EXPECT_TRUE(opens(got[0].text()));
    EXPECT_TRUE(opens(got[1].text()));
    // With an address a letter goes at once, in place of waiting.
    tomorrow();
    got = reminded();
    ASSERT_THAT(got, SizeIs(1));
    EXPECT_EQ(of_template(got[0]), "something_waits");
    choose("ada@home.example");
    ask(plan_at("17:00", "who-5"));
    EXPECT_THAT(reminded(), IsEmpty());
    EXPECT_THAT(mail.letters(), SizeIs(2)) << "for this one and for that of 15:00";
}

TEST_P(ReminderByWhatsapp, WithoutATemplateAnotherWayTakesItOrItIsWrittenDown)
{
    joined_and_chosen();
    pass(hours{24});
    const auto before = graph.received().size();
    ask_at("13:00");
    EXPECT_EQ(remind().not_needed, 1);
    EXPECT_EQ(deeds("skip.reminder"), 1);
    EXPECT_FALSE(must(asks->seen(*maeve, *ada->person())).asks.at(0).reminded_at.has_value()) << "staff see that none went";
    choose("ada@home.example");
    ask_at("14:00");
    EXPECT_EQ(remind().sent, 1);
    EXPECT_THAT(mail.letters(), SizeIs(1));
    EXPECT_THAT(since(before), IsEmpty());
    // A template in another language than theirs is none.
    settings.templates = {{"de", "etwas_wartet"}};
    begin();
    ask_at("15:00");
    EXPECT_EQ(remind().sent, 1);
    EXPECT_THAT(mail.letters(), SizeIs(2));
    EXPECT_THAT(since(before), IsEmpty());
}

TEST_P(ReminderByWhatsapp, QuietHoursMoveItToTheMorning)
{
    with_template();
    joined_and_chosen();
    ask_at("21:30");
    EXPECT_THAT(reminded(), IsEmpty());
    writes("late", text("good night"));
    EXPECT_THAT(reminded(), IsEmpty()) << "no template had gone: they did not write for it";
    pass(hours{10} + minutes{30});
    EXPECT_THAT(reminded(), SizeIs(1));
}

TEST_P(ReminderByWhatsapp, WhatIsKeptOffNeverGoesThisWay)
{
    joined_and_chosen("ada@home.example");
    std::size_t sent_letters = 0;
    const auto goes_by_letter = [&](const monitoring::AskPlan& plan) {
        writes("open" + std::to_string(++joins), text("hello")); // the 24 hours begin again
        const auto before = graph.received().size();
        ask(plan);
        EXPECT_EQ(remind().sent, 1) << plan.instrument;
        const bool by_letter = mail.letters().size() == sent_letters + 1;
        sent_letters = mail.letters().size();
        EXPECT_EQ(since(before).size(), by_letter ? 0U : 1U) << plan.instrument;
        return by_letter;
    };
    // By what it asks about.
    EXPECT_TRUE(goes_by_letter(plan_at("09:00", "phq-9")));
    EXPECT_TRUE(goes_by_letter(plan_at("09:10", "c-ssrs-screen")));
    EXPECT_TRUE(goes_by_letter(plan_at("09:20", "audit-c")));
    EXPECT_FALSE(goes_by_letter(plan_at("09:30", "gad-7")));
    // By the plan.
    auto marked = plan_at("10:00");
    EXPECT_FALSE(goes_by_letter(marked));
    marked.sensitive = true;
    marked.schedule.times[0].from = marked.schedule.times[0].to = 11 * 60;
    EXPECT_TRUE(goes_by_letter(marked));
    const auto kept = must(asks->seen(*maeve, *ada->person())).schedules;
    EXPECT_TRUE(kept.at(0).plan.sensitive);
    EXPECT_FALSE(kept.at(1).plan.sensitive);
    // By the service's own check-in: marked, or with an answer that needs a human.
    const monitoring::DesignDesk designs{*desks->house->record, asking().asks};
    auto design = monitoring::evening_check();
    const auto plain = must(designs.create(*maeve, design));
    EXPECT_FALSE(goes_by_letter(plan_at("12:00", plain.form())));
    design.sensitive = true;
    const auto second = must(designs.revise(*maeve, plain.id, 1, design));
    EXPECT_TRUE(second.design.sensitive);
    EXPECT_TRUE(goes_by_letter(plan_at("12:30", plain.form())));
    design.sensitive = false;
    monitoring::DesignItem::Call low;
    low.answers = {0};
    low.category = Category::SelfHarm;
    design.items[0].calls.push_back(low);
    const auto calling = must(designs.create(*maeve, design));
    EXPECT_TRUE(goes_by_letter(plan_at("13:00", calling.form())));
}

TEST_P(ReminderByWhatsapp, AMarkAfterTheAskCountsAndWithoutAnotherWayItStaysOnThePage)
{
    joined_and_chosen();
    const auto plan = plan_at("13:00");
    const auto kept = must(asks->schedule(*maeve, *ada->person(), plan));
    desks->house->clock.set(*kept.next_at);
    must(asks->round(system()));
    auto marked = plan;
    marked.sensitive = true;
    must(asks->change(*maeve, *ada->person(), kept.id, marked));
    EXPECT_THAT(reminded(), IsEmpty());
    EXPECT_EQ(deeds("skip.reminder"), 1);
    EXPECT_THAT(must(asks->asked_now(*ada)), SizeIs(1)) << "it waits on the page";
}

TEST_P(ReminderByWhatsapp, StopEndsItAndJoiningAgainAloneBeginsNothing)
{
    with_template();
    joined_and_chosen("ada@home.example");
    writes("stop", text("STOP"));
    EXPECT_FALSE(must(asks->reminding(*ada)).whatsapp);
    EXPECT_EQ(must(asks->reminding(*ada)).mail, "ada@home.example");
    auto before = graph.received().size();
    ask_at("13:00");
    EXPECT_EQ(remind().sent, 1);
    EXPECT_THAT(since(before), IsEmpty());
    EXPECT_THAT(mail.letters(), SizeIs(1));
    join();
    before = graph.received().size();
    ask_at("14:00");
    remind();
    EXPECT_THAT(since(before), IsEmpty()) << "they said STOP, and have to choose it again";
    // Taken away on the page, while a template waits for them.
    choose();
    pass(hours{24});
    ask_at("15:00");
    before = graph.received().size();
    remind();
    ASSERT_THAT(since(before), SizeIs(1));
    must(desk->part(*ada));
    EXPECT_FALSE(must(asks->reminding(*ada)).whatsapp);
    send();
    before = graph.received().size();
    writes("new", text("hello again"));
    const auto after = graph.received().size();
    remind();
    EXPECT_EQ(graph.received().size(), after) << "whoever writes from there is somebody new";
    EXPECT_GT(after, before);
}

TEST_P(ReminderByWhatsapp, ANumberThatMovedToAnotherAccountGetsNothingOfHers)
{
    joined_and_chosen();
    const auto ben = desks->house->person("Ben");
    writes("move", text(must(desk->fresh_code(ben)).text));
    ASSERT_EQ(person("353871234567"), *ben.person());
    ask_at("13:00");
    EXPECT_THAT(reminded(), IsEmpty());
    EXPECT_FALSE(must(asks->reminding(*ada)).whatsapp);
}

TEST_P(ReminderByWhatsapp, WhatMetaCannotDeliverGoesByTheNextWayUntilTheyWrite)
{
    joined_and_chosen("ada@home.example");
    ask_at("13:00");
    graph.fail_next({400, 131026});
    EXPECT_EQ(remind().sent, 1) << "in the same round";
    EXPECT_THAT(mail.letters(), SizeIs(1));
    auto before = graph.received().size();
    ask(plan_at("14:00", "gad-7"));
    EXPECT_EQ(remind().sent, 1);
    EXPECT_THAT(since(before), IsEmpty());
    EXPECT_THAT(mail.letters(), SizeIs(2));
    // They write: it works again. Then Meta takes one and says later that it did not arrive.
    writes("back", text("hello"));
    ask(plan_at("15:00", "who-5"));
    before = graph.received().size();
    EXPECT_EQ(remind().sent, 1);
    ASSERT_THAT(since(before), SizeIs(1));
    pass(seconds{5});
    receive(delivery({}, R"({"id":")" + since(before)[0].id + R"(","status":"failed","timestamp":")" + seconds_text(now()) +
                             R"(","errors":[{"code":131026}]})"));
    EXPECT_EQ(work().statuses, 1);
    before = graph.received().size();
    EXPECT_EQ(remind().sent, 1);
    EXPECT_THAT(since(before), IsEmpty());
    EXPECT_THAT(mail.letters(), SizeIs(3));
}

TEST_P(ReminderByWhatsapp, ATokenThatEndedIsToldAndLosesNothing)
{
    joined_and_chosen("ada@home.example");
    ask_at("13:00");
    graph.fail_next({401, 190});
    auto sent = remind();
    EXPECT_EQ(sent.sent, 1);
    EXPECT_THAT(sent.problem, HasSubstr("190"));
    EXPECT_THAT(mail.letters(), SizeIs(1));
    choose();
    ask_at("14:00");
    graph.fail_next({401, 190});
    graph.fail_next({503, 0});
    graph.fail_next({0, 0});
    EXPECT_EQ(remind().put_off, 1);
    const auto before = graph.received().size();
    for (int minute = 0; minute < 30; ++minute) {
        pass(minutes{1});
        sent = remind();
    }
    const auto got = since(before);
    ASSERT_THAT(got, SizeIs(3)) << "two that failed, and the one that went";
    EXPECT_TRUE(opens(got.back().text()));
}

TEST_P(ReminderByWhatsapp, StandsInTheOwnRecordAndGoesWithThePerson)
{
    with_template();
    joined_and_chosen();
    pass(hours{24});
    ask_at("13:00");
    ASSERT_THAT(reminded(), SizeIs(1));
    auto& house = *desks->house;
    const OwnRecord own(*house.record, *house.accounts, *house.consents);
    EXPECT_TRUE(boost::json::parse(must(own.everything(*ada))).at("asking").at("by_whatsapp").as_bool());
    must(house.erasure->erase(system(), *ada->person()));
    pass(hours{1});
    EXPECT_THAT(reminded(), IsEmpty());
}

} // namespace

} // namespace handrail::errands
