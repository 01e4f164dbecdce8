#include "gateway/openai_error.h"

#include <gmock/gmock.h>

namespace handrail::gateway {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(OpenAiErrors, HaveAllFourNames)
{
    EXPECT_EQ(error_body({400, "invalid_request_error", {}, "model", "No \"such\" model.", false}),
              R"({"error":{"message":"No \"such\" model.","type":"invalid_request_error","param":"model","code":null}})");
}

TEST(OpenAiErrors, KeepPlainCodesAndNoWordsOfTheUpstream)
{
    const auto long_one = of_upstream(400, R"({"error":{"message":"your text: secret words","type":"invalid_request_error","code":"context_length_exceeded","param":"messages"}})");
    EXPECT_EQ(long_one.status, 400);
    EXPECT_EQ(long_one.code, "context_length_exceeded");
    EXPECT_THAT(error_body(long_one), Not(HasSubstr("secret")));
    EXPECT_THAT(error_body(of_upstream(500, R"({"error":{"code":"You said: secret words"}})")), Not(HasSubstr("secret")));
}

TEST(OpenAiErrors, SayWhatMayBeSentAgain)
{
    struct Case {
        int upstream, told;
        bool again;
    };
    for (const auto& each : {Case{500, 500, true}, {503, 503, true}, {429, 429, true}, {408, 408, true}, {400, 400, false},
                             {404, 404, false}, {401, 502, false}, {403, 502, false}, {302, 502, false}}) {
        const auto error = of_upstream(each.upstream, "not JSON");
        EXPECT_EQ(error.status, each.told) << each.upstream;
        EXPECT_EQ(error.again, each.again) << each.upstream;
        EXPECT_NE(error.message, "");
    }
    EXPECT_FALSE(of_upstream(429, R"({"error":{"code":"insufficient_quota"}})").again);
    EXPECT_FALSE(not_screened().again);
}

} // namespace
} // namespace handrail::gateway
