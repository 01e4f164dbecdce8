#include <gtest/gtest.h>

#include <atomic>
#include <cctype>
#include <set>
#include <thread>

#include "base/text.h"
#include "trust/house.h"

namespace handrail::trust {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::House;
using test::must;

class SignInTest : public testing::Test {
protected:
    House house;
    const std::string password = "seven green kettles";

    std::string code() const { return totp_code(House::totp_secret(), house.clock.now()); }

    SignUpDesk::Form form(const std::string& login = "ada")
    {
        SignUpDesk::Form form;
        form.display_name = "Ada";
        form.login = login;
        form.password = Confidential(login.empty() ? "" : password);
        form.age_band = "26_64";
        form.country = "IE";
        form.language = "en";
        return form;
    }

    /// As someone types it from paper.
    static std::string to_upper_and_loose(std::string code)
    {
        for (char& c : code)
            c = c == '-' ? ' ' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        return " " + code;
    }

    SignInDesk::Attempt attempt(const std::string& login, const std::string& words, const std::string& code = {})
    {
        return {login, Confidential(words), code, "192.0.2.1", "a browser"};
    }

    Result<SignInDesk::SignedIn> in(const std::string& login, const std::string& words, const std::string& with = {})
    {
        return house.sign_in->sign_in(house.organisation, attempt(login, words, with));
    }
};

TEST_F(SignInTest, APersonSignsUpAndIn)
{
    const auto up = must(house.sign_up->sign_up(house.organisation, form()));
    EXPECT_EQ(up.recovery_codes.size(), 10U);
    EXPECT_EQ(up.session.token.size(), 64U);
    const auto actor = must(house.sessions->actor_for(up.session.token));
    EXPECT_EQ(actor.role(), Role::Person);
    EXPECT_EQ(actor.person(), up.person);
    EXPECT_EQ(actor.account(), up.account);
    const auto again = must(in(" ADA ", password)); // space and capitals do not matter in a name
    EXPECT_EQ(again.account, up.account);
    EXPECT_FALSE(again.needs_second_factor_set_up);
    EXPECT_EQ(must(house.accounts->own(actor)).display_name, "Ada");
    EXPECT_EQ(must(house.accounts->own(actor)).login, "ada");
}

TEST_F(SignInTest, WrongNameAndWrongPasswordAreToldAlike)
{
    must(house.sign_up->sign_up(house.organisation, form()));
    house.staff(Role::Clinician, "maeve");
    const auto wrong_password = in("ada", "seven green kettle");
    const auto wrong_name = in("ad", password);
    const auto staff = in("maeve", password);
    const auto nothing = in("", "");
    for (const auto* each : {&wrong_password, &wrong_name, &staff, &nothing}) {
        ASSERT_FALSE(*each);
        EXPECT_EQ(each->error().kind, ErrorKind::NotSignedIn);
        EXPECT_EQ(each->error().told, wrong_password.error().told);
        EXPECT_EQ(each->error().where, "");
    }
}

TEST_F(SignInTest, StaffGiveACodeThatWorksOnce)
{
    house.staff(Role::Clinician, "maeve", {house.team});
    const auto words = "maeve has a long password";
    const auto asked = in("maeve", words);
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(asked.error().where, "second-factor");
    const auto wrong = in("maeve", words, "000000");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().where, "second-factor");
    const auto used = code();
    const auto first = must(in("maeve", words, used));
    EXPECT_EQ(must(house.sessions->actor_for(first.session.token)).role(), Role::Clinician);
    const auto replayed = in("maeve", words, used);
    ASSERT_FALSE(replayed) << "a used step is refused";
    EXPECT_EQ(replayed.error().where, "second-factor");
    house.clock.pass(seconds(30));
    EXPECT_TRUE(in("maeve", words, code()));
}

