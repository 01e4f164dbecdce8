#pragma once

#include <string>

#include "monitoring/import_reading.h"

namespace handrail::app {

/// A mapping as a file of content/imports holds it: to be saved, changed, and given back with --mapping.
std::string mapping_json(const monitoring::ImportMapping& mapping);
/// One JSON object: the mapping, whether it was only proposed and what to look at, and the preview.
std::string preview_json(const monitoring::ImportReading& reading);

} // namespace handrail::app
