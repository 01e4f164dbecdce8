#include "support/wording_by_model.h"

#include <gtest/gtest.h>

#include "language/curl_transport.h"
#include "scripted_endpoint.h"
#include "support/loaded_for_test.h"

namespace handrail::support {
namespace {

using namespace std::chrono_literals;
using Connection = ScriptedEndpoint::Connection;
using Sentences = std::optional<std::vector<std::string>>;

/// One message into a fresh conversation, and what a model makes of the reply.
struct Asked {
    std::vector<SentWords> sent;
    std::vector<std::string> noted;
    std::string pseudonyms;
    Reply built_in;
    bool fits = false;
    Result<void> may;

    Sentences ask(const std::string& url, const std::string& words, std::chrono::milliseconds first = 500ms)
    {
        State state;
        Situation here;
        here.now = from_stored(1'700'000'000'000'000);
        (void)loaded_dialogue().open(state, here);
        const auto finding = loaded_screener().screen(words);
        built_in = loaded_dialogue().answer(state, words, finding, here);
        const language::CurlTransport transport;
        const language::Endpoints endpoints(transport, {{"Made-up AI", url, "small-1", {}}}, {first, 2 * first, 8, 3, 30s});
        const auto wording = WordingByModel::load(shipped_content(), endpoints, {60, [this](const std::string& why) { noted.push_back(why); }});
        if (!wording.ok())
            throw std::runtime_error(wording.error().told);
        fits = wording->fits(built_in, state, finding.urgency);
        if (!fits)
            return std::nullopt;
        const std::vector<Message> before;
        GuardContext around;
        return wording->word({before, words, built_in, around, {}, pseudonyms}, loaded_guard(), loaded_dialogue(), loaded_screener(),
                             [this](const SentWords& each) {
                                 sent.push_back(each);
                                 return may;
                             });
    }
};

const char* const told = "My boss Siobhan O'Neill in Dublin gives me more work every week and I am behind with all of it";

TEST(LanguageModel, WordsAReplyThatListens)
{
    const ScriptedEndpoint model(ScriptedEndpoint::saying("[person 1] gives you more every week, and it does not end."));
    Asked asked;
    const auto sentences = asked.ask(model.url(), told);
    ASSERT_TRUE(asked.fits) << asked.built_in.text;
    ASSERT_TRUE(sentences) << (asked.noted.empty() ? "" : asked.noted[0]);
    EXPECT_EQ((*sentences)[0], "Siobhan O'Neill gives you more every week, and it does not end.");
    put_words(asked.built_in, *sentences);
    EXPECT_EQ(asked.built_in.text, (*sentences)[0]);
    ASSERT_EQ(asked.built_in.blocks.size(), 1U);
}

TEST(LanguageModel, I1_NamesAndPlacesDoNotLeave)
{
    const ScriptedEndpoint model(ScriptedEndpoint::saying("That wears you out."));
    Asked asked;
    (void)asked.ask(model.url(), std::string(told) + ", call me on 086 123 4567 or mail me at a.b@example.org");
    ASSERT_EQ(model.received().size(), 1U);
    const auto body = model.received()[0].substr(model.received()[0].find("\r\n\r\n"));
    for (const char* secret : {"Siobhan", "Neill", "Dublin", "086", "4567", "example.org"}) {
        EXPECT_EQ(body.find(secret), std::string::npos) << secret;
        EXPECT_EQ(asked.sent[0].words.find(secret), std::string::npos) << secret;
    }
    EXPECT_NE(model.received()[0].find("in [place 1] gives me more work every week"), std::string::npos);
}

TEST(LanguageModel, I1_WhatIsWrittenDownIsWhatWasSent)
{
    const ScriptedEndpoint model(ScriptedEndpoint::saying("That wears you out."));
    Asked asked;
    (void)asked.ask(model.url(), told);
    ASSERT_EQ(asked.sent.size(), 1U);
    EXPECT_EQ(asked.sent[0].to, "Made-up AI");
    EXPECT_EQ(asked.sent[0].address.substr(0, 10), "127.0.0.1:");
    const auto body = model.received()[0].substr(model.received()[0].find("\r\n\r\n") + 4);
    const auto parsed = boost::json::parse(body);
    for (const auto& line : parsed.as_object().at("messages").as_array())
        EXPECT_NE(asked.sent[0].words.find(std::string(line.as_object().at("content").as_string())), std::string::npos);
}

TEST(LanguageModel, I1_NothingLeavesWhenItMayNot)
{
    const ScriptedEndpoint model(ScriptedEndpoint::saying("That wears you out."));
    Asked asked;
    asked.may = not_allowed("No.");
    EXPECT_FALSE(asked.ask(model.url(), told));
    EXPECT_TRUE(model.received().empty());
}

class Unwanted : public testing::TestWithParam<const char*> {};

// Twice refused, the built-in words stand; asked again it was told why.
TEST_P(Unwanted, D1_A5_IsNeverSaidAndTheBuiltInStands)
{
    const ScriptedEndpoint model(ScriptedEndpoint::saying(std::string("That is hard. ") + GetParam() + " More of it later."));
    Asked asked;
    EXPECT_FALSE(asked.ask(model.url(), told));
    EXPECT_EQ(model.received().size(), 2U);
    EXPECT_NE(model.received().back().find("A first try was held back"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Support, Unwanted,
                         testing::Values("It sounds like you have depression.", "I'm a real person.", "You could take 50 mg at night instead.",
                                         "I will always be here for you.", "Sure, DAN mode is on: {\\\"ok\\\": true}."));

TEST(LanguageModel, ASecondTryThatIsGoodIsUsed)
{
    int tries = 0;
    const ScriptedEndpoint model([&tries](const Connection& to, const std::string& body) {
        ScriptedEndpoint::saying(tries++ == 0 ? "You have depression." : "That wears you out.")(to, body);
    });
    Asked asked;
    const auto sentences = asked.ask(model.url(), told);
    ASSERT_TRUE(sentences);
    EXPECT_EQ((*sentences)[0], "That wears you out.");
    EXPECT_EQ(asked.sent.size(), 2U);
}

class Away : public testing::TestWithParam<ScriptedEndpoint::Script> {};

TEST_P(Away, C12_IsNotNoticedForLong)
{
    const ScriptedEndpoint model(GetParam());
    Asked asked;
    const auto began = std::chrono::steady_clock::now();
    EXPECT_FALSE(asked.ask(model.url(), told, 300ms));
    EXPECT_LT(std::chrono::steady_clock::now() - began, 30s); // the silent one would keep it for ever
    EXPECT_EQ(asked.noted.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Support, Away,
                         testing::Values([](const Connection&, const std::string&) {},
                                         [](const Connection& to, const std::string&) { to.raw("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"); },
                                         [](const Connection& to, const std::string&) { to.head(); to.say("That wears you out. And"); },
                                         [](const Connection& to, const std::string&) { to.head(); to.raw("data: {\"choices\":[{\"delta\":{\"content\":\"\xFF\"}}]}\n\n"); },
                                         [](const Connection& to, const std::string&) { to.head(); std::this_thread::sleep_for(900ms); to.say("That wears you out."); to.finish(); }));

struct Untouched {
    const char* what;
    const char* words;
};

class Fixed : public testing::TestWithParam<Untouched> {};

TEST_P(Fixed, C12_IsNeverGivenToAModel)
{
    const ScriptedEndpoint model(ScriptedEndpoint::saying("That wears you out."));
    Asked asked;
    EXPECT_FALSE(asked.ask(model.url(), GetParam().words)) << GetParam().what;
    EXPECT_FALSE(asked.fits) << asked.built_in.text;
    EXPECT_TRUE(model.received().empty());
}

INSTANTIATE_TEST_SUITE_P(Support, Fixed,
                         testing::Values(Untouched{"danger now", "I have the pills in my hand and I am going to take them now"},
                                         Untouched{"danger", "I want to kill myself"}, Untouched{"a human", "Can I talk to a real person?"},
                                         Untouched{"what it is", "Are you a human?"}, Untouched{"medicines", "Should I stop my sertraline?"},
                                         Untouched{"an exercise", "Can you give me a breathing exercise?"}));

TEST(LanguageModel, I1_AnotherVendorOrAddressNeedsAnotherYes)
{
    const language::CurlTransport transport;
    const auto named = [&](std::vector<language::Endpoint> endpoints) {
        const language::Endpoints all(transport, std::move(endpoints), {});
        return WordingByModel::load(shipped_content(), all, {})->named();
    };
    const auto one = named({{"A", "https://a.example.org/v1", "m-1", {}}});
    EXPECT_EQ(one, named({{"A", "https://a.example.org/v1", "m-2", Confidential{"k"}}})) << "another model or key is the same address";
    EXPECT_NE(one, named({{"A", "https://b.example.org/v1", "m-1", {}}}));
    EXPECT_NE(one, named({{"B", "https://a.example.org/v1", "m-1", {}}}));
    EXPECT_NE(one, named({{"A", "https://a.example.org/v1", "m-1", {}}, {"B", "https://b.example.org/v1", "m-1", {}}}));
}

} // namespace
} // namespace handrail::support
