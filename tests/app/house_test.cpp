// What the house promises about time, and shows of itself.

#include "app/house.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "app/system_state.h"
#include "app/timers.h"

namespace handrail::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class HouseTest : public testing::Test {
protected:
    HouseTest()
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "handrail-house-XXXXXX").string();
        EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
    }
    ~HouseTest() override
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    std::unique_ptr<House> open() const
    {
        Config config;
        config.folder = folder_;
        config.backups = folder_ / "backups";
        config.master_key = (folder_ / "master.key").string();
        config.content = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";
        auto house = House::open(config);
        EXPECT_TRUE(house.ok()) << house.error().told;
        return *std::move(house);
    }
    std::filesystem::path folder_;
};

TEST_F(HouseTest, TimeGoesOnFromTheNewestEntry)
{
    Instant written;
    {
        const auto house = open();
        EXPECT_LT(house->clock.system().ahead(), minutes{1});
        written = house->clock.now() + hours{3}; // as if the system clock were set back by three hours afterwards
        house->clock.set(written);
        ASSERT_TRUE(house->service.save(house->system(), *house->service.read(house->system())).ok());
    }
    const auto house = open();
    EXPECT_GE(house->clock.now(), written);
    EXPECT_LT(house->clock.now(), written + minutes{5});
    EXPECT_GT(house->clock.system().ahead(), hours{2});

    // And it is said, once.
    std::mutex mutex;
    std::vector<std::string> notes;
    {
        const Timers timers(*house, [&](const std::string& note) {
            const std::lock_guard lock(mutex);
            notes.push_back(note);
        });
        std::this_thread::sleep_for(std::chrono::milliseconds{3500});
    }
    EXPECT_EQ(std::count_if(
                  notes.begin(), notes.end(),
                  [](const auto& note) { return note.find("behind the newest stored instant") != std::string::npos; }),
              1);
}

TEST_F(HouseTest, J1_TheCrisisProtocolIsAPageMadeFromWhatIsShipped)
{
    const auto house = open();
    std::set<std::string> titles;
    for (const std::string language : {"en", "es", "fr", "de", "pt"}) {
        const auto page = public_protocol(*house, false, language);
        ASSERT_TRUE(page.ok());
        const auto protocol = boost::json::parse(*page);
        titles.insert(std::string(protocol.at("title").as_string()));
        std::map<std::string, std::string> fixed;
        std::set<std::string> headings;
        for (const auto& each : protocol.at("fixed").as_array()) {
            fixed[std::string(each.at("id").as_string())] = each.at("text").as_string();
            const std::string heading(each.at("heading").as_string());
            EXPECT_TRUE(headings.insert(heading).second) << heading;
            EXPECT_EQ(heading.find(", ,"), std::string::npos) << heading;
            EXPECT_FALSE(heading.ends_with(", ")) << heading;
        }
        const auto& texts = house->dialogue.phrasebooks().at(language).crisis_texts();
        ASSERT_FALSE(texts.empty());
        for (const auto& text : texts)
            EXPECT_EQ(fixed[text.id], text.whole()) << text.id;
        EXPECT_EQ(protocol.at("versions").at("texts").as_string(), house->text_version);
        // The table that docs/protocol.md has, rule by rule.
        std::ifstream list(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "docs/protocol_rules.tsv");
        std::size_t rules = 0;
        for (std::string line; std::getline(list, line);) {
            if (line.empty() || line[0] == '#')
                continue;
            ASSERT_LT(rules, protocol.at("rules").as_array().size());
            const auto& rule = protocol.at("rules").at(rules++);
            EXPECT_EQ(line.rfind(std::string(rule.at("id").as_string()) + "\t" + std::string(rule.at("says").as_string()), 0), 0U) << line;
            EXPECT_FALSE(rule.at("shown").as_array().empty()) << line;
        }
        EXPECT_EQ(rules, protocol.at("rules").as_array().size());
    }
    EXPECT_EQ(titles.size(), 5U) << "each in its own words";
    EXPECT_EQ(*public_protocol(*house, false, "xx"), *public_protocol(*house, false, "en"));
}

// J8: what two people signed is every word that speaks, not those for danger alone.
TEST_F(HouseTest, J8_AnotherWordInAnySignedTextIsAnotherVersion)
{
    const auto house = open();
    const auto changed = folder_ / "content";
    for (const std::string language : {"en", "de"}) {
        const auto shipped = support::text_version_of(house->config.content, language);
        ASSERT_TRUE(shipped.ok());
        for (const auto& part : support::signed_files(house->config.content, language)) {
            ASSERT_TRUE(std::filesystem::exists(part)) << part;
            std::filesystem::remove_all(changed);
            for (const auto& file : support::signed_files(house->config.content, language)) {
                const auto copy = changed / std::filesystem::relative(file, house->config.content);
                std::filesystem::create_directories(copy.parent_path());
                std::filesystem::copy(file, copy);
            }
            EXPECT_EQ(*support::text_version_of(changed, language), *shipped);
            std::ofstream(changed / std::filesystem::relative(part, house->config.content), std::ios::app) << " ";
            EXPECT_NE(*support::text_version_of(changed, language), *shipped) << part;
        }
    }
    EXPECT_EQ(*support::text_version_of(house->config.content, "en"), house->text_version);
}

} // namespace
} // namespace handrail::app
