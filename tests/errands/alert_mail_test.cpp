// Letters about alerts, on both stores, to a mail server that fails when it is told to.
#include <gmock/gmock.h>

#include <set>

#include "errands/alert_sending.h"

namespace handrail::errands {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::must;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

class AlertMail : public AlertSending {
protected:
    AlertMail() { channels = {care::Channel::Mail}; }
    void SetUp() override
    {
        AlertSending::SetUp();
        if (IsSkipped())
            return;
        reach(*maeve, "maeve@service.example");
        reach(*idris, "idris@service.example");
        reach(*ruth, "ruth@service.example");
        reach(*kit, "kit@service.example");
    }
    AlertDeliveries::Sent send() { return must(deliveries->send_due(system(), care::Channel::Mail)); }
    std::vector<std::string> written() const
    {
        std::vector<std::string> to;
        for (const auto& each : mail.letters())
            to.push_back(each.to);
        return to;
    }
};

INSTANTIATE_TEST_SUITE_P(Stores, AlertMail, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(AlertMail, G5_TheTeamGetsALetterAtOnceAndTheLeadWhenNobodyActs)
{
    in_danger();
    EXPECT_EQ(send().sent, 2);
    EXPECT_THAT(written(), UnorderedElementsAre("maeve@service.example", "idris@service.example"));
    const auto letter = mail.letters().front();
    EXPECT_EQ(letter.from, "handrail@service.example");
    EXPECT_EQ(letter.header("Subject"), "Handrail: an alert waits for you");
    EXPECT_THAT(letter.text, HasSubstr("https://talk.example.org/staff/alerts/" + alert().id.text() + "\r\n"));
    EXPECT_EQ(letter.header("To"), "<" + letter.to + ">");
    EXPECT_EQ(letter.header("Auto-Submitted"), "auto-generated");
    EXPECT_EQ(mail.by_id().size(), 2U);
    EXPECT_THAT(mail.sign_ins(), IsEmpty());

    pass(minutes{5} + seconds{1});
    must(desks->alerts.escalate_due(system()));
    EXPECT_EQ(send().sent, 1);
    EXPECT_EQ(written().back(), "ruth@service.example");
}

TEST_P(AlertMail, AnHourWithoutTheServerLosesNothingAndDoublesNothing)
{
    mail.set(SmtpStandIn::Mode::Down);
    in_danger();
    for (int second = 0; second < 3600; second += 15) {
        pass(seconds{15});
        must(desks->alerts.escalate_due(system()));
        send();
    }
    EXPECT_THAT(mail.letters(), IsEmpty());
    ASSERT_EQ(troubles().size(), 1U);
    EXPECT_EQ(troubles()[0].channel, care::Channel::Mail);
    EXPECT_THAT(troubles()[0].problem, HasSubstr("The mail server did not answer"));
    mail.set(SmtpStandIn::Mode::Takes);
    for (int second = 0; second < 120; ++second) {
        pass(seconds{1});
        send();
    }
    EXPECT_THAT(written(), UnorderedElementsAre("maeve@service.example", "idris@service.example",
                                                "ruth@service.example", "kit@service.example"));
    EXPECT_EQ(mail.by_id().size(), 4U);
    EXPECT_THAT(troubles(), IsEmpty());
}

TEST_P(AlertMail, WhatSomebodyHasAcknowledgedIsNotWritten)
{
    mail.set(SmtpStandIn::Mode::Down);
    in_danger();
    send();
    must(desks->alerts.acknowledge(*maeve, alert().id, "on it"));
    mail.set(SmtpStandIn::Mode::Takes);
    pass(minutes{2});
    EXPECT_EQ(send().not_needed, 2);
    EXPECT_THAT(mail.letters(), IsEmpty());
}

TEST_P(AlertMail, ALetterWhoseAnswerWasLostGoesAgainUnderTheSameId)
{
    const auto page = must(desks->alerts.raise_test(*kit, maeve->account()));
    mail.set(SmtpStandIn::Mode::CutsAtTheEnd);
    EXPECT_EQ(send().put_off, 1);
    mail.set(SmtpStandIn::Mode::Takes);
    pass(minutes{1});
    EXPECT_EQ(send().sent, 1);
    EXPECT_EQ(mail.letters().size(), 2U) << "at least once";
    ASSERT_EQ(mail.by_id().size(), 1U) << "and whoever counts by id sees one";
    EXPECT_EQ(mail.by_id().begin()->first, "<" + kept(page)[0].id.text() + "@service.example>");
    EXPECT_EQ(mail.letters()[0].header("Subject"), "Handrail: a test for you");
}

TEST_P(AlertMail, ARefusalIsToldAtOnceAndTriedAgain)
{
    const auto page = must(desks->alerts.raise_test(*kit, maeve->account()));
    mail.set(SmtpStandIn::Mode::Busy);
    EXPECT_EQ(send().problem, "The mail server did not take a letter: 451.");
    mail.set(SmtpStandIn::Mode::Refuses);
    pass(minutes{1});
    EXPECT_EQ(send().problem, "The mail server did not take a letter: 550.");
    EXPECT_EQ(troubles()[0].problem, "The mail server did not take a letter: 550.");
    EXPECT_THAT(troubles()[0].problem, Not(HasSubstr("maeve"))) << "the server quotes the address, and it is not kept";
    mail.set(SmtpStandIn::Mode::Takes);
    pass(minutes{1});
    EXPECT_EQ(send().sent, 0) << "somebody has to put something right first";
    pass(minutes{5});
    EXPECT_EQ(send().sent, 1);
    EXPECT_EQ(kept(page)[0].tries, 3);
}

TEST_P(AlertMail, WhoHasNoAddressIsNamedAsATrouble)
{
    reach(*maeve, "");
    const auto page = must(desks->alerts.raise_test(*kit, maeve->account()));
    EXPECT_EQ(send().given_up, 1);
    EXPECT_EQ(kept(page)[0].problem, "No work e-mail is known.");
    ASSERT_EQ(troubles().size(), 1U);
    EXPECT_EQ(troubles()[0].given_up, 1);
    EXPECT_EQ(mail.connections(), 0);
}

TEST_P(AlertMail, OneRefusedAddressHoldsUpNobodyElse)
{
    reach(*maeve, "");
    in_danger();
    const auto sent = send();
    EXPECT_EQ(sent.sent, 1);
    EXPECT_EQ(sent.given_up, 1);
}

TEST_P(AlertMail, NothingInALetterNamesAnybodyOrSaysWhatItIsAbout)
{
    in_danger();
    must(desks->alerts.raise_test(*kit, maeve->account()));
    send();
    pass(minutes{6});
    must(desks->alerts.escalate_due(system()));
    send();
    EXPECT_EQ(mail.letters().size(), 4U);
    for (const auto& letter : mail.letters()) {
        auto text = letter.text;
        for (const auto& address : {letter.to, letter.from}) // of staff, in To and From
            for (auto at = text.find(address); at != std::string::npos; at = text.find(address))
                text.erase(at, address.size());
        for (const auto* word : {"Ada", "Quill", "kill", "tonight", "suicid", "danger", "maeve", "Maeve", "ruth", "Ruth",
                                 "person", "health", "mental", "crisis", "urgen", "patient", "clinic", "harm", " now"})
            EXPECT_THAT(text, Not(HasSubstr(word)));
    }
}

TEST_P(AlertMail, WithoutTlsNothingLeavesWhereTlsIsWanted)
{
    settings.mail.tls = true;
    settings.mail.user = "user";
    settings.mail.password = "password";
    deliveries = node();
    must(desks->alerts.raise_test(*kit, maeve->account()));
    EXPECT_EQ(send().put_off, 1);
    EXPECT_EQ(mail.connections(), 1);
    EXPECT_THAT(mail.letters(), IsEmpty());
    EXPECT_THAT(mail.sign_ins(), IsEmpty()) << "no password without TLS";
    settings.mail.tls = false;
    deliveries = node();
    pass(minutes{1});
    EXPECT_EQ(send().sent, 1);
    EXPECT_THAT(mail.sign_ins(), UnorderedElementsAre("AHVzZXIAcGFzc3dvcmQ="));
}

TEST_P(AlertMail, WhoLeftIsNotWrittenTo)
{
    in_danger();
    must(desks->house->accounts->suspend(*kit, idris->account(), true));
    send();
    EXPECT_THAT(written(), UnorderedElementsAre("maeve@service.example"));
}

TEST_P(AlertMail, TheAdministratorAndOneselfSayWhereOneIsReached)
{
    auto& record = *desks->house->record;
    EXPECT_EQ(must(trust::staff_contact(record, *maeve, maeve->account())).mail, "maeve@service.example");
    EXPECT_FALSE(trust::staff_contact(record, *idris, maeve->account()).ok());
    EXPECT_FALSE(trust::change_staff_contact(record, *idris, maeve->account(), {"a@b.example", "", true}).ok());
    EXPECT_FALSE(trust::change_staff_contact(record, *kit, ada->account(), {"a@b.example", "", true}).ok())
        << "people have no work address";
    for (const auto* wrong : {"maeve", "@b", "a@", "a b@c", "a@b\r\nBcc: x@y", "a@b>"})
        EXPECT_FALSE(trust::change_staff_contact(record, *kit, maeve->account(), {wrong, "", true}).ok()) << wrong;
    for (const auto* wrong : {"087 123", "+353", "+353 87 CALL ME", "++353871234567"})
        EXPECT_FALSE(trust::change_staff_contact(record, *kit, maeve->account(), {"", wrong, true}).ok()) << wrong;
    must(trust::change_staff_contact(record, *maeve, maeve->account(), {" m@b.example ", "+353 (87) 123-4567", true}));
    const auto now = must(trust::staff_contact(record, *maeve, maeve->account()));
    EXPECT_EQ(now.mail, "m@b.example");
    EXPECT_EQ(now.phone, "+353871234567");
    EXPECT_EQ(must(desks->house->accounts->own(*maeve)).display_name, "maeve") << "the rest of the account stays";
    must(desks->house->accounts->change_own(*maeve, {"Maeve D.", {}, {}}));
    EXPECT_EQ(must(trust::staff_contact(record, *maeve, maeve->account())).phone, "+353871234567");
}

} // namespace

} // namespace handrail::errands
