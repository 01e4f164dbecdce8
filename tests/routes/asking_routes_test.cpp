#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "routes/service.h"
#include "trust/link_desk.h"

// What somebody is asked, over HTTP: by page, and by a link without a log-in.
namespace handrail::test {

namespace {

using std::chrono::hours;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class AskedByLink : public testing::Test {
protected:
    AskedByLink()
        : service(house, house.organisation), maeve(house.staff(Role::Clinician, "maeve", {house.team})),
          ada(house.person("Ada Quillfeather")), of_maeve(service.token_of(maeve)), of_ada(service.token_of(ada))
    {
        must(house.consents->put(ada, *ada.person(), {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}}));
    }
    std::string schedules() const { return "/api/v1/people/" + ada.person()->text() + "/schedules"; }
    /// Asks it now, and gives the token of a link to it.
    std::string asked(const std::string& form)
    {
        const auto made = service.post(schedules(), of_maeve,
                                       R"({"form":")" + form + R"(","time_zone":"Europe/Dublin","times":[{"from":"09:00"}]})");
        EXPECT_EQ(made.status, 201) << made.body;
        house.clock.set(*from_rfc3339(std::string(boost::json::parse(made.body).at("next_at").as_string())));
        EXPECT_EQ(must(service.asks.round(house.system())).asked, 1);
        of_maeve = service.token_of(maeve); // the night is longer than a session of staff
        return link();
    }
    std::string link()
    {
        std::string token;
        must(house.record->write(house.system(), [&](trust::Writing& writing) -> Result<void> {
            token = TRY(trust::LinkDesk::make(writing, *ada.person(),
                                              TRY(monitoring::open_asks(writing, *ada.person())).at(0).id));
            return {};
        }));
        return token;
    }
    http::Response open(const std::string& token)
    {
        return service.post("/api/v1/asked/open", "", R"({"token":")" + token + R"("})");
    }
    http::Response answer(const std::string& token, const std::string& form, const std::string& version,
                          const std::string& answers, const std::string& more = {})
    {
        return service.post("/api/v1/asked/answer", "",
                            R"({"token":")" + token + R"(","form":")" + form + R"(","version":")" + version +
                                R"(","answers":)" + answers + more + "}");
    }

    House house;
    Service service;
    Actor maeve, ada;
    std::string of_maeve, of_ada;
};

TEST_F(AskedByLink, AClinicianAsksAndThePersonSeesIt)
{
    asked("phq-9");
    const auto page = service.get("/api/v1/asked", of_ada);
    EXPECT_THAT(page.body, HasSubstr(R"("kind":"questionnaire","form":"phq-9")"));
    EXPECT_THAT(page.body, HasSubstr(R"("why":"As often as was agreed.")"));
    const auto seen = service.get(schedules(), of_maeve);
    EXPECT_THAT(seen.body, HasSubstr(R"("from":"09:00")"));
    EXPECT_THAT(seen.body, HasSubstr(R"("state":"open")"));
    EXPECT_EQ(service.get(schedules(), of_ada).status, 403);
    EXPECT_EQ(service.get(schedules(), service.token_of(house.staff(Role::Clinician, "noor"))).status, 403);
    const auto id = std::string(boost::json::parse(seen.body).at("items").at(0).at("id").as_string());
    EXPECT_EQ(service.ask(http::Method::Delete, schedules() + "/" + id, of_maeve).status, 204);
    EXPECT_THAT(service.get("/api/v1/asked", of_ada).body, HasSubstr(R"("items":[])"));
}

TEST_F(AskedByLink, EveryFaultOfAScheduleIsNamed)
{
    const auto wrong = service.post(schedules(), of_maeve,
                                    R"({"form":"daily","times":[{"days":["monday"],"from":"9","to":"25:00"}]})");
    EXPECT_EQ(wrong.status, 422) << wrong.body;
    EXPECT_THAT(wrong.body, HasSubstr("/times/0/from"));
    EXPECT_THAT(wrong.body, HasSubstr("/times/0/to"));
    EXPECT_THAT(service.post(schedules(), of_maeve, R"({"form":"nothing","times":[{"from":"09:00"}]})").body,
                HasSubstr("/form"));
    EXPECT_THAT(service.post(schedules(), of_maeve, R"({"form":"daily","time_zone":"X","times":[{"from":"09:00"}]})").body,
                HasSubstr("/time_zone"));
    EXPECT_THAT(service.post(schedules(), of_maeve, R"({"form":"daily"})").body, HasSubstr("/times"));
}

