#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "care/rota_desk.h"
#include "routes/service.h"

// Who is on call, and what was handed over, over HTTP.
namespace handrail::test {

namespace {

using testing::HasSubstr;
using testing::Not;

TEST(OnCallRoutes, ACliniciansOwnTeamsSayWhoComesNextAndWhatWasHandedOver)
{
    House house;
    Service service(house, house.organisation);
    const auto maeve = house.staff(Role::Clinician, "maeve", {house.team});
    const auto idris = house.staff(Role::Clinician, "idris", {house.team});
    const auto noor = house.staff(Role::Clinician, "noor");
    const auto ruth = house.staff(Role::Lead, "ruth");
    const auto kit = house.staff(Role::Administrator, "kit");
    const care::RotaDesk rota(*house.record);
    const auto today = care::LocalClock{must(rota.read(ruth)).time_zone}.day_of(house.clock.now());
    for (int day = 0; day < 7; ++day)
        must(rota.add(ruth, care::Shift{{}, house.team, day == care::weekday_of(today) ? maeve.account() : idris.account(), day,
                                        0, 24 * 60}));
    const auto of_maeve = service.token_of(maeve);
    const auto of_idris = service.token_of(idris);

    const auto made = service.post("/api/v1/on-call/notes", of_maeve,
                                   R"({"team":")" + house.team.text() + R"(","text":"The pager is being mended."})");
    ASSERT_EQ(made.status, 201) << made.body;
    const auto page = boost::json::parse(service.get("/api/v1/on-call", of_idris).body);
    ASSERT_EQ(page.at("items").as_array().size(), 1U);
    const auto& team = page.at("items").at(0);
    EXPECT_EQ(std::string(team.at("now").at(0).at("id").as_string()), maeve.account().text());
    EXPECT_EQ(std::string(team.at("next").at(0).at("id").as_string()), idris.account().text());
    EXPECT_EQ(team.at("notes").at(0).at("text"), "The pager is being mended.");
    EXPECT_EQ(team.at("notes").at(0).at("may_take_back"), false);
    EXPECT_THAT(service.get("/api/v1/on-call", service.token_of(noor)).body, HasSubstr(R"("items":[])"));
    EXPECT_THAT(service.get("/api/v1/on-call", service.token_of(ruth)).body, HasSubstr("being mended"));
    EXPECT_EQ(service.get("/api/v1/on-call", service.token_of(kit)).status, 403);
    EXPECT_EQ(service.get("/api/v1/on-call", service.token_of(house.person("Ada"))).status, 403);

    const auto at = "/api/v1/on-call/notes/" + std::string(boost::json::parse(made.body).at("id").as_string());
    EXPECT_EQ(service.ask(http::Method::Delete, at, of_idris).status, 403);
    EXPECT_EQ(service.ask(http::Method::Delete, at, of_maeve).status, 204);
    EXPECT_THAT(service.get("/api/v1/on-call", of_idris).body, Not(HasSubstr("being mended")));
}

} // namespace

} // namespace handrail::test
