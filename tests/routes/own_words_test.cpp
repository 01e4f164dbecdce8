#include <gmock/gmock.h>

#include <boost/json.hpp>

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
