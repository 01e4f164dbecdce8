#include "http/event_stream.h"

#include <atomic>
#include <thread>

#include <gmock/gmock.h>

namespace handrail::http
{
namespace
{

using ::testing::HasSubstr;
using ::testing::Not;

std::string taken(EventStream& stream)
{
    std::string out;
    for (const auto& part : stream.take().parts)
        out += *part;
    return out;
}

std::string last_id(const std::string& text)
{
    const auto at = text.rfind("id: ");
    return text.substr(at + 4, text.find('\n', at) - at - 4);
}

TEST(EventHub, TellsTheStreamsOfAChannelAndNoOthers)
{
    EventHub hub;
    const auto ada = *hub.subscribe("ada", "s1", "");
    const auto bo = *hub.subscribe("bo", "s2", "");
    EXPECT_THAT(taken(*ada), HasSubstr("retry: 3000\nid: "));
    taken(*bo);
    hub.publish("ada", {"alert", R"({"alert":"a1"})"});
    EXPECT_THAT(taken(*ada), HasSubstr("event: alert\ndata: {\"alert\":\"a1\"}\n\n"));
    EXPECT_EQ(taken(*bo), "");
    EXPECT_EQ(hub.open_streams(), 2u);
}

TEST(EventHub, GoesOnWhereTheBrowserLeftOff)
{
    EventHub hub;
    auto stream = *hub.subscribe("ada", "s", "");
    hub.publish("ada", {"message", "1"});
    const auto seen = last_id(taken(*stream));
    stream->leave();
    hub.publish("ada", {"message", "2"});
    hub.publish("bo", {"message", "not ada's"});
    hub.publish("ada", {"message", "3"});
    const auto again = taken(**hub.subscribe("ada", "s", seen));
    EXPECT_THAT(again, Not(HasSubstr("data: 1")));
    EXPECT_THAT(again, HasSubstr("data: 2"));
    EXPECT_THAT(again, HasSubstr("data: 3"));
    EXPECT_THAT(again, Not(HasSubstr("not ada's")));
    EXPECT_THAT(again, Not(HasSubstr("resync")));
    EXPECT_THAT(taken(**hub.subscribe("ada", "s", last_id(again))), Not(HasSubstr("data")));
}

TEST(EventHub, SaysWhenItCannotGoOn)
{
    EventHub hub({.kept_per_channel = 2});
    auto stream = *hub.subscribe("ada", "s", "");
    const auto seen = last_id(taken(*stream));
    for (const auto* data : {"1", "2", "3"})
        hub.publish("ada", {"message", data});
    EXPECT_THAT(taken(**hub.subscribe("ada", "s", seen)), HasSubstr("event: resync"));
    EXPECT_THAT(taken(**hub.subscribe("ada", "s", "another-process-7")), HasSubstr("event: resync"));
    EventHub other;
    EXPECT_THAT(taken(**other.subscribe("ada", "s", seen)), HasSubstr("event: resync"));
}

TEST(EventHub, ForgetsWhatIsOldAndSaysSo)
{
    EventHub hub({.kept_for = std::chrono::seconds(0)});
    auto stream = *hub.subscribe("ada", "s", "");
    const auto seen = last_id(taken(*stream));
    hub.publish("ada", {"message", "1"});
    stream->leave();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    hub.publish("bo", {"message", "sweeps"});
    EXPECT_THAT(taken(**hub.subscribe("ada", "s", seen)), HasSubstr("event: resync"));
}

TEST(EventHub, LetsGoOfASlowBrowserAndKeepsItsEvents)
{
    EventHub hub({.waiting_bytes = 1000});
    auto slow = *hub.subscribe("ada", "s", "");
    const auto seen = last_id(taken(*slow));
    for (int i = 0; i < 20; ++i)
        hub.publish("ada", {"message", std::string(100, 'x') + std::to_string(i)});
    const auto left = slow->take();
    EXPECT_TRUE(left.closed);
    EXPECT_TRUE(left.parts.empty());
    EXPECT_EQ(hub.open_streams(), 0u);
    EXPECT_THAT(taken(**hub.subscribe("ada", "s", seen)), HasSubstr("x0\n"));
}

TEST(EventHub, EndsStreamsOnSignOut)
{
    EventHub hub;
    auto phone = *hub.subscribe("ada", "phone", "");
    auto desk = *hub.subscribe("ada", "desk", "");
    taken(*phone);
    taken(*desk);
    hub.close_session("phone", {"signed_out", "{}"});
    const auto told = phone->take();
    EXPECT_TRUE(told.closed);
    ASSERT_EQ(told.parts.size(), 1u);
    EXPECT_EQ(*told.parts[0], "event: signed_out\ndata: {}\n\n");
    EXPECT_FALSE(desk->take().closed);

    hub.publish("ada", {"alert", "secret id"});
    const auto seen = last_id(taken(*desk));
    hub.close_all("ada");
    EXPECT_TRUE(desk->take().closed);
    EXPECT_EQ(hub.open_streams(), 0u);
    EXPECT_THAT(taken(**hub.subscribe("ada", "s", seen)), Not(HasSubstr("secret id")));
}

TEST(EventHub, HasRoomForSoMany)
{
    EventHub hub({.streams = 3, .streams_per_account = 2});
    auto first = *hub.subscribe("ada", "s", "");
    auto second = *hub.subscribe("ada", "s", "");
    auto third = *hub.subscribe("ada", "s", "");
    EXPECT_TRUE(first->take().closed) << "the oldest of an account makes room";
    EXPECT_FALSE(second->take().closed);
    auto bo = *hub.subscribe("bo", "s", "");
    EXPECT_FALSE(hub.subscribe("cy", "s", ""));
    bo->leave();
    EXPECT_TRUE(hub.subscribe("cy", "s", ""));
}

TEST(EventHub, DataMayHaveLines)
{
    EventHub hub;
    auto stream = *hub.subscribe("ada", "s", "");
    taken(*stream);
    hub.publish("ada", {"note", "one\r\ntwo"});
    EXPECT_THAT(taken(*stream), HasSubstr("data: one\ndata: two\n\n"));
}

TEST(EventHub, LosesNothingBetweenThreads)
{
    EventHub hub({.kept_per_channel = 10'000, .waiting_bytes = 10'000'000});
    auto stream = *hub.subscribe("ada", "s", "");
    std::atomic<int> woken{0};
    stream->on_ready([&] { ++woken; });
    std::vector<std::thread> publishers;
    for (int i = 0; i < 4; ++i)
        publishers.emplace_back([&] {
            for (int n = 0; n < 500; ++n)
                hub.publish("ada", {"message", "{}"});
        });
    for (auto& publisher : publishers)
        publisher.join();
    const auto parts = stream->take().parts;
    EXPECT_EQ(parts.size(), 2001u);
    EXPECT_GE(woken, 1);
    std::uint64_t before = 0;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const auto id = last_id(*parts[i]);
        const auto number = std::stoull(id.substr(id.find('-') + 1));
        EXPECT_GT(number, before);
        before = number;
    }
}

} // namespace
} // namespace handrail::http
