#include "app/whatsapp.h"

#include <gtest/gtest.h>

#include <fstream>

#include "folder_for_test.h"

namespace handrail::app {

namespace {

class WhatsappConfig : public testing::Test {
protected:
    WhatsappConfig()
    {
        for (const auto* name : {"secret", "token", "verify"})
            keep(name, std::string(name) + " text\n");
    }
    void keep(const std::string& name, const std::string& words)
    {
        std::ofstream(folder.path() / name) << words;
        std::filesystem::permissions(folder.path() / name,
                                     std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    std::string file(const std::string& name) const { return "\"file:" + (folder.path() / name).string() + "\"\n"; }
    std::string whole() const
    {
        return "[whatsapp]\non = true\nphone_number_id = \"106\"\ncountries = [\"+353\"]\ntemplates = [\"en=a\"]\n"
               "app_secret = " +
               file("secret") + "token = " + file("token") + "verify_token = " + file("verify");
    }
    Result<errands::WhatsappSettings> read(const std::string& text)
    {
        std::ofstream(folder.path() / "handrail.toml") << text;
        const auto config = read_config(folder.path() / "handrail.toml");
        if (!config)
            return config.error();
        return whatsapp_settings(*config);
    }
    std::string said(const std::string& text)
    {
        const auto settings = read(text);
        return settings.ok() ? std::string{} : settings.error().told;
    }
    tests::FolderForTest folder;
};

} // namespace

TEST_F(WhatsappConfig, IsOffUnlessItIsSwitchedOn)
{
    EXPECT_FALSE(read("").ok() && read("")->on);
    const auto half = read("[whatsapp]\nphone_number_id = \"106\"\n");
    ASSERT_TRUE(half.ok()) << half.error().told;
    EXPECT_FALSE(half->on);
}

TEST_F(WhatsappConfig, SecretsComeFromFilesThatOnlyTheServiceReads)
{
    const auto settings = read(whole());
    ASSERT_TRUE(settings.ok()) << settings.error().told;
    EXPECT_EQ(settings->app_secret, "secret text");
    EXPECT_EQ(settings->templates.at("en"), "a");
    std::filesystem::permissions(folder.path() / "token", std::filesystem::perms::others_read,
                                 std::filesystem::perm_options::add);
    EXPECT_NE(said(whole()).find("chmod 600"), std::string::npos);
}

TEST_F(WhatsappConfig, ATranscriberIsNamedOrThereIsNone)
{
    EXPECT_FALSE(read(whole())->transcriber.on());
    keep("key", "the key\n");
    const auto url = whole() + "transcriber_url = \"https://api.example.org/v1\"\n";
    EXPECT_NE(said(url).find("transcriber_model is missing"), std::string::npos);
    const auto model = url + "transcriber_model = \"whisper-1\"\n";
    EXPECT_NE(said(model).find("transcriber_name is missing"), std::string::npos);
    const auto named = model + "transcriber_name = \"Example AI, Ireland\"\n";
    const auto without_key = read(named);
    ASSERT_TRUE(without_key.ok()) << without_key.error().told;
    EXPECT_TRUE(without_key->transcriber.on());
    EXPECT_TRUE(without_key->transcriber.key.empty());
    EXPECT_EQ(without_key->transcriber.told(), "Example AI, Ireland (api.example.org)");
    const auto with_key = read(named + "transcriber_key = " + file("key"));
    ASSERT_TRUE(with_key.ok()) << with_key.error().told;
    EXPECT_EQ(with_key->transcriber.key.reveal(), "the key");
    EXPECT_EQ(with_key->transcriber.named(), without_key->transcriber.named()) << "the same one, for whoever agreed";
    EXPECT_NE(said(named + "transcriber_key = \"sk-in-clear\"\n").find("transcriber_key"), std::string::npos);
    EXPECT_NE(said(whole() + "transcriber_url = \"api.example.org\"\n").find("https://"), std::string::npos);
}

TEST_F(WhatsappConfig, WhatIsMissingIsNamed)
{
    EXPECT_NE(said("[whatsapp]\non = true\n").find("phone_number_id"), std::string::npos);
    EXPECT_NE(said("[whatsapp]\non = true\nphone_number_id = \"1\"\n").find("countries"), std::string::npos);
    EXPECT_NE(said("[whatsapp]\non = true\nphone_number_id = \"1\"\ncountries = [\"IE\"]\n").find("calling code"),
              std::string::npos);
    EXPECT_NE(said("[whatsapp]\non = true\nphone_number_id = \"1\"\ncountries = [\"+353\"]\npeople_answer = [\"+44\"]\n")
                  .find("none of `countries`"),
              std::string::npos);
    EXPECT_NE(said("[whatsapp]\non = true\nphone_number_id = \"1\"\ncountries = [\"+353\"]\ntoken = \"abc\"\n")
                  .find("\"environment:NAME\" or \"file:PATH\""),
              std::string::npos);
    EXPECT_NE(said("[whatsapp]\non = \"yes\"\n").find("true or false"), std::string::npos);
    keep("secret", "\n");
    EXPECT_NE(said(whole()).find("is empty"), std::string::npos);
}

} // namespace handrail::app
