#include "rows/value.h"

#include <gtest/gtest.h>

namespace handrail::rows {

TEST(Value, HoldsOneKindAndSaysSo)
{
    EXPECT_EQ(Value(42).number(), 42);
    EXPECT_EQ(Value(true).number(), 1);
    EXPECT_EQ(Value("text").text(), "text");
    const auto id = random_id();
    EXPECT_EQ(Value(id).raw_id(), id);
    EXPECT_THROW((void)Value("text").number(), std::logic_error);
    EXPECT_THROW((void)Value(1).text(), std::logic_error);
    EXPECT_THROW((void)Value(Blob{"short"}).raw_id(), std::logic_error);
}

TEST(Value, NullReadsAsNothing)
{
    const Value none;
    EXPECT_TRUE(none.null());
    EXPECT_EQ(none.number(), 0);
    EXPECT_EQ(none.text(), "");
    EXPECT_TRUE(none.raw_id().empty());
}

} // namespace handrail::rows
