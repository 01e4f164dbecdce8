#include "monitoring/follow_up.h"

#include <algorithm>

namespace handrail::monitoring {

bool asks_further(const Instrument& instrument, const ScoringResult& result, const AnswerProtocol& protocol)
{
    if (protocol.screener(instrument.id) != nullptr)
        return false;
    return std::any_of(protocol.lines.begin(), protocol.lines.end(), [&](const AnswerLine& line) {
        return line.asks_further && (line.instrument.empty() || line.instrument == instrument.id) &&
               std::find(result.flags.begin(), result.flags.end(), line.flag) != result.flags.end();
    });
}

const FollowUpScreener* screener_for(const AnswerProtocol& protocol, const content::Instruments& instruments,
                                     std::string_view age_band, std::string_view language)
{
    for (const auto& each : protocol.follow_up) {
        const auto* instrument = instruments.find(each.instrument);
        const bool for_age =
            std::find(each.offered_to.begin(), each.offered_to.end(), age_band) != each.offered_to.end();
        if (for_age && instrument != nullptr && instrument->why_not().empty() && instrument->wording(language) != nullptr)
            return &each;
    }
    return nullptr;
}

bool screened_lately(const Course& course, const AnswerProtocol& protocol, Instant now)
{
    const auto from = now - std::chrono::hours{protocol.follow_up_hours};
    const auto& totals = course.totals();
    return std::any_of(totals.begin(), totals.end(), [&](const CourseTotal& each) {
        return protocol.screener(each.instrument) != nullptr && each.at >= from && each.at <= now;
    });
}

} // namespace handrail::monitoring
