#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "channels/whatsapp_texts.h"
#include "channels/whatsapp_webhook.h"
#include "content/crisis_lines.h"
#include "errands/whatsapp_desk.h"
#include "routes/service.h"

// What Meta calls, as it calls it.
namespace handrail::test {

namespace {

using testing::HasSubstr;

const std::filesystem::path content_folder = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";

class WhatsappRoutes : public testing::Test {
protected:
    WhatsappRoutes()
        : lines(must(content::CrisisLines::load(content_folder))),
          texts(must(channels::WhatsappTexts::load(content_folder))), service(house, house.organisation),
          desk(*house.record, *house.keyring, service.conversations, service.service, service.alerts, lines, texts,
               settings(), [] { return true; })
    {
        service.desks.whatsapp = &desk;
    }
    static errands::WhatsappSettings settings()
    {
        errands::WhatsappSettings made;
        made.on = true;
        made.phone_number_id = "106";
        made.app_secret = "secret";
        made.verify_token = "agreed on";
        made.countries = {"+353"};
        made.number = "35312345678";
        return made;
    }
    int post(const std::string& body, const std::string& signature)
    {
        http::Request request;
        request.method = http::Method::Post;
        request.target = "/channels/whatsapp/webhook";
        request.body = body;
        request.remote_address = "192.0.2.1";
        request.headers.add("Content-Type", "application/json");
        request.headers.add("Origin", "https://elsewhere.example.org");
        if (!signature.empty())
            request.headers.add("X-Hub-Signature-256", signature);
        must(request.read_target());
        return service.router.answer(request).status;
    }
    std::int64_t kept()
    {
        std::int64_t number = -1;
        must(house.record->read(house.system(), [&](trust::Reading& reading) -> Result<void> {
            const rows::Statement all{"test.kept", "SELECT COUNT(*) FROM job WHERE organisation = $1 AND "
                                                   "kind = 'whatsapp_event'"};
            number = TRY(reading.rows(all, {})).front()[0].number();
            return {};
        }));
        return number;
    }

