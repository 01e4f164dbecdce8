#include "support/crisis_help.h"

namespace handrail::support {

care::Help CrisisHelp::help(const Finding& finding, const care::HelpSituation& situation) const
{
    Situation here;
    here.language = situation.language;
    here.region = situation.country;
    here.age_band = situation.age_band;
    here.now = clock_.now();
    here.can_be_taken = false;
    if (situation.alert_raised && situation.staffed) {
        here.told.wait_minutes = situation.wait_minutes;
        here.told.state = Told::State::Told;
        here.told.at = situation.told_at;
        here.told.opened_before = situation.opened_before;
    }
    State fresh;
    fresh.noticed_at = here.now; // the notice was given where the person began
    fresh.last_at = here.now;
    const auto reply = dialogue_.answer(fresh, {}, finding, here);
    return {reply.text, reply.text_id, reply.blocks};
}

} // namespace handrail::support
