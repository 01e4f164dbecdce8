#include "http/router.h"

#include <stdexcept>

#include <gmock/gmock.h>

#include "http/actor_for_test.h"
#include "http/json_body.h"
#include "http/metrics.h"
#include "http/openapi.h"
#include "http/rate_limit.h"

namespace handrail::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// A route that answers with its own pattern and the values of the path.
Route echo(Method method, std::string pattern, Callers callers = Callers::anyone())
{
    Route route;
    route.method = method;
    route.pattern = pattern;
    route.callers = callers;
    route.handler = [pattern](const Request& request) -> Result<Response> {
        std::string out = pattern;
        for (const auto& [name, value] : request.path_values)
            out += " " + name + "=" + value;
        return Response::text(out);
    };
    return route;
}

Response ask(const Router& router, Method method, std::string target, Headers headers = {}, std::string body = {})
{
    Request request;
    request.method = method;
    request.target = std::move(target);
    request.headers = std::move(headers);
    request.body = std::move(body);
    request.remote_address = "192.0.2.1";
    EXPECT_TRUE(request.read_target());
    return router.answer(request);
}

class Table : public ::testing::Test {
protected:
    Table()
    {
        router.add(echo(Method::Get, "/api/v1/alerts/{alert}"));
        router.add(echo(Method::Post, "/api/v1/alerts/{alert}/acknowledge"));
        router.add(echo(Method::Get, "/api/v1/people/{person}"));
        router.add(echo(Method::Patch, "/api/v1/people/{id}"));
        router.add(echo(Method::Get, "/api/v1/people/new/form"));
        router.add(echo(Method::Get, "/api/v1/people/{person}/timeline"));
        router.add(echo(Method::Get, "/healthz"));
    }
    Router router;
};

TEST_F(Table, FindsLiteralsBeforeNamesAndGoesBack)
{
    const struct {
        Method method;
        const char* target;
        const char* answer;
    } cases[] = {
        {Method::Get, "/healthz", "/healthz"},
        {Method::Get, "/healthz?x=1", "/healthz"},
        {Method::Get, "/api/v1/alerts/a1", "/api/v1/alerts/{alert} alert=a1"},
        {Method::Post, "/api/v1/alerts/a1/acknowledge", "/api/v1/alerts/{alert}/acknowledge alert=a1"},
        {Method::Get, "/api/v1/people/new/form", "/api/v1/people/new/form"},
        {Method::Get, "/api/v1/people/new/timeline", "/api/v1/people/{person}/timeline person=new"},
        {Method::Get, "/api/v1/people/new", "/api/v1/people/{person} person=new"},
        {Method::Patch, "/api/v1/people/p", "/api/v1/people/{id} id=p"},
        {Method::Get, "/api/v1/people/%C3%A9%2e", "/api/v1/people/{person} person=é."},
        {Method::Head, "/api/v1/people/p", "/api/v1/people/{person} person=p"},
    };
    for (const auto& each : cases)
        EXPECT_EQ(ask(router, each.method, each.target).body, each.answer) << each.target;
}

TEST_F(Table, SaysWhatIsNotThere)
{
    for (const auto* target :
         {"/", "/api", "/api/v1/alerts", "/api/v1/alerts/", "/api/v1/alerts/a/b", "/healthz/", "//healthz", "/HEALTHZ"})
        EXPECT_EQ(ask(router, Method::Get, target).status, 404) << target;
    EXPECT_EQ(ask(router, Method::Get, "/x").type, "application/problem+json");
}

TEST_F(Table, SaysWhichMethodsAnAddressTakes)
{
    const auto wrong = ask(router, Method::Post, "/api/v1/people/p");
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.headers.get("Allow"), "GET, HEAD, PATCH, OPTIONS");
    const auto options = ask(router, Method::Options, "/api/v1/people/p");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(options.headers.get("Allow"), "GET, HEAD, PATCH, OPTIONS");
    EXPECT_FALSE(options.headers.has("Access-Control-Allow-Origin"));
}

