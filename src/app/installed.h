#pragma once

#include <filesystem>

namespace handrail::app {

/// Where `content` or `web/dist` is: beside the source tree the binary was built in, under the current folder, or where
/// the package puts it. HANDRAIL_CONTENT and HANDRAIL_WEB name another place.
std::filesystem::path content_folder();
std::filesystem::path web_folder();

} // namespace handrail::app
