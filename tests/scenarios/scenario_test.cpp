#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

#include "scenarios/scenario.h"

namespace handrail::scenarios {

namespace {

std::vector<std::filesystem::path> files()
{
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(HANDRAIL_SOURCE_DIR "/tests/scenarios"))
        if (entry.path().extension() == ".scenario")
            found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

class Scenario : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Scenario, Holds) { Story(GetParam()).play(); }

INSTANTIATE_TEST_SUITE_P(All, Scenario, testing::ValuesIn(files()),
                         [](const auto& each) { return each.param.stem().string(); });

} // namespace

} // namespace handrail::scenarios
