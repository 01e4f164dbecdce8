#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace handrail {

/// Who is told of an alert, in what time and by what (content/protocols/alerts.json; safety.md G5, G6).
struct AlertPolicy {
    enum class Who { Team, Rota, Lead, Administrator }; ///< Rota: whoever of the team is on call at that moment

    std::string version = "1";
    // Until the next human is told. These are the longest there are: a file or a setting can only shorten them.
    std::chrono::minutes now{5};
    std::chrono::minutes now_waiting{1}; ///< the person waits in a conversation
    std::chrono::minutes now_again{5};   ///< after the lead was told
    std::chrono::minutes today{60};      ///< unknown too
    std::chrono::minutes today_waiting{5};
    int soon_days = 1; ///< what is for soon is read by the end of the n-th day after it on which staff read; 0: of the next hours

    int soon_people = 10;         ///< for how many people a day new entries come to one clinician, unless the service says so
    int longest_quiet_days = 28;  ///< for so long at most a rule puts nothing on the list about somebody

    int gap_days = 14; ///< how far ahead leads are told of times at which nobody of a team is on call

    // Names of channels beside the page; one that this service has not set up is passed over.
    std::vector<std::string> channels_now{"pager", "mail"};
    std::vector<std::string> channels_today{"pager", "mail"};
    std::vector<std::string> channels_unknown{"pager", "mail"};

    /// The first is told at once, the next one each time nobody acted; the last holds from there on.
    std::vector<std::vector<Who>> steps{{Who::Rota, Who::Team}, {Who::Lead}, {Who::Lead, Who::Administrator}};
    std::vector<Who> nobody_on_duty{Who::Lead};                   ///< at once, outside staffed hours, with nobody on call
    std::vector<Who> nobody_there{Who::Lead, Who::Administrator}; ///< one after the other, when a step has no account
};

} // namespace handrail
