#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"
#include "trust/house.h"

namespace handrail::trust {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::House;
using test::must;

class DesksTest : public testing::Test {
protected:
    House house;

    std::string code() const { return totp_code(House::totp_secret(), house.clock.now()); }
    bool reads(const Actor& actor, PersonId person)
    {
        return house.record->read(actor, [&](Reading& reading) { return reading.admit(person, Scope::Words); }).ok();
    }
    void put_alert(PersonId person, const char* state)
    {
        constexpr rows::Statement insert{
            "test.put_alert",
            "INSERT INTO alert (organisation, alert, person, team, finding, urgency, state, raised_at, "
            "step, sealed_body) VALUES ($1, $2, $3, $4, $5, 'now', $6, $7, 0, $8)"};
        constexpr rows::Statement close{"test.close_alert",
                                        "UPDATE alert SET state = $2 WHERE organisation = $1 AND person = $3"};
        must(house.record->write(house.system(), [&](Writing& writing) -> Result<void> {
            if (TRY(writing.change(close, {state, person})) == 0)
                TRY(writing.change(
                    insert, {random_id(), person, house.team, random_id(), state, writing.now(), rows::Blob{"x"}}));
            return {};
        }));
    }
    std::int64_t count(const std::string& table, PersonId person)
    {
        const auto sql = "SELECT COUNT(*) FROM " + table + " WHERE organisation = $1 AND person = $2";
        const auto name = "test.count_" + table;
        std::int64_t found = 0;
        must(house.data->read(house.system(), [&](storage::Reading& store) -> Result<void> {
            found = TRY(store.rows({name, sql}, {person})).front()[0].number();
            return {};
        }));
        return found;
    }
};

TEST_F(DesksTest, ConsentKeepsEveryAnswer)
{
    const auto ada = house.person();
    for (const auto& each : must(house.consents->current(ada, *ada.person()))) {
        if (each.purpose == "staff_reading")
            continue; // the fixture's people agree to it when they sign up
        EXPECT_EQ(each.version, 0) << each.purpose << " was not asked";
        EXPECT_FALSE(each.granted);
    }
    must(house.consents->put(ada, *ada.person(), {{"record", true, "en-1", {}}, {"research", false, "en-1", {}}}));
    house.clock.pass(hours(1));
    must(house.consents->put(ada, *ada.person(), {{"record", true, "en-1", {}}, {"research", true, "en-1", {}}}));
    house.clock.pass(hours(1));
    must(house.consents->put(ada, *ada.person(), {{"research", false, "en-2", {}}}));
    const auto current = must(house.consents->current(ada, *ada.person()));
    ASSERT_EQ(current.size(), consent_purposes.size());
    EXPECT_EQ(current[0].purpose, "record");
    EXPECT_TRUE(current[0].granted);
    EXPECT_EQ(current[0].version, 1) << "an answer that changed nothing is not written again";
    EXPECT_FALSE(current[3].granted);
    EXPECT_EQ(current[3].version, 3);
    EXPECT_EQ(current[3].wording, "en-2");
    const auto history = must(house.consents->history(ada, *ada.person()));
    ASSERT_EQ(history.size(), 5U);
    EXPECT_EQ(history.back().at, house.clock.now());
}

TEST_F(DesksTest, OnlyThePersonConsents)
{
    const auto ada = house.person();
    for (const auto& other : {house.person("Ben"), house.staff(Role::Clinician, "maeve", {house.team}),
                              house.staff(Role::Administrator, "kit")})
        EXPECT_FALSE(house.consents->put(other, *ada.person(), {{"record", true, "en-1", {}}}));
    EXPECT_FALSE(house.consents->put(ada, *ada.person(), {{"marketing", true, "en-1", {}}}));
    EXPECT_FALSE(house.consents->current(house.person("Cleo"), *ada.person()));
}

TEST_F(DesksTest, ConsentCanRunOut)
{
    const auto ada = house.person();
    must(house.consents->put(ada, *ada.person(), {{"research", true, "en-1", house.clock.now() + hours(1)}}));
    EXPECT_TRUE(must(house.consents->current(ada, *ada.person()))[3].granted);
    house.clock.pass(hours(1));
    EXPECT_FALSE(must(house.consents->current(ada, *ada.person()))[3].granted);
}

TEST_F(DesksTest, ConsentsOfTwoOrganisationsLieApart)
{
    const auto elsewhere = must(house.organisations->create("elsewhere"));
    const auto ada = house.person();
    const auto there = house.person(elsewhere, "Ada");
    must(house.consents->put(ada, *ada.person(), {{"record", true, "en-1", {}}}));
    EXPECT_FALSE(must(house.consents->current(there, *there.person()))[0].granted);
    EXPECT_FALSE(must(house.consents->current(house.system(elsewhere), *ada.person()))[0].granted);
}

TEST_F(DesksTest, StaffComeByInvitation)
{
    const auto kit = house.staff(Role::Administrator, "kit");
    InvitationDesk::New invitation;
    invitation.role = Role::Clinician;
    invitation.display_name = "Maeve";
    invitation.email = "maeve@example.org";
    invitation.team = house.team;
    const auto sent = must(house.invitations->create(kit, invitation));
    EXPECT_EQ(sent.ends_at, house.clock.now() + hours(72));
    EXPECT_TRUE(test::files_holding(house.folder.path(), sent.token).empty());
    const auto waiting = must(house.invitations->waiting(kit));
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].email, "maeve@example.org");
    const auto seen = must(house.invitations->find(sent.token));
    EXPECT_EQ(seen.role, Role::Clinician);
    EXPECT_EQ(seen.display_name, "Maeve");
    EXPECT_FALSE(house.invitations->accept(sent.token, "Maeve", "maeve", Confidential("too short"), "Handrail"));
    const auto accepted = must(
        house.invitations->accept(sent.token, "Maeve Byrne", "maeve", Confidential("a longer password"), "Handrail"));
    EXPECT_EQ(accepted.role, Role::Clinician);
    EXPECT_FALSE(house.invitations->find(sent.token)) << "it works once";
    EXPECT_FALSE(house.invitations->accept(sent.token, "X", "xaver", Confidential("a longer password"), "Handrail"));
    const auto account = must(house.accounts->staff(kit, accepted.account));
    EXPECT_EQ(account.display_name, "Maeve Byrne");
    EXPECT_EQ(account.teams, std::vector<TeamId>{house.team});
    EXPECT_FALSE(account.second_factor);
    const auto in =
        must(house.sign_in->sign_in(house.organisation, {"maeve", Confidential("a longer password"), {}, {}, {}}));
    EXPECT_TRUE(in.needs_second_factor_set_up);
    const auto half = must(house.sessions->actor_for(in.session.token, SessionDesk::Strength::PasswordOnly));
    EXPECT_EQ(house.sign_in->confirm_second_factor(half, "000000").error().where, "second-factor")
        << "the secret of the invitation waits for its first code";
}

