#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace handrail::tests {

/// A folder of its own that goes with the test.
class FolderForTest {
public:
    FolderForTest()
    {
        auto wanted = (std::filesystem::temp_directory_path() / "handrail-test-XXXXXX").string();
        if (::mkdtemp(wanted.data()) == nullptr)
            throw std::runtime_error("no temporary folder can be made");
        path_ = wanted;
    }
    ~FolderForTest()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    FolderForTest(const FolderForTest&) = delete;
    FolderForTest& operator=(const FolderForTest&) = delete;

    std::string file(const std::string& name) const { return (path_ / name).string(); }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace handrail::tests
