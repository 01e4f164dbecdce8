// What the gateway does with a language model's service that misbehaves. The service is real: a socket on this machine.
#include "gateway/relay.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "gateway/screens_for_test.h"
#include "gateway/scripted_upstream.h"
#include "language/curl_transport.h"

namespace handrail::gateway {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

class Collecting final : public Outlet {
public:
    void begin() override { begun = true; }
    bool write(std::string more) override
    {
        events += more;
        return !left;
    }
    bool gone() const override { return left; }
    std::string events;
    bool begun = false;
    std::atomic<bool> left{false};
};

class Relaying : public testing::Test {
protected:
    std::optional<Whole> run(const std::string& more = {}, const OutputScreen* with = nullptr)
    {
        const std::string body = R"({"model":"small","messages":[{"role":"user","content":"Hello"}])" + more + "}";
        const auto request = read_chat_request(body);
        EXPECT_TRUE(request.ok());
        language::Call call;
        call.url = upstream.url() + "/chat/completions";
        call.body = body;
        call.first_byte_within = 5000ms;
        call.silent_at_most = 2000ms;
        Relay relay(
            transport, *request, with == nullptr ? screen : *with, tally,
            [](bool replaced, const std::vector<std::string>&) {
                return std::string(replaced ? R"({"action":"replaced"})" : R"({"action":"passed"})");
            },
            [this](const std::string& line) { noted += line + "\n"; });
        return relay.run(call, outlet);
    }
    std::optional<Whole> stream(const std::string& more = {}, const OutputScreen* with = nullptr)
    {
        return run(R"(,"stream":true)" + more, with);
    }
    /// What a client puts together: words, then what ended it.
    std::string read(int choice = 0) const
    {
        std::string words;
        std::size_t at = 0;
        while (at < outlet.events.size()) {
            const auto end = outlet.events.find("\n\n", at);
            const auto data = outlet.events.substr(at + 6, end - at - 6);
            at = end + 2;
            if (data == "[DONE]")
                return words + "[DONE]";
            const auto value = json::parse(data);
            if (value.as_object().contains("error"))
                return words + "[error " + std::string(value.at("error").at("type").as_string()) + "]";
            for (const auto& each : value.at("choices").as_array()) {
                if (each.at("index").as_int64() != choice)
                    continue;
                if (const auto* content = each.at("delta").as_object().if_contains("content"))
                    words += std::string(content->as_string());
                if (each.at("finish_reason").is_string())
                    words += "[" + std::string(each.at("finish_reason").as_string()) + "]";
            }
        }
        return words + "[nothing]";
    }
    std::int64_t error_status(const std::optional<Whole>& whole) const
    {
        if (!whole)
            return 0;
        EXPECT_TRUE(json::parse(whole->body).at("error").as_object().contains("code"));
        return whole->status;
    }

