// What a server does when there is no room, no worker or no store.
#include "http/serving.h"

namespace handrail::http {
namespace {

using ::testing::HasSubstr;

class Held : public Serving {
protected:
    Held()
    {
        settings.limits.buffered_bytes = 64 * 1024;
        settings.limits.body_time = 20s;
        settings.limits.write_time = 20s;
    }
    /// So many bytes of a body of 70,000, and no more.
    static std::string beginning(std::size_t bytes)
    {
        return "POST /text HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 70000\r\n\r\n" +
               std::string(bytes, 'x');
    }
    void until_held(std::size_t least, std::size_t most) const
    {
        for (int i = 0; i < 500; ++i) {
            const auto held = server->buffered_bytes();
            if (held >= least && held <= most)
                return;
            std::this_thread::sleep_for(10ms);
        }
        ADD_FAILURE() << server->buffered_bytes() << " bytes are held";
    }
};

TEST_F(Held, ShutsOutWhoeverHoldsMoreThanThereIsRoomForAndHearsTheOthers)
{
    serve();
    Client first(server->port());
    ASSERT_TRUE(first.say(beginning(60'000)));
    until_held(50'000, 64 * 1024);
    Client second(server->port());
    EXPECT_EQ(second.ask(beginning(60'000)).status, 503) << "both together are more than there is room for";
    Client third(server->port());
    EXPECT_EQ(third.ask(post("/text", R"({"text":"a few words"})")).status, 201) << "a few words always fit";
    until_held(50'000, 64 * 1024);
    first.say(std::string(10'000, 'x'));
    EXPECT_EQ(first.reply().status, 400) << "the first is read to its end, and is no JSON";
    until_held(0, 0);
}

TEST_F(Held, GivesBackWhatSomebodyHeldWhoLeft)
{
    serve();
    {
        Client gone(server->port());
        ASSERT_TRUE(gone.say(beginning(60'000)));
        until_held(50'000, 64 * 1024);
    }
    until_held(0, 0);
}

TEST_F(Held, ALargeAnswerThatDoesNotFitIsRefusedAndCanBeAskedForAgain)
{
    settings.limits.buffered_bytes = 1'000;
    serve();
    Client client(server->port());
    const auto refused = client.ask(get("/long"));
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "2");
    EXPECT_EQ(client.ask(get("/hello")).status, 200) << "the connection goes on";
    until_held(0, 0);
}

TEST_F(Serving, WhatNeedsAStoreThatIsAwayIsRefusedAtOnceAndTheRestIsAnswered)
{
    std::atomic<bool> away{true};
    Route route;
    route.callers = Callers::anyone();
    route.pattern = "/without";
    route.needs_store = false;
    route.handler = [](const Request&) -> Result<Response> { return Response::ok(R"({"ok":true})"); };
    router.add(route);
    route.needs_store = true;
    route.method = Method::Post;
    route.pattern = "/words";
    route.not_kept = [](const Request& request) -> std::optional<Response> {
        if (request.body.find("danger") == std::string::npos)
            return std::nullopt;
        auto said = Response::ok(R"({"said":"call somebody"})");
        said.status = 503;
        return said;
    };
    router.add(route);
    RouterHooks hooks;
    hooks.metrics = &metrics;
    hooks.store_away = [&away] { return away.load(); };
    router.set_hooks(hooks);
    serve();
    Client client(server->port());
    const auto refused = client.ask(get("/wait"));
    EXPECT_EQ(refused.status, 503);
    EXPECT_THAT(refused.body, HasSubstr("/problems/store-away"));
    EXPECT_EQ(waiting, 0) << "nothing waits for it";
    EXPECT_EQ(client.ask(get("/without")).status, 200);
    EXPECT_EQ(client.ask(get("/healthz")).status, 200);
    EXPECT_THAT(client.ask(post("/words", "calm")).body, HasSubstr("/problems/store-away"));
    const auto said = client.ask(post("/words", "danger"));
    EXPECT_EQ(said.status, 503);
    EXPECT_EQ(said.body, R"({"said":"call somebody"})");
    away = false;
    EXPECT_EQ(client.ask(post("/words", "danger")).status, 200);
}

TEST_F(Serving, WordsOfDangerAreAnsweredAlsoWhenNoWorkerIsFree)
{
    settings.limits.workers = 1;
    settings.limits.queue = 1;
    Route route;
    route.callers = Callers::anyone();
    route.method = Method::Post;
    route.pattern = "/words";
    route.handler = [](const Request&) -> Result<Response> { return Response::ok("{}"); };
    route.not_kept = [](const Request&) -> std::optional<Response> {
        auto said = Response::ok(R"({"said":"call somebody"})");
        said.status = 503;
        return said;
    };
    router.add(route);
    serve();
    Client working(server->port());
    working.say(get("/wait"));
    until_waiting(1);
    Client queued(server->port());
    queued.say(get("/wait"));
    for (int i = 0; i < 500 && server->waiting_requests() == 0; ++i)
        std::this_thread::sleep_for(10ms);
    Client client(server->port());
    EXPECT_EQ(client.ask(post("/words", "danger")).body, R"({"said":"call somebody"})");
    open_gate();
}

} // namespace
} // namespace handrail::http
