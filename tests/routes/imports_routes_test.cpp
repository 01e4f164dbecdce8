#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "content/check_in_mappings.h"
#include "content/check_ins.h"
#include "content/trend_protocol.h"
#include "content/wearable_protocol.h"
#include "gateway/key_desk.h"
#include "http/routes/taking_in.h"
#include "routes/service.h"

// Files taken in and taken back, and daily summaries, over HTTP.
namespace handrail::test {

namespace {

using testing::HasSubstr;

monitoring::ImportKinds shipped_kinds()
{
    const std::filesystem::path folder = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";
    monitoring::ImportKinds kinds;
    kinds.wearables = must(content::load_wearable_protocol(folder));
    kinds.check_ins = must(content::load_check_in_mappings(folder));
    kinds.daily = must(content::load_daily_mappings(folder, kinds.wearables));
    kinds.form = must(content::load_check_in_form(folder, "daily"));
    return kinds;
}

class Imported : public testing::Test {
protected:
    Imported()
        : service(house, house.organisation), kinds(shipped_kinds()),
          judge(must(content::load_trend_protocol(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content")), {}),
          imports(*house.record, *house.consents, service.answers.asking(), judge),
          daily(*house.record, *house.consents, kinds.wearables),
          keys(*house.record, *house.settings, *house.accounts, house.clock),
          taking_in{imports, kinds, daily,
                    [this](std::string_view secret) -> Result<std::string> {
                        const auto key = TRY(keys.holder(house.system(), secret));
                        return key.may(gateway::KeyScope::Daily) ? Result<std::string>{key.app}
                                                                 : Result<std::string>{not_allowed("Not this key.")};
                    }},
          maeve(house.staff(Role::Clinician, "maeve", {house.team})), root(house.staff(Role::Administrator, "root")),
          ada(house.person("Ada Quillfeather")), of_maeve(service.token_of(maeve)), of_root(service.token_of(root)),
          of_ada(service.token_of(ada))
    {
        http::routes::add_import_routes(service.router, service.desks, taking_in);
        http::routes::add_daily_routes(service.router, service.desks, taking_in);
        must(house.consents->put(ada, *ada.person(), {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}}));
    }
    void agree(bool granted) { must(house.consents->put(ada, *ada.person(), {{"wearables", granted, "t", {}}})); }
    std::string of_person() const { return R"(,"person":")" + ada.person()->text() + R"("})"; }
    static boost::json::value read(const http::Response& response) { return boost::json::parse(response.body); }
    http::Response with_key(const std::string& secret, const std::string& body)
    {
        http::Request request;
        request.method = http::Method::Put;
        request.target = "/api/v1/people/" + ada.person()->text() + "/daily";
        request.body = body;
        request.remote_address = "192.0.2.1";
        request.headers = {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + secret}};
        ensure(static_cast<bool>(request.read_target()), "the address can be read");
        return service.router.answer(request);
    }

    House house;
    Service service;
    monitoring::ImportKinds kinds;
    monitoring::NightJudge judge;
    errands::Imports imports;
    monitoring::DailyDesk daily;
    gateway::KeyDesk keys;
    http::routes::TakingIn taking_in;
    Actor maeve, root, ada;
    std::string of_maeve, of_root, of_ada;
};

constexpr const char* check_ins = R"({"text":"at,mood,note\n2026-01-02T20:00:00Z,2,a walk\nyesterday,3,\n")";
constexpr const char* unknown = R"({"text":"when,steps walked,Sleep (h),who\n2026-01-02,5000,7.5,a\n2026-01-03,6000,8,a\n")";
constexpr const char* day = R"({"day":"2026-01-02","source":"watch","values":{"steps":8200,"sleep_minutes":null}})";

TEST_F(Imported, AFileIsShownTakenListedAndTakenBack)
{
    const auto shown = service.post("/api/v1/imports/preview", of_root, std::string(check_ins) + "}");
    ASSERT_EQ(shown.status, 200) << shown.body;
    const auto preview = read(shown);
    EXPECT_EQ(preview.at("proposed"), false);
    EXPECT_EQ(preview.at("taken"), 1);
    EXPECT_EQ(preview.at("problems").at(0).at("line"), 3);
    EXPECT_THAT(shown.body, testing::Not(HasSubstr("a walk"))) << "how long a note is, not what it says";
    const auto taken = service.post("/api/v1/imports", of_root, check_ins + of_person());
    ASSERT_EQ(taken.status, 201) << taken.body;
    const auto id = std::string(read(taken).at("id").as_string());
    EXPECT_EQ(read(service.get("/api/v1/imports", of_root)).at("items").as_array().size(), 1U);
    EXPECT_EQ(service.post("/api/v1/imports", of_root, check_ins + of_person()).status, 409) << "the same file";
    const auto again = read(service.post("/api/v1/imports/preview", of_root, std::string(check_ins) + "}"));
    EXPECT_EQ(std::string(again.at("same_file").at("id").as_string()), id);
    const auto back = service.post("/api/v1/imports/" + id + "/undo", of_root, "{}");
    ASSERT_EQ(back.status, 200) << back.body;
    EXPECT_EQ(read(back).at("rows"), 1);
    EXPECT_EQ(read(back).at("import").at("state"), "taken_back");
    EXPECT_EQ(service.post("/api/v1/imports/" + id + "/undo", of_root, "{}").status, 409);
}

TEST_F(Imported, AMappingIsProposedAndTakenOnlyOnceSomebodyLookedAtIt)
{
    const auto shown = service.post("/api/v1/imports/preview", of_root, std::string(unknown) + "}");
    ASSERT_EQ(shown.status, 200) << shown.body;
    const auto preview = read(shown);
    EXPECT_EQ(preview.at("proposed"), true);
    const auto& mapping = preview.at("mapping");
    EXPECT_EQ(mapping.at("kind"), "daily");
    EXPECT_EQ(mapping.at("when"), "when");
    EXPECT_EQ(mapping.at("columns").at(0).at("becomes"), "steps");
    EXPECT_EQ(mapping.at("columns").at(1).at("becomes"), "sleep_minutes");
    EXPECT_EQ(mapping.at("columns").at(1).at("times"), 60);
    EXPECT_EQ(preview.at("first").at(0).at("values").as_array().size(), 2U);
    EXPECT_THAT(shown.body, HasSubstr("Taken for hours by the size of its numbers."));
    agree(true);
    EXPECT_EQ(service.post("/api/v1/imports", of_root, unknown + of_person()).status, 422) << "nobody looked at it";
    const auto looked_at = std::string(unknown) + R"(,"mapping":)" + boost::json::serialize(mapping) + of_person();
    const auto taken = service.post("/api/v1/imports", of_root, looked_at);
    ASSERT_EQ(taken.status, 201) << taken.body;
    EXPECT_EQ(read(taken).at("taken"), 2);
    const auto wrong = std::string(unknown) + R"(,"mapping":{"kind":"daily","when":"when","columns":[{"column":"who","becomes":"mood"}]}})";
    EXPECT_EQ(service.post("/api/v1/imports/preview", of_root, wrong).status, 422);
}

TEST_F(Imported, OnlyAdministratorsAndLeadsTakeFilesIn)
{
    EXPECT_EQ(service.post("/api/v1/imports/preview", of_maeve, std::string(check_ins) + "}").status, 403);
    EXPECT_EQ(service.get("/api/v1/imports", of_ada).status, 403);
    EXPECT_EQ(service.post("/api/v1/imports", of_root, std::string(check_ins) + "}").status, 422) << "whose is it?";
    EXPECT_EQ(service.post("/api/v1/imports", of_root, std::string(check_ins) + R"(,"name":"A new one"})").status, 201);
}

TEST_F(Imported, APersonSendsADayAndTheTeamSeesIt)
{
    EXPECT_EQ(service.ask(http::Method::Put, "/api/v1/daily", of_ada, day).status, 403) << "no yes to wearables";
    agree(true);
    EXPECT_EQ(service.ask(http::Method::Put, "/api/v1/daily", of_ada, day).status, 204);
    EXPECT_EQ(service.ask(http::Method::Put, "/api/v1/daily", of_ada, day).status, 204);
    const auto own = read(service.get("/api/v1/daily", of_ada)).at("items").as_array();
    ASSERT_EQ(own.size(), 1U) << "null is no value";
    EXPECT_EQ(own[0].at("points").as_array().size(), 1U);
    const auto seen = service.get("/api/v1/people/" + ada.person()->text() + "/daily", of_maeve);
    EXPECT_EQ(read(seen).at("items"), boost::json::value(own));
    EXPECT_EQ(service.get("/api/v1/people/" + ada.person()->text() + "/daily", of_root).status, 403);
    EXPECT_EQ(service.ask(http::Method::Put, "/api/v1/daily", of_ada, R"({"day":"2026-01-02","source":"w","values":{"steps":-4}})").status, 422);
}

TEST_F(Imported, AnAppSendsADayOnlyWithAKeyOfThatScope)
{
    agree(true);
    gateway::KeyDesk::Wanted wanted;
    wanted.app = "A watch";
    const auto chat_only = must(keys.add(root, wanted)).secret;
    wanted.scopes = {gateway::KeyScope::Daily};
    const auto secret = must(keys.add(root, wanted)).secret;
    house.clock.pass(std::chrono::seconds{10}); // keys are read again
    EXPECT_EQ(with_key("hr-none", day).status, 401);
    EXPECT_EQ(with_key(chat_only, day).status, 403);
    const auto sent = with_key(secret, day);
    EXPECT_EQ(sent.status, 204) << sent.body;
    EXPECT_EQ(read(service.get("/api/v1/daily", of_ada)).at("items").as_array().size(), 1U);
    agree(false);
    EXPECT_EQ(with_key(secret, day).status, 403) << "a yes that was taken back stops it";
    EXPECT_THAT(read(service.get("/api/v1/daily", of_ada)).at("items").as_array(), testing::IsEmpty());
}

} // namespace

} // namespace handrail::test
