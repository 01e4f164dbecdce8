#include "domain/urgency.h"

#include <gtest/gtest.h>

#include "domain/actor.h"

namespace handrail {

TEST(Urgency, OrderOfNeedIsNowTodayUnknownSoonUsual)
{
    const Urgency order[] = {Urgency::Now, Urgency::Today, Urgency::Unknown, Urgency::Soon, Urgency::Usual};
    for (int i = 0; i < 5; ++i)
        for (int j = 0; j < 5; ++j)
            EXPECT_EQ(sooner(order[i], order[j]), order[std::min(i, j)]);
}

TEST(Urgency, UnknownAsksAHumanAndSoonRaisesNoAlert)
{
    EXPECT_TRUE(raises_alert(Urgency::Now));
    EXPECT_TRUE(raises_alert(Urgency::Today));
    EXPECT_TRUE(raises_alert(Urgency::Unknown));
    EXPECT_FALSE(raises_alert(Urgency::Soon));
    EXPECT_FALSE(raises_alert(Urgency::Usual));
}

TEST(Names, AreReadBack)
{
    for (const auto* text : {"usual", "soon", "today", "now", "unknown"})
        EXPECT_EQ(name(*urgency_from(text)), text);
    for (const auto* text : {"none", "suicide", "self_harm", "harm_to_others", "abuse", "psychosis", "mania",
                             "eating_disorder", "substance", "medical_emergency"})
        EXPECT_EQ(name(*category_from(text)), text);
    for (const auto* text : {"person", "supporter", "clinician", "lead", "administrator", "integration", "system"})
        EXPECT_EQ(name(*role_from(text)), text);
    EXPECT_FALSE(urgency_from("low risk").has_value());
    EXPECT_FALSE(role_from("").has_value());
}

} // namespace handrail
