// The real server, a scripted service of a language model, and what an app gets over the wire.
#include <thread>

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "gateway/house_of_apps.h"
#include "gateway/scripted_upstream.h"
#include "gateway/screens_for_test.h"
#include "http/client.h"
#include "http/exposition.h"
#include "http/metrics.h"
#include "http/routes/gateway.h"
#include "http/server.h"

namespace handrail::gateway {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

constexpr const char* in_danger = "I am going to kill myself tonight. The pills are in my hand.";

class Apps : public testing::Test {
protected:
    void open(std::function<std::unique_ptr<OutputScreen>()> output = {}, std::size_t calls = 16, int workers = 4)
    {
        GatewaySettings settings;
        settings.upstream = upstream.url();
        settings.upstream_key = "upstream-secret";
        settings.first_byte_within = 20s;
        settings.silent_at_most = 20s;
        apps = std::make_unique<HouseOfApps>(settings, nullptr, std::move(output));
        made = apps->key({.app = "App", .requests_a_day = 0});
        gateway = std::make_unique<http::routes::Gateway>(apps->desk, calls);
        gateway->add_routes(router);
        http::Route plain;
        plain.pattern = "/healthz";
        plain.callers = http::Callers::anyone();
        plain.handler = [](const http::Request&) -> Result<http::Response> { return http::Response::ok("{}"); };
        router.add(plain);
        http::RouterHooks hooks;
        hooks.no_route = [this](const http::Request& request) { return gateway->no_route(request); };
        router.set_hooks(std::move(hooks));
        http::ServerSettings server_settings;
        server_settings.port = 0;
        server_settings.io_threads = 2;
        server_settings.limits.workers = static_cast<std::size_t>(workers);
        server = test::must(http::Server::open(server_settings, router));
        server->start();
    }
    ~Apps() override
    {
        if (server)
            server->stop(500ms);
        if (gateway)
            gateway->stop();
    }
    std::string post(const std::string& path, const std::string& body, const std::string& headers = {}) const
    {
        return "POST " + path + " HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nAuthorization: Bearer " + made.secret +
               "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body;
    }
    static std::string chat(const std::string& words, const std::string& more = {})
    {
        return R"({"model":"small","messages":[{"role":"user","content":)" + json::serialize(json::string(words)) + "}]" + more + "}";
    }
    http::Reply ask(const std::string& body, const std::string& headers = {}) const
    {
        http::Client client(server->port(), 20s);
        return client.ask(post("/v1/chat/completions", body, headers));
    }

    ScriptedUpstream upstream;
    std::unique_ptr<HouseOfApps> apps;
    KeyDesk::Made made;
    std::unique_ptr<http::routes::Gateway> gateway;
    http::Router router;
    std::unique_ptr<http::Server> server;
};

void answers_well(const ScriptedUpstream::Call& call)
{
    call.answer("application/json", R"({"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"small-1","choices":[{"index":0,"message":{"role":"assistant","content":"Try the soup with lentils."},"finish_reason":"stop"}],"usage":{"prompt_tokens":4,"completion_tokens":5,"total_tokens":9}})");
}

TEST_F(Apps, AnAnswerGoesThroughAndTheBodyArrivesByteByByteAsItWasSent)
{
    open();
    upstream.does(answers_well);
    const auto body = chat("What shall I cook?", R"(,"temperature":1.0,"seed":123456789012345678901234567890,"new_key":{"z":1,"a":2})");
    const auto reply = ask(body);
    EXPECT_EQ(reply.status, 200);
    EXPECT_THAT(reply.header("Content-Type"), HasSubstr("application/json"));
    EXPECT_EQ(reply.header("x-handrail-urgency"), "usual");
    EXPECT_EQ(reply.header("x-handrail-action"), "passed");
    EXPECT_EQ(reply.header("x-handrail-screened"), "rules-only") << "no model reads beside the rules in this test";
    EXPECT_NE(reply.header("x-request-id"), "");
    EXPECT_EQ(json::parse(reply.body).at("choices").at(0).at("message").at("content").as_string(), "Try the soup with lentils.");
    EXPECT_EQ(upstream.last_body(), body);
    EXPECT_THAT(upstream.last_head(), HasSubstr("Authorization: Bearer upstream-secret"));
    EXPECT_THAT(upstream.last_head(), Not(HasSubstr(made.secret)));
    EXPECT_TRUE(apps->desk.tally().in.adds_up());
    EXPECT_TRUE(apps->desk.tally().out.adds_up());
}

