#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "routes/service.h"
#include "trust/link_desk.h"

// Check-ins that a service designs, over HTTP: designed by staff, asked and answered by page and by a link.
namespace handrail::test {

namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* evening =
    R"("languages":["de","fr"],"title":{"fr":"Le soir","de":"Am Abend"},"purpose":"To see how the move went.",)"
    R"("items":[{"id":"energy","kind":"scale","question":{"fr":"Quelle énergie ?","de":"Wie viel Kraft?"},"lowest":0,)"
    R"("highest":10,"at_lowest":{"fr":"aucune","de":"keine"},"at_highest":{"fr":"beaucoup","de":"viel"},"worse":"down",)"
    R"("series":true},{"id":"words","kind":"text","question":{"fr":"Autre chose ?","de":"Sonst noch etwas?"}}]})";

class DesignedByStaff : public testing::Test {
protected:
    DesignedByStaff()
        : service(house, house.organisation), maeve(house.staff(Role::Clinician, "maeve", {house.team})),
          ada(house.person("Ada Quillfeather")), of_maeve(service.token_of(maeve)), of_ada(service.token_of(ada))
    {
        must(house.consents->put(ada, *ada.person(), {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}}));
    }
    /// What answers and schedules call it.
    std::string designed()
    {
        const auto made = service.post("/api/v1/check-in-designs", of_maeve, std::string("{") + evening);
        EXPECT_EQ(made.status, 201) << made.body;
        const auto body = boost::json::parse(made.body);
        id = std::string(body.at("id").as_string());
        return std::string(body.at("form").as_string());
    }
    http::Response answer(const std::string& form, const std::string& answers)
    {
        return service.post("/api/v1/check-ins", of_ada, R"({"form":")" + form + R"(","version":"1","answers":)" + answers + "}");
    }
    std::string people(const std::string& rest = {}) const { return "/api/v1/people/" + ada.person()->text() + rest; }

    House house;
    Service service;
    Actor maeve, ada;
    std::string of_maeve, of_ada, id;
};

TEST_F(DesignedByStaff, IsMadeChangedListedAndRetired)
{
    designed();
    const auto path = "/api/v1/check-in-designs/" + id;
    EXPECT_EQ(service.post(path + "/versions", of_maeve, std::string(R"({"from_version":2,)") + evening).status, 409);
    const auto changed = service.post(path + "/versions", of_maeve, std::string(R"({"from_version":1,)") + evening);
    EXPECT_EQ(changed.status, 201) << changed.body;
    EXPECT_EQ(boost::json::parse(changed.body).at("version"), 2);
    const auto versions = boost::json::parse(service.get(path, of_maeve).body).at("items").as_array();
    ASSERT_EQ(versions.size(), 2U);
    EXPECT_EQ(versions[0].at("newest"), true);
    EXPECT_EQ(versions[1].at("newest"), false);
    EXPECT_EQ(versions[1].at("items").at(0).at("at_highest").at("de"), "viel");
    EXPECT_EQ(service.post(path + "/retire", of_maeve, "").status, 204);
    EXPECT_EQ(service.post(path + "/retire", of_maeve, "").status, 404);
    EXPECT_THAT(service.get("/api/v1/check-in-designs", of_maeve).body, HasSubstr("retired_at"));
    EXPECT_EQ(service.get("/api/v1/check-in-designs", of_ada).status, 403);
    EXPECT_EQ(service.post("/api/v1/check-in-designs", of_ada, std::string("{") + evening).status, 403);
}

TEST_F(DesignedByStaff, EveryFaultIsNamedWithItsItem)
{
    const auto wrong = service.post(
        "/api/v1/check-in-designs", of_maeve,
        R"({"languages":["en"],"title":{"en":""},"purpose":"","items":[{"id":"x","kind":"choice","question":{"en":"Where?"},)"
        R"("options":[{"en":"Home"}]},{"id":"y","kind":"scale","question":{"fr":"Où ?"},"lowest":5,"highest":1}]})");
    EXPECT_EQ(wrong.status, 422) << wrong.body;
    for (const char* where : {"/title/en", "/purpose", "/items/0/options", "/items/1/highest", "/items/1/question", "Item 1 (x): "})
        EXPECT_THAT(wrong.body, HasSubstr(where));
    EXPECT_THAT(service.post("/api/v1/check-in-designs", of_maeve, R"({"items":[{"kind":"mood"}]})").body, HasSubstr("/items/0/kind"));
}

