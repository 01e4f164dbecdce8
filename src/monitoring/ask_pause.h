#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "trust/record.h"

namespace handrail::monitoring {

/// Nothing is asked until an instant. It ends by itself: nothing has to happen for asking to go on.
struct AskPause {
    Instant since;
    Instant until;
    bool own = true;    ///< the person's; otherwise a clinician's
    std::string reason; ///< a clinician's, which the person may read; may be empty
};

/// The last pause, also one that is over.
Result<std::optional<AskPause>> last_pause(trust::Reading& reading, PersonId person);
/// The one that lasts now.
Result<std::optional<AskPause>> running_pause(trust::Reading& reading, PersonId person);

} // namespace handrail::monitoring
