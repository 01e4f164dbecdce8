#include "base/ids.h"

#include <gtest/gtest.h>

#include <set>

namespace handrail {

TEST(Ids, AreReadBackAsWritten)
{
    for (int i = 0; i < 200; ++i) {
        const auto id = random_id();
        const auto read = raw_id_from(to_text(id));
        ASSERT_TRUE(read.ok());
        EXPECT_EQ(*read, id);
    }
    RawId all;
    all.bytes.fill(0xff);
    EXPECT_EQ(*raw_id_from(to_text(all)), all);
    EXPECT_EQ(to_text(RawId{}), std::string(26, '0'));
}

TEST(Ids, RefuseWhatIsNone)
{
    for (const char* wrong : {"", "0", "0000000000000000000000000u", "z0000000000000000000000000",
                              "000000000000000000000000000", "../../../../../../etc/passw"})
        EXPECT_FALSE(raw_id_from(wrong).ok()) << wrong;
    EXPECT_FALSE(raw_id_from(std::string(26, '\0')).ok());
}

TEST(Ids, OfRowsSortByTime)
{
    const auto at = from_stored(1'700'000'000'000'000);
    const auto earlier = timed_id(at);
    const auto later = timed_id(at + std::chrono::milliseconds{1});
    EXPECT_LT(earlier, later);
    EXPECT_LT(to_text(earlier), to_text(later));
    RawId before;
    for (int micros = 0; micros < 2'500; ++micros) {
        const auto next = timed_id(at + std::chrono::microseconds{micros});
        EXPECT_LT(before, next) << micros;
        before = next;
    }
    EXPECT_NE(timed_id(at), timed_id(at)) << "two rows of one instant";
}

TEST(Ids, OfPeopleDoNotRepeatAndSayNothing)
{
    std::set<RawId> seen;
    for (int i = 0; i < 1000; ++i)
        EXPECT_TRUE(seen.insert(random_id()).second);
}

} // namespace handrail
