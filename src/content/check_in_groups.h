#pragma once

// Only for the .cpp files of this folder, as document.h.

#include "content/document.h"
#include "domain/check_in.h"

namespace handrail::content {

/// Words by language. @param needed  none at all is a fault of the file
LocalText read_local(const Node& node, bool needed);
/// A question with its choices, as check-ins and the first assessment write it.
CheckInGroup read_group(const Node& node);

} // namespace handrail::content
