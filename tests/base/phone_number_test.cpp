#include "base/phone_number.h"

#include <gtest/gtest.h>

namespace handrail {

TEST(PhoneNumber, IsWrittenAsItIsDialledFromAnywhere)
{
    EXPECT_EQ(phone_number(" +353 (87) 123-4567 "), "+353871234567");
    EXPECT_EQ(phone_number("00353 87.123/4567"), "+353871234567");
    for (const auto* not_one : {"", " ", "087 1234567", "+353", "+353 87 CALL ME", "++353871234567", "+0353871234567",
                                "+1234567890123456", "00", "+353871234567\r\nx", "+"})
        EXPECT_FALSE(phone_number(not_one).has_value()) << not_one;
}

} // namespace handrail
