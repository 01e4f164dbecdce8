#pragma once

#include <iosfwd>

#include "app/keeping.h"
#include "base/clock.h"

namespace handrail::app::doctor {

/// `handrail doctor`: looks at everything a service hangs on, beside a running server or without one, and prints one
/// line each. Changes nothing; a small file in the data folder, to measure flushing, is gone afterwards. Prints no word
/// of anybody's, no key and no connection string.
/// @return 0 when nothing is wrong, 1 when something is
int run(const Where& where, const Clock& clock, std::ostream& out);

} // namespace handrail::app::doctor