    House house;
    const content::CrisisLines lines;
    const channels::WhatsappTexts texts;
    Service service;
    errands::WhatsappDesk desk;
};

TEST_F(WhatsappRoutes, TheChallengeComesBackBareForTheRightToken)
{
    const std::string path = "/channels/whatsapp/webhook?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
    const auto answer = service.get(path + "agreed%20on", {});
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.content(), "1158201444");
    EXPECT_EQ(answer.type.rfind("text/plain", 0), 0U);
    EXPECT_EQ(service.get(path + "guessed", {}).status, 403);
    EXPECT_EQ(service.get("/channels/whatsapp/webhook", {}).status, 403);
}

TEST_F(WhatsappRoutes, OnlyWhatMetaSignedIsKeptAndBeforeItIsAcknowledged)
{
    const std::string escaped = R"({"object":"whatsapp_business_account","entry":[{"x":"\ud83d\ude22 caf\u00e9 \/"}]})";
    EXPECT_EQ(post(escaped, ""), 401);
    EXPECT_EQ(post(escaped, channels::signature_for(escaped, "other")), 403);
    EXPECT_EQ(post(escaped + " ", channels::signature_for(escaped, "secret")), 403);
    EXPECT_EQ(post("no json", channels::signature_for("no json", "secret")), 400);
    EXPECT_EQ(kept(), 0);
    EXPECT_EQ(post(escaped, channels::signature_for(escaped, "secret")), 200);
    EXPECT_EQ(kept(), 1);
    const std::string raw = "{\"object\":\"something\",\"x\":\"\xf0\x9f\x98\xa2\"}";
    EXPECT_EQ(post(raw, channels::signature_for(raw, "secret")), 200) << "what is not known is acknowledged";
}

TEST_F(WhatsappRoutes, WhatWasKeptStandsSealed)
{
    const std::string body = R"({"object":"whatsapp_business_account","canary":"a planted word 7f3a"})";
    EXPECT_EQ(post(body, channels::signature_for(body, "secret")), 200);
    EXPECT_TRUE(files_holding(house.folder.path(), "a planted word 7f3a").empty());
}

TEST_F(WhatsappRoutes, WhileTheChannelIsOffThereIsNothing)
{
    service.desks.whatsapp = nullptr;
    const std::string body = "{}";
    EXPECT_EQ(post(body, channels::signature_for(body, "secret")), 404);
    EXPECT_EQ(service.get("/channels/whatsapp/webhook?hub.mode=subscribe&hub.challenge=1&hub.verify_token=agreed%20on", {})
                  .status,
              404);
}

TEST_F(WhatsappRoutes, ACodeIsGivenToWhoeverIsSignedInAndTheirNumberIsShownByItsEnd)
{
    const auto ada = house.person();
    const auto token = service.token_of(ada);
    EXPECT_THAT(service.get("/api/v1/whatsapp", token).body,
                testing::AllOf(HasSubstr(R"("on":true)"), HasSubstr(R"("joined":false)"), HasSubstr("+35312345678")));
    const auto choose = [&](const char* body) { return service.ask(http::Method::Put, "/api/v1/reminders", token, body); };
    EXPECT_THAT(service.get("/api/v1/reminders", token).body, HasSubstr(R"("whatsapp":false,"whatsapp_can":"no_number")"));
    const auto too_early = choose(R"({"whatsapp":true,"agreed":true})");
    EXPECT_EQ(too_early.status, 422);
    EXPECT_THAT(too_early.body, HasSubstr("/whatsapp"));
    const auto made = service.post("/api/v1/whatsapp/code", token, "{}");
    ASSERT_EQ(made.status, 201) << made.body;
    const auto code = boost::json::parse(made.body).as_object();
    const std::string text(code.at("text").as_string());
    EXPECT_EQ(std::string(code.at("link").as_string()), "https://wa.me/35312345678?text=LINK%20" + text.substr(5));
    must(desk.receive(house.system(),
                      R"({"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":)"
                      R"({"phone_number_id":"106"},"messages":[{"from":"353871234567","id":"wamid.1","timestamp":")" +
                          std::to_string(std::chrono::duration_cast<std::chrono::seconds>(
                                             house.clock.now().time_since_epoch()).count()) +
                          R"(","type":"text","text":{"body":")" + text + R"("}}]}}]}]})"));
    house.clock.pass(std::chrono::milliseconds{1});
    EXPECT_EQ(must(desk.work(house.system())).messages, 1);
    const auto shown = service.get("/api/v1/whatsapp", token).body;
    EXPECT_THAT(shown, testing::AllOf(HasSubstr(R"("joined":true)"), HasSubstr(R"("ends_in":"67")")));
    EXPECT_THAT(shown, testing::Not(HasSubstr("353871234567")));
    EXPECT_EQ(choose(R"({"whatsapp":true})").status, 422) << "only to whoever agrees";
    EXPECT_EQ(choose(R"({"whatsapp":true,"agreed":true})").status, 204);
    EXPECT_THAT(service.get("/api/v1/reminders", token).body, HasSubstr(R"("whatsapp":true,"whatsapp_can":"day")"))
        << "no template is set up";
    EXPECT_THAT(service.get("/api/v1/whatsapp", service.token_of(house.person("Ben"))).body, HasSubstr(R"("joined":false)"));
    EXPECT_EQ(service.ask(http::Method::Delete, "/api/v1/whatsapp", token).status, 204);
    EXPECT_THAT(service.get("/api/v1/whatsapp", token).body, HasSubstr(R"("joined":false)"));
    EXPECT_THAT(service.get("/api/v1/reminders", token).body, HasSubstr(R"("whatsapp":false,"whatsapp_can":"no_number")"));
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(service.post("/api/v1/whatsapp/code", token, "{}").status, 201);
    EXPECT_EQ(service.post("/api/v1/whatsapp/code", token, "{}").status, 429);
    // Not for staff, and not where the channel is off.
    EXPECT_EQ(service.post("/api/v1/whatsapp/code", service.token_of(house.staff(Role::Clinician, "maeve")), "{}").status, 403);
    service.desks.whatsapp = nullptr;
    EXPECT_EQ(service.post("/api/v1/whatsapp/code", token, "{}").status, 409);
    EXPECT_THAT(service.get("/api/v1/whatsapp", token).body, HasSubstr(R"("on":false)"));
    EXPECT_THAT(service.get("/api/v1/reminders", token).body, HasSubstr(R"("whatsapp_can":"no")"));
    EXPECT_EQ(choose(R"({"whatsapp":true,"agreed":true})").status, 422);
}

TEST_F(WhatsappRoutes, AMessageOfThePageIsNeverTakenForOneOfWhatsApp)
{
    const auto token = service.token_of(house.person());
    EXPECT_EQ(service.post("/api/v1/conversation/messages", token,
                           R"({"text":"hello","client_id":"whatsapp-voice-1"})").status, 422);
    EXPECT_EQ(service.post("/api/v1/conversation/messages", token, R"({"text":"hello","client_id":"1"})").status, 201);
}

} // namespace

} // namespace handrail::test
