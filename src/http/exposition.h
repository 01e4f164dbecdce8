#pragma once

#include <span>
#include <string>

#include "base/measure.h"

namespace handrail::http {

/// Prometheus text exposition (version 0.0.4) of these measures, in their order.
std::string exposition(std::span<const Measure> measures);

} // namespace handrail::http
