#include "app/installed.h"

#include <cstdlib>

namespace handrail::app {

namespace {

namespace fs = std::filesystem;

fs::path find(const char* variable, const fs::path& in_tree, const fs::path& in_package)
{
    if (const char* named = std::getenv(variable); named != nullptr && *named != '\0')
        return named;
    std::error_code none;
    const auto binary = fs::read_symlink("/proc/self/exe", none).parent_path();
    for (auto folder = binary; !folder.empty() && folder != folder.root_path(); folder = folder.parent_path())
        if (fs::exists(folder / "handrail.toml", none) && fs::is_directory(folder / in_tree, none))
            return folder / in_tree;
    if (fs::is_directory(in_tree, none))
        return in_tree;
    return in_package;
}

} // namespace

fs::path content_folder() { return find("HANDRAIL_CONTENT", "content", "/usr/share/handrail/content"); }
fs::path web_folder() { return find("HANDRAIL_WEB", "web/dist", "/usr/share/handrail/web"); }
fs::path models_folder() { return find("HANDRAIL_MODELS", "models", "/usr/share/handrail/models"); }

} // namespace handrail::app
