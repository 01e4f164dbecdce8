#include "support/reply.h"

namespace handrail::support {

std::string_view name(Block::Kind kind)
{
    switch (kind) {
    case Block::Kind::Text: return "text";
    case Block::Kind::Question: return "question";
    case Block::Kind::Calls: return "calls";
    case Block::Kind::Steps: return "steps";
    case Block::Kind::Told: return "told";
    case Block::Kind::Aside: return "aside";
    case Block::Kind::Exercise: return "exercise";
    }
    return "text";
}

} // namespace handrail::support