TEST_F(SignInTest, StaffWithoutASecondFactorReachOnlyItsSetUp)
{
    AccountDesk::NewStaff fresh;
    fresh.role = Role::Clinician;
    fresh.login = "nell";
    fresh.display_name = "Nell";
    fresh.password_hash = must(hash_password(Confidential(password), PasswordCost::cheap()));
    must(house.accounts->create_staff(house.system(), fresh));
    const auto nell = must(in("nell", password));
    EXPECT_TRUE(nell.needs_second_factor_set_up);
    const auto refused = house.sessions->actor_for(nell.session.token);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().where, "second-factor-set-up");
    const auto half = must(house.sessions->actor_for(nell.session.token, SessionDesk::Strength::PasswordOnly));
    const auto set_up = must(house.sign_in->begin_second_factor(half, "Handrail: test"));
    EXPECT_TRUE(set_up.uri.starts_with("otpauth://totp/Handrail%3A%20test:nell?secret="));
    EXPECT_TRUE(set_up.svg.starts_with("<svg "));
    EXPECT_FALSE(house.sign_in->confirm_second_factor(half, "000000"));
    // The secret as an app reads it from the page.
    std::string secret;
    unsigned bits = 0;
    unsigned held = 0;
    for (const char c : set_up.secret) {
        if (c == ' ')
            continue;
        held = (held << 5) | static_cast<unsigned>(c >= 'A' ? c - 'A' : c - '2' + 26);
        if ((bits += 5) >= 8)
            secret.push_back(static_cast<char>(held >> (bits -= 8)));
    }
    const auto codes = must(house.sign_in->confirm_second_factor(half, totp_code(secret, house.clock.now())));
    EXPECT_EQ(codes.size(), 10U);
    EXPECT_TRUE(house.sessions->actor_for(nell.session.token)) << "this session has given its second factor";
    EXPECT_FALSE(in("nell", password));
    EXPECT_TRUE(in("nell", password, codes[0]));
    EXPECT_FALSE(in("nell", password, codes[0])) << "a recovery code works once";
    EXPECT_TRUE(in("nell", password, to_upper_and_loose(codes[1])));
}

TEST_F(SignInTest, TooManyFailuresMakeOneWait)
{
    must(house.sign_up->sign_up(house.organisation, form()));
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(in("ada", "wrong words").error().kind, ErrorKind::NotSignedIn) << i;
    const auto waits = in("ada", password);
    ASSERT_FALSE(waits) << "even with the right password";
    EXPECT_EQ(waits.error().kind, ErrorKind::TooMuch);
    must(house.sign_up->sign_up(house.organisation, form("ben")));
    EXPECT_TRUE(in("ben", password)) << "others are not held up";
    house.clock.pass(minutes(15));
    EXPECT_TRUE(in("ada", password));
}

TEST_F(SignInTest, OneAddressCannotTryManyNames)
{
    for (int i = 0; i < 50; ++i)
        EXPECT_EQ(in("name" + std::to_string(i), password).error().kind, ErrorKind::NotSignedIn);
    EXPECT_EQ(in("one more", password).error().kind, ErrorKind::TooMuch);
    auto from_elsewhere = attempt("one more", password);
    from_elsewhere.address = "192.0.2.2";
    EXPECT_EQ(house.sign_in->sign_in(house.organisation, from_elsewhere).error().kind, ErrorKind::NotSignedIn);
}

TEST_F(SignInTest, FailuresAreInTheAuditRecord)
{
    must(house.sign_up->sign_up(house.organisation, form()));
    EXPECT_FALSE(in("ada", "wrong words"));
    EXPECT_FALSE(in("nobody", "wrong words"));
    AuditBook::Filter failed;
    failed.deed = "fail.sign_in";
    const auto lines = must(house.audit->page(house.system(), failed));
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_NE(lines[0].about_id.empty(), lines[1].about_id.empty()) << "one known, one unknown";
}

TEST_F(SignInTest, ALoginBelongsToOne)
{
    must(house.sign_up->sign_up(house.organisation, form()));
    for (const auto* taken : {"ada", "Ada", " ADA"}) {
        const auto refused = house.sign_up->sign_up(house.organisation, form(taken));
        ASSERT_FALSE(refused) << taken;
        EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
        EXPECT_EQ(refused.error().where, "login");
    }
    house.staff(Role::Clinician, "maeve");
    EXPECT_EQ(house.sign_up->sign_up(house.organisation, form("maeve")).error().kind, ErrorKind::Conflict);
    AccountDesk::NewStaff fresh;
    fresh.login = "ada";
    fresh.display_name = "Ada";
    EXPECT_EQ(house.accounts->create_staff(house.system(), fresh).error().kind, ErrorKind::Conflict);
    // The same name in another organisation is another account.
    const auto elsewhere = must(house.organisations->create("elsewhere"));
    EXPECT_TRUE(house.sign_up->sign_up(elsewhere, form()));
    EXPECT_TRUE(in("ada", password));
    house.clock.pass(seconds(1));
    EXPECT_FALSE(house.sign_in->sign_in(must(house.organisations->create("third")), attempt("ada", password)));
}

