#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "http/routes/informants.h"
#include "nlp/screener.h"
#include "routes/service.h"

// Somebody close whom a person lets be asked, over HTTP: named by the person, asked by the team, answering by a link.
namespace handrail::test {

namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

constexpr const char* from_outside =
    R"({"languages":["de","en"],"title":{"en":"From outside","de":"Von außen"},"purpose":"To see how the move went.",)"
    R"("asks":"informant","items":[{"id":"lively","kind":"scale","question":{"en":"How lively?","de":"Wie lebhaft?"},"lowest":0,)"
    R"("highest":10,"at_lowest":{"en":"not","de":"nicht"},"at_highest":{"en":"very","de":"sehr"}},)"
    R"({"id":"words","kind":"text","question":{"en":"Anything else?","de":"Sonst noch etwas?"}}]})";

class CloseByHttp : public testing::Test {
protected:
    CloseByHttp()
        : service(house, house.organisation), maeve(house.staff(Role::Clinician, "maeve", {house.team})),
          ada(house.person("Ada Quillfeather")), desk(*house.record, service.listening, service.service, *house.consents, screener(),
                                                      service.answers.asking()),
          of_maeve(service.token_of(maeve)), of_ada(service.token_of(ada))
    {
        http::routes::add_informant_routes(service.router, service.desks, desk);
        must(house.consents->put(ada, *ada.person(), {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}}));
    }
    static const nlp::Screener& screener()
    {
        static const auto loaded = must(nlp::Screener::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content"));
        return loaded;
    }
    std::string people(const std::string& rest = {}) const { return "/api/v1/people/" + ada.person()->text() + "/informants" + rest; }
    http::Response put(const std::string& target, const std::string& body)
    {
        return service.ask(http::Method::Put, target, of_maeve, body);
    }
    std::string named(const std::string& more = R"(,"called":"Addie")")
    {
        const auto made = service.post("/api/v1/informants", of_ada,
                                       R"({"relation":"friend","mail":"sam@home.example","language":"de","agreed":true)" + more + "}");
        EXPECT_EQ(made.status, 201) << made.body;
        return std::string(json::parse(made.body).at("id").as_string());
    }
    /// Asked just now; gives the token of a link to it.
    std::string asked(const std::string& id)
    {
        const auto form = json::parse(service.post("/api/v1/check-in-designs", of_maeve, from_outside).body).at("form");
        const auto planned =
            put(people("/" + id + "/plan"), R"({"form":)" + json::serialize(form) + R"(,"every_days":14,"at":"10:00"})");
        EXPECT_EQ(planned.status, 204) << planned.body;
        const auto next = json::parse(service.get(people(), of_maeve).body).at("items").at(0).at("next_at").as_string();
        house.clock.set(*from_rfc3339(std::string(next)));
        EXPECT_EQ(must(desk.round(house.system())).asked, 1);
        of_maeve = service.token_of(maeve);
        of_ada = service.token_of(ada);
        std::string token;
        must(house.record->write(house.system(), [&](trust::Writing& writing) -> Result<void> {
            const auto ask = TRY(monitoring::informant_asks_of(writing, *ada.person(), 1)).at(0);
            token = TRY(monitoring::make_informant_link(writing, *ada.person(), ask.id));
            return {};
        }));
        return token;
    }
    http::Response by_link(const std::string& what, const std::string& token, const std::string& more = {})
    {
        return service.post("/api/v1/asked-about/" + what, "", R"({"token":")" + token + "\"" + more + "}");
    }

    House house;
    Service service;
    Actor maeve, ada;
    monitoring::InformantDesk desk;
    std::string of_maeve, of_ada;
};

TEST_F(CloseByHttp, APersonReadsWhatTheyAgreeToNamesOneAndEndsIt)
{
    const auto before = json::parse(service.get("/api/v1/informants", of_ada).body);
    EXPECT_EQ(before.at("most"), 3);
    ASSERT_EQ(before.at("consent").as_array().size(), 4U);
    EXPECT_THAT(std::string(before.at("consent").at(2).as_string()), HasSubstr("They see nothing of yours"));
    const auto refused = service.post("/api/v1/informants", of_ada, R"({"relation":"boss","mail":"sam","language":"xx"})");
    EXPECT_EQ(refused.status, 422);
    for (const char* where : {"/relation", "/mail", "/language", "/agreed"})
        EXPECT_THAT(refused.body, HasSubstr(where));
    const auto id = named();
    const auto own = json::parse(service.get("/api/v1/informants", of_ada).body).at("items").at(0);
    EXPECT_EQ(own.at("state"), "named");
    EXPECT_EQ(own.at("mail"), "sam@home.example");
    EXPECT_EQ(service.ask(http::Method::Delete, "/api/v1/informants/" + id, of_ada).status, 204);
    EXPECT_EQ(service.ask(http::Method::Delete, "/api/v1/informants/" + id, of_ada).status, 404);
    const auto ended = json::parse(service.get("/api/v1/informants", of_ada).body).at("items").at(0).as_object();
    EXPECT_EQ(ended.at("state"), "ended");
    EXPECT_FALSE(ended.contains("mail"));
}

