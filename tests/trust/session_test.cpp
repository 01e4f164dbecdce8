#include <gtest/gtest.h>

#include "base/text.h"
#include "trust/house.h"

namespace handrail::trust {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::House;
using test::must;

class SessionTest : public testing::Test {
protected:
    House house;

    std::string begin(const Actor& actor, bool second_factor = true)
    {
        return must(house.sessions->begin(house.system(),
                                          {actor.account(), actor.role(), actor.person(), "Firefox", second_factor}))
            .token;
    }
    bool lives(const std::string& token) { return house.sessions->actor_for(token).ok(); }
};

TEST_F(SessionTest, OnlyTheTokenItselfOpens)
{
    const auto token = begin(house.person());
    EXPECT_TRUE(lives(token));
    std::string bytes;
    ASSERT_TRUE(from_base64url(token, bytes));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto changed = bytes;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_FALSE(lives(to_base64url(changed))) << "byte " << i;
    }
    for (const auto& wrong : {std::string(), std::string("x"), token + "A", token.substr(1), std::string(5000, 'A')}) {
        const auto refused = house.sessions->actor_for(wrong);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, ErrorKind::NotSignedIn);
    }
    EXPECT_TRUE(test::files_holding(house.folder.path(), token).empty());
    EXPECT_TRUE(test::files_holding(house.folder.path(), bytes.substr(16)).empty()) << "only its hash is stored";
}

TEST_F(SessionTest, APersonsSessionSlides)
{
    const auto token = begin(house.person());
    for (int i = 0; i < 5; ++i) {
        house.clock.pass(hours(24 * 29));
        EXPECT_TRUE(lives(token));
    }
    house.clock.pass(hours(24 * 30));
    EXPECT_FALSE(lives(token));
}

TEST_F(SessionTest, AStaffSessionEndsAfterHalfAnHourIdle)
{
    const auto token = begin(house.staff(Role::Clinician, "maeve"));
    house.clock.pass(minutes(29));
    EXPECT_TRUE(lives(token));
    house.clock.pass(minutes(29));
    EXPECT_TRUE(lives(token)) << "it was used in between";
    house.clock.pass(minutes(30));
    EXPECT_FALSE(lives(token));
}

TEST_F(SessionTest, AStaffSessionEndsAfterTwelveHoursWhateverHappens)
{
    const auto token = begin(house.staff(Role::Clinician, "maeve"));
    for (int i = 0; i < 47; ++i) {
        house.clock.pass(minutes(15));
        ASSERT_TRUE(lives(token)) << i;
    }
    house.clock.pass(minutes(15));
    EXPECT_FALSE(lives(token));
}

TEST_F(SessionTest, SlidingIsWrittenDown)
{
    const auto token = begin(house.staff(Role::Clinician, "maeve"));
    for (int i = 0; i < 4; ++i) {
        house.clock.pass(minutes(20));
        EXPECT_TRUE(lives(token));
        house.close();
        house.open();
    }
    EXPECT_TRUE(lives(token));
}

TEST_F(SessionTest, RevokingWorksAtOnceAndOnEveryNode)
{
    const auto ada = house.person();
    const auto token = begin(ada);
    SessionDesk other_node(*house.record, *house.data, house.clock);
    ASSERT_TRUE(other_node.actor_for(token));
    ASSERT_TRUE(lives(token));
    const auto session = must(house.sessions->actor_for(token)).session();
    must(house.sessions->revoke(ada, session));
    EXPECT_FALSE(lives(token));
    EXPECT_FALSE(other_node.actor_for(token));
    EXPECT_EQ(house.sessions->revoke(ada, session).error().kind, ErrorKind::NotFound);
}

TEST_F(SessionTest, NobodyRevokesAnothersSession)
{
    const auto ada = house.person();
    const auto ben = house.person("Ben");
    EXPECT_FALSE(house.sessions->revoke(ben, ada.session()));
    EXPECT_EQ(must(house.sessions->list(ben)).size(), 1U);
}

TEST_F(SessionTest, ListsOnesOwn)
{
    const auto ada = house.person();
    house.clock.pass(seconds(1));
    begin(ada);
    const auto listed = must(house.sessions->list(ada));
    ASSERT_EQ(listed.size(), 2U);
    EXPECT_EQ(listed[0].device, "Firefox");
    EXPECT_FALSE(listed[0].current);
    EXPECT_TRUE(listed[1].current);
}

TEST_F(SessionTest, RoleChangeAndSuspensionEndEverySession)
{
    const auto kit = house.staff(Role::Administrator, "kit");
    const auto maeve = house.staff(Role::Clinician, "maeve");
    auto token = begin(maeve);
    must(house.accounts->change_role(kit, maeve.account(), Role::Lead));
    EXPECT_FALSE(lives(token));
    token = must(house.sessions->begin(house.system(), {maeve.account(), Role::Lead, {}, "", true})).token;
    EXPECT_EQ(must(house.sessions->actor_for(token)).role(), Role::Lead);
    must(house.accounts->suspend(kit, maeve.account(), true));
    EXPECT_FALSE(lives(token));
    token = must(house.sessions->begin(house.system(), {maeve.account(), Role::Lead, {}, "", true})).token;
    EXPECT_FALSE(lives(token)) << "a suspended account has no session, however it came to be";
}

TEST_F(SessionTest, EndedSessionsAreCleared)
{
    const auto ada = house.person();
    begin(ada);
    EXPECT_EQ(must(house.sessions->clear_ended(house.system())), 0);
    house.clock.pass(hours(24 * 31));
    EXPECT_EQ(must(house.sessions->clear_ended(house.system())), 2);
}

TEST_F(SessionTest, ProofCountsForFiveMinutes)
{
    const auto ada = house.person();
    const auto proven = [&] {
        return house.record->read(ada, [&](Reading& reading) { return house.sessions->require_proof(reading); });
    };
    EXPECT_TRUE(proven()) << "signing in is proof";
    house.clock.pass(minutes(5) + seconds(1));
    const auto stale = proven();
    ASSERT_FALSE(stale);
    EXPECT_EQ(stale.error().kind, ErrorKind::NotSignedIn);
    EXPECT_EQ(stale.error().where, "reauthenticate");
    must(house.sign_in->re_authenticate(ada, Confidential(""), ""));
    house.clock.pass(minutes(5));
    EXPECT_TRUE(proven());
    house.clock.pass(seconds(1));
    EXPECT_FALSE(proven());
}

} // namespace
} // namespace handrail::trust
