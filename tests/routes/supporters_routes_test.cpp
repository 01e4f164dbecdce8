#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "http/routes/supporters.h"
#include "routes/service.h"
#include "trust/contact_desk.h"

// What a person lets supporters see of their safety plan, and what they share with their team, over HTTP.
namespace handrail::test {

namespace {

namespace json = boost::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class SupportersByHttp : public testing::Test {
protected:
    SupportersByHttp()
        : service(house, house.organisation), maeve(house.staff(Role::Clinician, "maeve", {house.team})),
          ada(house.person("Ada Quillfeather")),
          desk(*house.record, service.listening, service.service, *house.consents, service.answers.asking().asks),
          of_maeve(service.token_of(maeve)), of_ada(service.token_of(ada))
    {
        http::routes::add_supporter_routes(service.router, service.desks, desk);
        must(house.consents->put(ada, *ada.person(), {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}}));
        save_plan(false);
        joss = std::string(json::parse(service.post("/api/v1/supporters", of_ada, R"({"name":"Joss","relation":"my brother"})").body)
                               .at("id")
                               .as_string());
    }
    void save_plan(bool shared_with_team)
    {
        const auto saved = put("/api/v1/safety-plan", of_ada,
                               R"({"version":)" + std::to_string(version++) + R"(,"shared_with_team":)" +
                                   (shared_with_team ? "true" : "false") +
                                   R"(,"parts":{"warning_signs":["I stop answering"],"coping":["The long walk"],)"
                                   R"("people":[{"name":"Berit","phone":"085 555 0142"}]}})");
        EXPECT_EQ(saved.status, 200) << saved.body;
    }
    http::Response put(const std::string& target, const std::string& token, const std::string& body)
    {
        return service.ask(http::Method::Put, target, token, body);
    }
    std::string of_joss(const std::string& rest = {}) const { return "/api/v1/supporters/" + joss + rest; }
    http::Response linked(const std::string& more = R"("shares":["warning_signs","people"],"days":30)")
    {
        return service.post(of_joss("/link"), of_ada, R"({"called":"Addie","language":"de","agreed":true,)" + more + "}");
    }
    std::string token()
    {
        const auto made = linked();
        EXPECT_EQ(made.status, 201) << made.body;
        return std::string(json::parse(made.body).at("token").as_string());
    }
    http::Response open(const std::string& by) { return service.post("/api/v1/shared-plan/open", "", json::serialize(json::object{{"token", by}})); }
    json::object own() { return json::parse(service.get("/api/v1/supporters", of_ada).body).as_object(); }
    std::string card() { return service.get("/api/v1/people/" + ada.person()->text(), of_maeve).body; }

