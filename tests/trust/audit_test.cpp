#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <thread>
#include <vector>

#include "trust/audit_check.h"
#include "trust/house.h"

namespace handrail::trust {
namespace {

using test::House;
using test::must;

/// Changes the closed file behind the server's back, as somebody with the disk would.
void tamper(const std::string& path, const std::string& sql)
{
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
    char* problem = nullptr;
    EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &problem), SQLITE_OK) << sql << ": " << problem;
    EXPECT_GT(sqlite3_total_changes(db), 0) << sql << " changed nothing, so the test shows nothing";
    sqlite3_free(problem);
    sqlite3_close(db);
}

class AuditTest : public testing::Test {
protected:
    House house;

    void note(const Actor& actor, Deed deed)
    {
        must(house.record->write(actor, [&](Writing& writing) -> Result<void> {
            writing.note(deed);
            return {};
        }));
    }

    /// A chain with every kind of entry: with and without a person, a row, a list, a reason.
    void fill()
    {
        // Signed up without any consent: one entry fewer, so that entry 6 has an account, a person and a row.
        SignUpDesk::Form form;
        form.display_name = "Ada";
        form.age_band = "26_64";
        form.country = "IE";
        form.language = "en";
        const auto up = must(house.sign_up->sign_up(house.organisation, form));
        const auto ada = must(house.sessions->actor_for(up.session.token));
        const auto maeve = house.staff(Role::Clinician, "maeve", {house.team});
        note(maeve, {"read.message", ada.person(), "message", random_id(), {}, {}});
        note(maeve, {"list.caseload", {}, "person", {}, {*ada.person(), PersonId::random()}, {}});
        note(maeve, {"break.glass", ada.person(), "break_glass", random_id(), {}, "because of a call"});
        note(house.system(), {"escalate.alert", ada.person(), "alert", random_id(), {}, {}});
        note(house.system(), {"start.service", {}, "", {}, {}, {}});
    }

    AuditCheck check() { return must(verify_audit(*house.data, house.keyring->audit_key(), house.organisation)); }

    AuditCheck check_after(const std::string& sql)
    {
        house.close();
        tamper(house.folder.file(House::data_file()), sql);
        house.open();
        return check();
    }
};

TEST_F(AuditTest, AnUntouchedChainIsWell)
{
    fill();
    const auto found = check();
    EXPECT_TRUE(found.ok()) << found.problems.front();
    EXPECT_GT(found.entries, 7);
}

TEST_F(AuditTest, GoesOnAfterARestart)
{
    fill();
    house.close();
    house.open();
    note(house.system(), {"start.service", {}, "", {}, {}, {}});
    EXPECT_TRUE(check().ok());
}

struct Tampering {
    const char* name;
    const char* sql;
    const char* says;
};

class AuditTampering : public AuditTest, public testing::WithParamInterface<Tampering> {};

// Every column, a missing value made empty and the other way round, and the order.
const Tampering tamperings[] = {
    {"At", "UPDATE audit_entry SET at = at + 1 WHERE sequence = 6", "entry 6 was changed"},
    {"Account", "UPDATE audit_entry SET account = zeroblob(16) WHERE sequence = 6", "entry 6 was changed"},
    {"AccountLength", "UPDATE audit_entry SET account = x'00' WHERE sequence = 6", "entry 6 was changed"},
    {"Role", "UPDATE audit_entry SET role = 'lead' WHERE sequence = 6", "entry 6 was changed"},
    {"RoleType", "UPDATE audit_entry SET role = 5 WHERE sequence = 6", "entry 6 was changed"},
    {"Person", "UPDATE audit_entry SET person = randomblob(16) WHERE sequence = 6", "entry 6 was changed"},
    {"PersonGone", "UPDATE audit_entry SET person = NULL WHERE sequence = 6", "entry 6 was changed"},
    {"Deed", "UPDATE audit_entry SET deed = 'read.nothing' WHERE sequence = 6", "entry 6 was changed"},
    {"About", "UPDATE audit_entry SET about = '' WHERE sequence = 6", "entry 6 was changed"},
    {"AboutId", "UPDATE audit_entry SET about_id = randomblob(16) WHERE sequence = 6", "entry 6 was changed"},
    {"AboutIdGone", "UPDATE audit_entry SET about_id = NULL WHERE sequence = 6", "entry 6 was changed"},
    {"MoreAdded", "UPDATE audit_entry SET sealed_more = x'' WHERE sequence = 6", "entry 6 was changed"},
    {"MoreChanged", "UPDATE audit_entry SET sealed_more = randomblob(105) WHERE sequence = 7", "entry 7 was changed"},
    {"MoreGone", "UPDATE audit_entry SET sealed_more = NULL WHERE sequence = 8", "entry 8 was changed"},
    {"Mac", "UPDATE audit_entry SET mac = randomblob(32) WHERE sequence = 6", "entry 6 was changed"},
    {"BorderMoved", "UPDATE audit_entry SET deed = deed || about, about = '' WHERE sequence = 6",
     "entry 6 was changed"},
    {"FirstRemoved", "DELETE FROM audit_entry WHERE sequence = 1", "entry 1 was removed"},
    {"OneRemoved", "DELETE FROM audit_entry WHERE sequence = 6", "entry 6 was removed"},
    {"SomeRemoved", "DELETE FROM audit_entry WHERE sequence BETWEEN 4 AND 6", "entries 4 to 6 were removed"},
    {"RemovedAndRenumbered",
     "DELETE FROM audit_entry WHERE sequence = 6; UPDATE audit_entry SET sequence = 6 WHERE sequence = 7;"
     "UPDATE audit_entry SET sequence = 7 WHERE sequence = 8; UPDATE audit_entry SET sequence = 8 WHERE "
     "sequence = 9",
     "entry 6 was changed, put in another's place"},
    {"Exchanged",
     "UPDATE audit_entry SET sequence = 1000 WHERE sequence = 6; UPDATE audit_entry SET sequence = 6 WHERE "
     "sequence = 7;"
     "UPDATE audit_entry SET sequence = 7 WHERE sequence = 1000",
     "entry 6 was changed, put in another's place"},
    {"PutInAnotherLane", "UPDATE audit_entry SET lane = 7 WHERE sequence > 8", "lane 7: entries 1 to 8 were removed"},
    {"Invented",
     "INSERT INTO audit_entry SELECT organisation, lane, sequence + 1, at, account, role, person, deed, "
     "about, about_id, "
     "sealed_more, mac FROM audit_entry ORDER BY sequence DESC LIMIT 1",
     "was changed, put in another's place"},
};

