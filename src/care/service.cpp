#include "care/service.h"

#include <algorithm>
#include <cstdio>
#include <set>

#include "care/local_clock.h"

namespace handrail::care {

namespace {

std::string clock_time(int minute)
{
    char out[16];
    std::snprintf(out, sizeof out, "%02d:%02d", minute / 60 % 24, minute % 60);
    return out;
}

} // namespace

bool known_time_zone(const std::string& name) { return is_zone(name); }

std::string local_time(const Service& service, Instant at)
{
    return clock_time(LocalClock{service.time_zone}.minute_of(at));
}

Staffed staffed(const Service& service, Instant now)
{
    const LocalClock clock{service.time_zone};
    Staffed state;
    const auto today = clock.day_of(now);
    for (int ahead = -1; ahead <= 8; ++ahead) {
        const auto day = today + ahead;
        for (const auto& hours : service.hours) {
            if (!hours.days.at(static_cast<std::size_t>(weekday_of(day))))
                continue;
            const auto from = clock.at(day, hours.from);
            const auto to = clock.at(day, hours.to);
            if (from <= now && now < to) {
                state.now = true;
                state.next = state.next ? std::max(*state.next, to) : to;
            } else if (!state.now && from > now && (!state.next || from < *state.next)) {
                state.next = from;
            }
        }
        if (state.next && ahead >= 0 && !state.now)
            break;
    }
    if (state.next) {
        const auto day = clock.day_of(*state.next);
        state.at = clock_time(clock.minute_of(*state.next));
        state.days_ahead = static_cast<int>(day - today);
        state.weekday = static_cast<unsigned>(weekday_of(day));
    }
    return state;
}

Instant read_by(const Service& service, Instant from, int days)
{
    constexpr int longest_search = 90; // days; ten working days of one day a week lie in it
    const LocalClock clock{service.time_zone};
    const auto today = clock.day_of(from);
    const int wanted = std::max(days, 1);
    int counted = 0;
    for (int ahead = days == 0 ? 0 : 1; ahead <= longest_search; ++ahead) {
        std::optional<Instant> end;
        for (const auto& hours : service.hours)
            if (hours.days.at(static_cast<std::size_t>(weekday_of(today + ahead)))) {
                const auto until = clock.at(today + ahead, hours.to);
                end = end ? std::max(*end, until) : until;
            }
        if (end && *end > from && ++counted == wanted)
            return *end;
    }
    return from + std::chrono::hours{24} * wanted;
}

std::vector<FirstStartStep> first_start(const Service& service, const StaffThere& staff, const std::string& language,
                                        const std::string& text_version)
{
    std::vector<FirstStartStep> steps;
    const auto count = [](std::size_t n, const char* one, const char* many) {
        return std::to_string(n) + " " + (n == 1 ? one : many);
    };
    steps.push_back({"safety_officer", "Name a safety officer", !service.safety_officer.empty(),
                     "The person who answers for what this server says and does."});
    steps.push_back({"responders", "Name who answers alerts", !service.responders.empty(),
                     count(service.responders.size(), "person named.", "people named.")});
    steps.push_back({"lead", "Have a lead whom escalations reach", staff.leads > 0,
                     staff.leads > 0 ? count(static_cast<std::size_t>(staff.leads), "lead with a second factor.",
                                             "leads with a second factor.")
                                     : "An alert that nobody answers goes up to the lead: invite one, who signs in once."});
    std::string missing;
    for (const auto& team : staff.without_clinician)
        missing += (missing.empty() ? "No clinician yet: " : ", ") + team;
    steps.push_back({"team_members", "Put a clinician on every care team", staff.teams > 0 && missing.empty(),
                     missing.empty() ? count(static_cast<std::size_t>(staff.teams), "team has one.", "teams have one.")
                                     : missing + "."});
    std::set<AccountId> tested;
    for (const auto& page : service.test_pages)
        if (page.acknowledged)
            tested.insert(page.to);
    std::size_t reached = 0;
    std::set<AccountId> everyone(service.responders.begin(), service.responders.end());
    if (!service.safety_officer.empty())
        everyone.insert(service.safety_officer);
    for (const auto& account : everyone)
        reached += tested.contains(account) ? 1U : 0U;
    steps.push_back({"test_pages", "A test page acknowledged by each of them",
                     !everyone.empty() && reached == everyone.size(),
                     std::to_string(reached) + " of " + std::to_string(everyone.size()) + " acknowledged."});
    steps.push_back({"staffed_hours", "Say when staff read", !service.hours.empty(),
                     service.hours.empty() ? "Every sentence about who reads, and when, is made from these hours."
                                           : "Set, in " + service.time_zone + "."});
    steps.push_back({"out_of_hours_number", "Set the out-of-hours number", !service.out_of_hours_number.empty(),
                     "Shown when nobody from the team is there."});
    steps.push_back({"crisis_lines", "Accept crisis lines, one by one", !service.lines.empty(),
                     count(service.lines.size(), "line accepted.", "lines accepted.")});
    std::set<AccountId> signers;
    for (const auto& signature : service.signatures)
        if (signature.language == language && signature.version == text_version)
            signers.insert(signature.by);
    steps.push_back({"safety_texts", "Safety and consent texts signed by two people (" + language + ")",
                     signers.size() >= 2, std::to_string(std::min<std::size_t>(signers.size(), 2)) + " of 2 signed."});
    return steps;
}

bool open_for_sign_up(const std::vector<FirstStartStep>& steps)
{
    return std::all_of(steps.begin(), steps.end(), [](const FirstStartStep& step) { return step.done; });
}

} // namespace handrail::care
