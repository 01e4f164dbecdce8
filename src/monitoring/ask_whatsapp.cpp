#include "monitoring/ask_whatsapp.h"

#include <algorithm>

namespace handrail::monitoring {

bool kept_off_whatsapp(const std::string& form, const CheckInDesign* design, const AskingProtocol& asks)
{
    if (design != nullptr && design->kept_off_whatsapp())
        return true;
    return std::any_of(asks.kept_off_whatsapp.begin(), asks.kept_off_whatsapp.end(),
                       [&](const auto& each) { return each.form == form; });
}

Result<bool> kept_off_whatsapp(trust::Reading& reading, const KeptAsk& ask, const AskingProtocol& asks)
{
    const auto designed = TRY(read_designed(reading, ask.instrument));
    if (kept_off_whatsapp(ask.instrument, designed ? &designed->design : nullptr, asks))
        return true;
    for (const auto& each : TRY(schedules_of(reading, ask.person, 200)))
        if (each.plan.sensitive && each.plan.instrument == ask.instrument && (each.running || each.id == ask.schedule))
            return true;
    return false;
}

} // namespace handrail::monitoring
