#include <gtest/gtest.h>

#include <algorithm>

#include "care/service.h"

namespace handrail::care {

namespace {

/// Everything that the first start asks for.
Service ready()
{
    Service service;
    const auto officer = AccountId::random();
    service.safety_officer = officer;
    service.responders = {officer};
    StaffedHours hours;
    hours.days.fill(true);
    hours.to = 24 * 60;
    service.hours = {hours};
    service.out_of_hours_number = "112";
    service.lines = {{"ie-1", officer, {}, "called", "2026-03-02"}};
    service.signatures = {{"en", "v1", officer, {}}, {"en", "v1", AccountId::random(), {}}};
    service.test_pages = {{{}, officer, {}, true}};
    return service;
}

const FirstStartStep& step(const std::vector<FirstStartStep>& steps, std::string_view id)
{
    const auto found = std::find_if(steps.begin(), steps.end(), [&](const auto& each) { return each.id == id; });
    EXPECT_NE(found, steps.end()) << id;
    return *found;
}

TEST(FirstStart, IsOpenWhenNothingIsMissing)
{
    EXPECT_TRUE(open_for_sign_up(first_start(ready(), {1, 2, {}}, "en", "v1")));
}

TEST(FirstStart, WantsALeadWhomEscalationsReach)
{
    const auto steps = first_start(ready(), {0, 1, {}}, "en", "v1");
    EXPECT_FALSE(open_for_sign_up(steps));
    EXPECT_FALSE(step(steps, "lead").done);
    EXPECT_TRUE(step(steps, "team_members").done);
}

TEST(FirstStart, WantsAClinicianOnEveryTeamAndNamesThoseWithout)
{
    const auto steps = first_start(ready(), {1, 3, {"North", "South"}}, "en", "v1");
    EXPECT_FALSE(open_for_sign_up(steps));
    EXPECT_FALSE(step(steps, "team_members").done);
    EXPECT_EQ(step(steps, "team_members").detail, "No clinician yet: North, South.");
}

TEST(FirstStart, AServiceWithoutATeamIsNotOpen)
{
    EXPECT_FALSE(open_for_sign_up(first_start(ready(), {1, 0, {}}, "en", "v1")));
}

} // namespace

} // namespace handrail::care