TEST_F(Apps, K1_DangerGets200AndHelpAndTheModelIsNotAsked)
{
    open();
    upstream.does(answers_well);
    const auto reply = ask(chat(in_danger), "x-handrail-country: IE\r\n");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.header("x-handrail-urgency"), "now; category=suicide");
    EXPECT_EQ(reply.header("x-handrail-action"), "replaced");
    const auto value = json::parse(reply.body);
    EXPECT_THAT(std::string(value.at("choices").at(0).at("message").at("content").as_string()), HasSubstr("112"));
    EXPECT_EQ(value.at("choices").at(0).at("finish_reason").as_string(), "stop");
    EXPECT_EQ(value.at("handrail").at("urgency").as_string(), "now");
    EXPECT_EQ(upstream.calls(), 0);

    const auto streamed = ask(chat(in_danger, R"(,"stream":true)"));
    EXPECT_THAT(streamed.header("Content-Type"), HasSubstr("text/event-stream"));
    EXPECT_THAT(streamed.body, testing::EndsWith("data: [DONE]\n\n"));
    const auto schema = ask(chat(in_danger, R"(,"response_format":{"type":"json_schema","json_schema":{"name":"r","schema":{"type":"object","properties":{"reply":{"type":"string"}}}}})"));
    const auto content = json::parse(schema.body).at("choices").at(0).at("message").at("content").as_string();
    EXPECT_GT(json::parse(content).at("reply").as_string().size(), 50u);
    EXPECT_EQ(upstream.calls(), 0);
}

/// What /metrics says of words through the gateway, by way and what.
std::map<std::string, double> bytes_counted(const Tally& tally)
{
    std::map<std::string, double> counted;
    const auto text = http::exposition(tally.measures());
    const std::string begin = "\nhandrail_gateway_bytes_total{way=\"";
    for (auto at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1)) {
        const auto line = text.substr(at + begin.size(), text.find('\n', at + 1) - at - begin.size());
        const auto what = line.find("what=\"") + 6;
        counted[line.substr(0, line.find('"')) + " " + line.substr(what, line.find('"', what) - what)] =
            std::stod(line.substr(line.rfind(' ')));
    }
    return counted;
}

TEST_F(Apps, K6_WhatIsMeasuredOfWordsAddsUpInAndOut)
{
    open();
    upstream.does(answers_well);
    EXPECT_EQ(ask(chat("What shall I cook?")).status, 200);
    const auto ordinary = bytes_counted(apps->desk.tally());
    ASSERT_EQ(ordinary.size(), 8u);
    EXPECT_EQ(ordinary.at("in released"), static_cast<double>(std::string("What shall I cook?").size()));
    EXPECT_EQ(ordinary.at("in withheld"), 0);
    EXPECT_GT(ordinary.at("out released"), 0);
    EXPECT_EQ(ask(chat(in_danger)).status, 200);
    upstream.does([](const auto& call) {
        call.answer("application/json", R"({"choices":[{"index":0,"message":{"content":"You have bipolar disorder. Stop taking your lithium today."},"finish_reason":"stop"}]})");
    });
    EXPECT_EQ(ask(chat("What do you think about my mood swings?")).status, 200);
    const auto all = bytes_counted(apps->desk.tally());
    EXPECT_EQ(all.at("in withheld"), static_cast<double>(std::string(in_danger).size()));
    EXPECT_GT(all.at("out withheld"), 0);
    for (const std::string way : {"in", "out"}) {
        EXPECT_EQ(all.at(way + " received"), all.at(way + " screened")) << way;
        EXPECT_EQ(all.at(way + " received"), all.at(way + " released") + all.at(way + " withheld")) << way;
    }
}

TEST_F(Apps, K2_AnUnsafeAnswerIsReplacedByTheShippedGuard)
{
    open();
    upstream.does([](const auto& call) {
        call.answer("application/json", R"({"choices":[{"index":0,"message":{"content":"You have bipolar disorder. Stop taking your lithium today."},"finish_reason":"stop"}]})");
    });
    const auto reply = ask(chat("What do you think about my mood swings?"));
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.header("x-handrail-action"), "replaced");
    EXPECT_THAT(reply.body, Not(HasSubstr("lithium")));
    EXPECT_THAT(reply.body, HasSubstr("\"finish_reason\":\"stop\""));
}

