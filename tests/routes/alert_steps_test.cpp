#include <gmock/gmock.h>

#include <boost/json.hpp>

#include <algorithm>

#include "care/findings.h"
#include "routes/service.h"

// The alert's own next step: from content, asked as a form, done by one tap.
namespace handrail::test {

namespace {

namespace json = boost::json;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class AlertSteps : public testing::Test {
protected:
    AlertSteps()
        : service(house, house.organisation), maeve(house.staff(Role::Clinician, "maeve", {house.team})),
          idris(house.staff(Role::Clinician, "idris", {house.team})), ada(house.person()), of_maeve(service.token_of(maeve)),
          of_idris(service.token_of(idris)), of_ada(service.token_of(ada))
    {
        put("/api/v1/safe-contact",
            R"({"version":0,"phone":"085 555 0142","emergency_contact":{"name":"Joss","relation":"partner","phone":"085 555 0177","may_call":true}})");
    }
    void put(const std::string& path, const std::string& body)
    {
        const auto answer = service.ask(http::Method::Put, path, of_ada, body);
        ASSERT_EQ(answer.status, 200) << answer.body;
    }
    /// An alert about this, from a finding of its own.
    void raise(Category category, Urgency urgency = Urgency::Today)
    {
        must(house.record->write(house.system(), [&](trust::Writing& writing) -> Result<void> {
            const auto finding = TRY(keep(writing, category, urgency));
            alert = TRY(service.alerts.raise(writing, {*ada.person(), finding, {}, urgency, category, "A reason.", {}, {}}));
            return {};
        }));
        ASSERT_EQ(service.post(path("/acknowledge"), of_maeve, "{}").status, 200);
    }
    Result<FindingId> keep(trust::Writing& writing, Category category, Urgency urgency)
    {
        Finding finding;
        finding.urgency = urgency;
        finding.category = category;
        finding.categories = {category};
        finding.why = "A reason.";
        return care::keep_finding(writing, *ada.person(), "message", {}, finding);
    }
    std::string path(const std::string& what = {}) const { return "/api/v1/alerts/" + alert.text() + what; }
    json::object page(const std::string& token = {})
    {
        return json::parse(service.get(path(), token.empty() ? of_maeve : token).body).as_object();
    }
    std::vector<std::string> steps()
    {
        std::vector<std::string> ids;
        const auto shown = page();
        for (const auto& step : shown.at("next_steps").as_array())
            ids.emplace_back(step.at("id").as_string());
        return ids;
    }
    json::object step(const std::string& id)
    {
        const auto shown = page();
        for (const auto& each : shown.at("next_steps").as_array())
            if (each.at("id").as_string() == id)
                return each.as_object();
        return {};
    }
    std::vector<std::string> kinds()
    {
        std::vector<std::string> all;
        for (const auto& each : service.alert(alert).path)
            all.push_back(each.kind);
        return all;
    }

