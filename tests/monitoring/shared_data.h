#pragma once

#include <cstdlib>
#include <filesystem>

namespace handrail::test {

/// Public data sets, which are not part of the project: HANDRAIL_SHARED names the folder that holds data/, or it lies
/// beside the project. Tests without them are skipped, each by name.
inline std::filesystem::path shared_data()
{
    const char* named = std::getenv("HANDRAIL_SHARED");
    const std::filesystem::path shared =
        named != nullptr ? std::filesystem::path(named) : std::filesystem::path(HANDRAIL_SOURCE_DIR) / "../shared";
    return shared / "data";
}

} // namespace handrail::test