TEST_F(DesksTest, AnInvitationEnds)
{
    const auto kit = house.staff(Role::Administrator, "kit");
    const auto sent = must(house.invitations->create(kit, {}));
    house.clock.pass(hours(72) - minutes(1));
    EXPECT_TRUE(house.invitations->find(sent.token));
    house.clock.pass(minutes(1));
    EXPECT_FALSE(house.invitations->find(sent.token));
    EXPECT_TRUE(must(house.invitations->waiting(house.system())).empty());
    const auto withdrawn = must(house.invitations->create(house.system(), {}));
    must(house.invitations->withdraw(house.system(), withdrawn.id));
    EXPECT_FALSE(house.invitations->find(withdrawn.token));
}

TEST_F(DesksTest, WhoMayInviteWhom)
{
    InvitationDesk::New to_lead;
    to_lead.role = Role::Lead;
    EXPECT_FALSE(house.invitations->create(house.staff(Role::Clinician, "maeve"), to_lead));
    EXPECT_FALSE(house.invitations->create(house.staff(Role::Lead, "ruth"), to_lead));
    EXPECT_FALSE(house.invitations->create(house.person(), to_lead));
    InvitationDesk::New wrong;
    wrong.role = Role::Person;
    EXPECT_FALSE(house.invitations->create(house.system(), wrong));
    wrong.purpose = InvitationPurpose::Administrator;
    wrong.role = Role::Clinician;
    EXPECT_FALSE(house.invitations->create(house.system(), wrong));
    InvitationDesk::New set_up;
    set_up.purpose = InvitationPurpose::Administrator;
    set_up.role = Role::Administrator;
    EXPECT_TRUE(house.invitations->create(house.system(), set_up));
}

