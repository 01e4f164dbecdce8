// Notifications and text messages to people about what they are asked, on both stores.
#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "errands/asked_people.h"
#include "errands/own_record.h"
#include "errands/push_stand_in.h"
#include "errands/reminders.h"
#include "errands/smtp_stand_in.h"
#include "errands/text_stand_in.h"
#include "language/curl_mail.h"
#include "language/curl_transport.h"
#include "trust/link_desk.h"

namespace handrail::errands {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::must;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class ReminderWays : public AskedPeople {
protected:
    void SetUp() override
    {
        AskedPeople::SetUp();
        if (IsSkipped())
            return;
        const auto content = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";
        settings.site = "https://talk.example.org";
        settings.server = mail.url();
        settings.tls = false;
        settings.from = "handrail@service.example";
        settings.texts = must(channels::ReminderTexts::load(content));
        settings.says = must(channels::NoticeTexts::load(content));
        settings.push = {"mailto:ops@service.example", true};
        settings.text = {gateway.url(), key};
        begin();
        must(push_key(*desks->house->record, system()));
        desk.emplace(*desks->house->record, *desks->house->keyring);
    }
    void TearDown() override
    {
        for (const auto& each : push.wrong())
            ADD_FAILURE() << "A push service or a browser would have refused: " << each;
        for (const auto& each : gateway.wrong())
            ADD_FAILURE() << "A gateway would have refused: " << each;
    }
    void begin()
    {
        reminders.emplace(*desks->house->record, Reminders::Ways{web, letters}, settings, monitoring::QuietHours{});
    }
    void agree(const char* address, const char* phone)
    {
        must(asks->set_reminding(*ada, {address, "Europe/Dublin", {}, phone}));
    }
    void switch_on(const std::string& name) { must(desk->switch_on(*ada, push.device(name))); }
    void ask_at(const char* local)
    {
        auto plan = morning_plan();
        const int minute = std::stoi(local) * 60 + std::stoi(std::string(local).substr(3));
        plan.schedule.times = {{{true, true, true, true, true, true, true}, minute, minute}};
        clock().set(*must(asks->schedule(*maeve, *ada->person(), plan)).next_at);
        must(asks->round(system()));
    }
    Reminders::Sent send() { return must(reminders->send_due(system())); }