TEST_P(AuditTampering, IsFound)
{
    fill();
    const auto found = check_after(GetParam().sql);
    ASSERT_FALSE(found.ok());
    EXPECT_NE(found.problems.front().find(GetParam().says), std::string::npos) << found.problems.front();
}

INSTANTIATE_TEST_SUITE_P(Each, AuditTampering, testing::ValuesIn(tamperings),
                         [](const auto& each) { return std::string(each.param.name); });

TEST_F(AuditTest, AnotherKeyMakesNoSenseOfIt)
{
    fill();
    EXPECT_FALSE(must(verify_audit(*house.data, {SecretKey::random()}, house.organisation)).ok());
}

TEST_F(AuditTest, OnlyACheckpointSeesACutTail)
{
    fill();
    const auto key = house.keyring->audit_key();
    const auto text = written({house.clock.now(), check().heads}, key);
    const auto checkpoint = must(read_checkpoint(text, key));
    ASSERT_EQ(checkpoint.heads.size(), 1U);
    EXPECT_TRUE(must(verify_audit_against(*house.data, key, house.organisation, checkpoint)).ok());
    EXPECT_TRUE(check_after("DELETE FROM audit_entry WHERE sequence > 6").ok())
        << "a shorter chain looks whole by itself";
    const auto found = must(verify_audit_against(*house.data, key, house.organisation, checkpoint));
    ASSERT_FALSE(found.ok());
    EXPECT_NE(found.problems.front().find("the chain was cut"), std::string::npos);
    // Somebody with the running server's hands writes a new tail of the same length.
    for (int i = 0; i < 20; ++i)
        note(house.system(), {"start.service", {}, "", {}, {}, {}});
    EXPECT_TRUE(check().ok());
    EXPECT_FALSE(must(verify_audit_against(*house.data, key, house.organisation, checkpoint)).ok());
}

TEST_F(AuditTest, ACheckpointIsSigned)
{
    fill();
    const auto key = house.keyring->audit_key();
    const auto text = written({house.clock.now(), check().heads}, key);
    EXPECT_FALSE(read_checkpoint(text, {SecretKey::random()}));
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        auto changed = text;
        changed[i] = changed[i] == 'x' ? 'y' : 'x';
        EXPECT_FALSE(read_checkpoint(changed, key)) << "character " << i;
    }
}

TEST_F(AuditTest, AWriteThatFailedLeavesNoGap)
{
    fill();
    for (int i = 0; i < 5; ++i) {
        const auto failed = house.record->write(house.system(), [&](Writing& writing) -> Result<void> {
            writing.note({"start.service", {}, "", {}, {}, {}});
            return conflict("no");
        });
        EXPECT_FALSE(failed);
        note(house.system(), {"start.service", {}, "", {}, {}, {}});
    }
    EXPECT_TRUE(check().ok());
}