TEST_F(DesksTest, TeamsDecideWhoReads)
{
    const auto kit = house.staff(Role::Administrator, "kit");
    const auto maeve = house.staff(Role::Clinician, "maeve");
    const auto ada = house.person();
    EXPECT_FALSE(reads(maeve, *ada.person()));
    must(house.teams->set_teams(kit, maeve.account(), {house.team}));
    EXPECT_TRUE(reads(maeve, *ada.person()));
    const auto other = must(house.teams->create(kit, "North"));
    must(house.teams->place_person(kit, *ada.person(), other, {}));
    EXPECT_FALSE(reads(maeve, *ada.person()));
    must(house.teams->set_members(kit, other, {maeve.account()}));
    EXPECT_TRUE(reads(maeve, *ada.person()));
    must(house.teams->set_members(kit, other, {}));
    EXPECT_FALSE(reads(maeve, *ada.person()));
    must(house.teams->rename(kit, other, "North side"));
    const auto all = must(house.teams->all(maeve));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[1].name, "North side");
    EXPECT_EQ(all[1].people, 1);
    EXPECT_EQ(must(house.teams->of(kit, maeve.account())).size(), 1U);
    EXPECT_FALSE(house.teams->create(maeve, "Mine"));
    EXPECT_FALSE(house.teams->set_members(kit, other, {ada.account()})) << "a person is no member of staff";
    EXPECT_FALSE(house.teams->all(ada));
}

TEST_F(DesksTest, OneAdministratorIsAlwaysLeft)
{
    const auto kit = house.staff(Role::Administrator, "kit");
    EXPECT_EQ(house.accounts->suspend(kit, kit.account(), true).error().kind, ErrorKind::Conflict);
    EXPECT_EQ(house.accounts->change_role(kit, kit.account(), Role::Lead).error().kind, ErrorKind::Conflict);
    const auto second = house.staff(Role::Administrator, "kim");
    EXPECT_TRUE(house.accounts->suspend(kit, second.account(), true));
    EXPECT_FALSE(house.accounts->change_role(kit, kit.account(), Role::Lead)) << "a suspended one does not count";
    EXPECT_FALSE(house.accounts->change_role(house.staff(Role::Lead, "ruth"), kit.account(), Role::Lead));
    const auto counts = must(house.accounts->counts(kit));
    const auto administrators =
        std::find_if(counts.begin(), counts.end(), [](const auto& each) { return each.role == Role::Administrator; });
    EXPECT_EQ(administrators->accounts, 1);
}

TEST_F(DesksTest, ChangesOnesOwnAccount)
{
    const auto ada = house.person();
    const auto changed = must(house.accounts->change_own(ada, {"Ada L.", "de", "dark"}));
    EXPECT_EQ(changed.display_name, "Ada L.");
    EXPECT_EQ(must(house.accounts->own(ada)).theme, "dark");
    EXPECT_FALSE(house.accounts->change_own(ada, {std::string(81, 'x'), {}, {}}));
    const auto maeve = house.staff(Role::Clinician, "maeve");
    EXPECT_FALSE(house.accounts->change_own(maeve, {"", {}, {}})) << "staff have a name";
    EXPECT_FALSE(house.accounts->staff(maeve, ada.account()));
    EXPECT_FALSE(house.accounts->all_staff(ada));
}

TEST_F(DesksTest, BreakingTheGlassHasALimitOfADay)
{
    const auto maeve = house.staff(Role::Clinician, "maeve", {must(house.teams->create(house.system(), "North"))});
    const auto reason = "No colleague of that team can be reached.";
    const auto opens = [&] {
        house.clock.pass(minutes(1)); // a code works once
        return house.break_glass->open(maeve, *house.person().person(), reason, code());
    };
    for (int i = 0; i < BreakGlassDesk::daily_limit; ++i)
        must(opens());
    const auto fourth = opens();
    ASSERT_FALSE(fourth.ok());
    EXPECT_EQ(fourth.error().kind, ErrorKind::TooMuch);
    EXPECT_EQ(fourth.error().where, "too-often") << "429, and not 413";
    EXPECT_NE(fourth.error().told.find("three people"), std::string::npos);
    house.clock.pass(hours(24));
    must(opens());
}

