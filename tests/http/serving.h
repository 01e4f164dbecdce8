#pragma once

#include <atomic>
#include <future>
#include <thread>

#include <gmock/gmock.h>

#include "http/client.h"
#include "http/event_stream.h"
#include "http/json_body.h"
#include "http/json_text.h"
#include "http/metrics.h"
#include "http/server.h"

namespace handrail::http {

using namespace std::chrono_literals;

/// A server with a few routes: at once, on a worker, large, waiting for a gate, a stream, and bodies.
class Serving : public ::testing::Test {
protected:
    Serving()
    {
        settings.port = 0;
        settings.io_threads = 2;
        Route route;
        route.callers = Callers::anyone();
        route.pattern = "/healthz";
        route.light = true;
        route.handler = [](const Request&) -> Result<Response> { return Response::ok(R"({"ok":true})"); };
        router.add(route);

        route.pattern = "/hello";
        route.light = false;
        router.add(route);

        route.pattern = "/long";
        route.handler = [](const Request&) -> Result<Response> {
            return Response::ok("{\"x\":\"" + std::string(20'000, 'x') + "\"}");
        };
        router.add(route);

        route.pattern = "/who";
        route.handler = [](const Request& request) -> Result<Response> {
            return Response::text(request.remote_address + (request.secure ? " secure" : " plain"));
        };
        router.add(route);

        route.pattern = "/wait";
        route.handler = [this](const Request&) -> Result<Response> {
            ++waiting;
            gate.wait();
            return Response::ok(R"({"waited":true})");
        };
        router.add(route);

        route.pattern = "/events";
        route.handler = [this](const Request& request) -> Result<Response> {
            return Response::event_stream(TRY(hub.subscribe("ada", std::string(request.query("session").value_or("")),
                                                            request.header("Last-Event-ID"))));
        };
        router.add(route);

        route.method = Method::Post;
        route.pattern = "/text";
        route.handler = [](const Request& request) -> Result<Response> {
            const auto text = TRY(read_body(request, [](Body& body) { return body.text("text", 10'000); }));
            return Response::created(JsonObject{}.add("bytes", text.size()).done());
        };
        router.add(route);

        route.pattern = "/small";
        route.largest_body = 100;
        router.add(route);
        RouterHooks hooks;
        hooks.metrics = &metrics;
        router.set_hooks(hooks);
    }
    ~Serving() override
    {
        open_gate();
        if (server)
            server->stop(2s);
    }
    void serve()
    {
        auto opened = Server::open(settings, router);
        ASSERT_TRUE(opened) << opened.error().told;
        server = std::move(*opened);
        server->start();
    }
    void open_gate()
    {
        if (!gate_open.exchange(true))
            gate_promise.set_value();
    }
    void until_waiting(int count) const
    {
        for (int i = 0; i < 500 && waiting < count; ++i)
            std::this_thread::sleep_for(10ms);
        ASSERT_EQ(waiting, count);
    }
    static std::string get(const std::string& path, const std::string& headers = {})
    {
        return "GET " + path + " HTTP/1.1\r\nHost: test\r\n" + headers + "\r\n";
    }
    static std::string post(const std::string& path, const std::string& body, const std::string& headers = {})
    {
        return "POST " + path + " HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body;
    }

    ServerSettings settings;
    Metrics metrics;
    EventHub hub;
    Router router;
    std::promise<void> gate_promise;
    std::shared_future<void> gate{gate_promise.get_future()};
    std::atomic<bool> gate_open{false};
    std::atomic<int> waiting{0};
    std::unique_ptr<Server> server;
};

} // namespace handrail::http
