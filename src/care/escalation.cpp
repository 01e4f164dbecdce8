#include "care/escalation.h"

namespace handrail::care {

EscalationTimes times_of(const AlertPolicy& policy)
{
    return {policy.now, policy.now_waiting, policy.today, policy.today_waiting, policy.now_again,
            policy.soon_days, policy.gap_days, policy.soon_people, policy.longest_quiet_days};
}

std::optional<Duration> time_to_answer(const EscalationTimes& times, Urgency urgency, int step, bool person_waiting)
{
    switch (urgency) {
    case Urgency::Now:
        if (step > 0)
            return times.again;
        return person_waiting ? times.now_waiting : times.now;
    case Urgency::Today:
    case Urgency::Unknown:
        return person_waiting && step == 0 ? times.today_waiting : times.today;
    case Urgency::Soon:
    case Urgency::Usual:
        break;
    }
    return std::nullopt;
}

} // namespace handrail::care
