#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/trace.h"

namespace handrail::http {

/// Traces as an OTLP/HTTP collector takes them (ExportTraceServiceRequest in JSON): ids in hexadecimal digits, instants
/// as texts of nanoseconds. Only attributes of a fixed list go out, whatever a part said of itself.
std::string otlp_json(std::span<const std::unique_ptr<trace::Trace>> traces, std::string_view version);

} // namespace handrail::http
