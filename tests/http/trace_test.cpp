// What a collector gets, and that no request notices what becomes of the collector.
#include "http/trace_sender.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <regex>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/client.h"
#include "http/router.h"
#include "http/server.h"

namespace handrail::http {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
namespace json = boost::json;

std::unique_ptr<Server> started(const Router& router, std::vector<std::string> trusted_proxies = {})
{
    ServerSettings settings;
    settings.port = 0;
    settings.trusted_proxies = std::move(trusted_proxies);
    auto server = Server::open(settings, router);
    EXPECT_TRUE(server.ok());
    (*server)->start();
    return std::move(*server);
}

/// Keeps what it is sent, and answers with the status it is told.
class Collector {
public:
    Collector()
    {
        router_.add({.method = Method::Post,
                     .pattern = "/v1/traces",
                     .callers = Callers::anyone(),
                     .handler = [this](const Request& request) -> Result<Response> {
                         const std::lock_guard lock(mutex_);
                         bodies_.push_back(request.body);
                         types_.push_back(std::string(request.header("Content-Type")));
                         came_.notify_all();
                         auto answer = Response::ok("{}");
                         answer.status = status;
                         return answer;
                     },
                     .from_anywhere = true,
                     .rate = RateClass::None});
        server_ = started(router_);
    }
    ~Collector() { server_->stop(1s); }

    CollectorAddress address() const
    {
        return *CollectorAddress::from("http://127.0.0.1:" + std::to_string(server_->port()) + "/v1/traces");
    }
    std::string body(std::size_t number)
    {
        std::unique_lock lock(mutex_);
        came_.wait_for(lock, 10s, [&] { return bodies_.size() > number; });
        return bodies_.size() > number ? bodies_[number] : std::string{};
    }
    std::string type(std::size_t number)
    {
        const std::lock_guard lock(mutex_);
        return types_.at(number);
    }
    std::atomic<int> status{200};

private:
    Router router_;
    std::mutex mutex_;
    std::condition_variable came_;
    std::vector<std::string> bodies_;
    std::vector<std::string> types_;
    std::unique_ptr<Server> server_;
};

/// Listens and never says a word.
class Silent {
public:
    Silent() : socket_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
        socklen_t size = sizeof address;
        EXPECT_EQ(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size), 0);
        EXPECT_EQ(::listen(socket_, 8), 0);
        port_ = ntohs(address.sin_port);
    }
    ~Silent() { leave(); }
    void leave()
    {
        if (socket_ >= 0)
            ::close(socket_);
        socket_ = -1;
    }
    CollectorAddress address() const
    {
        return *CollectorAddress::from("http://127.0.0.1:" + std::to_string(port_) + "/v1/traces");
    }

private:
    int socket_;
    int port_ = 0;
};

TraceSenderLimits quick()
{
    TraceSenderLimits limits;
    limits.between = 10ms;
    limits.answer_time = 2s;
    limits.pause = 10ms;
    return limits;
}

std::unique_ptr<trace::Trace> some_trace()
{
    return std::make_unique<trace::Trace>(trace::TraceId{1}, std::nullopt, trace::Steady::now());
}

template <class Holds> bool soon(const Holds& holds)
{
    for (int i = 0; i < 1000 && !holds(); ++i)
        std::this_thread::sleep_for(10ms);
    return holds();
}

