#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <thread>

#include "postgres/postgres_store.h"
#include "postgres_cluster.h"
#include "trust/audit_check.h"
#include "trust/house.h"

// What the other tests show in detail on the embedded store, once through on both: every statement of trust
// runs here.
namespace handrail::trust {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::House;
using test::must;

std::unique_ptr<House> on_sqlite()
{
    return std::make_unique<House>();
}

std::unique_ptr<House> on_postgres()
{
    std::string why_not;
    auto* const cluster = tests::PostgresCluster::of_this_program(why_not);
    if (cluster == nullptr) {
        std::cerr << "SKIPPED: " << why_not << "\n";
        return nullptr;
    }
    const auto database = cluster->fresh_database();
    return std::make_unique<House>([cluster, database](storage::Set set) -> std::unique_ptr<storage::Store> {
        return must(postgres::PostgresStore::open(cluster->conninfo(database), set));
    });
}

struct Kind {
    const char* name;
    std::unique_ptr<House> (*open)();
};

class BothStores : public testing::TestWithParam<Kind> {
protected:
    void SetUp() override
    {
        house = GetParam().open();
        if (house == nullptr)
            GTEST_SKIP() << "no PostgreSQL server on this machine";
    }
    std::string code() const { return totp_code(House::totp_secret(), house->clock.now()); }
    void expect_well(OrganisationId organisation)
    {
        const auto check = must(verify_audit(*house->data, house->keyring->audit_key(), organisation));
        EXPECT_TRUE(check.ok()) << check.problems.front();
        EXPECT_GT(check.entries, 0);
    }
    std::unique_ptr<House> house;
};

TEST_P(BothStores, OnePersonFromSignUpToErasure)
{
    const std::string password = "seven green kettles";
    SignUpDesk::Form form;
    form.login = "ada";
    form.display_name = "Ada";
    form.password = Confidential(password);
    form.age_band = "26_64";
    form.country = "IE";
    form.language = "en";
    form.consents = {{"record", true}, {"research", false}};
    form.wording = "en-1";
    const auto up = must(house->sign_up->sign_up(house->organisation, form));
    EXPECT_EQ(house->sign_up->sign_up(house->organisation, form).error().kind, ErrorKind::Conflict);
    const auto in =
        must(house->sign_in->sign_in(house->organisation, {"ada", Confidential(password), {}, {}, "phone"}));
    const auto ada = must(house->sessions->actor_for(in.session.token));
    EXPECT_EQ(must(house->sessions->list(ada)).size(), 2U);
    must(house->accounts->change_own(ada, {"Ada L.", "de", {}}));
    EXPECT_EQ(must(house->accounts->own(ada)).display_name, "Ada L.");
    must(house->consents->put(ada, up.person, {{"research", true, "en-2", {}}}));
    EXPECT_EQ(must(house->consents->history(ada, up.person)).size(), 3U);

    const auto kit = house->staff(Role::Administrator, "kit");
    const auto ruth = house->staff(Role::Lead, "ruth");
    const auto north = must(house->teams->create(kit, "North"));
    const auto maeve = house->staff(Role::Clinician, "maeve", {north});
    house->clock.pass(minutes(1));
    must(house->break_glass->open(maeve, up.person, "nobody else can be reached", code()));
    const auto seen = must(house->audit->who_looked(ada, {}, 50));
    ASSERT_FALSE(seen.empty());
    EXPECT_EQ(seen.front().deed, "break.glass");
    must(house->break_glass->review(ruth, must(house->break_glass->list(ruth, true)).front().id, "It was needed."));
    must(house->teams->place_person(kit, up.person, north, maeve.account()));
    EXPECT_EQ(must(house->teams->all(kit)).back().people, 1);

    must(house->erasure->ask(ada));
    EXPECT_EQ(must(house->erasure->waiting(house->system())), 1);
    must(house->erasure->call_off(ada));
    EXPECT_EQ(must(house->erasure->waiting(house->system())), 0);
    must(house->erasure->ask(ada));
    house->clock.pass(hours(24 * 7));
    ASSERT_EQ(must(house->erasure->due(house->system())), std::vector<PersonId>{up.person});
    must(house->erasure->erase(house->system(), up.person));
    EXPECT_TRUE(must(house->keyring->new_epoch_due()));
    must(house->keyring->new_epoch());
    EXPECT_FALSE(must(house->keyring->new_epoch_due()));
    EXPECT_TRUE(must(house->keyring->verify_erased(house->organisation, up.person, {house->folder.path()})).empty());
    EXPECT_EQ(must(house->keyring->erased_since(house->clock.now() - hours(1))).size(), 1U);
    EXPECT_FALSE(house->sessions->actor_for(in.session.token));
    EXPECT_TRUE(must(house->sessions->clear_ended(house->system())) >= 0);
    expect_well(house->organisation);
}

TEST_P(BothStores, StaffSettingsAndTheAuditPage)
{
    const auto kit = house->staff(Role::Administrator, "kit");
    InvitationDesk::New invitation;
    invitation.role = Role::Clinician;
    invitation.team = house->team;
    const auto sent = must(house->invitations->create(kit, invitation));
    EXPECT_EQ(must(house->invitations->waiting(kit)).size(), 1U);
    const auto accepted =
        must(house->invitations->accept(sent.token, "Maeve", "maeve", Confidential("a longer password"), "Handrail"));
    const auto gone = must(house->invitations->create(kit, {}));
    must(house->invitations->withdraw(kit, gone.id));
    must(house->accounts->change_role(kit, accepted.account, Role::Lead));
    must(house->accounts->suspend(kit, accepted.account, true));
    EXPECT_EQ(must(house->accounts->all_staff(kit)).size(), 2U);
    EXPECT_EQ(must(house->accounts->counts(kit)).size(), 1U);
    must(house->teams->rename(kit, house->team, "South"));
    must(house->teams->set_members(kit, house->team, {}));
    must(house->teams->set_teams(kit, kit.account(), {house->team}));
    must(house->settings->put(kit, "service", "{}"));
    must(house->settings->put(kit, "service", "{ }"));
    EXPECT_EQ(must(house->settings->get(kit, "service")), "{ }");
    house->clock.pass(minutes(20));
    AuditBook::Filter both;
    both.account = kit.account();
    both.deed = "change.setting";
    EXPECT_EQ(must(house->audit->page(kit, both)).size(), 2U);
    both.account.reset();
    EXPECT_EQ(must(house->audit->page(kit, both)).size(), 2U);
    both.deed.clear();
    both.account = kit.account();
    EXPECT_GT(must(house->audit->page(kit, both)).size(), 5U);
    expect_well(house->organisation);
}

TEST_P(BothStores, ManyWritersKeepEveryLaneWhole)
{
    const auto elsewhere = must(house->organisations->create("elsewhere"));
    const auto ada = house->person();
    std::vector<std::thread> writers;
    for (int w = 0; w < 8; ++w)
        writers.emplace_back([&, w] {
            for (int i = 0; i < 30; ++i) {
                const bool fails = (i + w) % 7 == 0;
                const auto actor = i % 2 == 0 ? house->system() : house->system(elsewhere);
                const auto done = house->record->write(actor, [&](Writing& writing) -> Result<void> {
                    writing.note({"start.service", {}, "", random_id(), {}, "a reason"});
                    writing.note({"start.service", {}, "", random_id(), {ada.person().value()}, {}});
                    return fails ? Result<void>{conflict("no")} : Result<void>{};
                });
                EXPECT_EQ(done.ok(), !fails) << (done ? "" : done.error().noted);
            }
        });
    for (auto& writer : writers)
        writer.join();
    expect_well(house->organisation);
    expect_well(elsewhere);
    const auto key = house->keyring->audit_key();
    Checkpoint checkpoint{house->clock.now(), {}};
    for (const auto& organisation : {house->organisation, elsewhere})
        for (auto& head : must(verify_audit(*house->data, key, organisation)).heads)
            checkpoint.heads.push_back(std::move(head));
    EXPECT_TRUE(must(verify_audit_against(*house->data, key, elsewhere, checkpoint)).ok());
    // A restart gives other lanes, or the same ones to others.
    house->close();
    house->open();
    must(house->settings->put(house->system(), "service", "{}"));
    expect_well(house->organisation);
}

TEST_P(BothStores, OrganisationsSeeNothingOfEachOther)
{
    const auto elsewhere = must(house->organisations->create("elsewhere"));
    const auto here = house->staff(Role::Administrator, "kit");
    const auto there = house->staff(elsewhere, Role::Administrator, "kit");
    const auto ada = house->person();
    const auto ben = house->person(elsewhere, "Ben");
    EXPECT_FALSE(house->accounts->staff(here, there.account()));
    EXPECT_FALSE(house->accounts->suspend(there, here.account(), true));
    must(house->consents->put(ada, *ada.person(), {{"record", true, "en-1", {}}}));
    EXPECT_FALSE(must(house->consents->current(house->system(elsewhere), *ada.person()))[0].granted);
    EXPECT_FALSE(house->consents->current(ben, *ada.person()));
    EXPECT_FALSE(house->keyring->person_key(elsewhere, *ada.person()));
    must(house->keyring->add_look_up(house->organisation, *ada.person(), "phone", "1"));
    EXPECT_FALSE(must(house->keyring->look_up(elsewhere, "phone", "1")));
    must(house->keyring->erase_person(elsewhere, *ada.person())); // reaches nobody
    EXPECT_TRUE(house->keyring->person_key(house->organisation, *ada.person()));
    must(house->keyring->new_epoch()); // wraps the keys of both
    house->close();
    house->open();
    EXPECT_TRUE(house->keyring->person_key(house->organisation, *ada.person()));
    EXPECT_TRUE(house->keyring->person_key(elsewhere, *ben.person()));
    EXPECT_EQ(must(house->keyring->check_every_key()), 4);
    expect_well(house->organisation);
    expect_well(elsewhere);
}

constexpr rows::Statement put_claimed{
    "test.claimed", "INSERT INTO setting (organisation, name, sealed_value, changed_at) VALUES ($1, $2, $3, $4)"};
constexpr rows::Statement claims{"test.claims", "SELECT request_hash, sealed_reply FROM idempotency WHERE "
                                                "organisation = $1 AND account = $2 AND key_hash = $3"};

TEST_P(BothStores, ARequestsClaimIsWrittenWithItsFirstChange)
{
    const auto kit = house->staff(Role::Administrator, "kit");
    const auto claim_of = [](const std::string& key) {
        return std::make_shared<Claim>(Claim{key, "what was asked for", Claim::State::Open});
    };
    const auto change = [](const std::string& name) {
        return [name](Writing& writing) -> Result<void> {
            TRY(writing.change(put_claimed, {name, rows::Blob{"sealed"}, writing.now()}));
            return {};
        };
    };
    const auto kept = [&](const std::string& key) {
        std::size_t count = 0;
        must(house->record->read(kit, [&](Reading& reading) -> Result<void> {
            count = TRY(reading.rows(claims, {kit.account(), rows::Blob{key}})).size();
            return {};
        }));
        return count;
    };
    using State = Claim::State;

    const auto claim = claim_of("one");
    const auto first = kit.claiming(claim);
    must(house->record->write(first, [](Writing&) -> Result<void> { return {}; }));
    EXPECT_EQ(claim->state, State::Open) << "nothing was changed";
    EXPECT_FALSE(house->record->write(first, [&](Writing& writing) -> Result<void> {
        TRY(change("a")(writing));
        return conflict("thought better of it");
    }));
    EXPECT_EQ(claim->state, State::Open);
    EXPECT_EQ(kept("one"), 0U) << "what failed leaves no claim";
    must(house->record->write(first.preparing(), change("prepared")));
    EXPECT_EQ(kept("one"), 0U);
    must(house->record->write(first, change("a")));
    EXPECT_EQ(claim->state, State::Held);
    EXPECT_EQ(kept("one"), 1U);
    must(house->record->write(first, change("b"))); // the request's second part

    // The same request on another node, or after a crash.
    const auto again = claim_of("one");
    const auto second = kit.claiming(again);
    const auto refused = house->record->write(second, change("c"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(again->state, State::Taken);
    EXPECT_FALSE(house->record->write(second, [&](Writing& writing) -> Result<void> {
        (void)change("d")(writing); // a body that does not look
        return {};
    }));
    must(house->record->write(second, [](Writing&) -> Result<void> { return {}; }));
    must(house->record->write(kit.claiming(claim_of("two")), change("c"))); // nothing of it had been kept
    expect_well(house->organisation);
}

INSTANTIATE_TEST_SUITE_P(On, BothStores, testing::Values(Kind{"Sqlite", on_sqlite}, Kind{"Postgres", on_postgres}),
                         [](const auto& each) { return std::string(each.param.name); });

} // namespace
} // namespace handrail::trust
