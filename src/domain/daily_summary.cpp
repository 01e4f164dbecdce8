#include "domain/daily_summary.h"

#include <algorithm>

namespace handrail {

const DailyMeasure* WearableProtocol::measure(std::string_view id) const
{
    const auto found =
        std::find_if(measures.begin(), measures.end(), [&](const DailyMeasure& each) { return each.id == id; });
    return found == measures.end() ? nullptr : &*found;
}

} // namespace handrail
