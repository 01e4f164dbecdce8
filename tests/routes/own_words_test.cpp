#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "content/crisis_lines.h"
#include "domain/opening_hours.h"
#include "routes/service.h"

// The pages on which a person sees, changes and deletes what is kept of their own (safety.md E6), and where help is (H1).
namespace handrail::test {

namespace {

using testing::HasSubstr;
using testing::Not;

class OwnWordsPages : public testing::Test {
protected:
    OwnWordsPages()
        : service(house, house.organisation), kit(house.staff(Role::Administrator, "kit")), ada(house.person()),
          of_ada(service.token_of(ada))
    {
    }
    std::string id_in(const http::Response& response)
    {
        return std::string(boost::json::parse(response.body).at("id").as_string());
    }

    House house;
    Service service;
    Actor kit, ada;
    std::string of_ada;
};

TEST_F(OwnWordsPages, E6_EachItemIsAddedChangedAndForgotten)
{
    const auto added = service.post("/api/v1/memory", of_ada, R"({"kind":"helps","text":"walking by the sea"})");
    ASSERT_EQ(added.status, 201) << added.body;
    const auto item = "/api/v1/memory/" + id_in(added);
    EXPECT_EQ(service.ask(http::Method::Put, item, of_ada, R"({"text":"walking by the canal"})").status, 200);
    EXPECT_THAT(service.get("/api/v1/memory", of_ada).body, HasSubstr("walking by the canal"));
    EXPECT_EQ(service.ask(http::Method::Delete, item, of_ada).status, 204);
    EXPECT_THAT(service.get("/api/v1/memory", of_ada).body, HasSubstr(R"("items":[])"));
    EXPECT_EQ(service.ask(http::Method::Delete, item, of_ada).status, 404);
    EXPECT_EQ(service.post("/api/v1/memory", of_ada, R"({"kind":"secret","text":"x"})").status, 422);
}

TEST_F(OwnWordsPages, E6_EverythingIsForgottenAtOnceAndOnlyOnesOwn)
{
    const auto ben = house.person("Ben");
    const auto of_ben = service.token_of(ben);
    for (const auto& token : {of_ada, of_ben})
        ASSERT_EQ(service.post("/api/v1/memory", token, R"({"kind":"goal","text":"sleep"})").status, 201);
    EXPECT_EQ(service.ask(http::Method::Delete, "/api/v1/memory", of_ada).status, 204);
    EXPECT_THAT(service.get("/api/v1/memory", of_ada).body, HasSubstr(R"("items":[])"));
    EXPECT_THAT(service.get("/api/v1/memory", of_ben).body, HasSubstr("sleep"));
    EXPECT_EQ(service.get("/api/v1/memory", service.token_of(kit)).status, 403);
}

TEST_F(OwnWordsPages, H1_TheDirectoryNamesWhatTheServiceAcceptedAndWhoseWordItIs)
{
    must(service.service.accept_line(kit, {"ie-1", {}, {}, "called", "2026-03-01"}));
    const auto page = service.get("/api/v1/resources?country=IE", of_ada);
    EXPECT_EQ(page.status, 200) << page.body;
    EXPECT_THAT(page.body, HasSubstr(R"("checked_on":"2026-03-01")"));
    EXPECT_THAT(page.body, HasSubstr(R"("source_date")"));
    EXPECT_THAT(page.body, HasSubstr(R"("id":"ie-1")"));
    EXPECT_THAT(page.body, Not(HasSubstr(R"("id":"ie-2")"))) << "only what was accepted";
    EXPECT_THAT(service.get("/api/v1/resources?country=IE&audience=veterans", of_ada).body, HasSubstr(R"("items":[])"));
    EXPECT_EQ(service.get("/api/v1/resources?country=ZZ", of_ada).status, 404);
}

TEST_F(OwnWordsPages, H1_OpenIsSaidOnlyOfHoursThatCanBeReadAndAZoneThatIsKnown)
{
    const auto lines = must(content::CrisisLines::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content"));
    const auto* country = lines.country("IE");
    ASSERT_NE(country, nullptr);
    for (const auto& line : country->lines)
        must(service.service.accept_line(kit, {line.id, {}, {}, "called", "2026-03-01"}));
    int read = 0;
    const auto resources = boost::json::parse(service.get("/api/v1/resources?country=IE", of_ada).body);
    for (const auto& item : resources.at("items").as_array()) {
        const auto& line = item.as_object();
        const auto* hours = line.if_contains("hours");
        const auto parsed = opening_hours(hours == nullptr || !hours->is_string() ? std::string_view() : std::string_view(hours->get_string()));
        EXPECT_EQ(line.contains("open"), parsed.has_value()) << line;
        EXPECT_EQ(line.at("always_open").as_bool(), parsed && parsed->always) << line;
        read += parsed && !parsed->always ? 1 : 0;
        if (parsed && !parsed->always) {
            EXPECT_TRUE(line.contains("until")) << line;
        }
    }
    EXPECT_GT(read, 0) << "the list has lines with hours";
}

TEST_F(OwnWordsPages, H1_HelpNearByStandsInTheNameOfWhoCheckedIt)
{
    const auto of_kit = service.token_of(kit);
    const std::string entry = R"({"name":"Quay Street","kind":"drop_in","cost":"free","hours":"Mon-Fri 10:00-16:00","languages":["en"],"country":"IE",)"
                              R"("town":"Dublin","place":"1 Quay Street","at":{"latitude":53.35,"longitude":-6.26},"checked_on":"2026-01-02"})";
    const auto put = [&](const std::string& items, int version, const std::string& token) {
        return service.ask(http::Method::Put, "/api/v1/admin/local-help", token,
                           R"({"version":)" + std::to_string(version) + R"(,"items":[)" + items + "]}");
    };
    EXPECT_EQ(put(entry, 0, of_ada).status, 403) << "people write no directory";
    const auto saved = put(entry, 0, of_kit);
    ASSERT_EQ(saved.status, 200) << saved.body;
    EXPECT_THAT(saved.body, HasSubstr(R"("checked_by":"kit")"));
    EXPECT_EQ(put(entry, 0, of_kit).status, 409) << "somebody saved in between";
    const auto shown = boost::json::parse(service.get("/api/v1/resources?country=IE", of_ada).body).at("own").as_array();
    ASSERT_EQ(shown.size(), 1U);
    EXPECT_EQ(shown[0].at("name").as_string(), "Quay Street");
    EXPECT_TRUE(shown[0].as_object().contains("open"));
    EXPECT_FALSE(shown[0].as_object().contains("checked_by")) << "who checked it is the service's to know";
    EXPECT_THAT(service.get("/api/v1/resources?country=FR", of_ada).body, HasSubstr(R"("own":[])"));
    // Another administrator adds one: the first stays in kit's name.
    const auto sol = house.staff(Role::Administrator, "sol");
    const auto second = put(entry + R"(,{"name":"Group","kind":"group","languages":[],"country":"IE","phone":"01 1","checked_on":"2020-01-01"})", 1,
                            service.token_of(sol));
    ASSERT_EQ(second.status, 200) << second.body;
    const auto items = boost::json::parse(second.body).at("items").as_array();
    EXPECT_EQ(items[0].at("checked_by").as_string(), "kit");
    EXPECT_EQ(items[1].at("checked_by").as_string(), "sol");
    EXPECT_TRUE(items[1].at("check_again").as_bool()) << "stale as a line of the list is";
    for (const auto& [wrong, field] : {std::pair{R"("kind":"crisis_line","phone":"1")", "kind"}, std::pair{R"("kind":"group")", "phone"},
                                       std::pair{R"("kind":"group","phone":"1","hours":"sometimes")", "hours"},
                                       std::pair{R"("kind":"group","phone":"1","web":"http://example.org")", "web"},
                                       std::pair{R"("kind":"group","phone":"1","cost":"dear")", "cost"},
                                       std::pair{R"("kind":"group","phone":"1","at":{"latitude":1,"longitude":1})", "town"}}) {
        const auto refused = put(std::string(R"({"name":"X","languages":[],"country":"IE","checked_on":"2026-01-02",)") + wrong + "}", 2, of_kit);
        EXPECT_EQ(refused.status, 422) << wrong;
        EXPECT_THAT(refused.body, HasSubstr(std::string("/items/0/") + field)) << wrong;
    }
}

TEST_F(OwnWordsPages, H1_ALineCheckedLongAgoIsMarkedForTheAdministrator)
{
    const auto of_kit = service.token_of(kit);
    must(service.service.accept_line(kit, {"ie-1", {}, {}, "called", "2020-01-01"}));
    const auto lines = boost::json::parse(service.get("/api/v1/admin/crisis-lines?country=IE", of_kit).body);
    bool marked = false;
    for (const auto& line : lines.at("items").as_array())
        if (line.at("id").as_string() == "ie-1")
            marked = line.at("check_again").as_bool();
    EXPECT_TRUE(marked);
}

TEST_F(OwnWordsPages, I1_AConsentNamesTheTextsInTheLanguageTheyWereReadIn)
{
    const auto wording = [&] { return must(house.consents->current(ada, *ada.person())).front().wording; };
    const std::string yes = R"({"purposes":[{"id":"record","granted":true}]})";
    ASSERT_EQ(service.ask(http::Method::Put, "/api/v1/consents", of_ada, yes).status, 200);
    EXPECT_EQ(wording(), service.conversations.text_version("en"));
    ASSERT_EQ(service.ask(http::Method::Patch, "/api/v1/me", of_ada, R"({"language":"de"})").status, 200);
    ASSERT_EQ(service.ask(http::Method::Put, "/api/v1/consents", of_ada, yes).status, 200);
    EXPECT_EQ(wording(), service.conversations.text_version("de"));
    EXPECT_NE(service.conversations.text_version("de"), service.conversations.text_version("en"));
}

} // namespace

} // namespace handrail::test
