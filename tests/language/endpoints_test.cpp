#include "language/endpoints.h"

#include <gtest/gtest.h>

#include "language/curl_transport.h"
#include "scripted_endpoint.h"

namespace handrail::language {
namespace {

using namespace std::chrono_literals;
using Connection = ScriptedEndpoint::Connection;

struct Heard {
    std::vector<std::string> told; ///< who was about to be sent something
    std::string text;
    bool wanted = true;
    Result<void> may;

    Endpoints::Asking asking()
    {
        return {[this](const Endpoint& endpoint) {
                    told.push_back(endpoint.name);
                    return may;
                },
                [this] { text.clear(); },
                [this](std::string_view more) {
                    text += more;
                    return wanted;
                },
                [this] { return text.find('.') != std::string::npos; }};
    }
};

const ChatRequest question{{{ChatLine::Role::User, "hello"}}};
const EndpointLimits quick{400ms, 1200ms, 8, 3, 30s};

Endpoint at(const std::string& url, std::string name) { return {std::move(name), url, "small-1", Confidential{"k-1"}}; }

TEST(Endpoints, TheFirstThatAnswersIsUsed)
{
    const ScriptedEndpoint first(ScriptedEndpoint::saying("I hear you."));
    const ScriptedEndpoint second(ScriptedEndpoint::saying("Not me."));
    const CurlTransport transport;
    const Endpoints endpoints(transport, {at(first.url(), "First"), at(second.url(), "Second")}, quick);
    Heard heard;
    const auto end = endpoints.ask(question, heard.asking());
    ASSERT_TRUE(end.ok()) << end.error().noted;
    EXPECT_EQ(*end, ChatAnswer::End::Stop);
    EXPECT_EQ(heard.text, "I hear you.");
    EXPECT_EQ(heard.told, std::vector<std::string>{"First"});
    EXPECT_TRUE(second.received().empty());
    ASSERT_EQ(first.received().size(), 1U);
    EXPECT_NE(first.received()[0].find("POST /v1/chat/completions"), std::string::npos);
    EXPECT_NE(first.received()[0].find("Authorization: Bearer k-1"), std::string::npos);
}

struct Trouble {
    const char* what;
    ScriptedEndpoint::Script script;
};

class Troubles : public testing::TestWithParam<Trouble> {};

TEST_P(Troubles, TheNextOneIsAskedAndHalfAnAnswerForgotten)
{
    const ScriptedEndpoint first(GetParam().script);
    const ScriptedEndpoint second(ScriptedEndpoint::saying("I hear you."));
    const CurlTransport transport;
    const Endpoints endpoints(transport, {at(first.url(), "First"), at(second.url(), "Second")}, quick);
    Heard heard;
    const auto end = endpoints.ask(question, heard.asking());
    ASSERT_TRUE(end.ok()) << end.error().noted;
    EXPECT_EQ(heard.text, "I hear you.");
    EXPECT_EQ(heard.told, (std::vector<std::string>{"First", "Second"}));
}

INSTANTIATE_TEST_SUITE_P(
    Endpoints, Troubles,
    testing::Values(Trouble{"answers 500", [](const Connection& to, const std::string&) { to.raw("HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\nno"); }},
                    Trouble{"sends elsewhere", [](const Connection& to, const std::string&) { to.raw("HTTP/1.1 302 There\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"); }},
                    Trouble{"hangs up", [](const Connection&, const std::string&) {}},
                    Trouble{"dies in the middle", [](const Connection& to, const std::string&) { to.head(); to.say("I can dia"); }},
                    Trouble{"breaks UTF-8", [](const Connection& to, const std::string&) { to.head(); to.raw("data: {\"choices\":[{\"delta\":{\"content\":\"\xC3\x28\"}}]}\n\n"); }}));

TEST(Endpoints, C12_OneThatIsSlowIsNotWaitedForLongerThanItsTime)
{
    const ScriptedEndpoint slow([](const Connection& to, const std::string&) {
        to.head();
        for (int i = 0; i < 30; ++i) {
            std::this_thread::sleep_for(100ms);
            to.say("and ");
        }
    });
    const CurlTransport transport;
    const Endpoints endpoints(transport, {at(slow.url(), "Slow")}, quick);
    Heard heard;
    const auto began = std::chrono::steady_clock::now();
    const auto end = endpoints.ask(question, heard.asking());
    const auto took = std::chrono::steady_clock::now() - began;
    EXPECT_FALSE(end.ok());
    EXPECT_LT(took, 2s) << "it would have gone on for 3 seconds";
}

TEST(Endpoints, I1_NothingIsSentWhenItMayNotLeave)
{
    const ScriptedEndpoint first(ScriptedEndpoint::saying("I hear you."));
    const CurlTransport transport;
    const Endpoints endpoints(transport, {at(first.url(), "First"), at(first.url(), "Again")}, quick);
    Heard heard;
    heard.may = not_allowed("No.");
    EXPECT_FALSE(endpoints.ask(question, heard.asking()).ok());
    EXPECT_EQ(heard.told.size(), 1U) << "nobody else is asked either";
    EXPECT_TRUE(first.received().empty());
}

TEST(Endpoints, AnAnswerThatIsNotWantedIsCutAndNobodyElseAsked)
{
    const ScriptedEndpoint first(ScriptedEndpoint::saying("You have depression."));
    const CurlTransport transport;
    const Endpoints endpoints(transport, {at(first.url(), "First"), at(first.url(), "Again")}, quick);
    Heard heard;
    heard.wanted = false;
    const auto end = endpoints.ask(question, heard.asking());
    ASSERT_FALSE(end.ok());
    EXPECT_EQ(end.error().kind, ErrorKind::Conflict);
    EXPECT_EQ(heard.told.size(), 1U);
}

/// Fails or works as told, without a network.
class ToldTransport final : public Transport {
public:
    Result<Head> post(const Call&, const Taking& taking) const override
    {
        ++asked;
        if (!works)
            return unavailable("No.", "away");
        const Head head{200, {}};
        (void)taking.head(head);
        (void)taking.bytes(Connection::event("Yes.", "stop") + "data: [DONE]\n\n");
        return head;
    }
    mutable int asked = 0;
    bool works = false;
};

TEST(Endpoints, OneThatKeepsFailingIsLeftAloneThenTriedOnce)
{
    ToldTransport transport;
    auto now = std::chrono::steady_clock::time_point{};
    const Endpoints endpoints(transport, {at("http://127.0.0.1:9", "Away")}, quick, [&now] { return now; });
    const auto ask = [&] {
        Heard heard;
        return endpoints.ask(question, heard.asking()).ok();
    };
    for (int i = 0; i < 10; ++i)
        EXPECT_FALSE(ask());
    EXPECT_EQ(transport.asked, 3) << "after three failures nobody asks";
    now += 31s;
    EXPECT_FALSE(ask());
    EXPECT_FALSE(ask());
    EXPECT_EQ(transport.asked, 4) << "one try, then twice the time";
    now += 31s;
    EXPECT_FALSE(ask());
    EXPECT_EQ(transport.asked, 4);
    now += 30s;
    transport.works = true;
    EXPECT_TRUE(ask());
    EXPECT_TRUE(ask());
    EXPECT_EQ(transport.asked, 6) << "it works again";
}

TEST(Endpoints, NoMoreQuestionsAtOnceThanAllowed)
{
    auto limits = quick;
    limits.at_once = 0;
    ToldTransport transport;
    transport.works = true;
    const Endpoints endpoints(transport, {at("http://127.0.0.1:9", "Free")}, limits);
    Heard heard;
    EXPECT_FALSE(endpoints.ask(question, heard.asking()).ok());
    EXPECT_EQ(transport.asked, 0);
}

TEST(Endpoints, TheHostIsWhatPeopleAreTold)
{
    EXPECT_EQ(host_of("https://key:word@api.example.org:8443/v1?x=1"), "api.example.org:8443");
    EXPECT_EQ(host_of("nonsense"), "");
}

} // namespace
} // namespace handrail::language
