#pragma once

#include "base/clock.h"
#include "care/help.h"
#include "support/dialogue.h"

namespace handrail::support {

/// The fixed words for answers (a check-in's note, a critical item): the same content as in a conversation.
class CrisisHelp final : public care::HelpWriter {
public:
    CrisisHelp(const Dialogue& dialogue, const Clock& clock) : dialogue_(dialogue), clock_(clock) {}
    care::Help help(const Finding& finding, const care::HelpSituation& situation) const override;

private:
    const Dialogue& dialogue_;
    const Clock& clock_;
};

} // namespace handrail::support
