// A service moves to another store: whole, or not at all. Both directions with PostgreSQL:
// tests/release/postgres_test.py.

#include "app/store_copy.h"

#include <fstream>

#include "app/durable_file.h"
#include "app/keys.h"
#include "service_for_test.h"

namespace handrail::app {
namespace {

class StoreCopyTest : public ServiceForTest {
protected:
    StoreCopyTest()
    {
        for (int i = 0; i < 3; ++i)
            people.push_back(signed_up("Person " + std::to_string(i)));
        close();
        from = configuration("var");
    }

    /// A handrail.toml whose data folder is `name`, with the service's own master key.
    fs::path configuration(const std::string& name) const
    {
        const auto file = folder.path() / (name + ".toml");
        std::ofstream(file) << "[store]\nfolder = \"" << name << "\"\n[keys]\nmaster = \"" << config.master_key
                            << "\"\n";
        return file;
    }
    int copy_to(const std::string& name, std::function<Result<void>()> before_step = {})
    {
        said.str({});
        return copy_store({{from, {}}, {configuration(name), {}}, std::move(before_step)}, said, said);
    }
    Result<Vault> opened(const std::string& name)
    {
        return open_vault(must(read_config(configuration(name))), {}, clock);
    }

    std::vector<PersonId> people;
    fs::path from;
};

TEST_F(StoreCopyTest, TakesEverythingAndVerifiesIt)
{
    ASSERT_EQ(copy_to("there"), 0) << said.str();
    for (const char* each : {"person 3 rows", "person_key 3 rows", "sealed rows opened", "audit entries verified",
                             "store copied and verified", "Serve only one"})
        EXPECT_NE(said.str().find(each), std::string::npos) << each << " in " << said.str();
    auto copy = must(opened("there"));
    for (const auto& person : people)
        EXPECT_TRUE(copy.keyring->person_key(organisation, person));
    EXPECT_TRUE(must(open_everything(copy)).problems.empty());
}

TEST_F(StoreCopyTest, RefusesATargetThatHoldsSomething)
{
    ASSERT_EQ(copy_to("there"), 0) << said.str();
    EXPECT_EQ(copy_to("there"), 1);
    EXPECT_NE(said.str().find("not empty"), std::string::npos) << said.str();
    EXPECT_EQ(copy_to("var"), 1);
    EXPECT_NE(said.str().find("same data folder"), std::string::npos) << said.str();
    fs::create_directories(folder.path() / "stray");
    std::ofstream(folder.path() / "stray" / "keys.db") << "something";
    EXPECT_EQ(copy_to("stray"), 1);
}

TEST_F(StoreCopyTest, RefusesAnotherMasterKeyBeforeAnythingIsWritten)
{
    const auto file = folder.path() / "other.toml";
    std::ofstream(folder.path() / "other.key") << std::string(64, 'a') << "\n";
    fs::permissions(folder.path() / "other.key", fs::perms::owner_read | fs::perms::owner_write);
    std::ofstream(file) << "[store]\nfolder = \"other\"\n[keys]\nmaster = \"" << (folder.path() / "other.key").string()
                        << "\"\n";
    EXPECT_EQ(copy_store({{from, {}}, {file, {}}, {}}, said, said), 1);
    EXPECT_NE(said.str().find("master key"), std::string::npos) << said.str();
    EXPECT_FALSE(fs::exists(folder.path() / "other"));
}

// Killed at every step: what was begun is not served, says so, and takes no second copy until it is emptied.
TEST_F(StoreCopyTest, ACopyThatWasCutShortIsNotServed)
{
    int steps = 0;
    for (int kill_at = 0;; ++kill_at) {
        int step = 0;
        bool killed = false;
        const auto status = copy_to("half", [&]() -> Result<void> {
            if (killed || step++ == kill_at) {
                killed = true;
                return unavailable("killed", "killed");
            }
            return {};
        });
        EXPECT_EQ(status == 0, !killed) << said.str();
        if (!killed)
            break;
        ++steps;
        if (fs::exists(folder.path() / "half" / "copy.unfinished")) {
            const auto refused = opened("half");
            ASSERT_FALSE(refused) << "killed at step " << kill_at;
            EXPECT_NE(refused.error().told.find("cut short"), std::string::npos) << refused.error().told;
            EXPECT_EQ(copy_to("half"), 1);
            EXPECT_NE(said.str().find("cut short"), std::string::npos) << said.str();
        } else {
            EXPECT_EQ(kill_at, 0) << "only before the mark nothing was begun";
        }
        fs::remove_all(folder.path() / "half");
    }
    EXPECT_GE(steps, 12);
    EXPECT_TRUE(opened("half"));
}

class KeysTest : public ServiceForTest {
protected:
    Result<std::string> rotated(const std::string& what, const std::string& whom = {},
                                const std::string& new_master = {})
    {
        return rotate(*vault, *backups, config, clock, {what, whom, new_master, true});
    }
};

TEST_F(KeysTest, EachKeyIsReplacedAndOlderBackupsStillOpen)
{
    config.master_key_source = "file";
    const auto ada = signed_up("Ada");
    const auto before = must(backups->take("manual")).folder;
    clock.pass(hours{1});
    must(rotated("person", ada.text()));
    must(rotated("organisation"));
    clock.pass(hours{1});
    must(rotated("epoch"));
    clock.pass(hours{1});
    must(rotated("master"));
    EXPECT_TRUE(must(open_everything(*vault)).problems.empty());
    close();
    open();
    EXPECT_TRUE(must(open_everything(*vault)).problems.empty());
    const auto all = finished_backups(config.backups);
    EXPECT_EQ(restored(all.back()), 0) << said.str();
    EXPECT_FALSE(fs::exists(before / "epoch.key")) << "it was sealed with the old master key";
    EXPECT_FALSE(rotated("person", "nobody"));
    EXPECT_FALSE(rotated("person", PersonId::random().text()));
    EXPECT_FALSE(rotated("organisation", "elsewhere"));
    EXPECT_FALSE(rotated("master", {}, "too short"));
}

} // namespace
} // namespace handrail::app
