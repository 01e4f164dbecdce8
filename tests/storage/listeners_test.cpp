#include "storage/listeners.h"

#include <memory>

#include <gtest/gtest.h>

namespace handrail::tests {

namespace {

TEST(Listeners, HearUntilTheyLeave)
{
    storage::Listeners listeners;
    int heard = 0;
    auto token = listeners.add([&](const storage::Announcement&) { ++heard; });
    listeners.tell({});
    token.reset();
    listeners.tell({});
    EXPECT_EQ(heard, 1);
}

TEST(Listeners, MayLeaveOrJoinWhileTheyAreTold)
{
    storage::Listeners listeners;
    int heard = 0;
    std::shared_ptr<void> second;
    std::shared_ptr<void> first = listeners.add([&](const storage::Announcement&) {
        ++heard;
        first.reset();
        second = listeners.add([&](const storage::Announcement&) { heard += 10; });
    });
    listeners.tell({});
    EXPECT_EQ(heard, 1);
    listeners.tell({});
    EXPECT_EQ(heard, 11);
}

TEST(Listeners, ATokenMayOutliveTheStore)
{
    auto listeners = std::make_unique<storage::Listeners>();
    const auto token = listeners->add([](const storage::Announcement&) {});
    listeners.reset();
}

} // namespace

} // namespace handrail::tests
