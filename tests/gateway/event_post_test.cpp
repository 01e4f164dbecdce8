// What the owner of an app is told of a user in danger, against a stand-in that checks the signature and every field.
#include <gmock/gmock.h>

#include "channels/pager_webhook.h"
#include "errands/pager_stand_in.h"
#include "gateway/house_of_apps.h"

namespace handrail::gateway {
namespace {

using namespace std::chrono_literals;
using test::must;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* in_danger = "I am going to kill myself tonight. The pills are in my hand.";
constexpr const char* waiting = "SELECT COUNT(*) FROM job WHERE organisation = $1 AND kind = 'gateway_event'";

/// An app whose owner listens.
class Owner : public testing::Test {
protected:
    Owner() : owner({}, {{"type", "event", "key", "user", "urgency", "category", "at"}, "event"})
    {
        const auto made = apps.key({.app = "App", .events_url = owner.url()});
        key = made.key;
        owner.signed_with(must(channels::pager_key(key.events_secret)));
    }
    EventPost::Sent send() const
    {
        return must(apps.desk.tell_owners([] { return false; }));
    }
    Telling telling()
    {
        std::map<std::string, Telling> all;
        must(apps.house.record->read(apps.house.system(), [&](trust::Reading& reading) -> Result<void> {
            all = TRY(EventPost::read(reading));
            return {};
        }));
        return all[key.id];
    }

