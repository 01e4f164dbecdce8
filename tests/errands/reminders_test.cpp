// Letters to people about what they are asked, on both stores, to a mail server that fails when it is told to.
#include "errands/reminders.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "errands/asked_people.h"
#include "errands/smtp_stand_in.h"
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

class ReminderLetters : public AskedPeople {
protected:
    void SetUp() override
    {
        AskedPeople::SetUp();
        if (IsSkipped())
            return;
        ReminderSettings settings;
        settings.site = "https://talk.example.org";
        settings.server = mail.url();
        settings.tls = false;
        settings.from = "handrail@service.example";
        settings.texts = must(channels::ReminderTexts::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content"));
        reminders.emplace(*desks->house->record, Reminders::Ways{web, letters}, settings, monitoring::QuietHours{});
    }
    void agree() { must(asks->set_reminding(*ada, {"ada@home.example", "Europe/Dublin", {}})); }
    void ask_at(const char* local)
    {
        auto plan = morning_plan();
        const int minute = std::stoi(local) * 60 + std::stoi(std::string(local).substr(3));
        plan.schedule.times = {{{true, true, true, true, true, true, true}, minute, minute}};
        clock().set(*must(asks->schedule(*maeve, *ada->person(), plan)).next_at);
        must(asks->round(system()));
    }
    Reminders::Sent send() { return must(reminders->send_due(system())); }
    static std::string token(const SmtpStandIn::Letter& letter)
    {
        const auto text = letter.words();
        const auto at = text.find("/c#") + 3;
        return text.substr(at, text.find_first_of("\r\n", at) - at);
    }

    SmtpStandIn mail;
    language::CurlTransport web;
    language::CurlMail letters;
    std::optional<Reminders> reminders;
};

INSTANTIATE_TEST_SUITE_P(Stores, ReminderLetters, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(ReminderLetters, I1_OneGoesToWhoeverAgreedAndNamesNobodyAndNothingOfHealth)
{
    ask_at("09:00");
    EXPECT_EQ(send().sent, 0); // nobody agreed to anything
    agree();
    ask_at("10:00");
    EXPECT_EQ(send().sent, 1);
    EXPECT_EQ(send().sent, 0);
    ASSERT_EQ(mail.letters().size(), 1U);
    const auto letter = mail.letters()[0];
    EXPECT_EQ(letter.to, "ada@home.example");
    EXPECT_EQ(letter.header("Subject"), "A few questions wait for you");
    EXPECT_EQ(letter.header("Auto-Submitted"), "auto-generated");
    const auto all = letter.words() + letter.text;
    EXPECT_THAT(letter.words(), HasSubstr("https://talk.example.org/c#"));
    for (const char* not_there : {"Ada", "Quillfeather", "maeve", "mood", "health", "check-in", "depress", "daily", "therap"})
        EXPECT_THAT(all, Not(HasSubstr(not_there)));
    const trust::LinkDesk links(*desks->house->record);
    EXPECT_EQ(must(links.follow(desks->house->organisation, token(letter))).actor.person(), ada->person());
    EXPECT_THAT(test::files_holding(desks->house->folder.path(), token(letter)), IsEmpty()) << "only a hash is kept";
}

TEST_P(ReminderLetters, QuietHoursMoveItToTheMorning)
{
    agree();
    ask_at("21:30");
    EXPECT_EQ(send().sent, 0);
    pass(hours{10} + minutes{29});
    EXPECT_EQ(send().sent, 0);
    pass(minutes{1});
    EXPECT_EQ(send().sent, 1);
}

TEST_P(ReminderLetters, ANodeThatComesLateDoesNotSendAtNight)
{
    agree();
    ask_at("20:55");
    pass(minutes{10});
    EXPECT_EQ(send().put_off, 1);
    EXPECT_THAT(mail.letters(), IsEmpty());
    pass(hours{10} + minutes{55});
    EXPECT_EQ(send().sent, 1);
}

TEST_P(ReminderLetters, NoneGoesAfterAnAnswerOrWhenTheAddressWasTakenBack)
{
    agree();
    ask_at("09:00");
    check_in(4);
    EXPECT_EQ(send().sent, 0);
    ask_at("10:00");
    must(asks->set_reminding(*ada, {"", "Europe/Dublin", {}}));
    const auto sent = send();
    EXPECT_EQ(sent.sent, 0);
    EXPECT_EQ(sent.not_needed, 1);
    EXPECT_THAT(mail.letters(), IsEmpty());
}

TEST_P(ReminderLetters, AServerThatIsDownCostsNoLetterAndDoublesNone)
{
    agree();
    ask_at("09:00");
    mail.set(SmtpStandIn::Mode::Down);
    for (int minute = 0; minute < 60; ++minute) {
        send();
        pass(minutes{1});
    }
    EXPECT_THAT(mail.letters(), IsEmpty());
    EXPECT_LT(mail.connections(), 10) << "the pauses grow";
    mail.set(SmtpStandIn::Mode::Takes);
    for (int minute = 0; minute < 60; ++minute) {
        send();
        pass(minutes{1});
    }
    EXPECT_EQ(mail.letters().size(), 1U);
}

TEST_P(ReminderLetters, ALinkEndsAfterThreeDaysAndWithItsForm)
{
    agree();
    ask_at("09:00");
    EXPECT_EQ(send().sent, 1);
    const auto link = token(mail.letters().at(0));
    const trust::LinkDesk links(*desks->house->record);
    const auto organisation = desks->house->organisation;
    EXPECT_TRUE(links.follow(organisation, link).ok());
    auto wrong = link;
    wrong[5] = wrong[5] == 'A' ? 'B' : 'A';
    const auto refused = links.follow(organisation, wrong).error();
    EXPECT_EQ(refused.kind, ErrorKind::NotFound);
    EXPECT_EQ(links.follow(organisation, "x").error().told, refused.told);
    EXPECT_EQ(links.follow(OrganisationId::random(), link).ok(), false);
    check_in(4);
    EXPECT_EQ(links.follow(organisation, link).error().told, refused.told);

    auto plan = morning_plan();
    plan.instrument = "phq-9";
    clock().set(*must(asks->schedule(*maeve, *ada->person(), plan)).next_at);
    must(asks->round(system()));
    std::string three_days;
    must(desks->house->record->write(system(), [&](trust::Writing& writing) -> Result<void> {
        for (const auto& ask : TRY(monitoring::open_asks(writing, *ada->person())))
            if (ask.instrument == "phq-9")
                three_days = TRY(trust::LinkDesk::make(writing, *ada->person(), ask.id));
        return {};
    }));
    pass(hours{72} - minutes{1});
    EXPECT_TRUE(links.follow(organisation, three_days).ok());
    pass(minutes{1});
    EXPECT_EQ(links.follow(organisation, three_days).error().told, refused.told);
}

TEST(ReminderWords, AreThereInEveryLanguageOfThePage)
{
    const auto texts = must(channels::ReminderTexts::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content"));
    for (const char* language : {"en", "es", "fr", "de", "pt"}) {
        const auto letter = channels::letter_text({"id", "a@x.example", "b@x.example", "https://x.example/c#t", language,
                                                   from_stored(0)},
                                                  texts);
        EXPECT_EQ(&texts.in(std::string(language) + "-XX"), &texts.by_language.at(language));
        for (const char each : letter)
            EXPECT_TRUE(each == '\r' || each == '\n' || (each >= ' ' && each <= '~')) << language;
    }
    EXPECT_EQ(&texts.in("ga"), &texts.by_language.at("en"));
}

} // namespace

} // namespace handrail::errands
