#pragma once

#include <string>

#include "support/message.h"

namespace handrail::support {

/// What the built-in composer would say, for the human who has the conversation to use, change or leave. It is worked out
/// when it is asked for and kept nowhere, so that nothing can send it but the human who does.
struct DraftReply {
    MessageId to;            ///< the person's message that it answers
    std::string text;        ///< to change and send
    std::string fixed;       ///< in danger: the protocol's own words, with whom to reach; empty otherwise
    std::string fixed_id;    ///< which, in which version
    Urgency urgency = Urgency::Usual; ///< what screening says of the message
};

} // namespace handrail::support
