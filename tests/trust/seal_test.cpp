#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "trust/seal.h"

namespace handrail::trust {
namespace {

const OrganisationId organisation = OrganisationId::random();
const PersonId person = PersonId::random();
const Place place{"message", "body", random_id()};

TEST(Seal, GivesBackAnyWords)
{
    EXPECT_TRUE(rc::check("what is sealed opens again", [](const std::string& words) {
        const auto key = SecretKey::random();
        const auto opened = unseal(key, organisation, person, place, seal(key, organisation, person, place, words));
        RC_ASSERT(opened.has_value());
        RC_ASSERT(opened->reveal() == words);
    }));
}

TEST(Seal, DoesNotOpenAnywhereElse)
{
    const auto key = SecretKey::random();
    const auto sealed = seal(key, organisation, person, place, "words");
    ASSERT_TRUE(unseal(key, organisation, person, place, sealed));
    EXPECT_FALSE(unseal(key, OrganisationId::random(), person, place, sealed));
    EXPECT_FALSE(unseal(key, organisation, PersonId::random(), place, sealed));
    EXPECT_FALSE(unseal(key, organisation, PersonId{}, place, sealed));
    EXPECT_FALSE(unseal(key, organisation, person, {"message", "body", random_id()}, sealed));
    EXPECT_FALSE(unseal(key, organisation, person, {"message", "note", place.row}, sealed));
    EXPECT_FALSE(unseal(key, organisation, person, {"finding", "body", place.row}, sealed));
    EXPECT_FALSE(unseal(SecretKey::random(), organisation, person, place, sealed));
    // A border between table and field that moved.
    const auto split = seal(key, organisation, person, {"ab", "c", place.row}, "words");
    EXPECT_FALSE(unseal(key, organisation, person, {"a", "bc", place.row}, split));
}

TEST(Seal, NoticesEveryFlippedByte)
{
    const auto key = SecretKey::random();
    const auto sealed = seal(key, organisation, person, place, "I have not slept since Monday.");
    for (std::size_t i = 0; i < sealed.bytes.size(); ++i)
        for (const char flip : {'\x01', '\x80'}) {
            auto changed = sealed;
            changed.bytes[i] = static_cast<char>(changed.bytes[i] ^ flip);
            EXPECT_FALSE(unseal(key, organisation, person, place, changed)) << "byte " << i;
        }
    for (std::size_t length = 0; length < sealed.bytes.size(); ++length)
        EXPECT_FALSE(unseal(key, organisation, person, place, {sealed.bytes.substr(0, length)})) << length;
}

TEST(Seal, HidesLengthsInSteps)
{
    const auto key = SecretKey::random();
    const auto size = [&](std::size_t length) {
        return seal(key, organisation, person, place, std::string(length, 'x')).bytes.size();
    };
    EXPECT_EQ(size(0), size(60)); // with four bytes of length: 64
    EXPECT_NE(size(60), size(61));
    EXPECT_EQ(size(61), size(124));  // 128
    EXPECT_EQ(size(445), size(508)); // 512
    EXPECT_NE(size(508), size(509));
    EXPECT_EQ(padded_size(0), 64U);
    EXPECT_EQ(padded_size(512), 512U);
    std::size_t last = 512;
    for (std::size_t length = 513; length < 200000; length += 7) {
        const auto padded = padded_size(length);
        ASSERT_GE(padded, length);
        if (padded != last) {
            ASSERT_LE(padded * 100, last * 112) << "from " << last << " to " << padded;
            ASSERT_GE(padded * 100, last * 106) << "the steps are so small that they say the length";
            last = padded;
        }
    }
}

TEST(Seal, SealsTheSameWordsDifferentlyEachTime)
{
    const auto key = SecretKey::random();
    EXPECT_NE(seal(key, organisation, person, place, "words").bytes,
              seal(key, organisation, person, place, "words").bytes);
}

} // namespace
} // namespace handrail::trust