class Traced : public testing::Test {
protected:
    Traced()
    {
        Route route;
        route.callers = Callers::anyone();
        route.rate = RateClass::None;
        route.pattern = "/people/{person}/words";
        route.handler = [](const Request&) -> Result<Response> {
            {
                trace::Part screening("screening");
                screening.say("handrail.urgency", "now");
                screening.say("words", "I have decided");
            }
            trace::Part write("store.write");
            const auto at = trace::Steady::now();
            trace::add("store.commit", at, at + 2ms);
            return Response::ok("{}");
        };
        router.add(route);
        route.pattern = "/broken";
        route.handler = [](const Request&) -> Result<Response> { throw std::runtime_error("a bug"); };
        router.add(route);
    }
    void serve(TraceSender& sender, std::vector<std::string> trusted_proxies = {})
    {
        RouterHooks hooks;
        hooks.traced = [&sender](std::unique_ptr<trace::Trace> trace) { sender.take(std::move(trace)); };
        router.set_hooks(std::move(hooks));
        server = started(router, std::move(trusted_proxies));
    }
    Reply ask(const std::string& path, const std::string& headers = {})
    {
        Client client(server->port());
        return client.ask("GET " + path + " HTTP/1.1\r\nHost: test\r\n" + headers + "\r\n");
    }
    void TearDown() override
    {
        if (server)
            server->stop(1s);
    }
    Router router;
    std::unique_ptr<Server> server;
};

json::array spans_in(const std::string& body)
{
    return json::parse(body).at("resourceSpans").at(0).at("scopeSpans").at(0).at("spans").as_array();
}
std::string text(const json::value& span, const char* name)
{
    const auto* found = span.as_object().if_contains(name);
    return found ? std::string(found->as_string()) : std::string{};
}
std::string attribute(const json::value& span, std::string_view key)
{
    for (const auto& each : span.at("attributes").as_array())
        if (each.at("key").as_string() == key) {
            const auto& value = each.at("value").as_object();
            return std::string(
                (value.if_contains("stringValue") ? value.at("stringValue") : value.at("intValue")).as_string());
        }
    return {};
}

TEST_F(Traced, ACollectorGetsTheRequestAndItsPartsAndNoWord)
{
    Collector collector;
    TraceSender sender(collector.address(), "1.2.3", {}, quick());
    serve(sender);
    const auto answer = ask("/people/01890f3c-secret-id/words?query=somebody");
    ASSERT_EQ(answer.status, 200);
    const auto body = collector.body(0);
    ASSERT_FALSE(body.empty());
    EXPECT_EQ(collector.type(0), "application/json");
    for (const auto* word : {"secret-id", "somebody", "decided", "127.0.0.1"})
        EXPECT_THAT(body, Not(HasSubstr(word)));
    const auto resource = json::parse(body).at("resourceSpans").at(0).at("resource");
    EXPECT_EQ(attribute(resource, "service.name"), "handrail");
    EXPECT_EQ(attribute(resource, "service.version"), "1.2.3");

    const auto spans = spans_in(body);
    ASSERT_EQ(spans.size(), 5U);
    const char* const names[] = {"GET /people/{person}/words", "screening", "store.write", "store.commit", "reply"};
    const std::regex trace_id("[0-9a-f]{32}"), span_id("[0-9a-f]{16}"), nanoseconds("1[0-9]{18}");
    for (std::size_t i = 0; i < spans.size(); ++i) {
        EXPECT_EQ(text(spans[i], "name"), names[i]);
        EXPECT_EQ(text(spans[i], "traceId"), answer.header("X-Request-Id"));
        EXPECT_TRUE(std::regex_match(text(spans[i], "traceId"), trace_id));
        EXPECT_TRUE(std::regex_match(text(spans[i], "spanId"), span_id));
        EXPECT_TRUE(std::regex_match(text(spans[i], "startTimeUnixNano"), nanoseconds));
        EXPECT_TRUE(std::regex_match(text(spans[i], "endTimeUnixNano"), nanoseconds));
        EXPECT_LE(text(spans[i], "startTimeUnixNano"), text(spans[i], "endTimeUnixNano"));
        EXPECT_GE(text(spans[i], "startTimeUnixNano"), text(spans[0], "startTimeUnixNano"));
    }
    EXPECT_EQ(text(spans[0], "parentSpanId"), "");
    EXPECT_EQ(spans[0].at("kind").as_int64(), 2);
    EXPECT_EQ(attribute(spans[0], "http.route"), "/people/{person}/words");
    EXPECT_EQ(attribute(spans[0], "http.request.method"), "GET");
    EXPECT_EQ(attribute(spans[0], "http.response.status_code"), "200");
    EXPECT_EQ(attribute(spans[1], "handrail.urgency"), "now");
    EXPECT_EQ(attribute(spans[1], "words"), "") << "only attributes of a fixed list go out";
    for (const std::size_t of_request : {1, 2, 4})
        EXPECT_EQ(text(spans[of_request], "parentSpanId"), text(spans[0], "spanId"));
    EXPECT_EQ(text(spans[3], "parentSpanId"), text(spans[2], "spanId"));
    EXPECT_TRUE(soon([&] { return sender.counts().sent == 1; }));
}

