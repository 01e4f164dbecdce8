// What a service has to show about itself, in counts: `handrail report`.

#include <gmock/gmock.h>

#include "app/report/law.h"
#include "app/report/screening.h"

namespace handrail::app::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

care::FindingCounts counts()
{
    care::FindingCounts out;
    out.people = 50;
    auto& wish = out.by_rule["en.suicide.wish"];
    wish.findings = {{Urgency::Today, 9}, {Urgency::Now, 1}};
    wish.alerts = 4;
    wish.agreed = 3;
    wish.disagreed = 1;
    out.by_rule["model:screening"].findings = {{Urgency::Soon, 6}};
    out.by_rule["en.greeting"].findings = {{Urgency::Usual, 100}};
    out.by_category[Category::Suicide] = {{Urgency::Today, 9}, {Urgency::Now, 1}, {Urgency::Soon, 5}};
    out.by_category[Category::None] = {{Urgency::Today, 7}};
    return out;
}

TEST(ScreeningReport, CountsAlertsOfAHundredPeopleAWeekAndSaysHowSureThePrecisionIs)
{
    const auto words = screening_words(counts(), 14);
    // 4 alerts of 50 people in two weeks.
    EXPECT_THAT(words, HasSubstr("| `en.suicide.wish` | 0 | 9 | 1 | 0 | 4 | 4.00 | 0.75 (0.30 to 0.95; 3 of 4) |"));
    EXPECT_THAT(words, HasSubstr("| `model:screening` | 6 | 0 | 0 | 0 | 0 | 0.00 | not judged yet |"));
    EXPECT_THAT(words, HasSubstr("| all | 6 | 9 | 1 | 0 | 4 | 4.00 | 0.75 (0.30 to 0.95; 3 of 4) |"));
    EXPECT_THAT(words, Not(HasSubstr("greeting"))) << "what never asked for a human has no line";
}

TEST(ScreeningReport, NobodyThereIsNoDivisionByNought)
{
    EXPECT_THAT(screening_words({}, 7), HasSubstr("0 people, 7 days"));
}

TEST(ShareInterval, IsWilsons)
{
    // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662.
    const auto interval = care::share_interval(81, 263);
    EXPECT_NEAR(interval.low, 0.2553, 0.00005);
    EXPECT_NEAR(interval.high, 0.3662, 0.00005);
    const auto nothing = care::share_interval(0, 0);
    EXPECT_EQ(nothing.low, 0);
    EXPECT_EQ(nothing.high, 1);
}

TEST(LawReport, J2_CountsCrisisReferralsByCategoryWithoutSilences)
{
    const auto* law = find_law("ca-sb243");
    ASSERT_NE(law, nullptr);
    const auto words = law_words(*law, counts(), 2026);
    EXPECT_THAT(words, HasSubstr("| suicide | 10 |"));
    EXPECT_THAT(words, HasSubstr("| all | 10 |"));
    EXPECT_THAT(words, HasSubstr("How it is counted"));
    EXPECT_EQ(find_law("nowhere"), nullptr);
}

} // namespace
} // namespace handrail::app::report