TEST_F(DesksTest, I4_BreakingTheGlass)
{
    const auto north = must(house.teams->create(house.system(), "North"));
    const auto maeve = house.staff(Role::Clinician, "maeve", {north});
    const auto ada = house.person();
    const auto ben = house.person("Ben");
    const auto reason = "Ada's brother called, no colleague of her team can be reached.";
    EXPECT_EQ(house.break_glass->open(maeve, *ada.person(), "why not", code()).error().where, "reason");
    EXPECT_EQ(house.break_glass->open(maeve, *ada.person(), reason, "").error().where, "second-factor");
    EXPECT_EQ(house.break_glass->open(maeve, *ada.person(), reason, "000000").error().where, "second-factor");
    EXPECT_FALSE(reads(maeve, *ada.person()));
    const auto ends_at = must(house.break_glass->open(maeve, *ada.person(), reason, code()));
    EXPECT_EQ(ends_at, house.clock.now() + minutes(60));
    EXPECT_TRUE(reads(maeve, *ada.person()));
    EXPECT_FALSE(reads(maeve, *ben.person())) << "one person";
    EXPECT_FALSE(reads(house.staff(Role::Clinician, "tom", {north}), *ada.person())) << "one colleague";
    EXPECT_FALSE(house.break_glass->open(maeve, *ben.person(), reason, code())) << "a code works once";

    const auto seen = must(house.audit->who_looked(ada, {}, 10));
    const auto broken =
        std::find_if(seen.begin(), seen.end(), [](const AuditLine& line) { return line.deed == "break.glass"; });
    ASSERT_NE(broken, seen.end());
    EXPECT_EQ(broken->reason, reason);
    EXPECT_EQ(broken->who, "maeve");

    const auto ruth = house.staff(Role::Lead, "ruth");
    EXPECT_FALSE(house.break_glass->list(maeve, true));
    auto open = must(house.break_glass->list(ruth, true));
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].reason, reason);
    EXPECT_EQ(open[0].review_due_at, house.clock.now() + hours(72));
    must(house.break_glass->review(ruth, open[0].id, "It was needed."));
    EXPECT_EQ(house.break_glass->review(ruth, open[0].id, "Again.").error().kind, ErrorKind::Conflict);
    EXPECT_TRUE(must(house.break_glass->list(ruth, true)).empty());
    EXPECT_EQ(must(house.break_glass->list(ruth, false)).size(), 1U);

    house.clock.pass(minutes(60));
    EXPECT_FALSE(reads(maeve, *ada.person()));
}

TEST_F(DesksTest, ThreeGlassesADay)
{
    const auto maeve = house.staff(Role::Clinician, "maeve");
    const auto reason = "nobody else can be reached";
    for (int i = 0; i < 3; ++i) {
        must(house.break_glass->open(maeve, *house.person().person(), reason, code()));
        house.clock.pass(minutes(1));
    }
    const auto fourth = house.person();
    EXPECT_EQ(house.break_glass->open(maeve, *fourth.person(), reason, code()).error().kind, ErrorKind::TooMuch);
    house.clock.pass(hours(24) - minutes(3));
    EXPECT_TRUE(house.break_glass->open(maeve, *fourth.person(), reason, code()));
    EXPECT_FALSE(house.break_glass->open(house.staff(Role::Administrator, "kit"), *fourth.person(), reason, code()));
    // A lead who opened one does not review it.
    house.clock.pass(minutes(1));
    const auto ruth = house.staff(Role::Lead, "ruth");
    must(house.break_glass->open(ruth, *fourth.person(), reason, code()));
    const auto own = must(house.break_glass->list(ruth, true)).front();
    EXPECT_EQ(own.account, ruth.account());
    EXPECT_FALSE(house.break_glass->review(ruth, own.id, ""));
}

TEST_F(DesksTest, ErasureIsAskedForAndCalledOff)
{
    const auto ada = house.person();
    house.clock.pass(minutes(6));
    EXPECT_EQ(house.erasure->ask(ada).error().where, "reauthenticate");
    must(house.sign_in->re_authenticate(ada, Confidential(""), ""));
    put_alert(*ada.person(), "open");
    EXPECT_EQ(house.erasure->ask(ada).error().kind, ErrorKind::Conflict);
    put_alert(*ada.person(), "closed");
    const auto asked = must(house.erasure->ask(ada));
    EXPECT_EQ(asked.due_at, house.clock.now() + hours(24 * 7));
    EXPECT_FALSE(asked.kept.empty());
    house.clock.pass(minutes(1));
    EXPECT_EQ(must(house.erasure->ask(ada)).due_at, asked.due_at) << "asking twice does not start again";
    must(house.erasure->call_off(ada));
    EXPECT_FALSE(must(house.erasure->state(ada)).due_at);
    EXPECT_EQ(house.erasure->call_off(ada).error().kind, ErrorKind::Conflict);
    EXPECT_FALSE(house.erasure->ask(house.staff(Role::Clinician, "maeve")));
}