TEST_F(Table, RefusesToBeDeclaredWrongly)
{
    EXPECT_THROW(router.add(echo(Method::Get, "/healthz")), std::logic_error);
    EXPECT_THROW(router.add(echo(Method::Get, "/api/v1/people/{other}")), std::logic_error);
    EXPECT_THROW(router.add(echo(Method::Get, "no-slash")), std::logic_error);
    EXPECT_THROW(router.add(echo(Method::Get, "/half-{name}")), std::logic_error);
    EXPECT_THROW(router.add(echo(Method::Get, "/{a}/{a}")), std::logic_error);
    EXPECT_THROW(router.add(Route{.pattern = "/without-handler"}), std::logic_error);
}

TEST(Router, AsksWhoIsCallingAndWhetherTheyMay)
{
    Router router;
    router.add(echo(Method::Get, "/anyone"));
    router.add(echo(Method::Get, "/known", Callers::anyone_known()));
    router.add(echo(Method::Get, "/signed-in", Callers::signed_in()));
    router.add(echo(Method::Get, "/person", Callers::person()));
    router.add(echo(Method::Get, "/staff", Callers::staff()));
    int asked = 0;
    RouterHooks hooks;
    hooks.authenticate = [&](const Request& request, Strength) -> Result<std::optional<Actor>> {
        ++asked;
        const auto role = role_from(request.cookie("__Host-handrail"));
        if (!role)
            return std::optional<Actor>{};
        return std::optional<Actor>{trust::ActorDesk::make(*role)};
    };
    router.set_hooks(hooks);
    const Headers nobody;
    const Headers person = {{"Cookie", "a=b; __Host-handrail=person"}};
    const Headers clinician = {{"Cookie", "__Host-handrail=clinician"}};
    const struct {
        const char* target;
        const Headers& headers;
        int status;
    } cases[] = {
        {"/anyone", nobody, 200},    {"/known", nobody, 200},     {"/known", person, 200},
        {"/signed-in", nobody, 401}, {"/signed-in", person, 200}, {"/signed-in", clinician, 200},
        {"/person", nobody, 401},    {"/person", person, 200},    {"/person", clinician, 403},
        {"/staff", nobody, 401},     {"/staff", person, 403},     {"/staff", clinician, 200},
    };
    for (const auto& each : cases)
        EXPECT_EQ(ask(router, Method::Get, each.target, each.headers).status, each.status) << each.target;
    EXPECT_EQ(asked, 11) << "a route for anyone must not cost a look at the store";
}

TEST(Router, SaysHowStronglyTheCallerMustHaveShownWhoTheyAre)
{
    Router router;
    router.add(echo(Method::Get, "/words", Callers::signed_in()));
    auto setting_up = echo(Method::Post, "/second-factor", Callers::signed_in());
    setting_up.strength = Strength::PasswordOnly;
    router.add(setting_up);
    std::vector<Strength> asked;
    RouterHooks hooks;
    hooks.authenticate = [&](const Request&, Strength strength) -> Result<std::optional<Actor>> {
        asked.push_back(strength);
        return std::optional<Actor>{};
    };
    router.set_hooks(hooks);
    ask(router, Method::Get, "/words");
    ask(router, Method::Post, "/second-factor");
    EXPECT_THAT(asked, testing::ElementsAre(Strength::Full, Strength::PasswordOnly));
}