TEST_F(Apps, K5_AStreamArrivesAsItIsJudged)
{
    open();
    std::atomic<bool> first_was_read{false};
    upstream.does([&](const auto& call) {
        call.begin_events();
        call.say(words_of("Try lentils. ") + words_of("Then"));
        for (int i = 0; i < 500 && !first_was_read; ++i)
            std::this_thread::sleep_for(10ms);
        call.say(words_of(" bread.") + chunk_of("{}", "stop") + "data: [DONE]\n\n");
    });
    http::Client client(server->port(), 20s);
    client.say(post("/v1/chat/completions", chat("What shall I cook?", R"(,"stream":true)")));
    const auto head = client.until("Try lentils.");
    EXPECT_THAT(head, HasSubstr("HTTP/1.1 200"));
    EXPECT_THAT(head, HasSubstr("text/event-stream"));
    EXPECT_THAT(head, Not(HasSubstr("Then")));
    first_was_read = true;
    EXPECT_THAT(client.until("[DONE]"), HasSubstr(" bread."));
    EXPECT_TRUE(client.closed());
}

TEST_F(Apps, K6_TheScreenerFailsInMidStreamAndNothingUnscreenedReachesTheClient)
{
    open([] { return std::make_unique<ScreenForTest>(1, ScreenForTest::Failing::Exception); });
    upstream.does([](const auto& call) {
        call.begin_events();
        call.say(words_of("Screened. ") + words_of("Unscreened. ") + words_of("Neither. ") + chunk_of("{}", "stop") + "data: [DONE]\n\n");
    });
    http::Client client(server->port(), 20s);
    client.say(post("/v1/chat/completions", chat("What shall I cook?", R"(,"stream":true)")));
    const auto all = client.until("no such text");
    EXPECT_THAT(all, HasSubstr("Screened."));
    EXPECT_THAT(all, HasSubstr("handrail_screener_failed"));
    EXPECT_THAT(all, Not(HasSubstr("Unscreened")));
    EXPECT_THAT(all, Not(HasSubstr("[DONE]")));
    const auto& out = apps->desk.tally().out;
    EXPECT_EQ(out.received, out.released + out.withheld);
    EXPECT_LT(out.screened, out.received);
    EXPECT_EQ(apps->desk.tally().not_screened, 1u);
}

TEST_F(Apps, WhoHangsUpEndsTheCallOfTheModelStreamedOrNot)
{
    open();
    for (const std::string more : {R"(,"stream":true)", ""}) {
        std::atomic<int> closed{-1};
        std::atomic<bool> came{false};
        upstream.does([&](const auto& call) {
            if (!more.empty()) {
                call.begin_events();
                call.say(words_of("One. Two"));
            }
            came = true;
            closed = call.closed_within(5s) ? 1 : 0;
        });
        {
            http::Client client(server->port(), 20s);
            client.say(post("/v1/chat/completions", chat("What shall I cook?", more)));
            for (int i = 0; i < 500 && !came; ++i)
                std::this_thread::sleep_for(10ms);
            if (!more.empty())
                client.until("One.");
        }
        for (int i = 0; i < 600 && closed < 0; ++i)
            std::this_thread::sleep_for(10ms);
        EXPECT_EQ(closed, 1) << more;
    }
}

TEST_F(Apps, SlowModelsDoNotHoldTheServersWorkers)
{
    open({}, 16, 2);
    std::atomic<bool> go_on{false};
    upstream.does([&](const auto& call) {
        for (int i = 0; i < 1000 && !go_on; ++i)
            std::this_thread::sleep_for(10ms);
        answers_well(call);
    });
    std::vector<std::unique_ptr<http::Client>> waiting;
    for (int i = 0; i < 12; ++i) {
        waiting.push_back(std::make_unique<http::Client>(server->port(), 20s));
        waiting.back()->say(post("/v1/chat/completions", chat("What shall I cook?")));
    }
    for (int i = 0; i < 500 && upstream.calls() < 12; ++i)
        std::this_thread::sleep_for(10ms);
    EXPECT_EQ(upstream.calls(), 12) << "six times as many as the server has workers";
    http::Client other(server->port(), 5s);
    EXPECT_EQ(other.ask("GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n").status, 200);
    EXPECT_EQ(ask(chat(in_danger)).status, 200) << "help waits for no model";
    go_on = true;
    for (auto& client : waiting)
        EXPECT_EQ(client->reply().status, 200);
}

TEST_F(Apps, AnEndlessStreamToAReaderWhoDoesNotReadHoldsStill)
{
    open([] { return std::make_unique<ScreenForTest>(); });
    std::atomic<std::size_t> said{0};
    std::atomic<bool> over{false};
    upstream.does([&](const auto& call) {
        call.begin_events();
        const auto part = words_of(std::string(4000, 'x') + ". ");
        while (!over && said < (60u << 20) && call.say(part))
            said += part.size();
    });
    http::Client client(server->port(), 20s);
    client.say(post("/v1/chat/completions", chat("What shall I cook?", R"(,"stream":true)")));
    std::size_t before = 1;
    for (int i = 0; i < 100 && said != before; ++i) {
        before = said;
        std::this_thread::sleep_for(300ms);
    }
    EXPECT_EQ(said, before) << "back-pressure reaches the model's service";
    EXPECT_LT(said, 60u << 20);
    over = true;
}

