#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "sqlite/sqlite_store.h"
#include "trust/house.h"
#include "trust/master_key.h"

namespace handrail::trust {
namespace {

using test::Folder;
using test::House;
using test::must;

const std::string hex_key(64, 'a');

void write_file(const std::string& path, const std::string& text, mode_t mode)
{
    std::ofstream(path) << text;
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
}

std::string read_file(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

TEST(MasterKey, IsReadFromAFileThatOnlyItsOwnerReads)
{
    const Folder folder;
    const auto path = folder.file("master.key");
    write_file(path, hex_key + "\n", 0600);
    EXPECT_EQ(must(read_master_key({MasterKeySource::Kind::File, path, false})).bytes(), std::string(32, '\xaa'));
    for (const mode_t mode : {0640, 0604, 0660, 0644, 0777}) {
        ASSERT_EQ(::chmod(path.c_str(), mode), 0);
        const auto refused = read_master_key({MasterKeySource::Kind::File, path, true});
        ASSERT_FALSE(refused) << "mode " << std::oct << mode;
        EXPECT_NE(refused.error().told.find("chmod 600 " + path), std::string::npos) << refused.error().told;
    }
}

TEST(MasterKey, IsMadeOnlyWhenToldTo)
{
    const Folder folder;
    const auto path = folder.file("master.key");
    const auto missing = read_master_key({MasterKeySource::Kind::File, path, false});
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().told.find("is missing"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(path));
    const auto made = must(read_master_key({MasterKeySource::Kind::File, path, true}));
    struct stat about {};
    ASSERT_EQ(::stat(path.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777U, 0600U);
    EXPECT_EQ(must(read_master_key({MasterKeySource::Kind::File, path, true})).bytes(), made.bytes());
}

TEST(MasterKey, RefusesWhatIsNoKey)
{
    const Folder folder;
    const auto path = folder.file("master.key");
    for (const auto& text : {std::string(), std::string("hello"), hex_key + "a", hex_key.substr(1),
                             hex_key.substr(1) + "g", std::string(100000, 'a')}) {
        write_file(path, text, 0600);
        EXPECT_FALSE(read_master_key({MasterKeySource::Kind::File, path, false})) << text.size();
    }
    EXPECT_FALSE(read_master_key({MasterKeySource::Kind::File, folder.path(), false}));
}

TEST(MasterKey, IsReadFromTheEnvironmentAndFromACommand)
{
    ASSERT_EQ(::setenv("HANDRAIL_TEST_KEY", hex_key.c_str(), 1), 0);
    EXPECT_TRUE(read_master_key({MasterKeySource::Kind::Environment, "HANDRAIL_TEST_KEY", false}));
    EXPECT_FALSE(read_master_key({MasterKeySource::Kind::Environment, "HANDRAIL_NO_SUCH_KEY", false}));
    EXPECT_EQ(
        must(read_master_key({MasterKeySource::Kind::Command, "printf '%s\\n' \"$HANDRAIL_TEST_KEY\"", false})).bytes(),
        std::string(32, '\xaa'));
    const auto failed = read_master_key({MasterKeySource::Kind::Command, "exit 3", false});
    ASSERT_FALSE(failed);
    EXPECT_NE(failed.error().told.find("exit code 3"), std::string::npos);
    EXPECT_FALSE(read_master_key({MasterKeySource::Kind::Command, "echo hello", false}));
}

TEST(EpochKey, DoesNotOpenWithAnotherMasterKey)
{
    const Folder folder;
    const auto path = folder.file("epoch.key");
    const auto made = must(EpochKeyFile::open(path, SecretKey::random(), true));
    const auto before = read_file(path);
    const auto refused = EpochKeyFile::open(path, SecretKey::random(), true);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().told.find("does not open with this master key"), std::string::npos);
    EXPECT_EQ(read_file(path), before);
    EXPECT_FALSE(EpochKeyFile::open(folder.file("other.key"), SecretKey::random(), false));
    EXPECT_FALSE(std::filesystem::exists(folder.file("other.key")));
}

TEST(EpochKey, NoticesDamage)
{
    const Folder folder;
    const auto path = folder.file("epoch.key");
    const auto master = SecretKey::random();
    {
        const auto made = must(EpochKeyFile::open(path, master, true));
    }
    const auto whole = read_file(path);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        auto changed = whole;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        std::ofstream(path, std::ios::binary) << changed;
        EXPECT_FALSE(EpochKeyFile::open(path, master, true)) << "byte " << i;
    }
    std::ofstream(path, std::ios::binary) << whole.substr(0, whole.size() - 1);
    EXPECT_FALSE(EpochKeyFile::open(path, master, true));
    std::ofstream(path, std::ios::binary) << whole;
    EXPECT_TRUE(EpochKeyFile::open(path, master, true));
}

class KeyringTest : public testing::Test {
protected:
    House house;
    PersonId made()
    {
        const auto person = PersonId::random();
        must(house.keyring->create_person_key(house.organisation, person));
        return person;
    }
};

TEST_F(KeyringTest, KeepsAKeyAcrossARestart)
{
    const auto person = made();
    const auto key = std::string(must(house.keyring->person_key(house.organisation, person)).bytes());
    const auto own = std::string(must(house.keyring->organisation_key(house.organisation)).bytes());
    house.close();
    house.open();
    EXPECT_EQ(must(house.keyring->person_key(house.organisation, person)).bytes(), key);
    EXPECT_EQ(must(house.keyring->organisation_key(house.organisation)).bytes(), own);
    EXPECT_NE(must(house.keyring->person_key(house.organisation, made())).bytes(), key);
    EXPECT_EQ(test::files_holding(house.folder.path(), key), std::vector<std::string>{});
}

TEST_F(KeyringTest, RefusesAnEpochKeyOfAnotherService)
{
    made();
    auto strange = must(EpochKeyFile::open(house.folder.file("strange.key"), house.master, true));
    const auto refused = Keyring::open(*house.keys, std::move(strange), house.clock);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Invalid);
    EXPECT_NE(refused.error().told.find("strange.key"), std::string::npos);
}

TEST_F(KeyringTest, RemembersNoMoreThanItMay)
{
    auto epoch = must(EpochKeyFile::open(house.folder.file("epoch.key"), house.master, false));
    const auto small = must(Keyring::open(*house.keys, std::move(epoch), house.clock, 4));
    std::vector<std::pair<PersonId, std::string>> people;
    for (int i = 0; i < 40; ++i) {
        const auto person = made();
        people.emplace_back(person, must(small->person_key(house.organisation, person)).bytes());
    }
    for (const auto& [person, key] : people)
        EXPECT_EQ(must(small->person_key(house.organisation, person)).bytes(), key);
}

TEST_F(KeyringTest, ErasingForgetsTheKeyAndTheLookUps)
{
    const auto person = made();
    must(house.keyring->add_look_up(house.organisation, person, "phone", "+353871234567"));
    ASSERT_TRUE(must(house.keyring->look_up(house.organisation, "phone", "+353871234567")));
    must(house.keyring->person_key(house.organisation, person));
    must(house.keyring->erase_person(house.organisation, person));
    const auto gone = house.keyring->person_key(house.organisation, person);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().kind, ErrorKind::NotFound);
    EXPECT_FALSE(must(house.keyring->look_up(house.organisation, "phone", "+353871234567")));
    const auto erased = must(house.keyring->erased_since(house.clock.now() - std::chrono::hours(1)));
    ASSERT_EQ(erased.size(), 1U);
    EXPECT_EQ(erased[0].person, person);
    must(house.keyring->erase_person(house.organisation, person)); // again does no harm
    EXPECT_EQ(must(house.keyring->erased_since(house.clock.now() + std::chrono::hours(1))).size(), 0U);
}

