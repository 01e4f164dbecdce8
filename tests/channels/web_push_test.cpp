#include "channels/web_push.h"

#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "base/text.h"
#include "channels/notices.h"
#include "channels/text_webhook.h"

namespace handrail::channels {

namespace {

using testing::HasSubstr;
using testing::Not;

std::string bytes(const char* written)
{
    std::string out;
    EXPECT_TRUE(from_base64url(written, out)) << written;
    return out;
}

const char* const browser_point =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
PushSubscription browser(const std::string& endpoint = "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV")
{
    return {endpoint, bytes(browser_point), bytes("BTBZMqHH6r4Tts7J_aSIgg")};
}

// Appendix A of RFC 8291.
TEST(WebPush, SealsAsTheExampleOfRfc8291)
{
    const auto once = PushKeyPair::from_bytes(
        bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"),
        bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"));
    ASSERT_TRUE(once.ok()) << once.error().told;
    EXPECT_EQ(to_base64url(*once->shared_with(bytes(browser_point))), "kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
    const auto body =
        push_body(browser(), "When I grow up, I want to be a watermelon", *once, bytes("DGv6ra1nlYgDCS1FRnbzlw"));
    ASSERT_TRUE(body.ok());
    EXPECT_EQ(to_base64url(*body),
              "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8w"
              "EqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
}

TEST(WebPush, TwoOfTheSameTextDifferAndShortOnesHaveOneLength)
{
    const auto one = *push_body(browser(), "a");
    const auto other = *push_body(browser(), "a");
    EXPECT_NE(one, other);
    EXPECT_EQ(one.size(), push_body(browser(), std::string(200, 'x'))->size());
    EXPECT_FALSE(push_body(browser(), std::string(4000, 'x')).ok());
}

TEST(WebPush, AKeyIsMadeKeptAndReadAgain)
{
    const auto made = PushKeyPair::make();
    ASSERT_TRUE(made.ok());
    const auto kept = *made->kept();
    const auto read = PushKeyPair::from_kept(kept);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->public_point(), made->public_point());
    EXPECT_EQ(*read->kept(), kept);
    EXPECT_EQ(*read->shared_with(bytes(browser_point)), *made->shared_with(bytes(browser_point)));
    EXPECT_EQ(made->signature("a text")->size(), 64U);
    EXPECT_NE(PushKeyPair::make()->public_point(), made->public_point());
    EXPECT_FALSE(PushKeyPair::from_kept("AAAA").ok());
    const auto other = PushKeyPair::make();
    EXPECT_FALSE(PushKeyPair::from_bytes(other->public_point(), bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")).ok())
        << "the halves of two pairs";
}

TEST(WebPush, AnEndpointIsHttpsAndOfTheInternet)
{
    const auto held = [](const std::string& endpoint) { return check_subscription(browser(endpoint), false).ok(); };
    EXPECT_TRUE(held("https://push.example.net/x"));
    EXPECT_TRUE(held("https://push.example.net:8443/x?y"));
    EXPECT_TRUE(held("https://8.8.8.8/x"));
    EXPECT_TRUE(held("https://[2a00:1450:4001:830::200e]/x"));
    for (const auto* not_there :
         {"http://push.example.net/x", "ftp://push.example.net/x", "push.example.net", "", "https://", "https:///x",
          "https://localhost/x", "https://LOCALHOST/x", "https://printer.local/x", "https://db.internal/x", "https://router/x",
          "https://127.0.0.1/x", "https://127.9.9.9:443/x", "https://10.1.2.3/x", "https://172.31.0.1/x",
          "https://192.168.1.1/x", "https://169.254.169.254/latest", "https://100.64.0.1/x", "https://0.0.0.0/x",
          "https://[::1]/x", "https://[fe80::1]/x", "https://[fd00::1]/x", "https://[::ffff:127.0.0.1]/x",
          "https://[64:ff9b::10.0.0.1]/x", "https://[2002:7f00:1::]/x", "https://push.example.net@10.0.0.1/x",
          "https://push.example.net\r\nX: y/x", "https://push.example.net\\@10.0.0.1/", "https://push.example.net./x",
          "https://2130706433/x"})
        EXPECT_FALSE(held(not_there)) << not_there;
    EXPECT_FALSE(held("https://push.example.net/" + std::string(1000, 'x')));
    EXPECT_TRUE(check_subscription(browser("http://127.0.0.1:1/x"), true).ok()) << "tests";
}

TEST(WebPush, ABrowsersKeysAreAPointOfTheCurveAndSixteenBytes)
{
    auto subscription = browser();
    subscription.auth.pop_back();
    EXPECT_FALSE(check_subscription(subscription, false).ok());
    subscription = browser();
    subscription.p256dh[40] = static_cast<char>(subscription.p256dh[40] ^ 1);
    EXPECT_FALSE(check_subscription(subscription, false).ok()) << "not on the curve";
    EXPECT_FALSE(push_body(subscription, "x").ok());
    subscription.p256dh = std::string(65, '\0');
    EXPECT_FALSE(check_subscription(subscription, false).ok());
    subscription.p256dh.clear();
    EXPECT_FALSE(check_subscription(subscription, false).ok());
}

TEST(WebPush, HeadersSayWhoSendsAndNotWhatAbout)
{
    const auto service = *PushKeyPair::make();
    PushNotice notice;
    notice.topic = push_topic("an alert");
    notice.lasts = std::chrono::minutes{5};
    notice.urgent = true;
    const auto headers = push_headers(service, "mailto:ops@service.example", "https://push.example.net:8443/push/secret?x",
                                      notice, from_stored(1'772'489'400'000'000));
    ASSERT_TRUE(headers.ok());
    std::map<std::string, std::string> named(headers->begin(), headers->end());
    EXPECT_EQ(named["TTL"], "300");
    EXPECT_EQ(named["Urgency"], "high");
    EXPECT_EQ(named["Content-Encoding"], "aes128gcm");
    EXPECT_EQ(named["Topic"].size(), 32U);
    EXPECT_THAT(named["Topic"], Not(HasSubstr("alert")));
    const auto& who = named["Authorization"];
    ASSERT_TRUE(who.starts_with("vapid t=")) << who;
    EXPECT_TRUE(who.ends_with(", k=" + to_base64url(service.public_point())));
    const auto first = who.find('.') + 1;
    const auto claims = boost::json::parse(bytes(who.substr(first, who.find('.', first) - first).c_str()));
    EXPECT_EQ(claims, boost::json::parse(R"({"aud":"https://push.example.net:8443","exp":1772532600,)"
                                         R"("sub":"mailto:ops@service.example"})"));
}

TEST(Notices, SayTheSameInEveryLanguageOfThePageAndNothingOfHealth)
{
    const auto texts = NoticeTexts::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content");
    ASSERT_TRUE(texts.ok()) << texts.error().told;
    EXPECT_EQ(texts->in("en-IE"), "Handrail: something waits for you");
    for (const auto* language : {"en", "es", "fr", "de", "pt"})
        EXPECT_EQ(texts->by_language.count(language), 1U) << language;
    EXPECT_EQ(texts->in("ga"), texts->in("en"));
    EXPECT_FALSE(NoticeTexts::load("/nowhere").ok());
}

TEST(TextWebhook, SaysWhomWhatAndOfWhichKind)
{
    EXPECT_EQ(boost::json::parse(text_body({"d", "+353871234567", "Handrail: something waits for you https://x.example/c#t", "reminder"})),
              boost::json::parse(R"({"type":"handrail.text","delivery":"d","to":"+353871234567",)"
                                 R"("text":"Handrail: something waits for you https://x.example/c#t","kind":"reminder"})"));
}

} // namespace

} // namespace handrail::channels
