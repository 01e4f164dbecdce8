// What the house promises about time.

#include "app/house.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <thread>

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

} // namespace
} // namespace handrail::app
