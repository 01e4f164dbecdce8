#include <gmock/gmock.h>

#include <boost/json.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "content/answer_protocol.h"
#include "content/asking_protocol.h"
#include "content/change_protocol.h"
#include "content/check_ins.h"
#include "content/first_assessment.h"
#include "content/next_steps.h"
#include "content/progress_protocol.h"
#include "folder_for_test.h"
#include "routes/service.h"
#include "trust/link_desk.h"

// Which questionnaires can be asked and answered: every one whose words are here, those that a site added as well; and what
// is offered at once after a critical answer.
namespace handrail::test {

namespace {

namespace json = boost::json;
namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const fs::path content_folder = fs::path(HANDRAIL_SOURCE_DIR) / "content";

monitoring::Asking asking_in(const fs::path& folder)
{
    const auto instruments = must(content::Instruments::load(folder));
    return {must(content::load_check_in_form(folder, "daily")),
            instruments,
            must(content::load_answer_protocol(folder, instruments)),
            must(content::load_progress_protocol(folder)),
            must(content::load_change_protocol(folder, instruments)),
            must(content::load_asking_protocol(folder)),
            must(content::load_next_steps(folder))};
}

class Questionnaires : public testing::Test {
protected:
    void open(const monitoring::Asking* asking = nullptr)
    {
        service = std::make_unique<Service>(house, house.organisation, asking);
        of_maeve = service->token_of(maeve);
        of_ada = service->token_of(ada);
        must(house.consents->put(ada, *ada.person(), {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}}));
    }
    json::array listed() { return json::parse(service->get("/api/v1/questionnaires", of_ada).body).at("items").as_array(); }
    std::vector<std::string> available()
    {
        std::vector<std::string> all;
        for (const auto& each : listed())
            if (each.at("available").as_bool())
                all.emplace_back(each.at("id").as_string());
        return all;
    }
    json::value form(const std::string& id) { return json::parse(service->get("/api/v1/questionnaires/" + id, of_ada).body); }
    http::Response answer(const std::string& id, const json::value& shown, const json::object& answers, bool partial = false)
    {
        json::object body{{"version", shown.at("version")}, {"answers", answers}, {"partial", partial}};
        return service->post("/api/v1/questionnaires/" + id + "/answers", of_ada, json::serialize(body));
    }
    /// The lowest answer to each question.
    static json::object lowest(const json::value& shown)
    {
        json::object answers;
        for (const auto& item : shown.at("items").as_array())
            answers[item.at("id").as_string()] = item.at("options").at(0).at("value");
        return answers;
    }
    json::object all_of_phq9(int last)
    {
        json::object answers;
        for (int item = 1; item <= 9; ++item)
            answers[std::to_string(item)] = item == 9 ? last : 0;
        return answers;
    }

