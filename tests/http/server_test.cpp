#include "http/server.h"
#include "http/static_files.h"

#include "http/serving.h"

namespace handrail::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(Serving, KeepsAConnectionForManyRequests)
{
    serve();
    Client client(server->port());
    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(client.ask(get("/healthz")).body, R"({"ok":true})");
        EXPECT_EQ(client.ask(get("/hello")).body, R"({"ok":true})");
    }
    EXPECT_EQ(client.ask(post("/text", R"({"text":"hé"})")).body, R"({"bytes":3})");
    const auto last = client.ask(get("/hello", "Connection: close\r\n"));
    EXPECT_EQ(last.header("Connection"), "close");
    EXPECT_TRUE(client.closed());
    EXPECT_EQ(metrics.requests(1, 2), 51u);
}

TEST_F(Serving, AnswersAPipelineInOrder)
{
    serve();
    Client client(server->port());
    std::string all;
    for (int i = 0; i < 40; ++i)
        all += get("/healthz") + post("/text", R"({"text":")" + std::string(i + 1, 'x') + "\"}") + "\r\n";
    client.say(all);
    for (int i = 0; i < 40; ++i) {
        EXPECT_EQ(client.reply().body, R"({"ok":true})");
        EXPECT_EQ(client.reply().body, "{\"bytes\":" + std::to_string(i + 1) + "}");
    }
}

TEST_F(Serving, AnswersHeadAndOptions)
{
    serve();
    Client client(server->port());
    const auto head = client.ask("HEAD /hello HTTP/1.1\r\nHost: test\r\n\r\n", true);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("Content-Length"), "11");
    const auto options = client.ask("OPTIONS /text HTTP/1.1\r\nHost: test\r\n\r\n");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(options.header("Allow"), "POST, OPTIONS");
    EXPECT_EQ(client.ask("OPTIONS * HTTP/1.1\r\nHost: test\r\n\r\n").status, 204);
    EXPECT_EQ(client.ask(get("/none")).status, 404);
    EXPECT_EQ(client.ask(post("/hello", "{}")).header("Allow"), "GET, HEAD, OPTIONS");
    EXPECT_EQ(client.ask("HEAD /none HTTP/1.1\r\nHost: test\r\n\r\n", true).status, 404);
    EXPECT_EQ(client.ask(get("/hello")).status, 200) << "the connection is still in step";
}

