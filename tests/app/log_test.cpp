#include "app/log.h"

#include <algorithm>
#include <fstream>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "app/config.h"
#include "folder_for_test.h"

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
