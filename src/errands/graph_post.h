#pragma once

#include <functional>
#include <string>

#include "errands/whatsapp_desk.h"
#include "language/transport.h"

namespace handrail::errands {

struct GraphAnswer {
    int status = 0; ///< 0: there was none
    std::string body;
    bool taken() const { return status >= 200 && status < 300; }
};
/// One message to Meta's Graph API.
/// @param stopping  asked several times a second: true breaks it off; may be empty
GraphAnswer graph_post(const language::Transport& transport, const WhatsappSettings& settings, const std::string& body,
                       const std::function<bool()>& stopping = {});

} // namespace handrail::errands