TEST(Router, TellsNothingOfABug)
{
    Router router;
    Route route = echo(Method::Get, "/broken");
    route.handler = [](const Request&) -> Result<Response> { throw std::runtime_error("secret of the house"); };
    router.add(route);
    route.pattern = "/odd";
    route.handler = [](const Request&) -> Result<Response> { throw 7; };
    router.add(route);
    std::string noted;
    std::string of_request;
    RouterHooks hooks;
    hooks.note = [&](std::string_view line, std::string_view id) {
        noted = line;
        of_request = id;
    };
    router.set_hooks(hooks);

    const auto answer = ask(router, Method::Get, "/broken");
    EXPECT_EQ(answer.status, 500);
    EXPECT_THAT(answer.body, Not(HasSubstr("secret")));
    const auto at = answer.body.find("\"reference\":\"");
    ASSERT_NE(at, std::string::npos);
    EXPECT_THAT(noted, HasSubstr(answer.body.substr(at + 13, 26)));
    EXPECT_THAT(noted, HasSubstr("secret of the house"));
    EXPECT_EQ(ask(router, Method::Get, "/odd").status, 500);
    Request request;
    request.resource = "/odd";
    request.reference = "0123456789abcdef0123456789abcdef";
    EXPECT_EQ(router.answer(request).status, 500);
    EXPECT_EQ(of_request, request.reference) << "the line is found from the answer, and the other way round";
}

TEST(Router, CompressesForStrangersOnly)
{
    Router router;
    router.add(echo(Method::Get, "/anyone"));
    router.add(echo(Method::Get, "/mine", Callers::signed_in()));
    RouterHooks hooks;
    hooks.authenticate = [](const Request&, Strength) -> Result<std::optional<Actor>> {
        return std::optional<Actor>{trust::ActorDesk::make(Role::Person)};
    };
    router.set_hooks(hooks);
    EXPECT_TRUE(ask(router, Method::Get, "/anyone").may_compress);
    EXPECT_FALSE(ask(router, Method::Get, "/mine").may_compress);
}

TEST(Router, TellsWhoAsksTooOftenToWait)
{
    Router router;
    router.add(echo(Method::Get, "/anyone"));
    RateLimits limits({.on_public = {60, 3}});
    RouterHooks hooks;
    hooks.rate_limits = &limits;
    router.set_hooks(hooks);
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(ask(router, Method::Get, "/anyone").status, 200);
    const auto last = ask(router, Method::Get, "/anyone");
    EXPECT_EQ(last.status, 429);
    EXPECT_EQ(last.headers.get("Retry-After"), "1");
}

/// Somebody of an organisation, as the session cookie says in these tests: two letters.
struct Limited : testing::Test {
    Limited()
    {
        Route route;
        route.pattern = "/read";
        route.handler = [](const Request&) -> Result<Response> { return Response::ok("{}"); };
        router.add(route);
        route.pattern = "/all-of-it";
        route.rate = RateClass::Costly;
        router.add(route);
        route.rate = RateClass::Automatic;
        route.method = Method::Post;
        route.pattern = "/write";
        router.add(route);
        route.pattern = "/for-help";
        route.for_help = true;
        router.add(route);
    }
    void limit(RateLimitSettings settings)
    {
        limits = std::make_unique<RateLimits>(settings);
        RouterHooks hooks;
        hooks.rate_limits = limits.get();
        hooks.authenticate = [this](const Request& request, Strength) -> Result<std::optional<Actor>> {
            const auto who = request.header("Who");
            if (who.empty())
                return std::optional<Actor>{};
            return std::optional{who == "ada" ? ada : who == "ben" ? ben : stranger};
        };
        hooks.public_url = "https://help.example.org";
        router.set_hooks(std::move(hooks));
    }
    int status(Method method, const std::string& path, const std::string& who)
    {
        Request request;
        request.method = method;
        request.target = path;
        request.remote_address = "192.0.2.1";
        request.headers = {{"Who", who}, {"Origin", "https://help.example.org"}};
        EXPECT_TRUE(request.read_target());
        return router.answer(request).status;
    }
    std::vector<int> statuses(int times, Method method, const std::string& path, const std::string& who)
    {
        std::vector<int> out;
        for (int i = 0; i < times; ++i)
            out.push_back(status(method, path, who));
        return out;
    }

