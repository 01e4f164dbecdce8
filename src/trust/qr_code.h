#pragma once

#include <string>

#include "base/result.h"

namespace handrail::trust {

/// A text as a QR code: SVG without script or style, black on white, four modules of quiet zone (ISO/IEC
/// 18004).
Result<std::string> qr_svg(const std::string& text);

} // namespace handrail::trust