    House house;
    Service service;
    Actor maeve, ada;
    care::SupporterDesk desk;
    std::string of_maeve, of_ada, joss;
    int version = 0;
};

TEST_F(SupportersByHttp, APersonReadsWhatTheyAgreeToTicksAndPassesOn)
{
    const auto before = own();
    ASSERT_EQ(before.at("consent").as_array().size(), 4U);
    EXPECT_THAT(std::string(before.at("consent").at(0).as_string()), HasSubstr("They see nothing else of yours"));
    EXPECT_EQ(before.at("usual_days"), 30);
    EXPECT_FALSE(before.at("items").at(0).as_object().contains("link"));
    const auto refused = service.post(of_joss("/link"), of_ada, R"({"shares":["messages"],"days":30,"called":"Addie","language":"xx"})");
    EXPECT_EQ(refused.status, 422);
    for (const char* where : {"/shares", "/language", "/agreed"})
        EXPECT_THAT(refused.body, HasSubstr(where));
    EXPECT_EQ(linked(R"("shares":[],"days":30)").status, 422);
    EXPECT_EQ(linked(R"("shares":["people"],"days":31)").status, 422);
    const auto by = token();
    const auto link = own().at("items").at(0).at("link").as_object();
    EXPECT_EQ(link.at("state"), "open");
    EXPECT_EQ(link.at("opened"), 0);
    EXPECT_THAT(service.get("/api/v1/supporters", of_ada).body, Not(HasSubstr(by))) << "told once";
}

TEST_F(SupportersByHttp, ALinkShowsWhatWasTickedAndNothingElseOfThePerson)
{
    const auto by = token();
    const auto opened = open(by);
    ASSERT_EQ(opened.status, 200) << opened.body;
    const auto body = json::parse(opened.body).as_object();
    EXPECT_EQ(body.at("called"), "Addie");
    EXPECT_EQ(body.at("language"), "de");
    EXPECT_EQ(body.at("parts").at("warning_signs").at(0), "I stop answering");
    EXPECT_EQ(body.at("parts").at("people").at(0).at("phone"), "085 555 0142");
    EXPECT_TRUE(body.at("parts").at("coping").as_array().empty());
    EXPECT_FALSE(body.at("danger").as_array().empty());
    for (const char* not_there : {"Quillfeather", "Joss", "The long walk", "shared_with_team", "maeve", "urgency"})
        EXPECT_THAT(opened.body, Not(HasSubstr(not_there)));
    EXPECT_EQ(put(of_joss("/link"), of_ada, R"({"shares":["coping"]})").status, 204);
    const auto changed = open(by).body;
    EXPECT_THAT(changed, HasSubstr("The long walk"));
    EXPECT_THAT(changed, Not(HasSubstr("Berit")));
}

TEST_F(SupportersByHttp, WhatOpensNothingIsToldTheSameAndTakenBackIsAtOnce)
{
    const auto by = token();
    const auto told = [&](const std::string& token) {
        const auto answer = open(token);
        EXPECT_EQ(answer.status, 404) << answer.body;
        return json::parse(answer.body).at("detail");
    };
    const auto wrong = told(std::string(43, 'x'));
    for (const auto& odd : {std::string("' OR 1=1"), std::string(199, 'A'), by + "A", by.substr(1)})
        EXPECT_EQ(told(odd), wrong);
    EXPECT_EQ(service.post("/api/v1/shared-plan/open", "", R"({"token":7})").status, 422);
    EXPECT_EQ(service.get("/api/v1/shared-plan/open", "").status, 405) << "whoever only looks at a link opens nothing";
    EXPECT_EQ(own().at("items").at(0).at("link").at("opened"), 0);
    EXPECT_EQ(service.ask(http::Method::Delete, of_joss("/link"), of_ada).status, 204);
    EXPECT_EQ(told(by), wrong);
    EXPECT_EQ(service.ask(http::Method::Delete, of_joss("/link"), of_ada).status, 404);
    const auto next = token();
    EXPECT_EQ(service.ask(http::Method::Delete, of_joss(), of_ada).status, 204);
    EXPECT_EQ(told(next), wrong);
}

TEST_F(SupportersByHttp, WhoLookedNamesWhomTheLinkWasFor)
{
    const auto by = token();
    const auto token_of_kim = [&] {
        const auto kim = json::parse(service.post("/api/v1/supporters", of_ada, R"({"name":"Kim"})").body).at("id").as_string();
        const auto made = service.post("/api/v1/supporters/" + std::string(kim) + "/link", of_ada,
                                       R"({"shares":["people"],"days":7,"called":"A","language":"en","agreed":true})");
        return std::string(json::parse(made.body).at("token").as_string());
    }();
    for (const auto& each : {by, token_of_kim, by}) {
        EXPECT_EQ(open(each).status, 200);
        house.clock.pass(std::chrono::minutes{1});
    }
    std::vector<std::string> seen;
    const auto looked = json::parse(service.get("/api/v1/privacy/accesses", of_ada).body);
    for (const auto& item : looked.at("items").as_array()) {
        const auto& one = item.as_object();
        if (one.at("role") != "supporter")
            continue;
        EXPECT_EQ(one.at("what"), "Opened what you share of your safety plan");
        seen.push_back(std::string(one.at("who").as_string()) + (one.contains("times") ? " twice" : ""));
    }
    EXPECT_THAT(seen, ElementsAre("Joss twice", "Kim"));
}

TEST_F(SupportersByHttp, OthersMakeNoLinkAndSeeNone)
{
    token();
    const auto ben = service.token_of(house.person("Ben"));
    for (const auto& token_of_other : {of_maeve, ben}) {
        const auto status = token_of_other == ben ? 404 : 403;
        EXPECT_EQ(service.ask(http::Method::Delete, of_joss("/link"), token_of_other).status, status);
        EXPECT_EQ(service.ask(http::Method::Delete, of_joss(), token_of_other).status, status);
    }
    const std::string links = "/api/v1/people/" + ada.person()->text() + "/supporter-links";
    EXPECT_EQ(json::parse(service.get(links, of_maeve).body).at("items").as_array().size(), 0U) << "a grown person's own matter";
    EXPECT_EQ(service.get(links, service.token_of(house.staff(Role::Clinician, "noor"))).status, 403);
    must(house.record->write(house.system(), [&](trust::Writing& writing) {
        return trust::ContactDesk(*house.record, *house.keyring).set_age_band(writing, *ada.person(), "13_17");
    }));
    const auto waiting = json::parse(service.get(links, of_maeve).body).at("items").at(0);
    EXPECT_EQ(waiting.at("link").at("state"), "waits");
    EXPECT_EQ(put(links + "/" + joss + "/understood", of_maeve, R"({"note":"Said it back."})").status, 204);
    EXPECT_EQ(own().at("items").at(0).at("link").at("understood").at("note"), "Said it back.");
}

TEST_F(SupportersByHttp, APlanIsTheTeamsOnlyWhileThePersonSharesIt)
{
    EXPECT_THAT(card(), Not(HasSubstr("I stop answering")));
    EXPECT_THAT(card(), HasSubstr("not shared with the team"));
    save_plan(true);
    EXPECT_THAT(card(), HasSubstr("I stop answering"));
    save_plan(false);
    EXPECT_THAT(card(), Not(HasSubstr("I stop answering"))) << "taken back";
    token();
    EXPECT_THAT(card(), Not(HasSubstr("I stop answering"))) << "a supporter's link is none of the team's";
}

} // namespace

} // namespace handrail::test
