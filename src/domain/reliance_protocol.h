#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace handrail {

/// From where on it is said that somebody leans on the chat (content/protocols/reliance.json; safety.md E2).
struct RelianceProtocol {
    struct Mark {
        std::string id; ///< "hours", "nights", "all_day", "only_you", "cancelled"
        int at_least = 0;
    };
    std::string version;
    std::chrono::minutes sitting_gap{30};  ///< without a message for this long, the next one begins a new sitting
    std::chrono::minutes lone_message{1};  ///< what the first message of a sitting counts
    int window_days = 7;
    int night_from_hour = 0;               ///< local, included
    int night_to_hour = 5;                 ///< local, not included
    std::chrono::minutes night_minutes{15}; ///< of writing that make a night one
    int all_day_hours = 8;                 ///< different local hours of a day with writing in them
    int days_between = 3;                  ///< from one saying to the next
    std::vector<Mark> marks;               ///< the first that is reached is named
};

} // namespace handrail