struct WrongForm {
    const char* name;
    void (*spoil)(SignUpDesk::Form&);
    const char* where;
};
const WrongForm wrong_forms[] = {
    {"AgeBand", [](SignUpDesk::Form& form) { form.age_band = "30"; }, "age_band"},
    {"Country", [](SignUpDesk::Form& form) { form.country = "Ireland"; }, "country"},
    {"Language", [](SignUpDesk::Form& form) { form.language = "e n"; }, "language"},
    {"ShortPassword", [](SignUpDesk::Form& form) { form.password = Confidential("sevench"); }, "password"},
    {"CommonPassword", [](SignUpDesk::Form& form) { form.password = Confidential("Password1"); }, "password"},
    {"OneLetter", [](SignUpDesk::Form& form) { form.password = Confidential("zzzzzzzzzz"); }, "password"},
    {"NameAsPassword",
     [](SignUpDesk::Form& form) { form.login = "kettles-green", form.password = Confidential("Kettles-Green"); },
     "password"},
    {"NoPassword", [](SignUpDesk::Form& form) { form.password = Confidential(""); }, "password"},
    {"NoLogin", [](SignUpDesk::Form& form) { form.login = ""; }, "login"},
    {"ShortLogin", [](SignUpDesk::Form& form) { form.login = "ab"; }, "login"},
    {"LoginWithSpace", [](SignUpDesk::Form& form) { form.login = "ada l"; }, "login"},
    {"BrokenName", [](SignUpDesk::Form& form) { form.display_name = "\xff"; }, "display_name"},
    {"LongName", [](SignUpDesk::Form& form) { form.display_name = std::string(81, 'a'); }, "display_name"},
    {"Purpose", [](SignUpDesk::Form& form) { form.consents["marketing"] = true; }, "consents"},
};
class WrongSignUp : public SignInTest, public testing::WithParamInterface<WrongForm> {};

TEST_P(WrongSignUp, SaysWhereAndLeavesNothing)
{
    auto wrong = form();
    GetParam().spoil(wrong);
    const auto refused = house.sign_up->sign_up(house.organisation, wrong);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Invalid);
    EXPECT_EQ(refused.error().where, GetParam().where) << refused.error().told;
    EXPECT_TRUE(house.sign_up->sign_up(house.organisation, form())) << "the name is still free";
}
INSTANTIATE_TEST_SUITE_P(Each, WrongSignUp, testing::ValuesIn(wrong_forms),
                         [](const auto& each) { return std::string(each.param.name); });

TEST_F(SignInTest, UseWithoutAnAccount)
{
    const auto up = must(house.sign_up->sign_up(house.organisation, form("")));
    EXPECT_TRUE(up.recovery_codes.empty());
    const auto actor = must(house.sessions->actor_for(up.session.token));
    EXPECT_EQ(actor.person(), up.person);
    EXPECT_FALSE(in("", ""));
    EXPECT_TRUE(house.sign_in->re_authenticate(actor, Confidential(""), "")) << "the device is all there is to prove";
}

TEST_F(SignInTest, ChangingThePasswordEndsOtherSessions)
{
    const auto up = must(house.sign_up->sign_up(house.organisation, form()));
    const auto elsewhere = must(in("ada", password));
    const auto actor = must(house.sessions->actor_for(up.session.token));
    EXPECT_EQ(house.sign_in->change_password(actor, Confidential("wrong words"), Confidential("nine grey swallows"))
                  .error()
                  .where,
              "old");
    EXPECT_FALSE(house.sign_in->change_password(actor, Confidential(password), Confidential("short")));
    must(house.sign_in->change_password(actor, Confidential(password), Confidential("nine grey swallows")));
    EXPECT_TRUE(house.sessions->actor_for(up.session.token));
    EXPECT_FALSE(house.sessions->actor_for(elsewhere.session.token));
    EXPECT_FALSE(in("ada", password));
    EXPECT_TRUE(in("ada", "nine grey swallows"));
}

