#pragma once

#include <optional>
#include <string_view>

#include "domain/asking_protocol.h"
#include "monitoring/course.h"

/// How much is asked of somebody: less when they are steady and well, more when they are not.
namespace handrail::monitoring {

/// Between which bounds a clinician lets the rhythm move. A step of 1 asks at every moment of the schedule, of 2 at every
/// other one.
struct RhythmBounds {
    int usual = 1;
    int least = 1; ///< never less often than every so many; the same as `usual`: never less at all
};

enum class Rhythm { Usual, Less, More };
std::string_view name(Rhythm rhythm);
/// Why, in words for the person and the clinician.
const LocalText& why(Rhythm rhythm, const AskingProtocol::Burden& protocol);

struct Asked {
    int step = 1;
    Rhythm rhythm = Rhythm::Usual;
};

/// What was found and answered lately, as far as it stands in clear.
struct Lately {
    std::optional<Urgency> last_result; ///< of the last answer; none: nothing was answered yet
    std::optional<Instant> concern_at;  ///< the last finding of `soon` or graver
};

/// Pure. After an answer of `today`, `now` or `unknown` a human decides, not this: the clinician's own rhythm holds, or a
/// closer one, and never a wider.
Asked how_often(const Course& course, const Lately& lately, RhythmBounds bounds, const AskingProtocol::Burden& protocol,
                Instant now);

} // namespace handrail::monitoring
