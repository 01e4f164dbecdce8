#include "base/fields.h"

#include <gtest/gtest.h>

namespace handrail {

TEST(Fields, GiveBackAnyBytesInOrder)
{
    Fields inner{{"name", "Ruth"}};
    Fields fields;
    fields.add("text", std::string("a\0b\xff", 4)).add("n", -42).add("list", "1").add("list", "2").add("who", inner);
    fields.add("long", std::string(100'000, 'x'));
    const auto read = Fields::decoded(fields.encoded());
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->text("text"), std::string("a\0b\xff", 4));
    EXPECT_EQ(read->number("n"), -42);
    EXPECT_EQ(read->texts("list"), (std::vector<std::string>{"1", "2"}));
    EXPECT_EQ(read->inner("who").at(0).text("name"), "Ruth");
    EXPECT_EQ(read->text("long").size(), 100'000U);
    EXPECT_EQ(read->text("absent"), "");
    EXPECT_FALSE(read->has("absent"));
}

TEST(Fields, RefuseEveryTruncation)
{
    const auto whole = Fields{{"first", "value"}, {"second", "more"}}.encoded();
    int decoded = 0;
    for (std::size_t length = 0; length < whole.size(); ++length)
        decoded += Fields::decoded(std::string_view(whole).substr(0, length)).ok() ? 1 : 0;
    // Cut exactly between two fields it is a shorter, well-formed value; sealing is what notices such a cut.
    EXPECT_EQ(decoded, 2);
    EXPECT_FALSE(Fields::decoded("\x02").ok());
    EXPECT_FALSE(Fields::decoded("\x01\xff\xff\xff\xff\xff\xff").ok());
}

} // namespace handrail