TEST_F(CloseByHttp, StaffCannotNameAnybodyAndOthersReadNothing)
{
    named();
    EXPECT_EQ(service.post("/api/v1/informants", of_maeve, R"({"relation":"friend","mail":"a@b.example","language":"en","agreed":true})").status,
              403);
    EXPECT_EQ(service.get("/api/v1/informants", of_maeve).status, 403);
    EXPECT_EQ(service.get(people(), of_ada).status, 403);
    const auto noor = service.token_of(house.staff(Role::Clinician, "noor"));
    EXPECT_EQ(service.get(people(), noor).status, 403);
    EXPECT_THAT(service.get(people(), of_maeve).body, Not(HasSubstr("sam@home.example"))) << "the address is not the team's";
}

TEST_F(CloseByHttp, ALinkOpensTheFormInTheirLanguageAndNothingOfThePerson)
{
    const auto token = asked(named());
    const auto opened = by_link("open", token);
    ASSERT_EQ(opened.status, 200) << opened.body;
    const auto body = json::parse(opened.body).as_object();
    EXPECT_EQ(body.at("language"), "de");
    EXPECT_EQ(body.at("called"), "Addie");
    EXPECT_EQ(body.at("check_in").at("title"), "Von außen");
    for (const char* not_there : {"Quillfeather", "how the move went", "Dein Team"})
        EXPECT_THAT(opened.body, Not(HasSubstr(not_there)));
    EXPECT_EQ(by_link("open", token).status, 200) << "looking changes nothing";
    EXPECT_EQ(by_link("answer", token, R"(,"answers":{"lively":11})").status, 422);
    const auto saved = by_link("answer", token, R"(,"answers":{"lively":7,"words":"Sie lacht wieder."})");
    EXPECT_EQ(saved.status, 201) << saved.body;
    EXPECT_THAT(saved.body, Not(HasSubstr("blocks")));
    const auto used = by_link("answer", token, R"(,"answers":{"lively":7})");
    EXPECT_EQ(used.status, 404);
    EXPECT_EQ(json::parse(used.body).at("detail"), json::parse(by_link("open", "x").body).at("detail"));
    const auto read = service.get(people(), of_maeve);
    EXPECT_THAT(read.body, HasSubstr("Sie lacht wieder."));
    const auto own = service.get("/api/v1/informants", of_ada).body;
    EXPECT_THAT(own, Not(HasSubstr("lacht")));
    EXPECT_EQ(json::parse(own).at("items").at(0).at("answered_at").as_array().size(), 1U);
    EXPECT_EQ(service.get("/api/v1/check-ins/designed", of_ada).body, R"({"items":[]})");
}

TEST_F(CloseByHttp, C13_DangerGetsTheWordsForHelpersAndAnAlertThatSaysWhoWrote)
{
    const auto token = asked(named());
    const auto saved = by_link("answer", token, R"(,"answers":{"words":"Sie hat gesagt, sie bringt sich heute Nacht um."})");
    ASSERT_EQ(saved.status, 201) << saved.body;
    EXPECT_THAT(saved.body, HasSubstr("blocks"));
    const auto alert = service.alert_of(*ada.person());
    ASSERT_FALSE(alert.empty());
    const auto page = json::parse(service.get("/api/v1/alerts/" + alert.text(), of_maeve).body).as_object();
    EXPECT_EQ(page.at("finding").at("about").at("kind"), "informant");
    EXPECT_THAT(std::string(page.at("reason").as_string()), HasSubstr("Written by somebody close (friend), not by the person."));
    EXPECT_FALSE(page.contains("told_person"));
    EXPECT_THAT(service.get(people(), of_maeve).body, HasSubstr("\"told\":\""));
}

TEST_F(CloseByHttp, WhoDoesNotWantToBeAskedSaysSoOnce)
{
    const auto id = named();
    const auto token = asked(id);
    EXPECT_EQ(by_link("no-more", token).status, 204);
    EXPECT_EQ(by_link("no-more", token).status, 404);
    const auto own = service.get("/api/v1/informants", of_ada).body;
    EXPECT_THAT(own, HasSubstr(R"("state":"ended")"));
    EXPECT_THAT(own, Not(HasSubstr("declined")));
    EXPECT_THAT(service.get(people(), of_maeve).body, Not(HasSubstr("declined")));
    EXPECT_EQ(put(people("/" + id + "/plan"), R"({"form":"daily","every_days":14,"at":"10:00"})").status, 409);
}

TEST_F(CloseByHttp, WhatIsRecordedIsReadWhereItMayBe)
{
    const auto id = named();
    EXPECT_EQ(put(people("/" + id + "/understood"), R"({"note":"Said it back in own words."})").status, 204);
    EXPECT_THAT(service.get("/api/v1/informants", of_ada).body, HasSubstr("Said it back in own words."));
    EXPECT_EQ(put(people("/" + id + "/release"), R"({"reason":"x"})").status, 409) << "nothing is held back";
    EXPECT_EQ(put(people("/" + id + "/plan"), R"({"form":"daily","every_days":14,"at":"25:00"})").status, 422);
    EXPECT_EQ(service.ask(http::Method::Delete, people("/" + id + "/plan"), of_maeve).status, 404);
}

} // namespace

} // namespace handrail::test