TEST_F(Traced, ABugIsAFailedSpan)
{
    Collector collector;
    TraceSender sender(collector.address(), "1", {}, quick());
    serve(sender);
    EXPECT_EQ(ask("/broken").status, 500);
    const auto spans = spans_in(collector.body(0));
    EXPECT_EQ(spans.at(0).at("status").at("code").as_int64(), 2);
    EXPECT_EQ(attribute(spans.at(0), "http.response.status_code"), "500");
}

constexpr const char* from_elsewhere = "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n";

TEST_F(Traced, OnlyATrustedProxyContinuesATrace)
{
    Collector collector;
    TraceSender sender(collector.address(), "1", {}, quick());
    serve(sender, {"127.0.0.1"});
    const auto answer = ask("/people/a/words", from_elsewhere);
    const auto span = spans_in(collector.body(0)).at(0);
    EXPECT_EQ(text(span, "traceId"), "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(text(span, "parentSpanId"), "00f067aa0ba902b7");
    EXPECT_EQ(attribute(span, "handrail.request"), answer.header("X-Request-Id"));
}

TEST_F(Traced, FromAnybodyElseItIsIgnored)
{
    Collector collector;
    TraceSender sender(collector.address(), "1", {}, quick());
    serve(sender);
    const auto answer = ask("/people/a/words", from_elsewhere);
    const auto span = spans_in(collector.body(0)).at(0);
    EXPECT_EQ(text(span, "traceId"), answer.header("X-Request-Id"));
    EXPECT_EQ(text(span, "parentSpanId"), "");
}

TEST_F(Traced, WhatTheProxyDoesNotKeepIsNotSent)
{
    Collector collector;
    TraceSender sender(collector.address(), "1", {}, quick());
    serve(sender, {"127.0.0.1"});
    ask("/people/a/words", "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00\r\n");
    ask("/broken");
    EXPECT_EQ(text(spans_in(collector.body(0)).at(0), "name"), "GET /broken");
}

TEST_F(Traced, EveryAnswerNamesItsRequest)
{
    server = started(router);
    const auto one = ask("/people/a/words").header("X-Request-Id");
    EXPECT_TRUE(std::regex_match(one, std::regex("[0-9a-f]{32}")));
    EXPECT_NE(ask("/people/a/words", "X-Request-Id: " + one + "\r\n").header("X-Request-Id"), one);
    EXPECT_FALSE(ask("/nothing/there").header("X-Request-Id").empty());
    Client client(server->port());
    EXPECT_FALSE(client.ask("no HTTP at all\r\n\r\n").header("X-Request-Id").empty());
}

TEST_F(Traced, ACollectorThatNeverAnswersHoldsUpNobody)
{
    Silent silent;
    auto limits = quick();
    limits.waiting = 8;
    limits.batch = 4;
    limits.answer_time = 30s; // longer than the test may take
    auto sender = std::make_unique<TraceSender>(silent.address(), "1", nullptr, limits);
    serve(*sender);
    for (int i = 0; i < 40; ++i)
        ASSERT_EQ(ask("/people/a/words").status, 200);
    EXPECT_TRUE(soon([&] { return sender->counts().dropped > 0; }));
    EXPECT_EQ(sender->counts().sent, 0U);
    server->stop(1s);
    silent.leave();
    sender.reset();
}

TEST_F(Traced, AnAbsentCollectorHoldsUpNobodyAndIsNotedOnce)
{
    Silent gone;
    gone.leave();
    std::mutex mutex;
    std::vector<std::string> noted;
    auto limits = quick();
    limits.waiting = 5;
    TraceSender sender(
        gone.address(), "1",
        [&](const std::string& line) {
            const std::lock_guard lock(mutex);
            noted.push_back(line);
        },
        limits);
    serve(sender);
    for (int i = 0; i < 20; ++i)
        ASSERT_EQ(ask("/people/a/words").status, 200);
    EXPECT_TRUE(soon([&] { return sender.counts().dropped > 0; }));
    std::this_thread::sleep_for(100ms); // several more attempts
    const std::lock_guard lock(mutex);
    ASSERT_EQ(noted.size(), 1U);
    EXPECT_THAT(noted[0], HasSubstr("does not take traces"));
}

TEST(TraceSender, KeepsWhatACollectorCannotTakeNow)
{
    Collector collector;
    collector.status = 503;
    TraceSender sender(collector.address(), "1", {}, quick());
    sender.take(some_trace());
    ASSERT_FALSE(collector.body(1).empty()) << "it is tried again";
    EXPECT_EQ(sender.counts().sent, 0U);
    collector.status = 200;
    EXPECT_TRUE(soon([&] { return sender.counts().sent == 1; }));
    EXPECT_EQ(sender.counts().dropped, 0U);
}

TEST(TraceSender, GivesUpWhatACollectorRefuses)
{
    Collector collector;
    collector.status = 400;
    TraceSender sender(collector.address(), "1", {}, quick());
    sender.take(some_trace());
    EXPECT_TRUE(soon([&] { return sender.counts().refused == 1; }));
    collector.status = 200;
    sender.take(some_trace());
    EXPECT_TRUE(soon([&] { return sender.counts().sent == 1; }));
}

TEST(CollectorAddress, IsPlainHttpWithAHost)
{
    const auto read = [](const std::string& url) {
        const auto address = CollectorAddress::from(url);
        return address.ok() ? address->host + " " + address->port + " " + address->path : "refused";
    };
    EXPECT_EQ(read("http://127.0.0.1:4318/v1/traces"), "127.0.0.1 4318 /v1/traces");
    EXPECT_EQ(read("http://[::1]:4318"), "::1 4318 /v1/traces");
    EXPECT_EQ(read("http://collector/x"), "collector 80 /x");
    for (const auto* wrong : {"", "https://127.0.0.1:4318", "127.0.0.1:4318", "http://:4318", "http://a:0",
                              "http://a:70000", "http://a:b", "http://u@a:1", "http://a:1/x y", "http://a:1/\r\nX: y"})
        EXPECT_EQ(read(wrong), "refused") << wrong;
}

TEST(Caller, IsReadAsTheStandardWritesIt)
{
    const auto good = trace::caller_in("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    ASSERT_TRUE(good.has_value());
    EXPECT_TRUE(good->sampled);
    EXPECT_EQ(good->trace[0], 0x4b);
    EXPECT_EQ(good->span[7], 0xb7);
    for (const auto* wrong : {"", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
                              "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                              "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                              "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                              "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                              "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-zz",
                              "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01"})
        EXPECT_FALSE(trace::caller_in(wrong).has_value()) << wrong;
}

TEST(Trace, IsBounded)
{
    trace::Trace trace({1}, std::nullopt, trace::Steady::now());
    {
        const trace::Recording recording(&trace);
        for (std::size_t i = 0; i < 200; ++i) {
            trace::Part part("many");
            part.say("handrail.urgency", "usual");
            trace::Part within("within");
        }
    }
    EXPECT_EQ(trace.spans().size(), trace::Trace::most_spans);
    trace::Part nobody_records("alone");
    EXPECT_EQ(trace.spans().size(), trace::Trace::most_spans);
}

} // namespace
} // namespace handrail::http
