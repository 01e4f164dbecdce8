#include "base/result.h"

#include <gtest/gtest.h>

#include <functional>

namespace handrail {

namespace {

Result<int> half(int number)
{
    if (number % 2 != 0)
        return invalid("An even number is needed.", "/number");
    return number / 2;
}

Result<int> quarter(int number) { return TRY(half(TRY(half(number)))); }

} // namespace

TEST(Result, TryUnwrapsOrReturns)
{
    EXPECT_EQ(*quarter(8), 2);
    const auto failed = quarter(6);
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().kind, ErrorKind::Invalid);
    EXPECT_EQ(failed.error().where, "/number");
}

TEST(Result, EnsureThrowsOnlyWhenItDoesNotHold)
{
    EXPECT_NO_THROW(ensure(true, "holds"));
    EXPECT_THROW(ensure(false, "does not hold"), std::logic_error);
}

} // namespace handrail