    HouseOfApps apps;
    errands::PagerStandIn owner;
    Key key;
};

TEST_F(Owner, IsToldWhoseUserHowSoonAndWhenAndNoWord)
{
    const auto at = apps.house.clock.now();
    apps.judge(key, {in_danger}, "u1");
    EXPECT_THAT(owner.calls(), IsEmpty()) << "the answer waits for nobody";
    EXPECT_EQ(send().taken, 1);
    ASSERT_EQ(owner.calls().size(), 1u);
    const auto call = owner.calls().front();
    EXPECT_EQ(call.body.at("type").as_string(), "handrail.gateway_event");
    EXPECT_EQ(call.body.at("key").as_string(), key.id);
    EXPECT_EQ(call.body.at("user").as_string(), "u1");
    EXPECT_EQ(call.body.at("urgency").as_string(), "now");
    EXPECT_EQ(call.body.at("category").as_string(), "suicide");
    EXPECT_EQ(call.body.at("at").as_string(), to_rfc3339(at));
    for (const char* word : {"kill", "pills", "tonight"})
        EXPECT_THAT(call.raw, Not(HasSubstr(word)));
    EXPECT_THAT(call.raw, Not(HasSubstr(apps.person(key, "u1")->text()))) << "no name of ours";
    EXPECT_THAT(owner.wrong(), IsEmpty());
    EXPECT_EQ(telling().told_at, at);
    EXPECT_EQ(apps.count(waiting), 0);
}

TEST_F(Owner, OneEventForAMessageHoweverOftenItIsSent)
{
    apps.judge(key, {in_danger}, "u1");
    apps.judge(key, {in_danger}, "u1");
    send();
    apps.judge(key, {in_danger}, "u1");
    apps.house.clock.pass(1h);
    send();
    EXPECT_EQ(owner.calls().size(), 1u);
    apps.judge(key, {in_danger}, "u2");
    send();
    EXPECT_EQ(owner.taken().size(), 2u) << "another user is another event";
}

TEST_F(Owner, WhoDoesNotTakeItIsAskedAgainUnderTheSameIdLessAndLessOften)
{
    owner.answer_with(503);
    apps.judge(key, {in_danger}, "u1");
    const auto failed = send();
    EXPECT_EQ(failed.taken, 0);
    EXPECT_THAT(failed.problem, HasSubstr("answered 503"));
    EXPECT_THAT(failed.problem, Not(HasSubstr(owner.url())));
    const auto since = telling().failing_since;
    ASSERT_TRUE(since);
    send();
    EXPECT_EQ(owner.calls().size(), 1u) << "not at once";
    owner.answer_with(0); // hangs up
    apps.house.clock.pass(20s);
    EXPECT_THAT(send().problem, HasSubstr("did not answer"));
    apps.house.clock.pass(20s);
    send();
    EXPECT_EQ(owner.calls().size(), 2u) << "the second pause is longer than the first";
    owner.answer_with(204);
    apps.house.clock.pass(60s);
    EXPECT_EQ(send().taken, 1);
    EXPECT_EQ(telling().failing_since, std::nullopt);
    ASSERT_EQ(owner.calls().size(), 3u);
    EXPECT_EQ(owner.taken().size(), 1u);
    for (const auto& call : owner.calls())
        EXPECT_EQ(call.id, owner.calls().front().id);
    EXPECT_THAT(owner.wrong(), IsEmpty());
}

TEST_F(Owner, IsGivenUpAfterADay)
{
    owner.answer_with(500);
    apps.judge(key, {in_danger}, "u1");
    send();
    apps.house.clock.pass(24h);
    const auto sent = send();
    EXPECT_EQ(sent.given_up, 1);
    EXPECT_EQ(owner.calls().size(), 1u);
    EXPECT_EQ(apps.count(waiting), 0);
    EXPECT_EQ(telling().given_up, 1);
}

TEST_F(Owner, IsToldNothingOnceNobodyWantsItOrTheUserWasErased)
{
    apps.judge(key, {in_danger}, "u1");
    must(apps.desk.keys().tell(apps.house.system(), key.id, {}));
    send();
    EXPECT_THAT(owner.calls(), IsEmpty());
    EXPECT_EQ(apps.count(waiting), 0);

    const auto secret = must(apps.desk.keys().tell(apps.house.system(), key.id, owner.url()));
    EXPECT_NE(secret, key.events_secret) << "each address has a secret of its own";
    owner.signed_with(must(channels::pager_key(secret)));
    apps.house.clock.pass(6s);
    const auto now = must(apps.desk.keys().list(apps.house.system())).front();
    apps.judge(now, {in_danger}, "u2");
    EXPECT_EQ(apps.count(waiting), 1);
    must(apps.house.erasure->erase(apps.house.system(), *apps.person(now, "u2")));
    send();
    EXPECT_THAT(owner.calls(), IsEmpty());
    EXPECT_EQ(apps.count(waiting), 0);

    apps.judge(now, {in_danger}, "u3");
    must(apps.desk.keys().revoke(apps.house.system(), key.id));
    send();
    EXPECT_THAT(owner.calls(), IsEmpty()) << "a revoked key is told nothing";
}

TEST_F(Owner, IsToldOnlyOfItsOwnKeyAndOnlyWhereItWasAskedFor)
{
    const auto other = apps.key({.app = "Other"}).key;
    apps.judge(other, {in_danger}, "u1");
    EXPECT_EQ(apps.count(waiting), 0);
    auto silent = apps.key({.app = "Silent", .scopes = {KeyScope::Chat}, .events_url = owner.url()}).key;
    apps.judge(silent, {in_danger}, "u1");
    EXPECT_EQ(apps.count(waiting), 0) << "what may raise no alert tells nobody";
    apps.judge(key, {"What shall I cook?"}, "u1");
    EXPECT_EQ(apps.count(waiting), 0) << "ordinary talk is no event";
}

TEST_F(Owner, ListensAtHttpsOrOnThisMachine)
{
    for (const char* url : {"http://example.org/", "ftp://example.org/", "https://", "https://user@example.org/", "http://127.0.0.1.example.org/",
                            "https://example.org/a b", "http://localhost@example.org/", "example.org", "https://exa\nmple.org/"}) {
        const auto made = apps.desk.keys().add(apps.house.system(), {.app = "App", .events_url = url});
        ASSERT_FALSE(made.ok()) << url;
        EXPECT_EQ(made.error().where, "events") << url;
    }
    for (const char* url : {"https://example.org", "https://10.0.0.7:8443/events?a=1", "http://localhost:9/", "http://[::1]:9/x", "http://127.0.0.1/"})
        EXPECT_TRUE(apps.desk.keys().tell(apps.house.system(), key.id, url).ok()) << url;
}

} // namespace
} // namespace handrail::gateway
