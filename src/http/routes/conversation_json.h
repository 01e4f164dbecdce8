#pragma once

#include "http/routes/message_json.h"
#include "http/routes/names.h"
#include "support/conversation_desk.h"

namespace handrail::http::routes {

/// @param for_staff  with urgencies; nobody sees their own
JsonObject conversation_json(Names& names, const support::Conversation& conversation, bool for_staff);
JsonObject shown_message(Names& names, const support::Message& message, bool for_staff);

} // namespace handrail::http::routes
