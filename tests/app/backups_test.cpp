// Backups by the clock, what is kept of them, what an erasure does to them, and that damage anywhere is noticed.

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>

#include "app/durable_file.h"
#include "app/erasures.h"
#include "service_for_test.h"

namespace handrail::app {
namespace {

using BackupsTest = ServiceForTest;

TEST_F(BackupsTest, AreMadeByTheClockAndLookAtTheNewestOne)
{
    must(backups->round());
    EXPECT_TRUE(names().empty()) << "not asked for";
    config.backup_every = hours{24};
    must(backups->round());
    EXPECT_EQ(names(), std::vector<std::string>{"2026-03-02T221000Z-scheduled"});
    clock.pass(hours{23});
    close();
    open(); // what is due is seen from the folder, not remembered
    must(backups->round());
    EXPECT_EQ(names().size(), 1U);
    clock.pass(hours{1});
    must(backups->round());
    EXPECT_EQ(names().size(), 2U);
    clock.pass(hours{10});
    must(backups->take("manual"));
    clock.pass(hours{20});
    must(backups->round());
    EXPECT_EQ(names().size(), 3U) << "one by hand counts too";
    EXPECT_EQ(backups->state().last, "2026-03-04T081000Z-manual");
    EXPECT_EQ(backups->state().problem, "");
}

TEST_F(BackupsTest, KeepAsManyAsTheyAreTold)
{
    config.backup_every = hours{24};
    config.backup_keep = 3;
    must(backups->take("manual"));
    for (int day = 0; day < 8; ++day) {
        clock.pass(hours{24});
        must(backups->round());
    }
    EXPECT_EQ(names(), (std::vector<std::string>{"2026-03-02T221000Z-manual", "2026-03-08T221000Z-scheduled",
                                                 "2026-03-09T221000Z-scheduled", "2026-03-10T221000Z-scheduled"}));
    config.backup_keep = 0;
    config.backup_keep_for = hours{25};
    must(backups->round());
    EXPECT_EQ(names().size(), 3U);
    clock.pass(hours{24 * 90});
    config.backup_every = hours{0};
    must(backups->round());
    EXPECT_EQ(names(), (std::vector<std::string>{"2026-03-02T221000Z-manual", "2026-03-10T221000Z-scheduled"}))
        << "the newest is never dropped, and never what somebody asked for";
}

TEST_F(BackupsTest, AFailureIsKeptForTheSystemStateAndTriedAgain)
{
    config.backup_every = hours{24};
    std::ofstream(folder.path() / "a file") << "in the way";
    const auto right = config.backups;
    config.backups = folder.path() / "a file" / "backups";
    EXPECT_FALSE(backups->round());
    EXPECT_NE(backups->state().problem.find("backup folder"), std::string::npos) << backups->state().problem;
    config.backups = right;
    EXPECT_FALSE(backups->round()) << "not again at once";
    clock.pass(hours{1});
    must(backups->round());
    EXPECT_EQ(backups->state().problem, "");
    EXPECT_EQ(names().size(), 1U);
}

TEST_F(BackupsTest, AFolderThatCannotBeLookedIntoIsAnAnswer)
{
    // A loop, because a test that runs as root may look into everything.
    fs::create_symlink("loop", folder.path() / "loop");
    config.backups = folder.path() / "loop";
    EXPECT_THAT(backups->take("manual").error().told, testing::HasSubstr("backup folder"));
    auto elsewhere = config;
    elsewhere.folder = folder.path() / "loop";
    EXPECT_THAT(open_vault(elsewhere, {}, clock).error().told, testing::HasSubstr("cannot be looked into"));
}

// After the round that follows an erasure nothing in the service's own folders opens the person, and the newest backup
// still restores; so do older ones, with younger keys.
TEST_F(BackupsTest, ShutTheErasedOutAndStillRestore)
{
    const auto ada = signed_up("Ada");
    const auto ben = signed_up("Ben");
    const auto before = must(backups->take("manual"));
    const auto elsewhere = folder.path() / "elsewhere" / before.folder.filename();
    fs::create_directories(elsewhere.parent_path());
    fs::copy(before.folder, elsewhere, fs::copy_options::recursive);
    clock.pass(hours{1});
    erase(ada);
    clock.pass(hours{1});
    // A backup between the erasure and the new epoch knows nobody who is gone, and its key file opens the older one.
    must(backups->take("manual"));
    EXPECT_FALSE(what_opens(ada).empty());
    clock.pass(hours{1});
    must(backups->round());
    EXPECT_EQ(what_opens(ada), std::vector<std::string>{});
    EXPECT_EQ(names().back(), "2026-03-03T011000Z-erasure");
    EXPECT_TRUE(fs::exists(config.backups / "erasures"));
    must(backups->round());
    EXPECT_EQ(names().size(), 3U) << "done once";

    for (const auto& each : finished_backups(config.backups)) {
        EXPECT_EQ(restored(each), 0) << each << "\n" << said.str();
        EXPECT_NE(said.str().find("restore verified"), std::string::npos);
    }
    // A copy that was kept somewhere else still has its key file: restoring it repeats the erasure.
    EXPECT_EQ(restored(elsewhere), 0) << said.str();
    EXPECT_NE(said.str().find("erased again: person " + ada.text()), std::string::npos) << said.str();
    EXPECT_EQ(said.str().find(ben.text()), std::string::npos);

    // Restored for good: it opens Ben, not Ada, and counts its epochs on from the service before it.
    const auto epoch = vault->keyring->epoch();
    const auto there = folder.path() / "there";
    EXPECT_EQ(restored(elsewhere, there), 0) << said.str();
    close();
    config.folder = there;
    config.backups = there / "backups";
    open();
    EXPECT_FALSE(vault->keyring->person_key(organisation, ada));
    EXPECT_TRUE(vault->keyring->person_key(organisation, ben));
    EXPECT_GT(vault->keyring->epoch(), epoch);
    EXPECT_EQ(what_opens(ada), std::vector<std::string>{});
    const auto left = must(vault->keyring->verify_erased(organisation, ada, {(folder.path() / "elsewhere").string()}));
    EXPECT_EQ(left.size(), 1U) << "the copy that was kept elsewhere is named";
}

TEST_F(BackupsTest, TheListOfErasuresGoesWithTheServiceAndIsSigned)
{
    const auto ada = signed_up("Ada");
    const auto before = must(backups->take("manual")).folder;
    const auto list = erasure_list_in(config.backups);
    EXPECT_TRUE(fs::exists(list)) << "each backup writes it";
    erase(ada);
    must(keep_erasures(*vault->keyring, config.backups, false));
    const auto kept = must(read_file(list));

    // After a disaster: the list alone survived, somewhere else.
    const auto elsewhere = folder.path() / "elsewhere" / before.filename();
    fs::create_directories(elsewhere.parent_path());
    fs::copy(before, elsewhere, fs::copy_options::recursive);
    const auto saved = folder.path() / "saved list";
    fs::rename(list, saved);
    EXPECT_EQ(restored(elsewhere), 0) << said.str();
    EXPECT_NE(said.str().find("No list of erasures was found"), std::string::npos) << said.str();
    EXPECT_EQ(restored(elsewhere, {}, saved), 0) << said.str();
    EXPECT_NE(said.str().find("erased again: person " + ada.text()), std::string::npos) << said.str();
    EXPECT_EQ(restored(elsewhere, {}, folder.path() / "no such list"), 1);

    for (std::size_t i = 0; i < kept.size(); ++i) {
        auto changed = kept;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        ASSERT_FALSE(trust::read_erasure_list(changed, vault->audit_key)) << "byte " << i;
    }
    must(put_file(saved, kept.substr(0, kept.size() - 5)));
    EXPECT_EQ(restored(elsewhere, {}, saved), 1);
    EXPECT_NE(said.str().find("was changed"), std::string::npos) << said.str();
    // The running service writes a damaged one anew: it knows.
    must(put_file(list, "nonsense"));
    must(backups->take("manual"));
    EXPECT_EQ(must(read_erasures(list, vault->audit_key))->erased.size(), 1U);
}

// Restored by hand (files copied, or pg_restore): the list in the backup folder is enough.
TEST_F(BackupsTest, AServiceThatWasPutBackByHandRepeatsErasuresByItself)
{
    const auto ada = signed_up("Ada");
    const auto before = must(backups->take("manual")).folder;
    const auto kept = folder.path() / "kept";
    fs::copy(before, kept, fs::copy_options::recursive);
    erase(ada);
    must(backups->round());
    close();
    for (const char* name : {"handrail.db", "keys.db", "epoch.key"})
        fs::remove(config.folder / name);
    must(lay_out(kept, kept, config.folder));
    open();
    ASSERT_TRUE(vault->keyring->person_key(organisation, ada)) << "the old copy knows nothing of it";
    must(backups->round());
    EXPECT_FALSE(vault->keyring->person_key(organisation, ada));
    EXPECT_EQ(what_opens(ada), std::vector<std::string>{});
    EXPECT_EQ(restored(finished_backups(config.backups).back()), 0) << said.str();
}

// Head, tail and places between: no byte of any file of a backup may change unseen, the manifest included.
TEST_F(BackupsTest, DamageAtAnyByteIsNoticed)
{
    signed_up("Ada");
    const auto backup = must(backups->take("manual")).folder;
    must(check_manifest(backup));
    int files = 0;
    for (const auto& entry : fs::directory_iterator(backup)) {
        ++files;
        const auto path = entry.path();
        const auto whole = must(read_file(path));
        std::vector<std::size_t> places;
        const std::size_t ends = whole.size() < 1000 ? whole.size() : 100; // all of a small file
        for (std::size_t i = 0; i < ends; ++i) {
            places.push_back(i);
            places.push_back(whole.size() - 1 - i);
        }
        for (std::size_t i = 0; i < whole.size(); i += std::max<std::size_t>(1, whole.size() / 61))
            places.push_back(i);
        std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
        for (const auto place : places)
            for (const int bit : {0, 7}) {
                const char changed = static_cast<char>(whole[place] ^ (1 << bit));
                file.seekp(static_cast<std::streamoff>(place)).put(changed).flush();
                ASSERT_FALSE(check_manifest(backup)) << path << ", byte " << place << ", bit " << bit;
                file.seekp(static_cast<std::streamoff>(place)).put(whole[place]).flush();
            }
        file.close();
        fs::resize_file(path, whole.size() - 1);
        EXPECT_FALSE(check_manifest(backup)) << path << ", cut";
        std::ofstream(path, std::ios::binary) << whole << "x";
        EXPECT_FALSE(check_manifest(backup)) << path << ", one byte more";
        std::ofstream(path, std::ios::binary) << whole;
        must(check_manifest(backup));
    }
    EXPECT_EQ(files, 4);
}

// What a kill in the middle of a backup leaves is no backup, and is not taken for one.
TEST_F(BackupsTest, AnUnfinishedOneDoesNotCount)
{
    const auto whole = must(backups->take("manual")).folder;
    fs::rename(whole, whole.string() + ".unfinished");
    EXPECT_TRUE(names().empty());
    EXPECT_EQ(backups->state().last, "");
    must(backups->round());
    EXPECT_TRUE(fs::exists(whole.string() + ".unfinished")) << "somebody may be at work on it";
    clock.pass(hours{25});
    must(backups->round());
    EXPECT_FALSE(fs::exists(whole.string() + ".unfinished"));
    const auto failed =
        write_backup(*vault->data, *vault->keys, vault->epoch_file, config.backups, clock.now(), "x",
                     [](const fs::path&) -> Result<void> { return unavailable("shown not to open", "x"); });
    EXPECT_FALSE(failed);
    EXPECT_TRUE(names().empty()) << "one that was not proven does not stay";
}

struct Setting {
    const char* text;
    bool read;
    hours every;
    int keep = 14;
    hours keep_for{0};
};

TEST_F(BackupsTest, TheSettingsSayHowOftenAndHowLong)
{
    const Setting settings[] = {
        {"", true, hours{24}},
        {"every = \"off\"", true, hours{0}},
        {"every = \"7d\"\nkeep = 3", true, hours{7 * 24}, 3},
        {"every = \"120 minutes\"\nkeep = \"30 days\"", true, hours{2}, 0, hours{30 * 24}},
        {"every = 24", false, {}},
        {"every = \"often\"", false, {}},
        {"every = \"0h\"", false, {}},
        {"every = \"99999999999999999999h\"", false, {}},
        {"keep = 0", false, {}},
        {"keep = \"off\"", false, {}},
    };
    const auto file = folder.path() / "handrail.toml";
    for (const auto& each : settings) {
        std::ofstream(file) << "[backup]\n" << each.text << "\n";
        const auto found = read_config(file);
        ASSERT_EQ(found.ok(), each.read) << each.text;
        if (!each.read)
            continue;
        EXPECT_EQ(found->backup_every, each.every) << each.text;
        EXPECT_EQ(found->backup_keep, each.keep) << each.text;
        EXPECT_EQ(found->backup_keep_for, each.keep_for) << each.text;
    }
}

} // namespace
} // namespace handrail::app