TEST_F(AuditTest, ManyAtOnceGiveOneChain)
{
    const auto before = check().entries;
    std::vector<std::thread> writers;
    for (int w = 0; w < 8; ++w)
        writers.emplace_back([&, w] {
            for (int i = 0; i < 50; ++i) {
                const bool fails = (i + w) % 7 == 0;
                const auto done = house.record->write(house.system(), [&](Writing& writing) -> Result<void> {
                    writing.note({"start.service", {}, "", random_id(), {}, {}});
                    return fails ? Result<void>{conflict("no")} : Result<void>{};
                });
                EXPECT_EQ(done.ok(), !fails);
            }
        });
    for (auto& writer : writers)
        writer.join();
    const auto found = check();
    EXPECT_TRUE(found.ok()) << found.problems.front();
    EXPECT_GT(found.entries, before + 300);
}

TEST_F(AuditTest, OrganisationsHaveChainsOfTheirOwn)
{
    fill();
    const auto elsewhere = must(house.organisations->create("elsewhere"));
    note(house.system(elsewhere), {"start.service", {}, "", {}, {}, {}});
    const auto there = must(verify_audit(*house.data, house.keyring->audit_key(), elsewhere));
    EXPECT_TRUE(there.ok());
    EXPECT_EQ(there.entries, 3) << "the organisation, its team, the start";
    // Cut from the one and sewn onto the other.
    house.close();
    tamper(house.folder.file(House::data_file()), "UPDATE audit_entry SET organisation = (SELECT "
                                                  "organisation FROM organisation WHERE slug = 'elsewhere'), "
                                                  "sequence = 4 WHERE sequence = 6");
    house.open();
    EXPECT_FALSE(must(verify_audit(*house.data, house.keyring->audit_key(), elsewhere)).ok());
    EXPECT_FALSE(check().ok());
}

TEST_F(AuditTest, ErasureBreaksNoLink)
{
    const auto ada = house.person();
    note(ada, {"send.message", ada.person(), "message", random_id(), {}, {}});
    must(house.erasure->erase(house.system(), *ada.person()));
    EXPECT_TRUE(check().ok());
}

TEST_F(AuditTest, ThePersonSeesWhoLooked)
{
    const auto ada = house.person();
    const auto ben = house.person("Ben");
    const auto maeve = house.staff(Role::Clinician, "maeve", {house.team});
    note(ada, {"send.message", ada.person(), "message", random_id(), {}, {}});
    house.clock.pass(std::chrono::minutes(1));
    note(maeve, {"read.message", ada.person(), "message", random_id(), {}, {}});
    house.clock.pass(std::chrono::minutes(1));
    note(maeve, {"list.caseload", {}, "person", {}, {*ben.person(), *ada.person()}, {}});
    house.clock.pass(std::chrono::minutes(1));
    note(maeve, {"list.caseload", {}, "person", {}, {*ben.person()}, {}});
    note(maeve, {"read.message", ben.person(), "message", random_id(), {}, {}});

    const auto seen = must(house.audit->who_looked(ada, std::nullopt, 100));
    ASSERT_GE(seen.size(), 2U);
    EXPECT_EQ(seen[0].deed, "list.caseload");
    EXPECT_TRUE(seen[0].of_list);
    EXPECT_EQ(seen[0].who, "maeve");
    EXPECT_EQ(seen[1].deed, "read.message");
    EXPECT_EQ(seen[1].role, Role::Clinician);
    EXPECT_FALSE(seen[1].of_list);
    for (const auto& line : seen) {
        EXPECT_NE(line.account, ada.account()) << "one's own doings are not somebody looking";
        EXPECT_TRUE(!line.person || *line.person == *ada.person());
    }
    // A page at a time.
    const auto first = must(house.audit->who_looked(ada, std::nullopt, 1));
    ASSERT_EQ(first.size(), 1U);
    const auto second = must(house.audit->who_looked(ada, first[0].at, 1));
    ASSERT_EQ(second.size(), 1U);
    EXPECT_EQ(second[0].deed, "read.message");
    EXPECT_FALSE(house.audit->who_looked(maeve, std::nullopt, 100));
}

TEST_F(AuditTest, TheAdministratorReadsThePage)
{
    fill();
    const auto kit = house.staff(Role::Administrator, "kit");
    const auto maeve = must(house.accounts->all_staff(kit)).back().id;
    const auto all = must(house.audit->page(kit, {}));
    EXPECT_GT(all.size(), 7U);
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.at > b.at; }));
    AuditBook::Filter of_maeve;
    of_maeve.account = maeve;
    for (const auto& line : must(house.audit->page(kit, of_maeve)))
        EXPECT_EQ(line.who, "maeve");
    AuditBook::Filter glass;
    glass.deed = "break.glass";
    const auto broken = must(house.audit->page(kit, glass));
    ASSERT_EQ(broken.size(), 1U);
    EXPECT_EQ(broken[0].reason, "because of a call");
    EXPECT_FALSE(house.audit->page(house.staff(Role::Clinician, "tom"), {}));
    EXPECT_FALSE(house.audit->page(house.person(), {}));
}

} // namespace
} // namespace handrail::trust
