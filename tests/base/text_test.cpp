#include "base/text.h"

#include <gtest/gtest.h>

namespace handrail {

TEST(Utf8, WellFormedOnly)
{
    for (const char* right : {"", "plain", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xEF\xBF\xBF"})
        EXPECT_TRUE(valid_utf8(right)) << right;
    for (const char* wrong : {"\xff", "\xC3", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80",
                              "\xE2\x82", "a\xF0\x9F\x98"})
        EXPECT_FALSE(valid_utf8(wrong));
}

TEST(Utf8, OffsetsCountCodePoints)
{
    const std::string text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z"; // a é € 😀 z
    EXPECT_EQ(code_points(text), 5U);
    EXPECT_EQ(code_point_offset(text, 3), 2U);
    EXPECT_EQ(byte_offset(text, 3), 6U);
    EXPECT_EQ(byte_offset(text, 99), text.size());
}

TEST(Utf8, IsCutByCodePoints)
{
    EXPECT_EQ(cut_code_points("caf\u00e9 au lait", 3, 7), "\u00e9 au");
    EXPECT_EQ(cut_code_points("caf\u00e9", 2, 99), "f\u00e9");
    EXPECT_EQ(cut_code_points("caf\u00e9", 9, 12), "");
    EXPECT_EQ(cut_code_points("\xff\xfe", 0, 1), "");
}

TEST(Base64Url, ThereAndBack)
{
    std::string bytes;
    for (int i = 0; i < 256; ++i)
        bytes.push_back(static_cast<char>(i));
    std::string read;
    ASSERT_TRUE(from_base64url(to_base64url(bytes), read));
    EXPECT_EQ(read, bytes);
    EXPECT_FALSE(from_base64url("no spaces", read));
    EXPECT_TRUE(read.empty());
}

} // namespace handrail