    ScriptedUpstream upstream;
    language::CurlTransport transport;
    ScreenForTest screen;
    Tally tally;
    Collecting outlet;
    std::string noted;
};

const std::string whole_stream = chunk_of(R"({"role":"assistant","content":""})") + words_of("Drink water. ") + words_of("Then rest.") +
                                 chunk_of("{}", "stop") + "data: [DONE]\n\n";

TEST_F(Relaying, AStreamThatComesByteByByteIsTheSameStream)
{
    upstream.does([](const auto& call) {
        call.begin_events();
        call.say_slowly(whole_stream);
    });
    EXPECT_FALSE(stream());
    EXPECT_EQ(read(), "Drink water. Then rest.[stop][DONE]");
    EXPECT_THAT(outlet.events, HasSubstr(R"("id":"chatcmpl-up")"));
    EXPECT_TRUE(tally.out.adds_up());
}

TEST_F(Relaying, LineEndsOfEveryKindAndCharactersCutByEvents)
{
    upstream.does([](const auto& call) {
        call.begin_events();
        auto text = words_of("Smile ") + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\xf0\x9f\"}}]}\n\n" +
                    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\x98\x80 bro\xffken.\"}}]}\n\n" +
                    chunk_of("{}", "stop") + "data: [DONE]\n\n";
        std::string as;
        for (const char c : text)
            as += c == '\n' ? "\r\n" : std::string(1, c);
        call.say_slowly(as);
    });
    EXPECT_FALSE(stream());
    EXPECT_EQ(read(), "Smile \xf0\x9f\x98\x80 bro\xef\xbf\xbdken.[stop][DONE]");
}

TEST_F(Relaying, AStreamWithoutItsEndIsEndedOnlyWhenItsChoicesWere)
{
    upstream.does([](const auto& call) {
        call.begin_events();
        call.say(words_of("All of it.") + chunk_of("{}", "stop"));
    });
    EXPECT_FALSE(stream());
    EXPECT_EQ(read(), "All of it.[stop][DONE]");

    outlet.events.clear();
    upstream.does([](const auto& call) {
        call.begin_events();
        call.say(words_of("Half. Of") + "data: {\"choices\":[{\"ind");
    });
    EXPECT_FALSE(stream());
    EXPECT_EQ(read(), "Half. Of[error server_error]") << "no [DONE] after an error";
    EXPECT_TRUE(tally.out.adds_up());
}

TEST_F(Relaying, SilenceBeforeTheAnswerIsATimeOutAndInTheMiddleAnErrorInTheStream)
{
    upstream.does([](const auto& call) { call.closed_within(5s); });
    auto whole = stream();
    EXPECT_EQ(error_status(whole), 504);
    EXPECT_TRUE(whole->again);
    EXPECT_FALSE(outlet.begun);
    EXPECT_EQ(error_status(run()), 504);

    upstream.does([](const auto& call) {
        call.begin_events();
        call.say(words_of("One. Two"));
        call.closed_within(5s);
    });
    EXPECT_FALSE(stream());
    EXPECT_EQ(read(), "One. Two[error server_error]");
    EXPECT_THAT(noted, Not(HasSubstr("One")));
}

TEST_F(Relaying, AnErrorIsToldWithoutItsWordsAndTheNextCallSucceeds)
{
    upstream.does([](const auto& call) {
        call.answer("application/json", R"({"error":{"message":"you wrote Hello","code":"overloaded"}})", 500);
    });
    const auto failed = stream();
    EXPECT_EQ(error_status(failed), 500);
    EXPECT_THAT(failed->body, Not(HasSubstr("Hello")));
    EXPECT_TRUE(failed->again);
    EXPECT_EQ(upstream.calls(), 1) << "whether it is tried again is the client's to say";
    upstream.does([](const auto& call) {
        call.begin_events();
        call.say(whole_stream);
    });
    EXPECT_FALSE(stream());
    EXPECT_EQ(read(), "Drink water. Then rest.[stop][DONE]");
}

TEST_F(Relaying, AnErrorInsideAStreamEndsIt)
{
    upstream.does([](const auto& call) {
        call.begin_events();
        call.say(words_of("One. ") + "data: {\"error\":{\"message\":\"secret\"}}\n\ndata: [DONE]\n\n");
    });
    EXPECT_FALSE(stream());
    EXPECT_EQ(read(), "One. [error server_error]");
    EXPECT_THAT(outlet.events, Not(HasSubstr("secret")));
}

TEST_F(Relaying, JsonInPlaceOfAStreamStillBecomesOne)
{
    const std::string completion =
        R"({"id":"c1","object":"chat.completion","created":1700000000,"model":"small-1","choices":[{"index":0,"message":{"role":"assistant","content":"All of it.","reasoning_content":"hidden"},"logprobs":{"content":[{"token":"x"}]},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}})";
    upstream.does([&](const auto& call) { call.answer("application/json", completion); });
    EXPECT_FALSE(stream(R"(,"stream_options":{"include_usage":true})"));
    EXPECT_EQ(read(), "All of it.[stop][DONE]");
    EXPECT_THAT(outlet.events, HasSubstr(R"("choices":[],"usage":{"prompt_tokens":1)"));

    const auto whole = run();
    ASSERT_TRUE(whole);
    const auto value = json::parse(whole->body);
    EXPECT_EQ(value.at("choices").at(0).at("message").at("content").as_string(), "All of it.");
    EXPECT_EQ(value.at("usage").at("total_tokens").as_int64(), 3);
    EXPECT_EQ(value.at("handrail").at("action").as_string(), "passed");
    EXPECT_THAT(whole->body, Not(HasSubstr("hidden"))) << "what is not judged stays: reasoning, log probabilities";
    EXPECT_TRUE(value.at("choices").at(0).at("logprobs").is_null());
    upstream.does([](const auto& call) { call.answer("text/html", "<p>Hello"); });
    EXPECT_EQ(error_status(run()), 502);
}

TEST_F(Relaying, K4_ToolCallsAreGatheredFromTheirPartsAndJudged)
{
    const auto calling = [this](const std::string& arguments) {
        upstream.does([arguments](const auto& call) {
            call.begin_events();
            call.say(chunk_of(R"({"role":"assistant","content":null})") +
                     chunk_of(R"({"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"look","arguments":""}}]})") +
                     chunk_of(R"({"tool_calls":[{"index":0,"function":{"arguments":)" + json::serialize(json::string(arguments.substr(0, 5))) + "}}]}") +
                     chunk_of(R"({"tool_calls":[{"index":1,"id":"call_2","type":"function","function":{"name":"more","arguments":"{}"}}]})") +
                     chunk_of(R"({"tool_calls":[{"index":0,"function":{"arguments":)" + json::serialize(json::string(arguments.substr(5))) + "}}]}") +
                     chunk_of("{}", "tool_calls") + "data: [DONE]\n\n");
        });
        outlet.events.clear();
        EXPECT_FALSE(stream());
    };
    calling(R"({"q":"rain"})");
    EXPECT_EQ(read(), "[tool_calls][DONE]");
    EXPECT_THAT(outlet.events, HasSubstr(R"({"index":0,"id":"call_1","type":"function","function":{"name":"look","arguments":"{\"q\":\"rain\"}"}})"));
    EXPECT_THAT(outlet.events, HasSubstr(R"({"index":1,"id":"call_2")"));
    calling(R"({"q":"poison"})");
    EXPECT_EQ(read(), "Please talk to a pharmacist.[stop][DONE]");
    EXPECT_THAT(outlet.events, Not(HasSubstr("look")));
    EXPECT_TRUE(tally.out.adds_up());
}

