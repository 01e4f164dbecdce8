// Another key for a person, an organisation, and the service as a whole: nothing is lost, whenever it is cut short.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "storage/migrations.h"
#include "storage/store.h"
#include "trust/audit_check.h"
#include "trust/house.h"
#include "trust/key_rotation.h"
#include "trust/master_key.h"
#include "trust/sealed_check.h"

namespace handrail::trust {
namespace {

using std::chrono::hours;
using test::House;
using test::must;

constexpr rows::Statement bodies{"test.bodies",
                                 "SELECT sealed_profile FROM person WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement add_document{
    "test.document", "INSERT INTO document (organisation, person, kind, version, sealed_body, written_at) "
                     "VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr rows::Statement read_document{
    "test.read_document",
    "SELECT sealed_body FROM document WHERE organisation = $1 AND person = $2 AND kind = $3 AND version = $4"};

/// The place of a document as care makes it.
Place document_place(std::string_view kind, std::int64_t version)
{
    RawId row;
    for (int i = 0; i < 8; ++i)
        row.bytes[static_cast<std::size_t>(8 + i)] = static_cast<std::uint8_t>(version >> (56 - 8 * i));
    return {"document", kind, row};
}

class RotationTest : public testing::Test {
protected:
    House house;

    void write(PersonId person, std::int64_t version, const std::string& words)
    {
        must(house.record->write(house.system(), [&](Writing& writing) -> Result<void> {
            TRY(writing.change(add_document,
                               {person, "plan", version,
                                TRY(writing.seal(person, document_place("plan", version), Confidential(words))),
                                house.clock.now()}));
            return {};
        }));
    }
    Result<std::string> words_of(PersonId person, std::int64_t version)
    {
        std::string words;
        TRY(house.record->read(house.system(), [&](Reading& reading) -> Result<void> {
            const auto found = TRY(reading.rows(read_document, {person, "plan", version}));
            words = TRY(reading.open(person, document_place("plan", version), found.at(0)[0].blob())).reveal();
            return {};
        }));
        return words;
    }
    SealedCheck checked() { return must(check_sealed(*house.data, *house.keyring, house.organisation)); }
    KeyRotation rotation() { return {*house.data, *house.keyring, house.clock}; }
};

// A table that somebody adds later and forgets here would be lost when its key is replaced.
TEST(SealedColumns, AreAllThatTheSchemaHas)
{
    std::vector<std::string> listed;
    for (const auto& column : sealed_columns())
        listed.push_back(std::string(column.table) + "." + std::string(column.column));
    std::vector<std::string> there;
    const std::regex word("CREATE TABLE (\\w+)|^ *(sealed_\\w+)|ALTER TABLE (\\w+) ADD COLUMN (sealed_\\w+)");
    for (const auto& migration : storage::migrations(storage::Set::Data)) {
        std::istringstream lines{std::string(migration.script)};
        std::string table;
        for (std::string line; std::getline(lines, line);) {
            std::smatch found;
            if (!std::regex_search(line, found, word))
                continue;
            if (found[1].matched)
                table = found[1];
            else if (found[2].matched)
                there.push_back(table + "." + found[2].str());
            else
                there.push_back(found[3].str() + "." + found[4].str());
        }
    }
    std::sort(listed.begin(), listed.end());
    std::sort(there.begin(), there.end());
    EXPECT_GE(there.size(), 19U);
    EXPECT_EQ(listed, there);
}

TEST_F(RotationTest, APersonsValuesAreSealedAnewAndEitherKeyOpensMeanwhile)
{
    const auto ada = *house.person("Ada").person();
    const auto ben = *house.person("Ben").person();
    for (int i = 1; i <= 650; ++i) // more than two pages
        write(ada, i, "plan " + std::to_string(i));
    write(ben, 1, "Ben's");
    const auto before = std::string(must(house.keyring->person_key(house.organisation, ada)).bytes());
    const auto bens = std::string(must(house.keyring->person_key(house.organisation, ben)).bytes());

    must(rotation().begin(house.organisation, ada));
    EXPECT_NE(must(house.keyring->person_key(house.organisation, ada)).bytes(), before);
    EXPECT_EQ(must(words_of(ada, 7)), "plan 7") << "with the former key";
    write(ada, 651, "written meanwhile");
    EXPECT_EQ(must(words_of(ada, 651)), "written meanwhile");
    EXPECT_TRUE(checked().problems.empty());

    // 650 documents, the profile, the account's two values, the session's device.
    EXPECT_EQ(must(rotation().go_on()), 654);
    EXPECT_EQ(must(rotation().go_on()), 0);
    EXPECT_EQ(must(house.keyring->former_keys(house.organisation, ada)).size(), 1U) << "a node may hold it still";
    house.clock.pass(hours{2});
    EXPECT_EQ(must(rotation().go_on()), 0);
    EXPECT_EQ(must(house.keyring->former_keys(house.organisation, ada)).size(), 0U);
    house.close();
    house.open();
    for (const int i : {1, 300, 301, 650, 651})
        EXPECT_TRUE(words_of(ada, i)) << i;
    EXPECT_EQ(must(words_of(ben, 1)), "Ben's");
    EXPECT_EQ(must(house.keyring->person_key(house.organisation, ben)).bytes(), bens);
    EXPECT_TRUE(checked().problems.empty());
    EXPECT_EQ(checked().erased, 0);
}

TEST_F(RotationTest, TheOrganisationsKeyLeavesPeopleLogInsAndTheAuditRecordWhole)
{
    house.staff(Role::Clinician, "maeve", {house.team});
    const auto ada = *house.person("Ada").person();
    must(house.keyring->add_look_up(house.organisation, ada, "phone", "+353871234567"));
    must(house.settings->put(house.system(), "service_name", "Harbour Street"));
    const auto found = [&] {
        EXPECT_EQ(must(house.settings->get(house.system(), "service_name")), "Harbour Street");
        EXPECT_EQ(must(house.keyring->look_up(house.organisation, "phone", "+353871234567")), ada);
        EXPECT_EQ(must(house.teams->all(house.system())).size(), 1U);
        const auto tried = house.sign_in->sign_in(house.organisation,
                                                  {"maeve", Confidential("maeve has a long password"), {}, {}, {}});
        ASSERT_FALSE(tried);
        EXPECT_EQ(tried.error().where, "second-factor") << "the log-in is found, the password opens and is right";
        EXPECT_TRUE(checked().problems.empty());
        EXPECT_TRUE(must(verify_audit(*house.data, house.keyring->audit_key(), house.organisation)).ok());
    };
    found();
    for (int again = 0; again < 3; ++again) {
        must(rotation().begin(house.organisation, PersonId{}));
        found();
        EXPECT_GT(must(rotation().go_on(Duration::zero())), 2);
        EXPECT_TRUE(must(house.keyring->replaced_keys()).empty());
        house.close();
        house.open();
        found();
        must(house.keyring->new_epoch());
        must(house.keyring->check_every_key());
    }
    EXPECT_EQ(must(house.keyring->former_keys(house.organisation, PersonId{})).size(), 3U) << "for the audit record";
}

// Killed before every transaction of the work: the next go_on() finishes it.
TEST_F(RotationTest, GoesOnWhereItWasCutShort)
{
    const auto ada = *house.person("Ada").person();
    for (int i = 1; i <= 700; ++i)
        write(ada, i, "plan " + std::to_string(i));
    class Failing final : public storage::Store {
    public:
        Failing(storage::Store& real, int after) : real_(real), left_(after) {}
        Result<void> read(const Actor& actor, const ReadingBody& body) override { return real_.read(actor, body); }
        Result<void> write(const Actor& actor, const WritingBody& body) override
        {
            return left_-- > 0 ? real_.write(actor, body) : Result<void>{unavailable("killed", "killed")};
        }
        std::shared_ptr<void> listen(std::function<void(const storage::Announcement&)> heard) override
        {
            return real_.listen(std::move(heard));
        }
        Result<int> schema_version() override { return real_.schema_version(); }
        Result<int> migrate() override { return real_.migrate(); }
        Result<void> backup_to(const std::string& path) override { return real_.backup_to(path); }
        Health health() override { return real_.health(); }

    private:
        storage::Store& real_;
        int left_;
    };
    must(rotation().begin(house.organisation, ada));
    int kills = 0;
    for (int after = 0;; ++after) {
        Failing data(*house.data, after % 3);
        const auto done = KeyRotation(data, *house.keyring, house.clock).go_on(Duration::zero());
        for (const int i : {1, 350, 700})
            ASSERT_EQ(must(words_of(ada, i)), "plan " + std::to_string(i)) << "after kill " << kills;
        ASSERT_TRUE(checked().problems.empty());
        if (done)
            break;
        ++kills;
        house.close();
        house.open();
    }
    EXPECT_GE(kills, 4);
    EXPECT_TRUE(must(house.keyring->replaced_keys()).empty());
    EXPECT_TRUE(must(house.keyring->former_keys(house.organisation, ada)).empty());
}

TEST_F(RotationTest, ErasingTakesFormerKeysToo)
{
    const auto ada = *house.person("Ada").person();
    must(rotation().begin(house.organisation, ada));
    EXPECT_EQ(must(house.keyring->verify_erased(house.organisation, ada, {})).size(), 2U)
        << "the key and the one before it";
    must(house.keyring->erase_person(house.organisation, ada));
    must(house.keyring->new_epoch());
    EXPECT_EQ(must(house.keyring->verify_erased(house.organisation, ada, {})), std::vector<std::string>{});
    EXPECT_TRUE(must(house.keyring->former_keys(house.organisation, ada)).empty());
    EXPECT_EQ(must(rotation().go_on()), 0);
    const auto gone = rotation().begin(house.organisation, ada);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().kind, ErrorKind::NotFound);
    EXPECT_FALSE(rotation().begin(house.organisation, PersonId::random()));
}

TEST_F(RotationTest, ANewEpochWrapsFormerKeysToo)
{
    const auto ada = *house.person("Ada").person();
    write(ada, 1, "before");
    must(rotation().begin(house.organisation, ada));
    must(house.keyring->new_epoch());
    must(house.keyring->new_epoch());
    house.close();
    house.open();
    EXPECT_EQ(must(words_of(ada, 1)), "before");
    must(house.keyring->check_every_key());
}

// Another master key in the same file: killed at every step, the service opens again with what lies there, under one
// key.
TEST_F(RotationTest, AChangeOfMasterKeySurvivesAKillAtEveryStep)
{
    const auto ada = *house.person("Ada").person();
    write(ada, 1, "words");
    const auto path = house.folder.file("master.key");
    const auto epoch = house.folder.file("epoch.key");
    std::ofstream(path) << written(house.master) << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    const auto audit_key = std::string(house.keyring->audit_key().key.bytes());
    int steps = 0;
    for (int kill_at = 0;; ++kill_at) {
        const auto before = must(read_master_key({MasterKeySource::Kind::File, path, false}));
        int step = 0;
        bool killed = false;
        const BeforeStep kill = [&](const char* name) -> Result<void> {
            if (killed || step++ == kill_at) {
                killed = true;
                return unavailable("killed", name);
            }
            return {};
        };
        const auto change = [&]() -> Result<void> {
            auto file = TRY(EpochKeyFile::open(epoch, before, false));
            file.before_step = kill;
            const auto doomed = TRY(Keyring::open(*house.keys, std::move(file), house.clock));
            TRY(doomed->change_master(TRY(prepare_next_master(path, kill))));
            return put_next_master_in_force(path, kill);
        };
        const bool changed = change().ok();
        EXPECT_EQ(changed, !killed);
        house.close();
        must(finish_master_change(path, [&](const SecretKey& key) { return EpochKeyFile::opens(epoch, key); }));
        house.master = must(read_master_key({MasterKeySource::Kind::File, path, false}));
        house.open();
        ASSERT_EQ(must(words_of(ada, 1)), "words") << "killed at step " << kill_at;
        ASSERT_EQ(house.keyring->audit_key().key.bytes(), audit_key);
        ASSERT_TRUE(must(verify_audit(*house.data, house.keyring->audit_key(), house.organisation)).ok());
        for (const auto& rest : {path + ".next", path + ".old", epoch + ".old", epoch + ".writing"})
            EXPECT_FALSE(std::filesystem::exists(rest)) << rest << " after a kill at step " << kill_at;
        if (changed) {
            EXPECT_NE(house.master.bytes(), before.bytes());
            EXPECT_FALSE(EpochKeyFile::opens(epoch, before));
            break;
        }
        ++steps;
    }
    EXPECT_GE(steps, 9);
}

TEST_F(RotationTest, AChangeOfMasterKeyIsNotTakenBackByTheWrongKey)
{
    const auto path = house.folder.file("other.key");
    const auto other = must(read_master_key({MasterKeySource::Kind::File, path, true}));
    const auto next = must(prepare_next_master(path));
    must(finish_master_change(path, [](const SecretKey&) { return false; }));
    EXPECT_TRUE(std::filesystem::exists(path + ".next")) << "neither opens: nothing is touched";
    EXPECT_EQ(must(prepare_next_master(path)).bytes(), next.bytes()) << "the same again, not a third one";
    EXPECT_EQ(must(read_master_key({MasterKeySource::Kind::File, path, false})).bytes(), other.bytes());
}

} // namespace
} // namespace handrail::trust
