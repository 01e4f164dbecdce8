#include "care/rota_gaps.h"

#include <algorithm>

#include "base/fields.h"
#include "care/alert_rows.h"
#include "care/local_clock.h"
#include "care/rota_desk.h"
#include "care/service_desk.h"

namespace handrail::care {

namespace {

constexpr std::string_view setting = "rota_gaps_told";

} // namespace

struct RotaGaps::Told {
    Day day = 0;   ///< of the service; 0: never
    AlertId alert; ///< the page by which
};

Result<RotaGaps::Told> RotaGaps::last_told(trust::Reading& reading) const
{
    Told told;
    const auto text = TRY(settings_.get(reading, setting));
    if (!text)
        return told;
    const auto in = TRY(Fields::decoded(*text));
    told.day = in.number("day");
    told.alert = TRY(AlertId::from(in.text("alert")));
    return told;
}

/// How many gaps are to be told of now, with the sentence.
Result<int> RotaGaps::to_tell(trust::Reading& reading, std::string& words) const
{
    const auto service = TRY(read_service(reading, settings_));
    const Instant now = reading.now();
    // A page about next week wakes nobody.
    if (!service.hours.empty() && !staffed(service, now).now)
        return 0;
    const LocalClock clock{service.time_zone};
    const auto told = TRY(last_told(reading));
    if (told.day == clock.day_of(now))
        return 0;
    if (!told.alert.empty())
        if (const auto page = read_alert(reading, told.alert, false); page.ok() && page->state == AlertState::Open)
            return 0;
    const int days = alerts_.times().gap_days;
    const auto until = now + std::chrono::hours{24} * days;
    int gaps = 0;
    std::optional<Instant> first;
    for (const auto& of_team : RotaDesk::gaps_ahead(TRY(read_rota(reading, service.time_zone)), now))
        for (const auto& gap : of_team.gaps)
            if (gap.from < until) {
                ++gaps;
                first = first ? std::min(*first, gap.from) : gap.from;
            }
    if (first)
        words = "In the next " + std::to_string(days) + " days nobody is on call " +
                (gaps == 1 ? "once, " : std::to_string(gaps) + " times, first ") + "from " + to_text(clock.day_of(*first)) +
                " " + local_time(service, *first) + ". See the rota.";
    return gaps;
}

Result<int> RotaGaps::tell_ahead(const Actor& system) const
{
    if (system.role() != Role::System)
        return not_allowed("Only the service itself does this.");
    std::string words;
    int gaps = 0;
    // Read first, so that an hour with none costs no commit.
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        gaps = TRY(to_tell(reading, words));
        return {};
    }));
    if (gaps == 0)
        return 0;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        gaps = TRY(to_tell(writing, words)); // another node may have been first
        if (gaps == 0)
            return {};
        const auto page = TRY(alerts_.raise_about_service(writing, words));
        const auto zone = TRY(read_service(writing, settings_)).time_zone;
        Fields told{{"alert", page.text()}};
        TRY(settings_.put(writing, setting, told.add("day", LocalClock{zone}.day_of(writing.now())).encoded()));
        writing.note({"tell.rota_gaps", std::nullopt, "rota_shift", {}, {}, {}});
        return {};
    }));
    return gaps;
}

} // namespace handrail::care