TEST_F(AskedByLink, APlanIsChangedAndThePersonReadsWhatComes)
{
    const auto made = service.post(schedules(), of_maeve, R"({"form":"daily","times":[{"from":"09:00","to":"12:00"}]})");
    const auto at = schedules() + "/" + std::string(boost::json::parse(made.body).at("id").as_string());
    const auto put = [&](const std::string& token, const char* body) {
        return service.ask(http::Method::Put, at, token, body);
    };
    EXPECT_EQ(put(of_ada, R"({"form":"daily","times":[{"from":"10:00"}]})").status, 403);
    EXPECT_THAT(put(of_maeve, R"({"form":"daily","times":[{"from":"25:00"}]})").body, HasSubstr("/times/0/from"));
    EXPECT_EQ(put(of_maeve, R"({"form":"daily","times":[{"days":["mon"],"from":"10:00"}],"at_least_every":2})").status, 200);
    EXPECT_EQ(put(of_maeve, R"({"form":"daily","times":[{"from":"10:00"}]})").status, 404) << "it is another one now";
    const auto page = boost::json::parse(service.get("/api/v1/asked", of_ada).body);
    ASSERT_EQ(page.at("schedules").as_array().size(), 1U);
    const auto& comes = page.at("schedules").at(0);
    EXPECT_EQ(comes.at("times").at(0).at("from"), "10:00");
    EXPECT_EQ(comes.at("at_least_every"), 2);
    EXPECT_TRUE(comes.as_object().contains("next_at"));
    EXPECT_EQ(service.ask(http::Method::Put, "/api/v1/reminders", of_ada, R"({"time_zone":"Europe/Lisbon"})").status, 204);
    EXPECT_THAT(service.get(schedules(), of_maeve).body, HasSubstr(R"("own_time_zone":"Europe/Lisbon")"));
    EXPECT_THAT(service.get("/api/v1/reminders", of_ada).body, HasSubstr(R"("quiet_from":"21:00","quiet_to":"08:00")"));
    EXPECT_THAT(service.get("/api/v1/reminders", of_ada).body, HasSubstr(R"("letters":true)")) << "this service sends some";
    EXPECT_THAT(service.get(schedules(), of_maeve).body, HasSubstr(R"("letters":false)")) << "and she did not agree";
    must(service.asks.set_reminding(ada, {"ada@home.example", "", {}}));
    const auto seen = service.get(schedules(), of_maeve).body;
    EXPECT_THAT(seen, HasSubstr(R"("letters":true)"));
    EXPECT_THAT(seen, Not(HasSubstr("home.example"))) << "the address is nobody else's";
    EXPECT_THAT(seen, Not(HasSubstr("own_time_zone")));
}

TEST_F(AskedByLink, APauseClosesTheLinkAndBothSidesReadIt)
{
    const auto token = asked("daily");
    EXPECT_EQ(open(token).status, 200);
    const auto put = [&](const std::string& at, const std::string& who, const char* body) {
        return service.ask(http::Method::Put, at, who, body);
    };
    EXPECT_THAT(put("/api/v1/asked/pause", of_ada, R"({"days":40})").body, HasSubstr("/days"));
    EXPECT_EQ(put("/api/v1/asked/pause", of_maeve, R"({"days":7})").status, 403);
    EXPECT_EQ(put("/api/v1/asked/pause", of_ada, R"({"days":7})").status, 200);
    EXPECT_EQ(open(token).status, 404);
    EXPECT_THAT(service.get(schedules(), of_maeve).body, HasSubstr(R"("by":"person")"));
    EXPECT_EQ(service.ask(http::Method::Delete, "/api/v1/asked/pause", of_ada).status, 204);
    EXPECT_EQ(service.ask(http::Method::Delete, "/api/v1/asked/pause", of_ada).status, 404);
    const auto at = "/api/v1/people/" + ada.person()->text() + "/asking-pause";
    EXPECT_EQ(put(at, of_ada, R"({"days":7})").status, 403);
    EXPECT_EQ(put(at, service.token_of(house.staff(Role::Clinician, "noor")), R"({"days":7})").status, 403);
    EXPECT_EQ(put(at, of_maeve, R"({"days":7,"reason":"In hospital."})").status, 200);
    const auto page = service.get("/api/v1/asked", of_ada).body;
    EXPECT_THAT(page, HasSubstr(R"("reason":"In hospital.")"));
    EXPECT_THAT(page, HasSubstr(R"("longest_pause_days":28)"));
    EXPECT_EQ(service.ask(http::Method::Delete, at, of_maeve).status, 204);
}

TEST_F(AskedByLink, LettersNeedAnAddressAndAYes)
{
    const auto put = [&](const char* body) { return service.ask(http::Method::Put, "/api/v1/reminders", of_ada, body); };
    EXPECT_THAT(put(R"({"mail":"ada@home.example"})").body, HasSubstr("/agreed"));
    EXPECT_THAT(put(R"({"mail":"ada\r\nBcc: x@y.example","agreed":true})").body, HasSubstr("/mail"));
    EXPECT_EQ(put(R"({"mail":"ada@home.example","agreed":true})").status, 204);
    EXPECT_THAT(service.get("/api/v1/reminders", of_ada).body, HasSubstr("ada@home.example"));
    const auto token = asked("daily");
    EXPECT_EQ(service.post("/api/v1/asked/no-more", "", R"({"token":")" + token + R"("})").status, 204);
    EXPECT_THAT(service.get("/api/v1/reminders", of_ada).body, Not(HasSubstr("ada@home.example")));
    EXPECT_EQ(open(token).status, 200) << "the form is still there";
}

