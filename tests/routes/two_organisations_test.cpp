#include <thread>

#include <gmock/gmock.h>

#include "routes/service.h"

// Two services over one store, side by side: the same log-ins, client_ids and Idempotency-Keys mean different things to
// each, and neither sees anything of the other. On both stores.
namespace handrail::test {

namespace {

using testing::HasSubstr;
using testing::Not;

const std::string first_password = "Maeve of the first house";
const std::string second_password = "Maeve of the second house";

class TwoOrganisations : public testing::TestWithParam<StoreKind> {
protected:
    struct Side {
        std::unique_ptr<Service> service;
        std::optional<Actor> person, clinician;
        std::string of_person, of_clinician;
    };

    void SetUp() override
    {
        house = GetParam().open();
        if (house == nullptr)
            GTEST_SKIP() << "no PostgreSQL server on this machine";
        here = side(house->organisation, "Ada");
        there = side(must(house->organisations->create("elsewhere")), "Ben");
    }
    Side side(OrganisationId organisation, const std::string& name)
    {
        Side one{std::make_unique<Service>(*house, organisation), {}, {}, {}, {}};
        one.person = house->person(organisation, name);
        one.clinician = house->staff(organisation, Role::Clinician, "maeve", {house->first_team(organisation)});
        one.of_person = one.service->token_of(*one.person);
        one.of_clinician = one.service->token_of(*one.clinician);
        must(one.service->conversations.current(*one.person)); // opened before anything is said
        return one;
    }
    http::Response say(Side& side, const std::string& words)
    {
        house->clock.pass(std::chrono::seconds(1));
        return side.service->post("/api/v1/conversation/messages", side.of_person,
                                  R"({"text":")" + words + R"(","client_id":"the-same-name"})", "the-same-key");
    }

