#include "support/unkept.h"

namespace handrail::support {

std::optional<std::vector<Block>> answer_unkept(const Dialogue& dialogue, std::string_view words,
                                                const Finding& finding, Situation here)
{
    if (finding.urgency != Urgency::Unknown && need(finding.urgency) < need(Urgency::Today))
        return std::nullopt;
    // Nobody hears of this, whoever is on duty.
    here.told = {};
    here.staffed = false;
    here.can_be_taken = false;
    State state;
    auto reply = dialogue.answer(state, words, finding, here);
    std::erase_if(reply.blocks, [](const Block& block) { return block.kind == Block::Kind::Question; });
    return std::move(reply.blocks);
}

} // namespace handrail::support