TEST_F(Relaying, K5_TheUpstreamIsLetGoOnceSomethingIsReplaced)
{
    std::atomic<bool> closed{false};
    upstream.does([&](const auto& call) {
        call.begin_events();
        call.say(words_of("Good. ") + words_of("Take poison. ") + words_of("more. "));
        closed = call.closed_within(2s);
    });
    EXPECT_FALSE(stream());
    EXPECT_EQ(read(), "Good.\n\nPlease talk to a pharmacist.[stop][DONE]");
    EXPECT_THAT(outlet.events, HasSubstr(R"("handrail":{"action":"replaced"})"));
    for (int i = 0; i < 100 && !closed; ++i)
        std::this_thread::sleep_for(20ms);
    EXPECT_TRUE(closed);
    EXPECT_EQ(tally.replaced, 1u);
}

TEST_F(Relaying, K6_TheScreenerFailsInMidStreamAndNothingUnscreenedLeaves)
{
    upstream.does([](const auto& call) {
        call.begin_events();
        call.say(words_of("Screened. ") + words_of("Unscreened one. ") + words_of("Unscreened two. ") + chunk_of("{}", "stop") + "data: [DONE]\n\n");
    });
    for (const auto how : {ScreenForTest::Failing::Error, ScreenForTest::Failing::Exception}) {
        const ScreenForTest failing(1, how);
        outlet.events.clear();
        EXPECT_FALSE(stream({}, &failing));
        EXPECT_EQ(read(), "Screened.[error server_error]");
        EXPECT_THAT(outlet.events, Not(HasSubstr("Unscreened")));
        EXPECT_THAT(outlet.events, Not(HasSubstr("[DONE]")));
    }
    EXPECT_EQ(tally.out.received, tally.out.released + tally.out.withheld);
    EXPECT_LT(tally.out.screened, tally.out.received);
    EXPECT_EQ(tally.not_screened, 2u);

    // Before anything left, and without a stream, it is an error that no client sends again by itself.
    const ScreenForTest dead(0);
    outlet.begun = false;
    upstream.does([](const auto& call) {
        call.answer("application/json", R"({"choices":[{"index":0,"message":{"content":"Unscreened."},"finish_reason":"stop"}]})");
    });
    const auto whole = run({}, &dead);
    EXPECT_EQ(error_status(whole), 503);
    EXPECT_FALSE(whole->again);
    EXPECT_THAT(whole->body, Not(HasSubstr("Unscreened.")));
}

TEST_F(Relaying, TwoChoicesAreTwoAnswers)
{
    upstream.does([](const auto& call) {
        call.begin_events();
        call.say(words_of("A one. ", 0) + words_of("B poison. ", 1) + words_of("A two.", 0) + words_of("B more. ", 1) +
                 chunk_of("{}", "stop", 0) + chunk_of("{}", "stop", 1) + "data: [DONE]\n\n");
    });
    EXPECT_FALSE(stream(R"(,"n":2)"));
    EXPECT_EQ(read(0), "A one. A two.[stop][DONE]");
    EXPECT_EQ(read(1), "Please talk to a pharmacist.[stop][DONE]");
    EXPECT_TRUE(tally.out.adds_up());
}

TEST_F(Relaying, WhoLeavesEndsTheCallOfTheModel)
{
    std::atomic<bool> closed{false};
    upstream.does([&](const auto& call) {
        call.begin_events();
        call.say(words_of("One. Two"));
        outlet.left = true;
        closed = call.closed_within(2s);
    });
    stream();
    for (int i = 0; i < 100 && !closed; ++i)
        std::this_thread::sleep_for(20ms);
    EXPECT_TRUE(closed);
    EXPECT_TRUE(tally.out.adds_up());
}

} // namespace
} // namespace handrail::gateway
