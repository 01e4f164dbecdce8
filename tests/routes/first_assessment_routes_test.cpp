#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "content/first_assessment.h"
#include "http/routes/first_assessment.h"
#include "routes/service.h"

// The first assessment over HTTP: by the person, in their language, and by whoever reads it.
namespace handrail::test {

namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

const std::filesystem::path content_folder = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";

class FirstByHttp : public testing::Test {
protected:
    FirstByHttp()
        : service(house, house.organisation), maeve(house.staff(Role::Clinician, "maeve", {house.team})),
          ruth(house.staff(Role::Lead, "ruth")), kit(house.staff(Role::Administrator, "kit")), ada(house.person("Ada")),
          desk(*house.record, service.listening, service.alerts, service.service, *house.consents, screener(), form(),
               service.answers.asking().instruments),
          of_ada(service.token_of(ada)), of_maeve(service.token_of(maeve)), of_ruth(service.token_of(ruth)),
          of_kit(service.token_of(kit))
    {
        http::routes::add_first_assessment_routes(service.router, service.desks, desk);
        must(house.consents->put(ada, *ada.person(), {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}}));
        must(desk.save_settings(kit, {true, 2}));
    }
    static const nlp::Screener& screener()
    {
        static const auto loaded = must(nlp::Screener::load(content_folder));
        return loaded;
    }
    const FirstAssessment& form()
    {
        static const auto loaded =
            must(content::load_first_assessment(content_folder, service.answers.asking().instruments));
        return loaded;
    }
    http::Response answer(const std::string& answers, const std::string& more = {})
    {
        return service.post("/api/v1/first-assessment/answers", of_ada, R"({"form":"1","answers":)" + answers + more + "}");
    }
    json::value own() { return json::parse(service.get("/api/v1/first-assessment", of_ada).body); }
    std::string of_person(const std::string& rest = {}) const
    {
        return "/api/v1/people/" + ada.person()->text() + "/first-assessment" + rest;
    }

    House house;
    Service service;
    Actor maeve, ruth, kit, ada;
    monitoring::FirstAssessmentDesk desk;
    std::string of_ada, of_maeve, of_ruth, of_kit;
};

TEST_F(FirstByHttp, IsAnsweredQuestionByQuestionAndSent)
{
    const auto begun = own();
    EXPECT_EQ(begun.at("state"), "none");
    EXPECT_EQ(begun.at("needed").at(0), "safety");
    EXPECT_TRUE(begun.at("asked_when").at("act").is_object());
    EXPECT_EQ(answer(R"({"reason":"I lie awake."})").status, 200);
    EXPECT_EQ(answer(R"({"tried":["therapy"]})").status, 200);
    EXPECT_EQ(answer(R"({"since":null})").status, 200);
    EXPECT_EQ(answer(R"({"safety":1})", R"(,"seen":2)").status, 200);
    const auto now = own();
    EXPECT_EQ(now.at("state"), "begun");
    EXPECT_EQ(now.at("answers").at("reason"), "I lie awake.");
    EXPECT_EQ(now.at("answers").at("tried").at(0), "therapy");
    EXPECT_EQ(now.at("said").at(0).at("words"), true);
    EXPECT_EQ(now.at("team").at(0), "maeve");
    const auto sent = service.post("/api/v1/first-assessment/send", of_ada, R"({"version":3})");
    ASSERT_EQ(sent.status, 200) << sent.body;
    EXPECT_EQ(json::parse(sent.body).at("state"), "sent");
    EXPECT_FALSE(json::parse(sent.body).as_object().contains("form")) << "there is nothing more to answer";

    const auto listed = json::parse(service.get("/api/v1/first-assessments", of_ruth).body).at("items").as_array();
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_EQ(listed[0].at("may_read").at(0).at("name"), "maeve");
    EXPECT_FALSE(listed[0].as_object().contains("name")) << "a lead reads no names here";
    const std::string body = R"({"account":")" + maeve.account().text() + R"("})";
    EXPECT_EQ(service.ask(http::Method::Put, of_person("/reader"), of_ruth, body).status, 204);
    const auto page = json::parse(service.get(of_person(), of_maeve).body).at("assessment");
    EXPECT_EQ(page.at("reader").at("name"), "maeve");
    EXPECT_EQ(page.at("lines").at(0).at("said"), "I lie awake.");
    EXPECT_EQ(page.at("lines").at(1).at("said"), "Therapy or counselling");
    EXPECT_EQ(page.at("left_open").at(0), "How long has it been like this?");
    EXPECT_EQ(service.post(of_person("/read"), of_maeve, R"({"note":"Tuesday at ten."})").status, 204);
    EXPECT_TRUE(own().as_object().contains("read_at"));
    EXPECT_THAT(service.get("/api/v1/first-assessment", of_ada).body, Not(HasSubstr("Tuesday at ten")));
    EXPECT_THAT(service.get("/api/v1/first-assessments", of_ruth).body, Not(HasSubstr("person")));
}

TEST_F(FirstByHttp, C12_TheFixedWordsComeWithTheAnswer)
{
    const auto said = answer(R"({"reason":"I am going to kill myself tonight."})");
    EXPECT_EQ(said.status, 200);
    EXPECT_THAT(said.body, HasSubstr("\"blocks\""));
    EXPECT_FALSE(service.alert_of(*ada.person()).empty());
    EXPECT_THAT(answer(R"({"body":["chest_pain"]})").body, HasSubstr("\"blocks\""));
    EXPECT_THAT(answer(R"({"work":4})").body, Not(HasSubstr("\"blocks\"")));
}

TEST_F(FirstByHttp, SaysWhatIsWrong)
{
    EXPECT_EQ(answer(R"({"since":9})").status, 422);
    EXPECT_THAT(answer(R"({"since":9})").body, HasSubstr("/answers/since"));
    EXPECT_EQ(answer(R"({"since":1,"work":1})").status, 422) << "one question at a time";
    EXPECT_EQ(answer(R"({"weather":1})").status, 409);
    EXPECT_EQ(service.post("/api/v1/first-assessment/answers", of_ada, R"({"form":"0","answers":{"since":1}})").status, 409);
    EXPECT_EQ(service.post("/api/v1/first-assessment/send", of_ada, R"({"version":0})").status, 404);
    answer(R"({"since":1})");
    EXPECT_THAT(service.post("/api/v1/first-assessment/send", of_ada, R"({"version":1})").body, HasSubstr("/answers/safety"));
}

TEST_F(FirstByHttp, OnlyWhoMayComesIn)
{
    EXPECT_EQ(service.get(of_person(), of_ada).status, 403);
    EXPECT_EQ(service.get(of_person(), of_kit).status, 403);
    EXPECT_EQ(service.get("/api/v1/first-assessment", of_maeve).status, 403);
    EXPECT_EQ(service.get("/api/v1/admin/first-assessment", of_maeve).status, 403);
    const auto set = service.ask(http::Method::Put, "/api/v1/admin/first-assessment", of_kit, R"({"on":false,"read_within_days":3})");
    EXPECT_EQ(json::parse(set.body).at("read_within_days"), 3);
    EXPECT_EQ(own().at("on"), false);
    EXPECT_FALSE(own().as_object().contains("form"));
    EXPECT_EQ(service.get(of_person(), of_maeve).body, "{}");
}

} // namespace

} // namespace handrail::test