    std::unique_ptr<House> house;
    Side here, there;
};

TEST_P(TwoOrganisations, RepliesUnderTheSameKeyAndNameAreEachTheirOwn)
{
    const auto first = say(here, "the words of Ada");
    const auto second = say(there, "the words of Ben");
    ASSERT_EQ(first.status, 201) << first.body;
    ASSERT_EQ(second.status, 201) << second.body;
    EXPECT_FALSE(second.headers.has("Idempotent-Replay"));
    EXPECT_THAT(first.body, HasSubstr("the words of Ada"));
    EXPECT_THAT(second.body, HasSubstr("the words of Ben"));
    EXPECT_EQ(say(here, "the words of Ada").body, first.body);
    EXPECT_EQ(say(there, "the words of Ben").body, second.body);
    EXPECT_EQ(say(there, "other words").status, 422);
    // Without a key the client_id alone decides.
    const auto known = there.service->post("/api/v1/conversation/messages", there.of_person,
                                           R"({"text":"the words of Ben","client_id":"the-same-name"})");
    EXPECT_EQ(known.body, second.body);
}

TEST_P(TwoOrganisations, PeopleAndAlertsOfTheOtherAreNotThere)
{
    ASSERT_EQ(say(here, "I have decided. It will be tonight.").status, 201);
    const auto alert = here.service->alert_of(*here.person->person());
    ASSERT_FALSE(alert.empty());
    EXPECT_EQ(here.service->get("/api/v1/alerts/" + alert.text(), here.of_clinician).status, 200);
    EXPECT_EQ(there.service->get("/api/v1/alerts/" + alert.text(), there.of_clinician).status, 404);
    EXPECT_EQ(there.service->post("/api/v1/alerts/" + alert.text() + "/acknowledge", there.of_clinician, "{}").status,
              404);
    EXPECT_EQ(here.service->alert(alert).state, care::AlertState::Open);
    const auto ada = here.person->person()->text();
    const auto ben = there.person->person()->text();
    const auto caseload = there.service->get("/api/v1/caseload", there.of_clinician);
    EXPECT_EQ(caseload.status, 200);
    EXPECT_THAT(caseload.body, HasSubstr(ben));
    EXPECT_THAT(caseload.body, Not(HasSubstr(ada)));
    EXPECT_THAT(here.service->get("/api/v1/caseload", here.of_clinician).body, Not(HasSubstr(ben)));
    const auto asked = there.service->get("/api/v1/people/" + ada, there.of_clinician);
    const auto nobody = there.service->get("/api/v1/people/" + PersonId::random().text(), there.of_clinician);
    EXPECT_EQ(asked.status, 403);
    EXPECT_EQ(asked.body, nobody.body) << "as an id that nobody has";
    EXPECT_THAT(there.service->get("/api/v1/colleagues", there.of_clinician).body,
                Not(HasSubstr(here.clinician->account().text())));
}

TEST_P(TwoOrganisations, ASessionOfTheOtherIsNobodys)
{
    // Two services under one host name are sent each other's cookie.
    EXPECT_EQ(here.service->get("/api/v1/me", here.of_clinician).status, 200);
    EXPECT_EQ(there.service->get("/api/v1/me", here.of_clinician).status, 401);
    EXPECT_EQ(there.service->post("/api/v1/conversation/messages", here.of_person, R"({"text":"hello"})").status, 401);
    EXPECT_EQ(there.service->get("/api/v1/events", here.of_person).status, 401);
}

TEST_P(TwoOrganisations, TheSameLogInIsTwoAccounts)
{
    const auto up = [&](Side& side, const std::string& password) {
        trust::SignUpDesk::Form form;
        form.login = "cleo";
        form.display_name = "Cleo";
        form.password = Confidential(password);
        form.age_band = "26_64";
        form.country = "IE";
        form.language = "en";
        return must(house->sign_up->sign_up(side.service->organisation, form)).person;
    };
    const auto first = up(here, first_password);
    const auto second = up(there, second_password);
    const auto sign_in = [](Side& side, const std::string& password) {
        return side.service->post("/api/v1/sign-in", {}, R"({"login":"cleo","password":")" + password + R"("})");
    };
    EXPECT_THAT(sign_in(here, first_password).body, HasSubstr(first.text()));
    EXPECT_THAT(sign_in(there, second_password).body, HasSubstr(second.text()));
    EXPECT_EQ(sign_in(here, second_password).status, 401);
    // Wrong guesses at the one lock nobody out of the other.
    for (int i = 0; i < 12; ++i)
        sign_in(here, second_password);
    EXPECT_EQ(sign_in(here, first_password).status, 429);
    EXPECT_EQ(sign_in(there, second_password).status, 200);
}

TEST_P(TwoOrganisations, EventsReachOnlyTheirOwnStreams)
{
    const auto words = [](http::EventStream& stream) {
        std::string all;
        for (int tries = 0; tries < 100; ++tries) {
            for (const auto& part : stream.take().parts)
                all += *part;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return all;
    };
    // One hub for both: the strictest case. Only the channel tells them apart.
    http::EventHub hub;
    const app::Announcer announcer(*house->data, *house->record, *house->accounts, hub);
    const auto listen = [&](const Actor& actor, const std::string& last_seen = {}) {
        return must(hub.subscribe(http::routes::channel(actor.organisation(), actor.account()), actor.session().text(),
                                  last_seen));
    };
    const auto of_here = listen(*here.clinician);
    const auto of_there = listen(*there.clinician);
    ASSERT_EQ(say(here, "I have decided. It will be tonight.").status, 201);
    const auto alert = here.service->alert_of(*here.person->person()).text();
    const auto told = words(*of_here);
    EXPECT_THAT(told, HasSubstr(alert));
    EXPECT_THAT(words(*of_there), Not(HasSubstr("event:")));
    // An id seen on one stream opens nothing of it on another.
    const auto id = told.substr(told.find("id: ") + 4);
    const auto resumed = listen(*there.clinician, id.substr(0, id.find('\n')));
    EXPECT_THAT(words(*resumed), Not(HasSubstr(alert)));
    EXPECT_THAT(words(*listen(*here.clinician, id.substr(0, id.find('\n')))), HasSubstr(alert));
}

INSTANTIATE_TEST_SUITE_P(On, TwoOrganisations, testing::ValuesIn(both_stores()),
                         [](const auto& each) { return std::string(each.param.name); });

} // namespace

} // namespace handrail::test
