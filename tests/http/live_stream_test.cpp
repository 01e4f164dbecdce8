#include "http/live_stream.h"

#include "http/later.h"
#include "http/serving.h"

namespace handrail::http {
namespace {

TEST(LiveStream, ItsWriterWaitsForASlowReaderAndLearnsWhenTheyLeave)
{
    LiveStream live(10);
    EXPECT_TRUE(live.write("123456789"));
    std::atomic<int> written{0};
    std::thread writer([&] {
        for (const char* each : {"second", "third"})
            if (live.write(each))
                ++written;
    });
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(written, 0) << "there is no room";
    const auto taken = live.stream()->take();
    ASSERT_EQ(taken.parts.size(), 1u);
    EXPECT_FALSE(taken.closed);
    for (int i = 0; i < 500 && written < 1; ++i)
        std::this_thread::sleep_for(1ms);
    EXPECT_EQ(written, 1);
    EXPECT_FALSE(live.gone());
    live.stream()->leave();
    writer.join();
    EXPECT_EQ(written, 1);
    EXPECT_TRUE(live.gone());
    EXPECT_FALSE(live.write("more"));
}

/// A route that owes its answer to a thread.
class Owing : public Serving {
protected:
    void owe(std::function<void(std::shared_ptr<Later>)> how)
    {
        Route route;
        route.callers = Callers::anyone();
        route.pattern = "/owed";
        route.handler = [how](const Request&) -> Result<Response> {
            Response out;
            out.later = how;
            return out;
        };
        router.add(route);
        serve();
    }
    ~Owing() override
    {
        if (server)
            server->stop(2s);
        for (auto& each : threads)
            each.join();
    }
    std::vector<std::thread> threads;
};

TEST_F(Owing, NoWorkerWaitsForAnAnswerThatIsOwed)
{
    settings.limits.workers = 1;
    owe([this](std::shared_ptr<Later> owed) {
        threads.emplace_back([this, owed] {
            gate.wait();
            owed->give(Response::ok(R"({"late":true})"));
        });
    });
    Client first(server->port());
    first.say(get("/owed"));
    Client second(server->port());
    EXPECT_EQ(second.ask(get("/hello")).status, 200);
    open_gate();
    EXPECT_EQ(first.reply().body, R"({"late":true})");
    EXPECT_EQ(first.ask(get("/hello")).status, 200) << "the connection goes on";
}

TEST_F(Owing, AnAnswerThatIsNeverGivenIsTold)
{
    owe([](const std::shared_ptr<Later>&) {});
    Client client(server->port());
    EXPECT_EQ(client.ask(get("/owed")).status, 503);
}

TEST_F(Owing, WhoLeavesIsSeen)
{
    std::atomic<bool> left{false};
    owe([this, &left](std::shared_ptr<Later> owed) {
        ++waiting;
        threads.emplace_back([&left, owed] {
            for (int i = 0; i < 500 && !owed->gone(); ++i)
                std::this_thread::sleep_for(10ms);
            left = owed->gone();
            owed->give(Response::ok("{}"));
        });
    });
    {
        Client client(server->port());
        client.say(get("/owed"));
        until_waiting(1);
    }
    for (int i = 0; i < 600 && !left; ++i)
        std::this_thread::sleep_for(10ms);
    EXPECT_TRUE(left);
}

} // namespace
} // namespace handrail::http
