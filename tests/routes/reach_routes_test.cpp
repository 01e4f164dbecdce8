#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "channels/web_push.h"
#include "http/routes/reach.h"
#include "routes/service.h"

// Notifications and texts, over HTTP: switched on by whoever holds the device, and nobody else.
namespace handrail::test {

namespace {

using testing::HasSubstr;
using testing::Not;

class ReachRoutes : public testing::Test {
protected:
    ReachRoutes()
        : service(house, house.organisation), maeve(house.staff(Role::Clinician, "maeve", {house.team})),
          ada(house.person("Ada Quillfeather")), of_maeve(service.token_of(maeve)), of_ada(service.token_of(ada)),
          browser(*channels::PushKeyPair::make())
    {
        http::routes::add_reach_routes(service.router, service.desks,
                                       {*house.keyring, true, false, true});
    }
    int put(const std::string& target, const std::string& token, const std::string& body)
    {
        return service.ask(http::Method::Put, target, token, body).status;
    }
    std::string device(const std::string& endpoint, bool on = true)
    {
        return boost::json::serialize(boost::json::object{{"endpoint", endpoint},
                                                          {"on", on},
                                                          {"p256dh", to_base64url(browser.public_point())},
                                                          {"auth", to_base64url("sixteen bytes xx")}});
    }
    boost::json::value reach(const std::string& token)
    {
        const auto got = service.get("/api/v1/me/reach", token);
        EXPECT_EQ(got.status, 200) << got.body;
        return boost::json::parse(got.body);
    }

    House house;
    Service service;
    Actor maeve, ada;
    std::string of_maeve, of_ada;
    channels::PushKeyPair browser;
};

TEST_F(ReachRoutes, ADeviceIsSwitchedOnAndOffByItsOwner)
{
    const auto before = reach(of_ada);
    EXPECT_TRUE(before.at("devices").as_array().empty());
    EXPECT_EQ(before.at("push_key"), reach(of_maeve).at("push_key")) << "one key for the service";
    EXPECT_EQ(put("/api/v1/me/device", of_ada, device("https://push.example.net/x")), 204);
    EXPECT_EQ(put("/api/v1/me/device", of_ada, device("https://push.example.net/x")), 204);
    ASSERT_EQ(reach(of_ada).at("devices").as_array().size(), 1U);
    EXPECT_EQ(reach(of_ada).at("devices").at(0), "https://push.example.net/x");
    EXPECT_TRUE(reach(of_maeve).at("devices").as_array().empty());
    EXPECT_EQ(put("/api/v1/me/device", of_maeve, device("https://push.example.net/x", false)), 204);
    EXPECT_EQ(reach(of_ada).at("devices").as_array().size(), 1U) << "nobody switches off what is another's";
    EXPECT_EQ(put("/api/v1/me/device", of_ada, device("https://push.example.net/x", false)), 204);
    EXPECT_TRUE(reach(of_ada).at("devices").as_array().empty());
    EXPECT_EQ(put("/api/v1/me/device", "", device("https://push.example.net/x")), 401);
}

TEST_F(ReachRoutes, AnAddressThatOnlyThisServerReachesIsRefused)
{
    for (const auto* endpoint : {"https://127.0.0.1/x", "https://169.254.169.254/latest", "http://push.example.net/x",
                                 "https://localhost/x", "https://[::1]/x"})
        EXPECT_EQ(put("/api/v1/me/device", of_ada, device(endpoint)), 422) << endpoint;
    EXPECT_EQ(put("/api/v1/me/device", of_ada, R"({"endpoint":"https://push.example.net/x","on":true})"), 422);
    EXPECT_EQ(put("/api/v1/me/device", of_ada, R"({"endpoint":"https://push.example.net/x","on":true,"p256dh":"AA","auth":"AA"})"), 422);
    EXPECT_TRUE(reach(of_ada).at("devices").as_array().empty());
}

TEST_F(ReachRoutes, StaffSetTheirOwnWorkNumberAndPeopleHaveNone)
{
    EXPECT_EQ(put("/api/v1/me/work-phone", of_maeve, R"({"work_phone":"00353 (87) 123-4567"})"), 204);
    EXPECT_EQ(reach(of_maeve).at("work_phone"), "+353871234567");
    EXPECT_EQ(reach(of_maeve).at("takes_texts"), true);
    EXPECT_EQ(put("/api/v1/me/work-phone", of_maeve, R"({"work_phone":"087 123"})"), 400);
    EXPECT_EQ(put("/api/v1/me/work-phone", of_maeve, "{}"), 204);
    EXPECT_FALSE(reach(of_maeve).as_object().contains("work_phone"));
    EXPECT_EQ(put("/api/v1/me/work-phone", of_ada, R"({"work_phone":"+353871234567"})"), 403);
}

TEST_F(ReachRoutes, TextsGoOnlyToWhoeverAgrees)
{
    EXPECT_EQ(put("/api/v1/reminders", of_ada, R"({"phone":"+353 87 123 4567"})"), 422);
    EXPECT_EQ(put("/api/v1/reminders", of_ada, R"({"phone":"087 123 4567","agreed":true})"), 422) << "no country";
    EXPECT_EQ(put("/api/v1/reminders", of_ada, R"({"phone":"+353 87 123 4567","agreed":true})"), 204);
    EXPECT_THAT(service.get("/api/v1/reminders", of_ada).body, HasSubstr(R"("phone":"+353871234567")"));
    EXPECT_EQ(put("/api/v1/reminders", of_ada, "{}"), 204);
    EXPECT_THAT(service.get("/api/v1/reminders", of_ada).body, Not(HasSubstr("353")));
}

} // namespace

} // namespace handrail::test
