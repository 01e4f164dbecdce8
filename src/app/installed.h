#pragma once

#include <filesystem>

namespace handrail::app {

/// Where `content`, `web/dist` or `models` is: beside the source tree the binary was built in, under the current folder,
/// or where the package puts it. HANDRAIL_CONTENT, HANDRAIL_WEB and HANDRAIL_MODELS name another place.
std::filesystem::path content_folder();
std::filesystem::path web_folder();
std::filesystem::path models_folder();

} // namespace handrail::app
