#include "channels/pager_webhook.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace handrail::channels {

namespace {

// The example of the Standard Webhooks specification (signed once more with Python's hmac).
TEST(PagerWebhook, SignsAsTheSpecificationSays)
{
    const auto key = pager_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    ASSERT_TRUE(key.ok()) << key.error().told;
    const auto headers = pager_headers(*key, "msg_p5jXN8AQM9LWM0D4loKWxJek", from_stored(1'614'265'330'000'000),
                                       R"({"test": 2432232314})");
    ASSERT_EQ(headers.size(), 4U);
    EXPECT_EQ(headers[1], (std::pair<std::string, std::string>{"webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"}));
    EXPECT_EQ(headers[2], (std::pair<std::string, std::string>{"webhook-timestamp", "1614265330"}));
    EXPECT_EQ(headers[3], (std::pair<std::string, std::string>{"webhook-signature",
                                                               "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}));
}

TEST(PagerWebhook, ASecretIsBase64OrLongEnoughText)
{
    EXPECT_EQ(*pager_key("a text of twenty-four b."), "a text of twenty-four b.");
    EXPECT_FALSE(pager_key("too short").ok());
    EXPECT_FALSE(pager_key("whsec_not base 64 at all, though it is long enough").ok());
    EXPECT_FALSE(pager_key("whsec_AAAA").ok()) << "three bytes";
    EXPECT_EQ(*pager_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAA=="), *pager_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwAA"))
        << "with and without the signs at the end";
}

TEST(PagerWebhook, SaysWhereToLookAndNothingElse)
{
    PagerCall call;
    call.delivery = "d";
    call.alert = "a";
    call.urgency = Urgency::Now;
    call.step = 1;
    call.due_at = from_stored(1'772'489'400'000'000);
    call.account = "c";
    call.phone = "+353871234567";
    call.link = "https://talk.example.org/staff/alerts/a";
    EXPECT_EQ(boost::json::parse(pager_body(call)),
              boost::json::parse(R"({"type":"handrail.alert","delivery":"d","alert":"a","urgency":"now","step":1,
                  "due_at":"2026-03-02T22:10:00.000Z","to":{"account":"c","phone":"+353871234567"},
                  "link":"https://talk.example.org/staff/alerts/a"})"));
    const auto nobody = boost::json::parse(pager_body({}));
    EXPECT_TRUE(nobody.at("due_at").is_null());
    EXPECT_TRUE(nobody.at("to").get_object().empty());
}

} // namespace

} // namespace handrail::channels