    const std::string key = "a secret of more than 24 bytes";
    SmtpStandIn mail;
    PushStandIn push;
    TextStandIn gateway{key};
    language::CurlTransport web;
    language::CurlMail letters;
    ReminderSettings settings;
    std::optional<Reminders> reminders;
    std::optional<trust::PushDesk> desk;
};

INSTANTIATE_TEST_SUITE_P(Stores, ReminderWays, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(ReminderWays, I1_ANotificationSaysThatSomethingWaitsAndNoMore)
{
    ask_at("09:00");
    EXPECT_EQ(send().sent, 0) << "nobody agreed to anything";
    switch_on("phone");
    ask_at("10:00");
    EXPECT_EQ(send().sent, 1);
    EXPECT_EQ(send().sent, 0);
    ASSERT_THAT(push.rings(), SizeIs(1));
    const auto ring = push.rings()[0];
    EXPECT_EQ(ring.notice.at("say"), "Handrail: something waits for you");
    EXPECT_EQ(ring.notice.at("open"), "/#/more/asking");
    EXPECT_EQ(ring.urgency, "normal");
    for (const char* not_there : {"Ada", "Quillfeather", "maeve", "mood", "health", "check-in", "depress", "daily", "therap"})
        EXPECT_THAT(ring.raw, Not(HasSubstr(not_there)));
    EXPECT_THAT(ring.raw, Not(HasSubstr(ada->person()->text())));
    EXPECT_THAT(mail.letters(), IsEmpty());
}

TEST_P(ReminderWays, I1_ATextHasALinkThatOpensTheFormAndNoMore)
{
    agree("", "+353871234567");
    ask_at("09:00");
    EXPECT_EQ(send().sent, 1);
    ASSERT_THAT(gateway.texts(), SizeIs(1));
    const auto text = gateway.texts()[0];
    EXPECT_EQ(text.to, "+353871234567");
    EXPECT_EQ(text.kind, "reminder");
    const std::string begins = "Handrail: something waits for you https://talk.example.org/c#";
    ASSERT_TRUE(text.text.starts_with(begins)) << text.text;
    const trust::LinkDesk links(*desks->house->record);
    EXPECT_EQ(must(links.follow(desks->house->organisation, text.text.substr(begins.size()))).actor.person(), ada->person());
    EXPECT_THAT(test::files_holding(desks->house->folder.path(), "+353871234567"), IsEmpty());
}

TEST_P(ReminderWays, OneGoesForEachAskByTheFirstWayThatIsOpen)
{
    agree("ada@home.example", "+353871234567");
    switch_on("phone");
    ask_at("09:00");
    EXPECT_EQ(send().sent, 1);
    EXPECT_THAT(push.taken("phone"), SizeIs(1));
    EXPECT_THAT(gateway.texts(), IsEmpty());
    EXPECT_THAT(mail.letters(), IsEmpty());

    push.answer_with("phone", 410);
    gateway.answer_with(410);
    ask_at("10:00");
    EXPECT_EQ(send().put_off, 1) << "the device is no more";
    EXPECT_EQ(send().put_off, 1) << "the number takes no texts";
    EXPECT_EQ(send().sent, 1);
    EXPECT_THAT(mail.letters(), SizeIs(1));
    EXPECT_THAT(must(desk->own(*ada)), IsEmpty());
    EXPECT_EQ(must(asks->reminding(*ada)).phone, "");
    EXPECT_EQ(must(asks->reminding(*ada)).mail, "ada@home.example");
    EXPECT_EQ(must(asks->reminding(*ada)).time_zone, "Europe/Dublin");
}

TEST_P(ReminderWays, QuietHoursHoldForNotificationsAlsoWhereThePhoneIsOff)
{
    agree("", "");
    switch_on("phone");
    ask_at("21:30");
    EXPECT_EQ(send().sent, 0);
    pass(hours{10} + minutes{30});
    EXPECT_EQ(send().sent, 1);
    ask_at("20:15");
    EXPECT_EQ(send().sent, 1);
    EXPECT_GT(push.rings().back().lasts, 0);
    EXPECT_LE(push.rings().back().lasts, 45 * 60) << "what waits at the push service is gone before the quiet hours begin";
}

TEST_P(ReminderWays, WhatDoesNotGetOutIsTriedAgainWithGrowingPauses)
{
    switch_on("phone");
    ask_at("09:00");
    push.answer_with("phone", 503);
    for (int minute = 0; minute < 60; ++minute) {
        send();
        pass(minutes{1});
    }
    EXPECT_LT(push.rings().size(), 10U);
    EXPECT_GT(push.rings().size(), 3U);
    push.answer_with("phone", 201);
    for (int minute = 0; minute < 60; ++minute) {
        send();
        pass(minutes{1});
    }
    EXPECT_THAT(push.taken("phone"), SizeIs(1));
    for (const auto& each : push.rings())
        EXPECT_EQ(each.topic, push.rings()[0].topic);
}

TEST_P(ReminderWays, NoneGoesAfterAnAnswerOrWhenItWasSwitchedOff)
{
    switch_on("phone");
    ask_at("09:00");
    check_in(4);
    EXPECT_EQ(send().sent, 0);
    ask_at("10:00");
    must(desk->switch_off(*ada, push.device("phone").endpoint));
    EXPECT_EQ(send().not_needed, 1);
    EXPECT_THAT(push.rings(), IsEmpty());
}

TEST_P(ReminderWays, AServiceThatSwitchedAWayOffUsesTheNext)
{
    agree("ada@home.example", "+353871234567");
    switch_on("phone");
    settings.push = {};
    settings.text = {};
    begin();
    ask_at("09:00");
    EXPECT_EQ(send().sent, 1);
    EXPECT_THAT(mail.letters(), SizeIs(1));
}

TEST_P(ReminderWays, StandsInTheOwnRecordAndGoesWithThePerson)
{
    agree("", "+353871234567");
    switch_on("phone");
    auto& house = *desks->house;
    const OwnRecord own(*house.record, *house.accounts, *house.consents);
    const auto everything = must(own.everything(*ada));
    const auto asking = boost::json::parse(everything).at("asking");
    EXPECT_EQ(asking.at("texts_to"), "+353871234567");
    ASSERT_EQ(asking.at("notifications_on").as_array().size(), 1U);
    EXPECT_EQ(asking.at("notifications_on").at(0).at("address").as_string(), push.device("phone").endpoint);
    EXPECT_THAT(test::files_holding(house.folder.path(), push.device("phone").endpoint), IsEmpty());
    const char* count = "SELECT COUNT(*) FROM push_device WHERE organisation = $1 AND person = $2";
    EXPECT_EQ(desks->count(count, *ada->person()), 1);
    must(house.erasure->erase(system(), *ada->person()));
    EXPECT_EQ(desks->count(count, *ada->person()), 0);
}

} // namespace

} // namespace handrail::errands