TEST_F(KeyringTest, LookUpsAreKeyedPerOrganisationAndField)
{
    const auto elsewhere = must(house.organisations->create("elsewhere"));
    const auto here = must(house.keyring->look_up_hash(house.organisation, "phone", "1"));
    EXPECT_EQ(here, must(house.keyring->look_up_hash(house.organisation, "phone", "1")));
    EXPECT_NE(here, must(house.keyring->look_up_hash(house.organisation, "email", "1")));
    EXPECT_NE(here, must(house.keyring->look_up_hash(elsewhere, "phone", "1")));
    const auto person = made();
    must(house.keyring->add_look_up(house.organisation, person, "phone", "1"));
    must(house.keyring->add_look_up(house.organisation, person, "phone", "1"));
    const auto taken = house.keyring->add_look_up(house.organisation, made(), "phone", "1");
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().kind, ErrorKind::Conflict);
    EXPECT_FALSE(must(house.keyring->look_up(elsewhere, "phone", "1")));
}

TEST_F(KeyringTest, ANewEpochOpensEverybodyElseAndNotTheErased)
{
    std::vector<std::pair<PersonId, std::string>> people;
    for (int i = 0; i < 520; ++i) { // more than one page of re-wrapping
        const auto person = made();
        people.emplace_back(person, must(house.keyring->person_key(house.organisation, person)).bytes());
    }
    const auto erased = people[300].first;
    const auto old_epoch = read_file(house.folder.file("epoch.key"));
    // A backup of keys taken while the person was there.
    const auto backup = house.folder.file("backup");
    std::filesystem::create_directory(backup);
    std::filesystem::copy_file(house.folder.file("epoch.key"), backup + "/epoch.key");

    EXPECT_FALSE(must(house.keyring->new_epoch_due()));
    const auto verify = [&] {
        return must(house.keyring->verify_erased(house.organisation, erased, {house.folder.path()}));
    };
    EXPECT_EQ(verify().size(), 1U) << "the key itself";
    must(house.keyring->erase_person(house.organisation, erased));
    EXPECT_TRUE(must(house.keyring->new_epoch_due()));
    EXPECT_EQ(verify().size(), 2U) << "the epoch in force, and the one in the backup";
    EXPECT_EQ(must(house.keyring->new_epoch()), 2);
    EXPECT_FALSE(must(house.keyring->new_epoch_due()));
    const auto left = verify();
    ASSERT_EQ(left.size(), 1U);
    EXPECT_NE(left[0].find(backup), std::string::npos);
    std::filesystem::remove(backup + "/epoch.key");
    EXPECT_TRUE(verify().empty());

    EXPECT_NE(read_file(house.folder.file("epoch.key")), old_epoch);
    EXPECT_FALSE(std::filesystem::exists(house.folder.file("epoch.key.old")));
    EXPECT_FALSE(std::filesystem::exists(house.folder.file("epoch.key.next")));
    house.close();
    house.open();
    EXPECT_EQ(must(house.keyring->check_every_key()), 1 + 520 - 1);
    for (const auto& [person, key] : people) {
        const auto opened = house.keyring->person_key(house.organisation, person);
        EXPECT_EQ(opened.ok(), person != erased);
        if (opened) {
            ASSERT_EQ(opened->bytes(), key);
        }
    }
}

