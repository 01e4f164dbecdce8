#pragma once

#include "monitoring/ask_desk.h"

namespace handrail::monitoring {

/// Whether the link of an ask must not go by WhatsApp: the questionnaire asks about suicide and its like
/// (content/protocols/asking.json), the service marked its own check-in or needs a human for one of its answers, or a
/// clinician marked the plan. A mark that came after the ask counts too.
Result<bool> kept_off_whatsapp(trust::Reading& reading, const KeptAsk& ask, const AskingProtocol& asks);
/// The same of a form by itself.
/// @param design  where the service designed it; null otherwise
bool kept_off_whatsapp(const std::string& form, const CheckInDesign* design, const AskingProtocol& asks);

} // namespace handrail::monitoring