    const OrganisationId one = OrganisationId::random();
    const Actor ada = trust::ActorDesk::make(Role::Person, one);
    const Actor ben = trust::ActorDesk::make(Role::Person, one);
    const Actor stranger = trust::ActorDesk::make(Role::Person);
    Router router;
    std::unique_ptr<RateLimits> limits;
};

using testing::ElementsAre;

TEST_F(Limited, AnAccountReadsAndWritesInItsOwnMeasure)
{
    limit({.reading = {60, 3}, .writing = {60, 1}});
    EXPECT_THAT(statuses(4, Method::Get, "/read", "ada"), ElementsAre(200, 200, 200, 429));
    EXPECT_THAT(statuses(2, Method::Post, "/write", "ada"), ElementsAre(200, 429));
    EXPECT_EQ(status(Method::Get, "/read", "ben"), 200) << "another account has its own";
}

TEST_F(Limited, WhatIsCostlyIsCountedByItself)
{
    limit({.reading = {60, 100}, .costly = {6, 1}});
    EXPECT_THAT(statuses(2, Method::Get, "/all-of-it", "ada"), ElementsAre(200, 429));
    EXPECT_EQ(status(Method::Get, "/read", "ada"), 200);
}

TEST_F(Limited, AnOrganisationIsCountedOverAllItsAccounts)
{
    limit({.organisation = {60, 2}});
    EXPECT_EQ(status(Method::Get, "/read", "ada"), 200);
    EXPECT_EQ(status(Method::Get, "/read", "ben"), 200);
    EXPECT_EQ(status(Method::Get, "/read", "ben"), 429);
    EXPECT_EQ(status(Method::Get, "/read", "stranger"), 200) << "another organisation has its own";
    EXPECT_EQ(status(Method::Post, "/for-help", "ada"), 200) << "whoever may need a human is not held back by others";
}

TEST_F(Limited, WhoeverTriesKeysIsCountedByAddress)
{
    limit({.on_public = {60, 2}});
    EXPECT_THAT(statuses(3, Method::Get, "/read", ""), ElementsAre(401, 401, 429));
    EXPECT_EQ(status(Method::Get, "/read", "ada"), 200) << "who is known goes on from the same address";
}

TEST(RateLimits, FillsAgainAndCountsAHouseholdOnce)
{
    RateLimits limits({.on_public = {60, 2}, .sign_in = {6, 1}, .remembered = 2});
    const auto start = RateLimits::Steady::now();
    const auto wait = [&](RateClass rate, const char* address, int second) {
        return limits.wait(rate, address, start + std::chrono::seconds(second)).count();
    };
    EXPECT_EQ(wait(RateClass::Public, "2001:db8::1", 0), 0);
    EXPECT_EQ(wait(RateClass::Public, "2001:db8::ffff", 0), 0);
    EXPECT_EQ(wait(RateClass::Public, "2001:db8::2", 0), 1) << "one /64, one household";
    EXPECT_EQ(wait(RateClass::Public, "2001:db8:0:1::2", 0), 0);
    EXPECT_EQ(wait(RateClass::Public, "2001:db8::1", 1), 0) << "a second later one more";
    EXPECT_EQ(wait(RateClass::SignIn, "192.0.2.1", 1), 0);
    EXPECT_EQ(wait(RateClass::SignIn, "192.0.2.1", 1), 10);
    EXPECT_EQ(wait(RateClass::None, "192.0.2.1", 1), 0);
}