// Killed at every step of a change of epoch, the keys still open, and the next start finishes the change.
TEST_F(KeyringTest, AChangeOfEpochSurvivesAKillAtEveryStep)
{
    std::vector<std::string> keys;
    std::vector<PersonId> people;
    for (int i = 0; i < 3; ++i) {
        people.push_back(made());
        keys.emplace_back(must(house.keyring->person_key(house.organisation, people.back())).bytes());
    }
    const auto own = std::string(must(house.keyring->organisation_key(house.organisation)).bytes());
    const auto path = house.folder.file("epoch.key");
    int steps = 0;
    for (int kill_at = 0;; ++kill_at) {
        const auto before = house.keyring->epoch();
        bool killed = false;
        {
            int step = 0;
            auto file = must(EpochKeyFile::open(path, house.master, false));
            file.before_step = [&](const char* name) -> Result<void> {
                if (killed || step++ == kill_at) {
                    killed = true;
                    return unavailable("killed", name);
                }
                return {};
            };
            const auto doomed = must(Keyring::open(*house.keys, std::move(file), house.clock));
            const bool changed = doomed->new_epoch().ok();
            EXPECT_EQ(changed, !killed);
            // What a kill leaves behind must be usable by the same process too, as long as it lives.
            EXPECT_EQ(must(doomed->person_key(house.organisation, people[0])).bytes(), keys[0]);
        }
        house.close();
        house.open();
        const auto after = house.keyring->epoch();
        EXPECT_TRUE(after == before || after == before + 1);
        for (std::size_t i = 0; i < people.size(); ++i)
            ASSERT_EQ(must(house.keyring->person_key(house.organisation, people[i])).bytes(), keys[i])
                << "killed at step " << kill_at;
        ASSERT_EQ(must(house.keyring->organisation_key(house.organisation)).bytes(), own);
        for (const char* rest : {".old", ".next", ".writing", ".next.writing"})
            EXPECT_FALSE(std::filesystem::exists(path + rest)) << rest << " after a kill at step " << kill_at;
        must(house.keyring->new_epoch()); // and the next one works
        if (!killed)
            break;
        ++steps;
    }
    EXPECT_GE(steps, 6);
}