TEST_F(Serving, SetsTheSecurityHeaders)
{
    serve();
    Client client(server->port());
    const auto api = client.ask(get("/hello"));
    EXPECT_EQ(api.header("Cache-Control"), "no-store");
    EXPECT_EQ(api.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(api.header("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(api.header("Cross-Origin-Resource-Policy"), "same-origin");
    EXPECT_THAT(api.header("Content-Security-Policy"), HasSubstr("default-src 'none'"));
    EXPECT_EQ(api.header("Strict-Transport-Security"), "") << "not over plain HTTP";
    EXPECT_EQ(api.header("Server"), "");
    EXPECT_EQ(api.header("Access-Control-Allow-Origin"), "");
}

TEST_F(Serving, ARevalidatedPageKeepsItsPolicy)
{
    RouterHooks hooks;
    hooks.files = StaticFiles::from({{"/index.html", "<!doctype html><title>a page</title>"}});
    router.set_hooks(std::move(hooks));
    serve();
    Client client(server->port());
    const auto page = client.ask(get("/"));
    EXPECT_THAT(page.header("Content-Security-Policy"), HasSubstr("script-src 'self'"));
    const auto again = client.ask(get("/", "If-None-Match: " + page.header("ETag") + "\r\n"), true);
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.header("Content-Security-Policy"), page.header("Content-Security-Policy"))
        << "a browser takes the headers of a 304 in place of those it kept";
}

TEST_F(Serving, CompressesWhatIsWorthIt)
{
    serve();
    Client client(server->port());
    const auto small = client.ask(get("/long", "Accept-Encoding: gzip\r\n"));
    EXPECT_EQ(small.header("Content-Encoding"), "gzip");
    EXPECT_LT(small.body.size(), 500u);
    EXPECT_EQ(client.ask(get("/long")).body.size(), 20'008u);
    EXPECT_EQ(client.ask(get("/hello", "Accept-Encoding: gzip\r\n")).header("Content-Encoding"), "");
}

TEST_F(Serving, SaysWhatIsWrongWithABody)
{
    serve();
    Client client(server->port());
    const struct {
        std::string body;
        int status;
        const char* said;
    } cases[] = {
        {R"({"text":"x")", 400, "not JSON"},
        {"{\"text\":\"\xc3\x28\"}", 400, "line 1, column 10"},
        {R"({"text":5})", 422, "\"where\":\"/text\""},
        {R"({})", 422, "missing"},
        {"{\"text\":\"" + std::string(20'000, 'x') + "\"}", 422, "at most 10000 characters"},
        {std::string(2'000, '['), 400, "deeper than 32"},
    };
    for (const auto& each : cases) {
        const auto reply = client.ask(post("/text", each.body));
        EXPECT_EQ(reply.status, each.status) << each.said;
        EXPECT_THAT(reply.body, HasSubstr(each.said));
        EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
    }
    EXPECT_EQ(client.ask("POST /text HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\n{}").status, 415);
}

TEST_F(Serving, RefusesWhatIsTooLarge)
{
    serve();
    {
        Client client(server->port());
        const auto reply = client.ask(post("/text", "{\"text\":\"" + std::string(1'048'576, 'x') + "\"}"));
        EXPECT_EQ(reply.status, 413);
        EXPECT_EQ(reply.header("Connection"), "close");
        EXPECT_TRUE(client.closed());
    }
    {
        Client client(server->port());
        EXPECT_EQ(client.ask(post("/text", std::string(1'048'500, ' ') + R"({"text":"x"})")).status, 201);
        EXPECT_EQ(client.ask(post("/small", std::string(101, ' '))).status, 413) << "a route's own limit";
    }
    {
        Client client(server->port());
        client.say("POST /small HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
        EXPECT_EQ(client.ask("80\r\n" + std::string(128, 'x') + "\r\n").status, 413) << "chunked too";
    }
    {
        Client client(server->port());
        EXPECT_EQ(client.ask(get("/hello", "X-Long: " + std::string(20'000, 'x') + "\r\n")).status, 431);
    }
    {
        Client client(server->port());
        std::string many;
        for (int i = 0; i < 101; ++i)
            many += "X-" + std::to_string(i) + ": x\r\n";
        EXPECT_EQ(client.ask(get("/hello", many)).status, 431);
    }
    {
        Client client(server->port());
        EXPECT_EQ(client.ask(get("/" + std::string(9'000, 'x'))).status, 414);
    }
}

TEST_F(Serving, ReadsChunksAndWaitsToBeAskedOn)
{
    serve();
    Client client(server->port());
    client.say("POST /text HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nTransfer-Encoding: "
               "chunked\r\n\r\n");
    client.say("6\r\n{\"text\r\n");
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(client.ask("7\r\n\":\"abc\"\r\n1\r\n}\r\n0\r\n\r\n").body, R"({"bytes":3})");

    client.say("POST /text HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: 12\r\n"
               "Expect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.reply().status, 100);
    EXPECT_EQ(client.ask(R"({"text":"x"})").status, 201);
}

TEST_F(Serving, RefusesWhatIsNotHttp)
{
    serve();
    const struct {
        std::string said;
        int status;
    } cases[] = {
        {"nonsense\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        {"GET /hello HTTP/3.0\r\nHost: t\r\n\r\n", 505},
        {"BREW /hello HTTP/1.1\r\nHost: t\r\n\r\n", 501},
        {"GET /%zz HTTP/1.1\r\nHost: t\r\n\r\n", 400},
        {"GET http://else/ HTTP/1.1\r\nHost: t\r\n\r\n", 400},
        {"POST /text HTTP/1.1\r\nHost: t\r\nContent-Length: x\r\n\r\n", 400},
        {"POST /text HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400},
        {"POST /text HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}", 400},
        {"GET /hello HTTP/1.1\r\nHost: t\r\nBad Name: x\r\n\r\n", 400},
        {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15), 400}, // TLS to a plain port
        {"GET /hello HTTP/1.1\r\nHost: t\r\nExpect: wonders\r\n\r\n", 417},
    };
    for (const auto& each : cases) {
        Client client(server->port());
        EXPECT_EQ(client.ask(each.said).status, each.status) << each.said;
    }
    Client client(server->port());
    EXPECT_EQ(client.ask("\r\n\r\nGET /hello HTTP/1.0\r\n\r\n").status, 200) << "old clients are welcome";
    EXPECT_TRUE(client.closed());
}

TEST_F(Serving, EndsWhatTakesTooLong)
{
    settings.limits.header_time = 300ms;
    settings.limits.body_time = 300ms;
    settings.limits.idle_time = 300ms;
    serve();
    Client silent(server->port());
    Client slow_head(server->port());
    Client slow_body(server->port());
    Client idle(server->port());
    slow_head.say("GET /hello HTTP/1.1\r\nHost: ");
    slow_body.say("POST /text HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n\r\n{\"te");
    EXPECT_EQ(idle.ask(get("/hello")).status, 200);
    for (int i = 0; i < 4; ++i) { // a byte now and then buys no time
        std::this_thread::sleep_for(60ms);
        slow_head.say("t");
    }
    EXPECT_EQ(slow_head.reply().status, 408);
    EXPECT_EQ(slow_body.reply().status, 408);
    EXPECT_TRUE(idle.closed());
    EXPECT_TRUE(silent.closed());
}

TEST_F(Serving, LetsInOnlySoManyConnections)
{
    settings.limits.connections = 3;
    serve();
    auto a = std::make_unique<Client>(server->port());
    Client b(server->port()), c(server->port());
    for (auto* client : {a.get(), &b, &c})
        EXPECT_EQ(client->ask(get("/hello")).status, 200);
    Client d(server->port());
    EXPECT_EQ(d.reply().status, 503);
    EXPECT_TRUE(d.closed());
    a.reset();
    for (int i = 0; i < 200 && server->connections() > 2; ++i)
        std::this_thread::sleep_for(10ms);
    Client e(server->port());
    EXPECT_EQ(e.ask(get("/hello")).status, 200) << "there is room again";
}

TEST_F(Serving, TellsWhenTooMuchIsGoingOn)
{
    settings.limits.workers = 1;
    settings.limits.queue = 1;
    serve();
    Client running(server->port()), queued(server->port()), refused(server->port());
    running.say(get("/wait"));
    until_waiting(1);
    queued.say(get("/hello"));
    std::this_thread::sleep_for(50ms);
    const auto busy = refused.ask(get("/hello"));
    EXPECT_EQ(busy.status, 503);
    EXPECT_EQ(busy.header("Retry-After"), "2");
    EXPECT_EQ(refused.ask(get("/healthz")).status, 200) << "light routes still answer";
    open_gate();
    EXPECT_EQ(running.reply().status, 200);
    EXPECT_EQ(queued.reply().status, 200);
    EXPECT_EQ(refused.ask(get("/hello")).status, 200);
}

TEST_F(Serving, FinishesWhatIsInFlightBeforeItStops)
{
    serve();
    Client working(server->port()), idle(server->port()), half(server->port());
    EXPECT_EQ(idle.ask(get("/hello")).status, 200);
    working.say(get("/wait"));
    half.say("POST /text HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: "
             "12\r\n\r\n{\"te");
    until_waiting(1);
    const auto port = server->port();
    auto stopped = std::async(std::launch::async, [&] { server->stop(5s); });
    EXPECT_TRUE(idle.closed());
    bool let_in = true;
    for (int i = 0; i < 200 && let_in; ++i) {
        std::this_thread::sleep_for(5ms);
        let_in = Client(port, 200ms).connected();
    }
    EXPECT_FALSE(let_in) << "nobody new";
    const auto last = half.ask("xt\":\"x\"}");
    EXPECT_EQ(last.status, 201);
    EXPECT_EQ(last.header("Connection"), "close");
    EXPECT_EQ(stopped.wait_for(50ms), std::future_status::timeout);
    open_gate();
    EXPECT_EQ(working.reply().body, R"({"waited":true})");
    EXPECT_TRUE(working.closed());
    EXPECT_TRUE(half.closed());
    EXPECT_EQ(stopped.wait_for(4s), std::future_status::ready);
}

TEST_F(Serving, StopsInTimeWhateverOthersDo)
{
    serve();
    Client stuck(server->port());
    stuck.say("GET /hello HTTP/1.1\r\nHost: ");
    for (int i = 0; i < 200 && server->connections() == 0; ++i)
        std::this_thread::sleep_for(5ms);
    const auto begin = std::chrono::steady_clock::now();
    server->stop(200ms);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
    EXPECT_TRUE(stuck.closed());
}

TEST_F(Serving, StreamsEventsAndResumes)
{
    settings.limits.heartbeat = 200ms;
    serve();
    std::string seen;
    {
        Client browser(server->port());
        browser.say(get("/events"));
        const auto head = browser.until("\r\n\r\n");
        EXPECT_THAT(head, HasSubstr("Content-Type: text/event-stream"));
        EXPECT_THAT(head, HasSubstr("Cache-Control: no-store"));
        EXPECT_THAT(head, Not(HasSubstr("Content-Length")));
        browser.until("retry: 3000\nid: ");
        hub.publish("ada", {"alert", R"({"alert":"a1"})"});
        const auto event = browser.until("a1\"}\n\n");
        EXPECT_THAT(event, HasSubstr("event: alert"));
        const auto at = event.rfind("id: ");
        seen = event.substr(at + 4, event.find('\n', at) - at - 4);
        EXPECT_THAT(browser.until(":\n\n"), HasSubstr(":\n\n")) << "the heart beats";
    }
    for (int i = 0; i < 300 && hub.open_streams() > 0; ++i)
        std::this_thread::sleep_for(10ms);
    EXPECT_EQ(hub.open_streams(), 0u) << "a browser that has gone is noticed";
    hub.publish("ada", {"alert", R"({"alert":"a2"})"});

    Client again(server->port());
    again.say(get("/events?session=s", "Last-Event-ID: " + seen + "\r\n"));
    const auto missed = again.until("a2\"}\n\n");
    EXPECT_THAT(missed, Not(HasSubstr("a1\"}")));
    EXPECT_THAT(missed, HasSubstr("a2\"}"));
    hub.close_session("s", {"signed_out", "{}"});
    EXPECT_THAT(again.until("signed_out\ndata: {}\n\n"), HasSubstr("signed_out"));
    EXPECT_TRUE(again.closed());
}

TEST_F(Serving, EndsStreamsWhenItStops)
{
    serve();
    Client one(server->port()), other(server->port());
    one.say(get("/events"));
    one.until("retry");
    other.say(get("/events"));
    other.until("retry");
    const auto begin = std::chrono::steady_clock::now();
    hub.close_everything();
    auto stopped = std::async(std::launch::async, [&] { server->stop(5s); });
    EXPECT_TRUE(one.closed());
    EXPECT_TRUE(other.closed());
    stopped.wait();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 4s);
}

TEST_F(Serving, LetsGoOfABrowserThatDoesNotRead)
{
    settings.limits.write_time = 300ms;
    serve();
    Client browser(server->port());
    browser.say(get("/events"));
    browser.until("retry");
    const std::string much(30'000, 'x');
    for (int i = 0; i < 2'000 && hub.open_streams() > 0; ++i) {
        hub.publish("ada", {"message", much});
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_EQ(hub.open_streams(), 0u);
}

TEST_F(Serving, BelievesOnlyItsProxies)
{
    settings.trusted_proxies = {"127.0.0.1"};
    serve();
    Client client(server->port());
    EXPECT_EQ(client.ask(get("/who")).body, "127.0.0.1 plain");
    const auto reply = client.ask(get("/who", "X-Forwarded-For: 203.0.113.5\r\nX-Forwarded-Proto: https\r\n"));
    EXPECT_EQ(reply.body, "203.0.113.5 secure");
    EXPECT_THAT(reply.header("Strict-Transport-Security"), HasSubstr("max-age="));
    server->stop();
    settings.trusted_proxies = {"10.0.0.0/8"};
    serve();
    Client other(server->port());
    EXPECT_EQ(other.ask(get("/who", "X-Forwarded-For: 203.0.113.5\r\nX-Forwarded-Proto: https\r\n")).body,
              "127.0.0.1 plain");
}

TEST_F(Serving, SaysWhyItCannotListen)
{
    serve();
    auto second = settings;
    second.port = server->port();
    const auto taken = Server::open(second, router);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(taken.error().told, "Port " + std::to_string(second.port) +
                                      " is in use by another program. Stop it, or set listen in handrail.toml.");
    second.port = 0;
    second.address = "localhost";
    EXPECT_THAT(Server::open(second, router).error().told, HasSubstr("not an IP address"));
    second.address = "192.0.2.1";
    EXPECT_THAT(Server::open(second, router).error().told, HasSubstr("not an address of this machine"));
    second.address = "127.0.0.1";
    second.trusted_proxies = {"everyone"};
    EXPECT_THAT(Server::open(second, router).error().told, HasSubstr("trusted_proxies"));

    const auto port = server->port();
    server->stop();
    second = settings;
    second.port = port;
    EXPECT_TRUE(Server::open(second, router)) << "a port is free again at once";
}

TEST_F(Serving, TakesManyAtOnce)
{
    serve();
    std::atomic<int> good{0};
    std::vector<std::thread> people;
    for (int i = 0; i < 16; ++i)
        people.emplace_back([&, i] {
            Client client(server->port());
            for (int n = 0; n < 100; ++n) {
                const auto text = std::string(static_cast<std::size_t>(i + n) + 1, 'x');
                if (client.ask(post("/text", "{\"text\":\"" + text + "\"}")).body ==
                    "{\"bytes\":" + std::to_string(text.size()) + "}")
                    ++good;
            }
        });
    for (auto& person : people)
        person.join();
    EXPECT_EQ(good, 1600);
}

} // namespace
} // namespace handrail::http
