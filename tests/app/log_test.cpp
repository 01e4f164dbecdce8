#include "app/log.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "app/config.h"
#include "app/house.h"
#include "app/timers.h"
#include "base/crypto.h"
#include "base/text.h"
#include "folder_for_test.h"
#include "trust/actor_desk.h"

namespace handrail::app {
namespace {

namespace json = boost::json;

TEST(Log, KnowsItsLevels)
{
    for (const auto* level : {"debug", "info", "warn", "error"})
        EXPECT_TRUE(Log::open(level).ok()) << level;
    EXPECT_FALSE(Log::open("warning").ok()) << "a slip would otherwise silence it";
}

TEST(Log, WritesOneObjectALineWhateverIsInIt)
{
    const auto log = *Log::open("info");
    testing::internal::CaptureStderr();
    log.line(LogLevel::Warn, "timers", "a \"quoted\"\nline {} \xff", "0123");
    log.line(LogLevel::Debug, "timers", "left out");
    const auto said = testing::internal::GetCapturedStderr();
    ASSERT_EQ(std::count(said.begin(), said.end(), '\n'), 1);
    const auto line = json::parse(said);
    EXPECT_EQ(line.at("level").as_string(), "warn");
    EXPECT_EQ(line.at("part").as_string(), "timers");
    EXPECT_EQ(line.at("request").as_string(), "0123");
    EXPECT_TRUE(line.at("what").as_string().starts_with("a \"quoted\"\nline {}"));
}

// I6: a word that only a person wrote stands in no line, at no level, whatever went wrong with it. What the program says of
// itself does, or this test would see nothing.
TEST(Log, I6_NoLineHoldsWhatSomebodyWrote)
{
    const std::string canary = "zanzibar" + to_hex(random_bytes(8));
    const tests::FolderForTest folder;
    Config config;
    config.folder = folder.path();
    config.backups = folder.path() / "backups";
    config.master_key = (folder.path() / "master.key").string();
    config.content = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";
    const auto house = *House::open(config);
    trust::SignUpDesk::Form form;
    form.age_band = "26_64";
    form.country = "IE";
    form.language = "en";
    form.consents = {{"record", true}};
    form.wording = "t";
    form.device = "t";
    const auto up = house->sign_up.sign_up(house->organisation, form);
    ASSERT_TRUE(up.ok()) << up.error().told;
    const auto ada = *house->sessions.actor_for(up->session.token);
    const auto log = *Log::open("debug");
    testing::internal::CaptureStderr();
    const auto note = [&](const auto& result) {
        if (!result.ok())
            log.line(LogLevel::Warn, "http", result.error().noted.empty() ? "refused" : result.error().noted);
    };
    {
        const Timers timers(*house, [&](const std::string& said) { log.line(LogLevel::Info, "timers", said); });
        note(house->conversations.write(ada, "I am going to kill myself tonight, " + canary, "c1"));
        note(house->conversations.write(ada, canary + std::string(30'000, 'x'), "c2"));
        note(house->conversations.write(ada, "  ", "c3"));
        note(house->conversations.choose(ada, MessageId::at(house->clock.now()), canary));
        note(house->conversations.hand_back(ada, ConversationId::random(), canary));
        note(house->service.sign(ada, canary, canary));
        std::this_thread::sleep_for(std::chrono::milliseconds{1500});
    }
    log.line(LogLevel::Debug, "test", "the last line");
    const auto said = testing::internal::GetCapturedStderr();
    EXPECT_EQ(said.find(canary), std::string::npos) << said;
    EXPECT_NE(said.find("the last line"), std::string::npos) << "what is logged is seen here";
    EXPECT_GE(std::count(said.begin(), said.end(), '\n'), 5) << said;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path()))
        if (entry.is_regular_file()) {
            std::ifstream in(entry.path(), std::ios::binary);
            const std::string all{std::istreambuf_iterator<char>(in), {}};
            EXPECT_EQ(all.find(canary), std::string::npos) << entry.path();
        }
}

TEST(TracesSetting, IsAnAddressOrASentence)
{
    const tests::FolderForTest folder;
    const auto file = folder.path() / "handrail.toml";
    const auto read = [&](const std::string& text) {
        std::ofstream(file) << "[traces]\n" << text << "\n";
        return read_config(file);
    };
    EXPECT_TRUE(read("")->traces.empty()) << "off unless somebody asks for it";
    EXPECT_EQ(read("endpoint = \"http://127.0.0.1:4318/v1/traces\"")->traces, "http://127.0.0.1:4318/v1/traces");
    const auto wrong = read("endpoint = \"https://collector.example.org\"");
    ASSERT_FALSE(wrong.ok());
    EXPECT_NE(wrong.error().told.find("plain HTTP"), std::string::npos) << wrong.error().told;
}

} // namespace
} // namespace handrail::app