// Another node changed the epoch: this one notices and wraps with the one in force.
TEST_F(KeyringTest, TwoNodesShareTheEpoch)
{
    const auto other = must(Keyring::open(
        *house.keys, must(EpochKeyFile::open(house.folder.file("epoch.key"), house.master, false)), house.clock));
    const auto person = made();
    must(other->new_epoch());
    EXPECT_EQ(must(house.keyring->person_key(house.organisation, person)).bytes(),
              must(other->person_key(house.organisation, person)).bytes());
    const auto late = made();
    house.close();
    house.open();
    EXPECT_TRUE(house.keyring->person_key(house.organisation, late));
}

// After an erasure every node finds that a new epoch is due. One begins it; to the others it is then not due any more.
TEST_F(KeyringTest, ANodeThatComesLateToANewEpochShutsNobodyOut)
{
    const auto other = must(Keyring::open(
        *house.keys, must(EpochKeyFile::open(house.folder.file("epoch.key"), house.master, false)), house.clock));
    const auto ada = made();
    const auto key = must(house.keyring->person_key(house.organisation, ada));
    must(house.keyring->erase_person(house.organisation, made()));
    ASSERT_TRUE(must(house.keyring->new_epoch_due()));
    ASSERT_TRUE(must(other->new_epoch_due()));
    const auto number = must(other->new_epoch());
    EXPECT_FALSE(must(house.keyring->new_epoch_due()));
    EXPECT_GT(must(house.keyring->new_epoch()), number); // nor does it harm when one does all the same
    house.close();
    house.open();
    EXPECT_EQ(must(house.keyring->person_key(house.organisation, ada)).bytes(), key.bytes());
    EXPECT_TRUE(house.keyring->check_every_key());
}

TEST_F(KeyringTest, NodesThatChangeTheEpochTogetherLoseNoKey)
{
    constexpr int nodes = 3;
    std::vector<std::thread> threads;
    std::vector<std::vector<PersonId>> made_by(nodes);
    for (int node = 0; node < nodes; ++node)
        threads.emplace_back([&, node] {
            const auto keyring = must(Keyring::open(
                *house.keys, must(EpochKeyFile::open(house.folder.file("epoch.key"), house.master, false)),
                house.clock));
            for (int each = 0; each < 8; ++each) {
                must(keyring->new_epoch());
                made_by[static_cast<std::size_t>(node)].push_back(PersonId::random());
                must(keyring->create_person_key(house.organisation, made_by[static_cast<std::size_t>(node)].back()));
            }
        });
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(must(house.keyring->new_epoch()), 1 + nodes * 8 + 1);
    house.close();
    house.open();
    EXPECT_TRUE(house.keyring->check_every_key());
    for (const auto& people : made_by)
        for (const auto& person : people)
            EXPECT_TRUE(house.keyring->person_key(house.organisation, person));
}

TEST_F(KeyringTest, ErasureReachesEveryNodesMemory)
{
    const auto other = must(Keyring::open(
        *house.keys, must(EpochKeyFile::open(house.folder.file("epoch.key"), house.master, false)), house.clock));
    const auto person = made();
    must(other->person_key(house.organisation, person));
    must(house.keyring->erase_person(house.organisation, person));
    EXPECT_FALSE(other->person_key(house.organisation, person));
}

TEST_F(KeyringTest, AKeyRowDoesNotWorkForSomeoneElse)
{
    const auto ada = made();
    const auto ben = made();
    constexpr rows::Statement exchange{
        "test.exchange",
        "UPDATE person_key SET wrapped = (SELECT b.wrapped FROM person_key b WHERE b.organisation = $1 "
        "AND b.person = $2) WHERE organisation = $1 AND person = $3"};
    must(house.keys->write(house.system(), [&](storage::Writing& keys) -> Result<void> {
        TRY(keys.change(exchange, {ada, ben}));
        return {};
    }));
    EXPECT_TRUE(house.keyring->person_key(house.organisation, ada));
    EXPECT_FALSE(house.keyring->person_key(house.organisation, ben));
    EXPECT_FALSE(house.keyring->check_every_key());
}

} // namespace
} // namespace handrail::trust