TEST_F(Apps, K8_NothingElseReachesTheModel)
{
    open();
    upstream.does(answers_well);
    for (const char* path : {"/v1/responses", "/v1/completions", "/v1/embeddings", "/v1/messages", "/v1/chat/completions/c1/messages", "/v1/files", "/v1/realtime"}) {
        http::Client client(server->port());
        const auto reply = client.ask(post(path, chat("Hello")));
        EXPECT_EQ(reply.status, 404) << path;
        EXPECT_EQ(json::parse(reply.body).at("error").at("type").as_string(), "invalid_request_error") << path;
    }
    http::Client client(server->port());
    EXPECT_EQ(client.ask("GET /v1/chat/completions HTTP/1.1\r\nHost: test\r\n\r\n").status, 404);
    EXPECT_EQ(upstream.calls(), 0);
}

TEST_F(Apps, ErrorsHaveTheShapeAndTheCodesThatClientsKnow)
{
    open();
    const auto error = [](const http::Reply& reply) {
        const auto value = json::parse(reply.body).at("error");
        return std::to_string(reply.status) + " " + (value.at("code").is_null() ? std::string() : std::string(value.at("code").as_string()));
    };
    made.secret += "x";
    EXPECT_EQ(error(ask(chat("Hello"))), "401 invalid_api_key");
    made.secret.pop_back();
    EXPECT_EQ(error(ask("{")), "400 ");
    EXPECT_EQ(error(ask(R"({"model":"unknown","messages":[{"role":"user","content":"Hello"}]})")), "404 model_not_found");
    EXPECT_EQ(error(ask(R"({"model":"small","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]}]})")), "400 unsupported_content");
    made = apps->key({.app = "Small", .requests_a_day = 1});
    upstream.does(answers_well);
    EXPECT_EQ(ask(chat("Hello")).status, 200);
    const auto over = ask(chat("Hello"));
    EXPECT_EQ(error(over), "429 insufficient_quota");
    EXPECT_EQ(over.header("x-should-retry"), "false");
    EXPECT_EQ(ask(chat(in_danger)).status, 200) << "help has no budget";
    made = apps->key({.app = "Looks", .scopes = {KeyScope::Moderations}});
    EXPECT_EQ(ask(chat("Hello")).status, 403);
}

TEST_F(Apps, ModelsAndModerations)
{
    open();
    made = apps->key({.app = "App", .models = {"large"}});
    const auto get = [&](const std::string& path) {
        http::Client client(server->port());
        return client.ask("GET " + path + " HTTP/1.1\r\nHost: test\r\nAuthorization: bearer " + made.secret + "\r\n\r\n");
    };
    EXPECT_EQ(get("/v1/models").body, R"({"object":"list","data":[{"id":"large","object":"model","created":0,"owned_by":"handrail"}]})");
    EXPECT_EQ(get("/v1/models/large").status, 200);
    EXPECT_EQ(get("/v1/models/small").status, 404);
    http::Client client(server->port());
    const auto judged = json::parse(client.ask(post("/v1/moderations", R"({"input":["Good morning to you all","I am going to kill myself tonight"]})")).body);
    EXPECT_FALSE(judged.at("results").at(0).at("flagged").as_bool());
    EXPECT_TRUE(judged.at("results").at(1).at("flagged").as_bool());
    EXPECT_TRUE(judged.at("results").at(1).at("categories").at("self-harm/intent").as_bool());
    EXPECT_EQ(judged.at("results").at(1).at("categories").as_object().size(), 13u);
}

TEST_F(Apps, AVeryLongConversationIsScreenedAndAnswered)
{
    open();
    upstream.does(answers_well);
    std::string messages;
    for (int i = 0; i < 200; ++i)
        messages += std::string(i > 0 ? "," : "") + R"({"role":")" + (i % 2 == 0 ? "user" : "assistant") + R"(","content":"We talked about soup and bread number )" + std::to_string(i) + R"(."})";
    const auto body = R"({"model":"small","messages":[)" + messages + R"(,{"role":"user","content":"And )" + std::string(1u << 20, 'a') + R"( cheese?"}]})";
    EXPECT_EQ(ask(body).status, 200);
}

} // namespace
} // namespace handrail::gateway
