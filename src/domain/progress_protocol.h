#pragma once

#include <map>
#include <string>

#include "domain/check_in.h"

namespace handrail {

/// content/protocols/progress.json: how a person's own course is told and drawn.
struct ProgressProtocol {
    std::string version;
    int needed_answers = 0;          ///< under this many there is no picture yet
    int average_days = 0;            ///< length of the window that ends with the day
    int average_needs = 0;           ///< days with an answer in the window
    int gap_days = 0;                ///< this many days without an answer are drawn as a gap
    int usual_needs_days = 0;
    double smallest_told_change = 0; ///< in steps of the mood scale
    double clear_change = 0;
    double enough_sleep_hours = 0;
    int help_needs_days = 0;         ///< on either side of a comparison
    double help_false_share = 0;     ///< of the links that are named, at most this share is expected to be chance
    std::map<std::string, LocalText, std::less<>> names; ///< what people call an instrument
    std::map<std::string, LocalText, std::less<>> words; ///< content/messages/helps.json: what is said of a link
};

} // namespace handrail