TEST_F(SignInTest, ARecoveryCodeStandsInForThePassword)
{
    const auto up = must(house.sign_up->sign_up(house.organisation, form()));
    const auto recover = [&](const std::string& login, const std::string& with) {
        return house.sign_in->recover(house.organisation, login, with, Confidential("nine grey swallows"), "192.0.2.9");
    };
    EXPECT_EQ(recover("ada", "aaaaa-aaaaa").error().told, recover("nobody", up.recovery_codes[3]).error().told);
    must(recover("Ada", up.recovery_codes[3]));
    EXPECT_FALSE(house.sessions->actor_for(up.session.token)) << "every session ends";
    EXPECT_TRUE(in("ada", "nine grey swallows"));
    EXPECT_FALSE(recover("ada", up.recovery_codes[3])) << "a code works once";
    EXPECT_TRUE(recover("ada", up.recovery_codes[4]));
}

TEST_F(SignInTest, ASuspendedAccountIsTold)
{
    const auto maeve = house.staff(Role::Clinician, "maeve");
    const auto kit = house.staff(Role::Administrator, "kit");
    must(house.accounts->suspend(kit, maeve.account(), true));
    const auto refused = in("maeve", "maeve has a long password", code());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(in("maeve", "wrong words").error().kind, ErrorKind::NotSignedIn) << "a stranger does not learn of it";
    must(house.accounts->suspend(kit, maeve.account(), false));
    EXPECT_TRUE(in("maeve", "maeve has a long password", code()));
}

TEST_F(SignInTest, ManyAtOnceUseOneCodeOnce)
{
    house.staff(Role::Clinician, "maeve");
    const auto with = code();
    std::atomic<int> let_in{0};
    std::vector<std::thread> doors;
    for (int i = 0; i < 6; ++i)
        doors.emplace_back([&] { let_in += in("maeve", "maeve has a long password", with) ? 1 : 0; });
    for (auto& door : doors)
        door.join();
    EXPECT_EQ(let_in, 1);
}

// RFC 6238, appendix B: SHA-1, eight digits there, so the last six.
TEST(Totp, GivesThePublishedCodes)
{
    const std::string secret = "12345678901234567890";
    const std::pair<std::int64_t, const char*> published[] = {
        {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
        {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
    };
    for (const auto& [second, code] : published)
        EXPECT_EQ(totp_code(secret, from_stored(second * 1000000)), code);
}

TEST(Totp, AllowsOneStepEitherWay)
{
    const auto secret = new_totp_secret();
    const auto now = from_stored(1'700'000'010'000'000);
    for (int steps = -3; steps <= 3; ++steps) {
        const auto code = totp_code(secret, now + std::chrono::seconds(30 * steps));
        EXPECT_EQ(totp_step(secret, code, now, 0).has_value(), steps >= -1 && steps <= 1) << steps;
    }
    EXPECT_FALSE(totp_step("", totp_code("", now), now, 0));
    EXPECT_FALSE(totp_step(secret, totp_code(secret, now).substr(1), now, 0));
}

TEST(Totp, RecoveryCodesAreDifferentAndForgiving)
{
    const auto codes = new_recovery_codes();
    EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), 10U);
    EXPECT_EQ(recovery_code_hash("abcde-fghij"), recovery_code_hash(" ABCDE fghij "));
    EXPECT_NE(recovery_code_hash("abcde-fghij"), recovery_code_hash("abcde-fghik"));
}

TEST(Password, StaffNeedTwelveCharacters)
{
    EXPECT_FALSE(check_password_rules(Confidential("elevenchars"), "x", true));
    EXPECT_TRUE(check_password_rules(Confidential("elevenchars"), "x", false));
    EXPECT_TRUE(check_password_rules(Confidential("twelve chars"), "x", true));
    EXPECT_TRUE(check_password_rules(Confidential("äöüßéèêë"), "x", false)) << "characters, not bytes";
    EXPECT_FALSE(check_password_rules(Confidential(std::string(1025, 'x') + "y"), "x", true));
}

TEST(Password, MatchesOnlyItself)
{
    const auto cost = PasswordCost::cheap();
    const auto hash = must(hash_password(Confidential("seven green kettles"), cost));
    EXPECT_TRUE(hash.starts_with("$argon2id$"));
    EXPECT_TRUE(must(password_matches(hash, Confidential("seven green kettles"), cost)));
    EXPECT_FALSE(must(password_matches(hash, Confidential("seven green kettle"), cost)));
    EXPECT_FALSE(must(password_matches("", Confidential(""), cost)));
    EXPECT_NE(hash, must(hash_password(Confidential("seven green kettles"), cost)));
}

} // namespace
} // namespace handrail::trust