TEST_F(AskedByLink, ShowsTheQuestionsAndNothingOfAnybody)
{
    must(service.answers.save_check_in(ada, {{{"mood", std::int64_t{2}}, {"note", "a quiet zebra day"}}, "1", {}, {}}));
    const auto shown = open(asked("daily"));
    ASSERT_EQ(shown.status, 200) << shown.body;
    EXPECT_THAT(shown.body, HasSubstr("How has today been?"));
    for (const char* hidden : {"Ada", "Quillfeather", "zebra", "maeve"})
        EXPECT_THAT(shown.body, Not(HasSubstr(hidden)));
    EXPECT_TRUE(shown.headers.get("Set-Cookie").empty()) << "no session";
    EXPECT_EQ(service.ask(http::Method::Get, "/api/v1/asked/open", "").status, 405) << "looking by GET opens nothing";
}

TEST_F(AskedByLink, WrongUsedAndOldLinksAreToldTheSame)
{
    const auto token = asked("daily");
    auto wrong = token;
    wrong[3] = wrong[3] == 'A' ? 'B' : 'A';
    const auto refused = open(wrong);
    EXPECT_EQ(refused.status, 404);
    EXPECT_EQ(answer(token, "daily", "1", R"({"mood":4})").status, 201);
    for (const auto& again : {open(token), answer(token, "daily", "1", R"({"mood":4})"),
                              answer(wrong, "daily", "1", R"({"mood":4})"), open("x"),
                              service.post("/api/v1/asked/no-more", "", R"({"token":")" + token + R"("})")}) {
        EXPECT_EQ(again.status, 404);
        EXPECT_EQ(boost::json::parse(again.body).at("detail"), boost::json::parse(refused.body).at("detail"));
    }
    EXPECT_EQ(must(service.answers.check_ins(maeve, *ada.person(), {}, {}, 10)).size(), 1U);
    house.clock.pass(hours{24} - std::chrono::hours{1});
    must(service.asks.round(house.system()));
    house.clock.pass(hours{1});
    must(service.asks.round(house.system()));
    const auto next = link();
    house.clock.pass(hours{18});
    EXPECT_EQ(boost::json::parse(open(next).body).at("detail"), boost::json::parse(refused.body).at("detail"));
}

TEST_F(AskedByLink, OpensItsOwnFormAndNoOther)
{
    const auto token = asked("daily");
    EXPECT_EQ(answer(token, "phq-9", "2005", R"({"1":0})").status, 404);
    EXPECT_EQ(answer(token, "daily", "0", R"({"mood":4})").status, 409) << "versions never mix";
    EXPECT_EQ(answer(token, "daily", "1", R"({"mood":9})").status, 422);
    EXPECT_EQ(open(token).status, 200) << "what was refused used nothing up";
}

TEST_F(AskedByLink, C15_WordsOfDangerReachTheAlertAsByPage)
{
    const auto saved = answer(asked("daily"), "daily", "1", R"({"mood":1,"note":"I am going to kill myself tonight"})");
    ASSERT_EQ(saved.status, 201) << saved.body;
    EXPECT_THAT(saved.body, HasSubstr(R"("blocks":[)"));
    EXPECT_THAT(saved.body, HasSubstr(R"("tel")"));
    const auto alert = service.alert_of(*ada.person());
    ASSERT_FALSE(alert.empty());
    EXPECT_EQ(service.alert(alert).urgency, Urgency::Now);
}

TEST_F(AskedByLink, ACriticalItemReachesTheAlertAtOnceAndTheFormGoesOn)
{
    const auto token = asked("phq-9");
    const auto opened = open(token);
    const auto version = std::string(boost::json::parse(opened.body).at("questionnaire").at("version").as_string());
    EXPECT_THAT(opened.body, HasSubstr(R"("critical":true)"));
    EXPECT_EQ(answer(token, "phq-9", version, R"({"9":2})", R"(,"partial":true)").status, 201);
    const auto alert = service.alert_of(*ada.person());
    ASSERT_FALSE(alert.empty());
    EXPECT_EQ(service.alert(alert).urgency, Urgency::Today);
    const auto whole = answer(token, "phq-9", version,
                              R"({"1":1,"2":1,"3":0,"4":0,"5":0,"6":0,"7":0,"8":0,"9":2})");
    EXPECT_EQ(whole.status, 201) << whole.body;
    EXPECT_THAT(whole.body, HasSubstr(R"("told")"));
    EXPECT_EQ(open(token).status, 404);
}

} // namespace

} // namespace handrail::test
