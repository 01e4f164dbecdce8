#include "support/situation.h"

#include "care/service.h"

namespace handrail::support {

Situation situation_at(const care::Service& service, Instant now)
{
    const auto staffed = care::staffed(service, now);
    Situation here;
    if (!staffed.now && staffed.next)
        here.nobody_until = staffed.text;
    here.now = now;
    here.staffed = staffed.now;
    here.told.at = care::local_time(service, now);
    if (staffed.now) {
        here.told.state = Told::State::Told;
        here.told.who = "Your care team";
    }
    if (!service.own_line.phone.empty()) {
        CrisisLine own;
        own.id = "own";
        own.name = service.own_line.name;
        own.phone = service.own_line.phone;
        own.dial = service.own_line.phone;
        own.hours = service.own_line.hours;
        here.own_line = own;
    }
    if (!service.lines.empty()) {
        std::set<std::string, std::less<>> accepted;
        for (const auto& line : service.lines)
            accepted.insert(line.line);
        here.accepted_lines = std::move(accepted);
    }
    return here;
}

} // namespace handrail::support