TEST(Metrics, CountsByRouteAndStatus)
{
    Router router;
    router.add(echo(Method::Get, "/a/{b}"));
    Metrics metrics;
    metrics.count(0, 200, std::chrono::milliseconds(3));
    metrics.count(0, 404, std::chrono::seconds(9));
    metrics.count(Metrics::no_route, 404, std::chrono::microseconds(10));
    EXPECT_EQ(metrics.requests(0, 2), 1u);
    EXPECT_EQ(metrics.requests(0, 4), 1u);
    const auto text = metrics.text(router);
    EXPECT_THAT(text, HasSubstr(R"(handrail_http_requests_total{method="GET",route="/a/{b}",status="2xx"} 1)"));
    EXPECT_THAT(text, HasSubstr(R"(handrail_http_request_seconds_bucket{method="GET",route="/a/{b}",le="0.0025"} 0)"));
    EXPECT_THAT(text, HasSubstr(R"(handrail_http_request_seconds_bucket{method="GET",route="/a/{b}",le="0.005"} 1)"));
    EXPECT_THAT(text, HasSubstr(R"(handrail_http_request_seconds_bucket{method="GET",route="/a/{b}",le="5.0"} 1)"));
    EXPECT_THAT(text, HasSubstr(R"(handrail_http_request_seconds_bucket{method="GET",route="/a/{b}",le="+Inf"} 2)"));
    EXPECT_THAT(text, HasSubstr(R"(route="other",status="4xx"} 1)"));
}

TEST(OpenApi, IsMadeOfTheRoutes)
{
    Router router;
    router.shape({"Alert", {{"id", "id"}, {"urgency", R"("soon"|"today"|"now")"}, {"due_at?", "instant|null"}}});
    router.shape({"Urgency", {}, "how soon", R"("soon"|"now")"});
    router.shape({"Either", {}, "", "Alert|Urgency"});
    router.shape({"Range", {{"ends", "number[2]"}, {"needs", R"(("a"|"b")[])"}}});
    Route route = echo(Method::Post, "/api/v1/alerts/{alert}/acknowledge", Callers::staff());
    route.summary = "Says that a human has seen the alert.";
    route.fields = {{"note?", "text", "for the record"}};
    route.example = R"({"note":"calling her now"})";
    route.answer_type = "Alert";
    router.add(route);
    router.add(echo(Method::Get, "/healthz"));
    Route list = echo(Method::Get, "/api/v1/alerts", Callers::anyone());
    list.query = {{"before?", "id"}};
    list.answer = {{"items", "Alert[]"}, {"counts", "map<integer>"}, {"next?", "text"}};
    router.add(list);

    const auto text = openapi(router, "0.1.0");
    for (const auto* part : {
             R"("openapi":"3.1.0")",
             R"("operationId":"postAlertsByAlertAcknowledge")",
             R"("x-callers":["clinician","lead"])",
             R"("example":{"note":"calling her now"})",
             R"("$ref":"#/components/schemas/Alert")",
             R"("urgency":{"type":"string","enum":["soon","today","now"]})",
             R"("due_at":{"anyOf":[{"type":"string","format":"date-time"},{"type":"null"}]})",
             R"("required":["id","urgency"])",
             R"("items":{"type":"array","items":{"$ref":"#/components/schemas/Alert"}})",
             R"("counts":{"type":"object","additionalProperties":{"type":"integer"}})",
             R"({"name":"before","in":"query","required":false)",
             R"("Urgency":{"type":"string","enum":["soon","now"],"description":"how soon"})",
             R"("Either":{"anyOf":[{"$ref":"#/components/schemas/Alert"},{"$ref":"#/components/schemas/Urgency"}]})",
             R"("ends":{"type":"array","items":{"type":"number"},"minItems":2,"maxItems":2})",
             R"("needs":{"type":"array","items":{"type":"string","enum":["a","b"]}})",
         })
        EXPECT_THAT(text, HasSubstr(part));
    EXPECT_THAT(text, Not(HasSubstr("healthz")));
    EXPECT_TRUE(Body::parsed(text));
    EXPECT_EQ(text, openapi(router, "0.1.0"));

    Route stray = echo(Method::Get, "/api/v1/stray");
    stray.answer_type = "Undeclared";
    router.add(stray);
    EXPECT_THROW(openapi(router, "0.1.0"), std::logic_error);
}

} // namespace
} // namespace handrail::http
