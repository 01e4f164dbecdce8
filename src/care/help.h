#pragma once

#include <string>
#include <vector>

#include "domain/block.h"
#include "domain/finding.h"

namespace handrail::care {

/// For whom help is written.
struct HelpSituation {
    std::string language;
    std::string country;
    std::string age_band;
    bool staffed = false;     ///< somebody of the service is on duty
    bool alert_raised = false;
    bool opened_before = false; ///< a named human has an alert about the person already, or had until this one
    std::string told_at;      ///< local time, "22:10"
    int wait_minutes = 0;     ///< how long an answer can take
    bool has_safety_plan = false;
};

/// Fixed, sourced words for someone in danger, and which they are.
struct Help {
    std::string text;
    std::string text_id;
    std::vector<Block> blocks;
};

/// Writes the fixed words. Needs no model and no network. Implemented where the crisis content is read; whatever raises an
/// alert asks for the words through this, so that what the person is told is what the alert shows.
class HelpWriter {
public:
    virtual ~HelpWriter() = default;
    virtual Help help(const Finding& finding, const HelpSituation& situation) const = 0;
};

} // namespace handrail::care
