#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "trust/record.h"

/// `handrail report`: what a service has to show about itself, in counts. No words of anybody and no ids.
namespace handrail::app::report {

struct Asked {
    std::string name; ///< "screening", "ca-sb243", "wa-hb2225", "or-sb1546"
    int days = 28;    ///< screening: how far back
    int year = 0;     ///< laws: the calendar year, in UTC; 0: the last one that is over
};

/// Markdown. Invalid for a name or a time that is none.
Result<std::string> written(trust::Record& record, const Actor& actor, const Asked& asked, Instant now);

} // namespace handrail::app::report