    House house;
    Actor maeve = house.staff(Role::Clinician, "maeve", {house.team});
    Actor ada = house.person("Ada Quillfeather");
    std::unique_ptr<Service> service;
    std::string of_maeve, of_ada;
};

// Five of them stood in a list in the code; the others could be asked from no page.
TEST_F(Questionnaires, EveryOneWhoseWordsAreHereIsAskedAndAnswered)
{
    open();
    EXPECT_THAT(available(), ElementsAre("asq", "audit", "audit-c", "c-ssrs-screen", "core-10", "dast-10", "gad-2", "gad-7",
                                         "k10", "k6", "pc-ptsd-5", "pcl-5", "phq-2", "phq-8", "phq-9", "who-5"));
    for (const auto& id : available()) {
        SCOPED_TRACE(id);
        const auto made = service->post("/api/v1/people/" + ada.person()->text() + "/schedules", of_maeve,
                                        R"({"form":")" + id + R"(","times":[{"from":"09:00"}]})");
        EXPECT_EQ(made.status, 201) << made.body;
        const auto shown = form(id);
        const auto saved = answer(id, shown, lowest(shown));
        EXPECT_EQ(saved.status, 201) << saved.body;
    }
}

TEST_F(Questionnaires, WhatSomebodyElseAsksIsNotOnOnesOwnList)
{
    open();
    std::vector<std::string> asked;
    for (const auto& each : listed())
        if (each.at("available").as_bool() && !each.at("by_themselves").as_bool())
            asked.emplace_back(each.at("id").as_string());
    EXPECT_THAT(asked, ElementsAre("asq", "c-ssrs-screen"));
    EXPECT_EQ(form("asq").at("stem"), "") << "\"Ask the patient\" is for whoever asks";
    EXPECT_EQ(form("c-ssrs-screen").at("stem"), "Past month");
}

TEST_F(Questionnaires, OneWhoseWordsAreNotHereSaysWhoseTheyAreAndIsNotShown)
{
    open();
    for (const auto& each : listed())
        if (each.at("id") == "isi") {
            EXPECT_FALSE(each.at("available").as_bool());
            EXPECT_THAT(std::string(each.at("why_not").as_string()), HasSubstr("Charles M. Morin"));
        }
    EXPECT_EQ(service->get("/api/v1/questionnaires/isi", of_ada).status, 409);
    EXPECT_EQ(service->post("/api/v1/people/" + ada.person()->text() + "/schedules", of_maeve,
                            R"({"form":"isi","times":[{"from":"09:00"}]})")
                  .status,
              422);
}

// A site with a licence writes the words into its own copy of the file (content/instruments/README.md).
TEST_F(Questionnaires, WordsThatASiteAddedAreAskedShownAndAnsweredOnThePageAndByLink)
{
    const tests::FolderForTest folder;
    const fs::path content = folder.file("content");
    fs::copy(content_folder, content, fs::copy_options::recursive);
    const auto file = content / "instruments" / "isi.json";
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    auto isi = json::parse(text.str());
    isi.at("ip").as_object()["text_included"] = true;
    for (auto& item : isi.at("items").as_array())
        item.as_object()["text"] = "The licensed words of question " + std::string(item.at("id").as_string());
    for (auto& choice : isi.at("option_sets").at("i5").as_array())
        choice.as_object()["text"] = "The licensed words of " + std::to_string(choice.at("value").as_int64());
    std::ofstream(file) << json::serialize(isi);

    const auto asking = asking_in(content);
    open(&asking);
    EXPECT_THAT(available(), Contains("isi"));
    const auto shown = form("isi");
    EXPECT_EQ(shown.at("items").at(6).at("text"), "The licensed words of question 7");
    EXPECT_EQ(shown.at("items").at(6).at("options").at(4).at("text"), "The licensed words of 4");
    const auto saved = answer("isi", shown, lowest(shown));
    EXPECT_EQ(saved.status, 201) << saved.body;
    EXPECT_EQ(json::parse(saved.body).at("status"), "ok");

    const auto made = service->post("/api/v1/people/" + ada.person()->text() + "/schedules", of_maeve,
                                    R"({"form":"isi","times":[{"from":"09:00"}]})");
    ASSERT_EQ(made.status, 201) << made.body;
    house.clock.set(*from_rfc3339(std::string(json::parse(made.body).at("next_at").as_string())));
    EXPECT_EQ(must(service->asks.round(house.system())).asked, 1);
    std::string token;
    must(house.record->write(house.system(), [&](trust::Writing& writing) -> Result<void> {
        token = TRY(trust::LinkDesk::make(writing, *ada.person(), TRY(monitoring::open_asks(writing, *ada.person())).at(0).id));
        return {};
    }));
    const auto opened = service->post("/api/v1/asked/open", "", R"({"token":")" + token + R"("})");
    EXPECT_THAT(opened.body, HasSubstr("The licensed words of question 1"));
    json::object body{{"token", token}, {"form", "isi"}, {"version", shown.at("version")}, {"answers", lowest(shown)}};
    const auto sent = service->post("/api/v1/asked/answer", "", json::serialize(body));
    EXPECT_EQ(sent.status, 201) << sent.body;
}

TEST_F(Questionnaires, TheFirstAssessmentSuggestsOnlyWhatCanBeAsked)
{
    open();
    const auto& instruments = service->answers.asking().instruments;
    const auto first = must(content::load_first_assessment(content_folder, instruments));
    ASSERT_THAT(first.fits, Not(IsEmpty()));
    const auto asked = available();
    for (const auto& fit : first.fits)
        EXPECT_THAT(asked, Contains(fit.instrument));
}

// --- After a critical answer ---

class FollowUp : public Questionnaires {
protected:
    http::Response answer_nine(int value, bool partial = false)
    {
        const auto shown = form("phq-9");
        return answer("phq-9", shown, partial ? json::object{{"9", value}} : all_of_phq9(value), partial);
    }
    void set_band(const char* band, const char* language = "en")
    {
        static constexpr rows::Statement statement{
            "test.band", "UPDATE person SET age_band = $2, language = $3 WHERE organisation = $1 AND person = $4"};
        must(house.record->write(house.system(), [&](trust::Writing& writing) -> Result<void> {
            TRY(writing.change(statement, {band, language, *ada.person()}));
            writing.note({"test.band", *ada.person(), "person", *ada.person(), {}, {}});
            return {};
        }));
    }
    std::string offered(const http::Response& response)
    {
        const auto body = json::parse(response.body).as_object();
        return body.contains("follow_up") ? std::string(body.at("follow_up").at("id").as_string()) : std::string{};
    }
    json::array questions_of_alert()
    {
        const auto page = json::parse(
            service->get("/api/v1/alerts/" + service->alert_of(*ada.person()).text(), of_maeve).body);
        for (const auto& step : page.at("next_steps").as_array())
            if (step.at("id") == "ask")
                return step.at("questions").as_array();
        return {};
    }
};

TEST_F(FollowUp, TheScreenerIsOfferedBesideTheFixedWordsAndAfterTheAlert)
{
    open();
    set_band("26_64");
    const auto said = answer_nine(1, true);
    EXPECT_EQ(offered(said), "c-ssrs-screen") << said.body;
    EXPECT_THAT(said.body, HasSubstr(R"("blocks")"));
    EXPECT_FALSE(service->alert_of(*ada.person()).empty()) << "nobody waits for another answer";
    EXPECT_EQ(offered(answer_nine(1)), "c-ssrs-screen") << "with the whole form too";
    EXPECT_EQ(offered(answer_nine(0)), "");
}

TEST_F(FollowUp, NobodyIsAskedTwiceInADay)
{
    open();
    set_band("26_64");
    answer_nine(1);
    const auto screener = form("c-ssrs-screen");
    const auto answered = answer("c-ssrs-screen", screener, lowest(screener));
    EXPECT_EQ(answered.status, 201) << answered.body;
    EXPECT_EQ(offered(answered), "") << "a screener asks for no other";
    EXPECT_EQ(offered(answer_nine(1)), "");
    house.clock.pass(std::chrono::hours{25});
    of_ada = service->token_of(ada);
    EXPECT_EQ(offered(answer_nine(1)), "c-ssrs-screen");
}

TEST_F(FollowUp, WhoIsYoungerIsAskedWhatIsMeantForThemAndWithoutWordsNobodyIsAsked)
{
    open();
    set_band("13_17");
    const auto said = answer_nine(1);
    EXPECT_EQ(offered(said), "asq");
    EXPECT_EQ(json::parse(said.body).at("follow_up").at("stem"), "");
    set_band("26_64", "de");
    EXPECT_EQ(offered(answer_nine(1)), "") << "its words are here in English alone";
    EXPECT_THAT(answer_nine(1).body, HasSubstr(R"("blocks")"));
}

TEST_F(FollowUp, WhatItSaysMakesTheAlertGraverAndNothingMakesItLess)
{
    open();
    set_band("26_64");
    answer_nine(1);
    const auto alert = service->alert_of(*ada.person());
    EXPECT_EQ(service->alert(alert).urgency, Urgency::Today);
    const auto screener = form("c-ssrs-screen");
    auto answers = lowest(screener);
    answer("c-ssrs-screen", screener, answers);
    EXPECT_EQ(service->alert(alert).urgency, Urgency::Today) << "no to all is not safety";
    answers["2"] = answers["4"] = 1;
    const auto graver = answer("c-ssrs-screen", screener, {{"2", 1}, {"4", 1}}, true);
    EXPECT_EQ(graver.status, 201) << graver.body;
    EXPECT_EQ(service->alert_of(*ada.person()), alert) << "one alert a person";
    EXPECT_EQ(service->alert(alert).urgency, Urgency::Now);
}

TEST_F(FollowUp, WhoAnswersTheAlertHasTheQuestionsWithWhatThePersonSaid)
{
    open();
    set_band("26_64");
    answer_nine(1);
    auto questions = questions_of_alert();
    ASSERT_EQ(questions.size(), 11U) << "seven of the screener, four of our own";
    EXPECT_EQ(questions[0].at("id"), "c-ssrs-screen.1");
    EXPECT_FALSE(questions[0].as_object().contains("said"));
    EXPECT_EQ(questions[9].at("id"), "someone_there");

    answer("c-ssrs-screen", form("c-ssrs-screen"), {{"1", 1}, {"2", 0}}, true);
    questions = questions_of_alert();
    EXPECT_EQ(questions[0].at("said"), "yes");
    EXPECT_EQ(questions[1].at("said"), "no");
    EXPECT_FALSE(questions[2].as_object().contains("said")) << "not answered is no answer";

    const auto alert = service->alert_of(*ada.person());
    ASSERT_EQ(service->post("/api/v1/alerts/" + alert.text() + "/acknowledge", of_maeve, "{}").status, 200);
    const auto done = service->post(
        "/api/v1/alerts/" + alert.text() + "/outcome", of_maeve,
        R"({"outcome":"not_reached","record":"Her line was engaged.","answers":{"c-ssrs-screen.1":"yes","someone_there":"no"}})");
    EXPECT_THAT(done.body, HasSubstr(R"("question":"c-ssrs-screen.1","text":"Have you wished you were dead or wished you could go to sleep and not wake up?","answer":"yes")"));
    EXPECT_THAT(done.body, HasSubstr(R"("text":"Is someone there?","answer":"no")"));
}

} // namespace

} // namespace handrail::test