    House house;
    Service service;
    Actor maeve, idris, ada;
    std::string of_maeve, of_idris, of_ada;
    AlertId alert;
};

TEST_F(AlertSteps, EachCategoryHasItsOwnQuestions)
{
    raise(Category::Psychosis);
    EXPECT_THAT(steps(), ElementsAre("call_person", "call_contact", "no_argument", "ask", "send_help"));
    const auto questions = step("ask").at("questions").as_array();
    EXPECT_EQ(questions[1].at("id"), "voice_commands");
    EXPECT_EQ(questions[1].at("mark"), "house");
    EXPECT_EQ(step("call_person").at("title"), "Call Ada");
    EXPECT_EQ(step("call_contact").at("title"), "No answer: call Joss, partner");
}

TEST_F(AlertSteps, NobodyButThePersonIsCalledAboutAbuse)
{
    raise(Category::Abuse);
    EXPECT_THAT(steps(), ElementsAre("call_safely", "ask_alone", "send_help_asked", "safeguarding"));
    const auto shown = page();
    EXPECT_THAT(json::serialize(shown.at("next_steps")), Not(HasSubstr("0177")));
}

TEST_F(AlertSteps, WhereAbuseWasEverNamedThePersonIsAskedBeforeAnybodyIsCalled)
{
    must(house.record->write(house.system(), [&](trust::Writing& writing) -> Result<void> {
        TRY(keep(writing, Category::Abuse, Urgency::Usual));
        return {};
    }));
    raise(Category::Suicide);
    const auto contact = step("call_contact");
    EXPECT_EQ(contact.at("title"), "Ask Ada before anybody else is called");
    EXPECT_FALSE(contact.contains("phone"));
    EXPECT_TRUE(contact.at("deeds").as_array().empty());
    const auto plan = step("make_plan");
    for (const auto& each : plan.at("suggestions").as_array())
        EXPECT_NE(each.at("part"), "people") << "it may be one of them";
}

TEST_F(AlertSteps, APlanIsMadeWhereThereIsNoneAndAskedForWhereItIsNotShared)
{
    raise(Category::Suicide);
    EXPECT_THAT(steps(), Contains("make_plan"));
    const auto suggestions = step("make_plan").at("suggestions").as_array();
    ASSERT_EQ(suggestions.size(), 1U);
    EXPECT_EQ(suggestions[0].at("text"), "Joss, partner");
    EXPECT_EQ(suggestions[0].at("from"), "emergency_contact");

    put("/api/v1/safety-plan", R"({"version":0,"parts":{"coping":["the pool"]}})");
    EXPECT_EQ(step("make_plan").at("title"), "Ask for their safety plan");
    EXPECT_FALSE(step("make_plan").contains("suggestions"));
    EXPECT_THAT(json::serialize(page()), Not(HasSubstr("the pool"))) << "it is not shared";

    put("/api/v1/safety-plan", R"({"version":1,"parts":{"coping":["the pool"]},"shared_with_team":true})");
    EXPECT_THAT(steps(), Not(Contains("make_plan")));
    EXPECT_THAT(steps(), Contains("safety_plan"));
}

TEST_F(AlertSteps, WhatWasDoneIsOneTapInTheWordsOfTheDay)
{
    raise(Category::Suicide);
    const auto done = service.post(path("/deeds"), of_maeve, R"({"step":"call_person","deed":"no_answer"})");
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_THAT(done.body, HasSubstr(R"("what":"call_person.no_answer")"));
    EXPECT_THAT(done.body, HasSubstr("maeve: Call Ada: No answer"));
    EXPECT_EQ(service.post(path("/deeds"), of_maeve, R"({"step":"call_person","deed":"flew"})").status, 422);
    EXPECT_EQ(service.post(path("/deeds"), of_ada, R"({"step":"call_person","deed":"spoke"})").status, 403);
    EXPECT_EQ(service.alert(alert).state, care::AlertState::Acknowledged) << "a deed ends nothing";
}

TEST_F(AlertSteps, AnswersAreAFormOfTheirOwnWithTheQuestionsOfTheDay)
{
    raise(Category::Suicide);
    const auto kept = service.post(path("/answers"), of_maeve, R"({"answers":{"someone_there":"yes","within_reach":"not_asked"}})");
    ASSERT_EQ(kept.status, 200) << kept.body;
    const auto form = service.alert(alert).path.back();
    EXPECT_EQ(form.kind, "asked");
    ASSERT_EQ(form.answers.size(), 2U);
    EXPECT_EQ(form.answers[0].question, "someone_there");
    EXPECT_EQ(form.answers[0].version, "1");
    EXPECT_EQ(form.answers[0].text, "Is someone there?");
    EXPECT_EQ(form.answers[0].answer, "yes");
    EXPECT_EQ(form.answers[1].answer, "not_asked") << "that it was not asked is known too";
    const auto questions = step("ask").at("questions").as_array();
    const auto asked = std::find_if(questions.begin(), questions.end(), [](const auto& each) { return each.at("id") == "someone_there"; });
    EXPECT_EQ(asked->at("heard"), "yes");
    EXPECT_EQ(service.alert(alert).urgency, Urgency::Today) << "no answer makes it less urgent";

    EXPECT_EQ(service.post(path("/answers"), of_maeve, R"({"answers":{"shoe_size":"yes"}})").status, 422);
    EXPECT_EQ(service.post(path("/answers"), of_maeve, R"({"answers":{"someone_there":"perhaps"}})").status, 422);
    EXPECT_EQ(service.post(path("/answers"), of_maeve, R"({"answers":{}})").status, 422);

    const auto download = must(service.own_record.everything(ada));
    EXPECT_THAT(download, HasSubstr("Is someone there?")) << "it is theirs";
}

TEST_F(AlertSteps, OneTapClosesItAndWordsMayFollow)
{
    raise(Category::Suicide);
    must(house.consents->put(ada, *ada.person(), {{"staff_reading", false, "en-1", {}}}));
    const auto done = service.post(path("/outcome"), of_maeve, R"({"outcome":"seen","answers":{"someone_there":"yes"}})");
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_THAT(done.body, HasSubstr(R"("state":"closed")"));
    EXPECT_THAT(done.body, HasSubstr("maeve: Saw them"));
    EXPECT_THAT(done.body, HasSubstr("take_back_until"));
    EXPECT_THAT(kinds(), ElementsAre("raised", "acknowledged", "asked", "outcome_reached", "closed"));

    EXPECT_EQ(service.get(path(), of_maeve).status, 403) << "closing ended what she may read";
    EXPECT_EQ(service.post(path("/words-after"), of_maeve, R"({"text":"Her brother stays with her."})").status, 200);
    EXPECT_EQ(service.post(path("/words-after"), of_idris, R"({"text":"Me too."})").status, 403);
    EXPECT_EQ(service.post(path("/words-after"), of_maeve, R"({"text":"  "})").status, 422);
    EXPECT_EQ(service.alert(alert).path.back().text, "Her brother stays with her.");
}

TEST_F(AlertSteps, ASlipIsTakenBackForSomeMinutesByWhoeverClosedIt)
{
    raise(Category::Suicide);
    must(house.consents->put(ada, *ada.person(), {{"staff_reading", false, "en-1", {}}}));
    ASSERT_EQ(service.post(path("/outcome"), of_maeve, R"({"outcome":"reached"})").status, 200);
    EXPECT_EQ(service.post(path("/take-back"), of_idris, "{}").status, 403);
    house.clock.pass(std::chrono::minutes{10});
    const auto back = service.post(path("/take-back"), of_maeve, "{}");
    ASSERT_EQ(back.status, 200) << back.body;
    EXPECT_EQ(service.alert(alert).state, care::AlertState::Acknowledged);
    EXPECT_TRUE(service.alert(alert).due_at) << "its time runs again";
    EXPECT_THAT(kinds(), ElementsAre("raised", "acknowledged", "undone_reached", "undone_closed", "taken_back"));
    EXPECT_EQ(service.post(path("/take-back"), of_maeve, "{}").status, 403) << "it is not closed";

    ASSERT_EQ(service.post(path("/outcome"), of_maeve, R"({"outcome":"reached"})").status, 200);
    house.clock.pass(std::chrono::minutes{11});
    of_maeve = service.token_of(maeve);
    EXPECT_EQ(service.post(path("/take-back"), of_maeve, "{}").status, 409) << "too long ago";
}

TEST_F(AlertSteps, NothingIsTakenBackOverAnAlertThatCameAfter)
{
    raise(Category::Suicide);
    const auto before = alert;
    ASSERT_EQ(service.post(path("/outcome"), of_maeve, R"({"outcome":"reached"})").status, 200);
    raise(Category::Suicide);
    ASSERT_NE(alert, before);
    EXPECT_EQ(service.post("/api/v1/alerts/" + before.text() + "/take-back", of_maeve, "{}").status, 409);
}

TEST_F(AlertSteps, AReasonAndAColleagueAreStillNeeded)
{
    raise(Category::Suicide);
    EXPECT_EQ(service.post(path("/outcome"), of_maeve, R"({"outcome":"no_contact_needed","record":"Read it."})").status, 422);
    EXPECT_EQ(service.post(path("/outcome"), of_maeve, R"({"outcome":"handed_over"})").status, 422);
    EXPECT_EQ(service.post(path("/outcome"), of_maeve, R"({"outcome":"vanished"})").status, 422);
    EXPECT_EQ(service.alert(alert).state, care::AlertState::Acknowledged);
    EXPECT_EQ(service.post(path("/outcome"), of_maeve, R"({"outcome":"no_contact_needed","reason":"A song."})").status, 200);
}

} // namespace

} // namespace handrail::test