TEST_F(DesignedByStaff, IsShownAsACheckInInALanguageItHas)
{
    const auto form = designed();
    const auto shown = service.ask(http::Method::Get, "/api/v1/check-in/form?form=" + form, of_ada, "");
    ASSERT_EQ(shown.status, 200) << shown.body;
    EXPECT_THAT(shown.body, HasSubstr(R"("language":"de")")) << "its own first language for whoever reads neither";
    EXPECT_THAT(shown.body, HasSubstr(R"({"value":0,"text":"0","end":"keine"},{"value":1,"text":"1"})"));
    EXPECT_THAT(shown.body, HasSubstr("Dein Team liest das später, nicht gleich."));
    EXPECT_THAT(shown.body, Not(HasSubstr("how the move went"))) << "what staff write for each other";
    EXPECT_EQ(service.get("/api/v1/check-in/form?form=own-x", of_ada).status, 404);
    EXPECT_THAT(service.get("/api/v1/check-in/form", of_ada).body, HasSubstr("How has today been?"));
}

TEST_F(DesignedByStaff, IsAnsweredReadAndDrawn)
{
    const auto form = designed();
    EXPECT_EQ(answer(form, R"({"energy":11})").status, 422);
    const auto saved = answer(form, R"({"energy":3,"words":"A slow zebra day."})");
    ASSERT_EQ(saved.status, 201) << saved.body;
    for (const auto& read : {service.get("/api/v1/check-ins/designed", of_ada), service.get(people("/check-ins/designed"), of_maeve)}) {
        EXPECT_EQ(read.status, 200) << read.body;
        EXPECT_THAT(read.body, HasSubstr("3 (0: keine, 10: viel)"));
        EXPECT_THAT(read.body, HasSubstr("A slow zebra day."));
    }
    const auto noor = service.token_of(house.staff(Role::Clinician, "noor"));
    EXPECT_EQ(service.get(people("/check-ins/designed"), noor).status, 403);
    const auto page = boost::json::parse(service.get(people(), of_maeve).body);
    const auto& drawn = page.at("designed").at(0);
    EXPECT_EQ(drawn.at("question"), "Wie viel Kraft?");
    EXPECT_EQ(drawn.at("points").at(0).at("value"), 3);
    EXPECT_EQ(drawn.at("worse"), "down");
    EXPECT_THAT(service.get("/api/v1/check-ins", of_ada).body, HasSubstr(R"("items":[])")) << "the daily one is another form";
}

// C1 and C15: words of danger in a designed check-in get the fixed words and a human, by page as by link.
TEST_F(DesignedByStaff, C15_DangerInItsWordsGetsHelpByPageAndByLink)
{
    const auto form = designed();
    const auto made = service.post(people("/schedules"), of_maeve, R"({"form":")" + form + R"(","times":[{"from":"09:00"}]})");
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(boost::json::parse(made.body).at("title"), "Am Abend");
    house.clock.set(*from_rfc3339(std::string(boost::json::parse(made.body).at("next_at").as_string())));
    EXPECT_EQ(must(service.asks.round(house.system())).asked, 1);
    EXPECT_THAT(service.get("/api/v1/asked", of_ada).body, HasSubstr(R"("kind":"check_in","form":")" + form + R"(","title":"Am Abend")"));
    std::string token;
    must(house.record->write(house.system(), [&](trust::Writing& writing) -> Result<void> {
        token = TRY(trust::LinkDesk::make(writing, *ada.person(), TRY(monitoring::open_asks(writing, *ada.person())).at(0).id));
        return {};
    }));
    const auto opened = service.post("/api/v1/asked/open", "", R"({"token":")" + token + R"("})");
    EXPECT_EQ(opened.status, 200) << opened.body;
    EXPECT_THAT(opened.body, HasSubstr(R"("check_in":{"id":")" + form));
    const auto by_link = [&](const std::string& called) {
        return service.post("/api/v1/asked/answer", "",
                            R"({"token":")" + token + R"(","form":")" + called +
                                R"(","version":"1","answers":{"energy":0,"words":"I am going to kill myself tonight."}})");
    };
    EXPECT_EQ(by_link("daily").status, 404) << "a link opens one form";
    const auto answered = by_link(form);
    EXPECT_EQ(answered.status, 201) << answered.body;
    EXPECT_THAT(answered.body, HasSubstr(R"("blocks":[)"));
    EXPECT_THAT(service.get("/api/v1/asked", of_ada).body, HasSubstr(R"("items":[])"));
    EXPECT_EQ(by_link(form).status, 404);
    EXPECT_THAT(answer(form, R"({"words":"I am going to kill myself tonight."})").body, HasSubstr(R"("blocks":[)"));
    of_maeve = service.token_of(maeve); // the night is longer than a session of staff
    EXPECT_THAT(service.get(people(), of_maeve).body, HasSubstr(R"("urgency":"now")"));
}

} // namespace

} // namespace handrail::test