TEST_F(DesksTest, ErasureIsDoneAfterSevenDays)
{
    SignUpDesk::Form form;
    form.login = "ada";
    form.display_name = "Ada";
    form.password = Confidential("seven green kettles");
    form.age_band = "26_64";
    form.country = "IE";
    form.language = "en";
    form.consents = {{"record", true}};
    const auto up = must(house.sign_up->sign_up(house.organisation, form));
    const auto ada = must(house.sessions->actor_for(up.session.token));
    const auto ben = house.person("Ben");
    put_alert(up.person, "closed");
    must(house.erasure->ask(ada));
    house.clock.pass(hours(24 * 7) - minutes(1));
    EXPECT_TRUE(must(house.erasure->due(house.system())).empty());
    house.clock.pass(minutes(1));
    put_alert(up.person, "open");
    EXPECT_TRUE(must(house.erasure->due(house.system())).empty()) << "never with an alert open";
    put_alert(up.person, "closed");
    EXPECT_EQ(must(house.erasure->due(house.system())), std::vector<PersonId>{up.person});
    EXPECT_FALSE(house.erasure->erase(ben, up.person));
    must(house.erasure->erase(house.system(), up.person));
    EXPECT_TRUE(must(house.erasure->due(house.system())).empty());
    must(house.erasure->erase(house.system(), up.person)); // again does no harm

    EXPECT_FALSE(house.sessions->actor_for(up.session.token));
    EXPECT_EQ(house.sign_in->sign_in(house.organisation, {"ada", Confidential("seven green kettles"), {}, {}, {}})
                  .error()
                  .kind,
              ErrorKind::NotSignedIn);
    for (const auto* table : {"person", "account", "consent", "message", "answer", "finding", "course", "document"})
        EXPECT_EQ(count(table, up.person), 0) << table;
    EXPECT_EQ(count("alert", up.person), 1) << "that an alert was raised, and when, stays";
    EXPECT_GT(count("audit_entry", up.person), 0);
    EXPECT_TRUE(house.accounts->own(ben)) << "nobody else is touched";
    must(house.keyring->new_epoch());
    EXPECT_TRUE(must(house.keyring->verify_erased(house.organisation, up.person, {house.folder.path()})).empty());
    EXPECT_TRUE(house.sign_up->sign_up(house.organisation, form)) << "the name is free again";
}

TEST_F(DesksTest, SettingsAreSealedTexts)
{
    const auto kit = house.staff(Role::Administrator, "kit");
    EXPECT_FALSE(must(house.settings->get(kit, "service")));
    must(house.settings->put(kit, "service", R"({"name":"A quiet place"})"));
    must(house.settings->put(kit, "service", R"({"name":"A quieter place"})"));
    EXPECT_EQ(must(house.settings->get(house.system(), "service")), R"({"name":"A quieter place"})");
    EXPECT_FALSE(house.settings->put(house.staff(Role::Lead, "ruth"), "service", "{}"));
    EXPECT_FALSE(house.settings->get(house.person(), "service"));
    const auto elsewhere = must(house.organisations->create("elsewhere"));
    EXPECT_FALSE(must(house.settings->get(house.system(elsewhere), "service")));
}

TEST_F(DesksTest, AnOrganisationIsMadeOnce)
{
    EXPECT_EQ(must(house.organisations->create("main")), house.organisation);
    EXPECT_EQ(must(house.organisations->find("main")), house.organisation);
    EXPECT_FALSE(must(house.organisations->find("elsewhere")));
    EXPECT_FALSE(house.organisations->create("Main"));
    EXPECT_FALSE(house.organisations->create("x"));
    EXPECT_EQ(must(house.organisations->all()).size(), 1U);
    // Its key was made and then the power failed: the next start completes it.
    const auto half = OrganisationId::random();
    must(house.keyring->create_organisation_key(half, "half"));
    EXPECT_EQ(must(house.organisations->create("half")), half);
    EXPECT_EQ(must(house.teams->all(house.system(half))).size(), 1U);
}

TEST_F(DesksTest, StaffOfTwoOrganisationsLieApart)
{
    const auto elsewhere = must(house.organisations->create("elsewhere"));
    const auto here = house.staff(Role::Administrator, "kit");
    const auto there = house.staff(elsewhere, Role::Administrator, "kit");
    EXPECT_NE(here.account(), there.account());
    EXPECT_EQ(must(house.accounts->all_staff(here)).size(), 1U);
    EXPECT_FALSE(house.accounts->staff(here, there.account()));
    EXPECT_FALSE(house.accounts->suspend(here, there.account(), true));
    EXPECT_FALSE(house.teams->set_members(here, house.first_team(elsewhere), {here.account()}));
    EXPECT_TRUE(must(house.audit->page(there, {})).size() < 20);
    for (const auto& line : must(house.audit->page(there, {})))
        EXPECT_NE(line.account, here.account());
}

} // namespace
} // namespace handrail::trust
