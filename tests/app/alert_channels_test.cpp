#include "app/alert_channels.h"

#include <gmock/gmock.h>

#include <fstream>

#include "app/doctor/channels.h"
#include "folder_for_test.h"

namespace handrail::app {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class AlertChannelsConfig : public testing::Test {
protected:
    std::string secret(const std::string& name, const std::string& words)
    {
        using std::filesystem::perms;
        std::ofstream(folder.path() / name) << words << "\n";
        std::filesystem::permissions(folder.path() / name, perms::owner_read | perms::owner_write);
        return "\"file:" + (folder.path() / name).string() + "\"\n";
    }
    Config config(const std::string& text)
    {
        std::ofstream(folder.path() / "handrail.toml") << text;
        const auto read = read_config(folder.path() / "handrail.toml");
        if (!read.ok())
            throw std::runtime_error(read.error().told);
        return *read;
    }
    /// What is wrong with it; empty when nothing is.
    std::string said(const std::string& text)
    {
        const auto settings = delivery_settings(config(text));
        return settings.ok() ? std::string{} : settings.error().told;
    }
    const std::string pager = "[alerts]\npager_url = \"https://pager.example.org/x\"\npager_secret = ";
    const std::string mail = "[mail]\nserver = \"smtps://mail.example.org\"\nfrom = \"handrail@example.org\"\n";
    tests::FolderForTest folder;
};

} // namespace

TEST_F(AlertChannelsConfig, NothingLeavesUnlessItIsSetUp)
{
    EXPECT_THAT(channels_of(config("")), IsEmpty());
    EXPECT_EQ(doctor::judge_channels(config("")).verdict, doctor::Verdict::Look);
    const auto both = config(pager + secret("p", "twenty-four bytes or more") + mail);
    EXPECT_THAT(channels_of(both), ElementsAre(care::Channel::Pager, care::Channel::Mail));
    const auto settings = delivery_settings(both);
    ASSERT_TRUE(settings.ok()) << settings.error().told;
    EXPECT_EQ(settings->pager.key, "twenty-four bytes or more");
    EXPECT_TRUE(settings->mail.tls);
    EXPECT_THAT(settings->mail.texts.text, HasSubstr("{link}"));
    EXPECT_EQ(doctor::judge_channels(both).verdict, doctor::Verdict::Ok);
}

TEST_F(AlertChannelsConfig, WhatCouldNotWorkIsToldBeforeItIsNeeded)
{
    EXPECT_THAT(said(pager + "\"plain text\"\n"), HasSubstr("[alerts] pager_secret is \"environment:NAME\""));
    EXPECT_THAT(said(pager + secret("s", "short")), HasSubstr("at least 24 bytes"));
    EXPECT_THAT(said("[alerts]\npager_url = \"ftp://x\"\npager_secret = " + secret("p", "twenty-four bytes or more")),
                HasSubstr("pager_url begins with https://"));
    EXPECT_EQ(said(mail), "");
    EXPECT_THAT(said(mail + "tls = false\n"), HasSubstr("only for a mail server on this machine"));
    EXPECT_EQ(said("[mail]\nserver = \"smtp://127.0.0.1:25\"\ntls = false\nfrom = \"a@b.example\"\n"), "");
    EXPECT_THAT(said("[mail]\nserver = \"smtp://127.0.0.1.evil.example\"\ntls = false\nfrom = \"a@b.example\"\n"),
                HasSubstr("only for a mail server on this machine"));
    EXPECT_THAT(said("[mail]\nserver = \"mail.example.org\"\nfrom = \"a@b.example\"\n"), HasSubstr("begins with smtps://"));
    EXPECT_THAT(said("[mail]\nserver = \"smtps://m.example\"\nfrom = \"Handrail <a@b.example>\"\n"),
                HasSubstr("an address alone"));
    EXPECT_THAT(said(mail + "user = \"u\"\n"), HasSubstr("set together"));
    EXPECT_EQ(said(mail + "user = \"u\"\npassword = " + secret("pw", "words")), "");
    EXPECT_EQ(doctor::judge_channels(config(mail + "user = \"u\"\n")).verdict, doctor::Verdict::Wrong);
}

TEST_F(AlertChannelsConfig, NotificationsNeedSomebodyToWriteToAndTextsASecret)
{
    const auto texts = "[texts]\nurl = \"https://texts.example.org/x\"\nsecret = " + secret("t", "twenty-four bytes or more");
    const auto both = config("[push]\ncontact = \"mailto:ops@example.org\"\n" + texts);
    EXPECT_THAT(channels_of(both), ElementsAre(care::Channel::Push, care::Channel::Text));
    const auto settings = delivery_settings(both);
    ASSERT_TRUE(settings.ok()) << settings.error().told;
    EXPECT_EQ(settings->push.contact, "mailto:ops@example.org");
    EXPECT_FALSE(settings->push.anywhere) << "only the internet, unless it is said";
    EXPECT_EQ(settings->text.url, "https://texts.example.org/x");
    EXPECT_EQ(settings->text.key, "twenty-four bytes or more");
    EXPECT_EQ(doctor::judge_channels(both).verdict, doctor::Verdict::Ok);
    EXPECT_EQ(said("[push]\ncontact = \"https://example.org/ops\"\n"), "");
    EXPECT_THAT(said("[push]\ncontact = \"ops@example.org\"\n"), HasSubstr("[push] contact is"));
    EXPECT_THAT(said("[push]\ncontact = \"mailto:nobody\"\n"), HasSubstr("[push] contact is"));
    EXPECT_THAT(said("[texts]\nurl = \"https://texts.example.org/x\"\nsecret = \"plain\"\n"),
                HasSubstr("[texts] secret is \"environment:NAME\""));
    EXPECT_THAT(said("[texts]\nurl = \"ftp://x\"\nsecret = " + secret("t", "twenty-four bytes or more")),
                HasSubstr("[texts] url begins with https://"));
}

TEST_F(AlertChannelsConfig, G5_ASiteMakesTimesShorterAndNeverLonger)
{
    using std::chrono::minutes;
    const auto policy = shortened({}, config("[alerts]\nnow_minutes = 3\ntoday_minutes = 20\n"));
    EXPECT_EQ(policy.now, minutes{3});
    EXPECT_EQ(policy.today, minutes{20});
    EXPECT_EQ(policy.now_again, minutes{5});
    EXPECT_THROW(config("[alerts]\nnow_minutes = 6\n"), std::runtime_error);
    EXPECT_THROW(config("[alerts]\nnow_again_minutes = 10\n"), std::runtime_error);
    EXPECT_THROW(config("[alerts]\ntoday_minutes = 61\n"), std::runtime_error);
    EXPECT_THROW(config("[alerts]\ntoday_waiting_minutes = 0\n"), std::runtime_error);
    AlertPolicy shorter;
    shorter.now = minutes{2};
    EXPECT_EQ(shortened(shorter, config("[alerts]\nnow_minutes = 3\n")).now, minutes{2}) << "the shorter of the two";
}

} // namespace handrail::app
