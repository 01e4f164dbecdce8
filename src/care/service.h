#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"

namespace handrail::care {

/// Hours in which the service's staff read, in its own time zone.
struct StaffedHours {
    std::array<bool, 7> days{}; ///< Monday first
    int from = 0;               ///< minutes after midnight
    int to = 0;                 ///< minutes after midnight; up to 24 h, later than `from`
};

struct OwnLine {
    std::string name;
    std::string phone;
    std::string hours;
};

struct AcceptedLine {
    std::string line; ///< id in content/crisis_lines.json
    AccountId by;
    Instant at;
    std::string how;        ///< called, page_read
    std::string checked_on; ///< calendar day, as written
};

/// A signature under the fixed texts of one language and one version; two different people sign.
struct Signature {
    std::string language;
    std::string version;
    AccountId by;
    Instant at;
};

struct TestPage {
    AlertId alert;
    AccountId to;
    Instant sent_at;
    bool acknowledged = false; ///< worked out when read
};

/// What a service decides on its own pages, in somebody's name. Kept sealed with the organisation's key.
struct Service {
    std::string name = "Handrail";
    AccountId safety_officer;
    std::vector<AccountId> responders;
    std::vector<StaffedHours> hours;
    std::string time_zone = "UTC";
    std::string out_of_hours_number;
    OwnLine own_line;
    std::string leave_url = "https://www.wikipedia.org/";
    int retention_days = 3650;
    int soon_people = 0; ///< for how many people a day new entries come to one clinician's list; 0: as the content says
    std::string minimum_age_band = "13_17";
    std::vector<AcceptedLine> lines;
    std::vector<Signature> signatures;
    std::vector<TestPage> test_pages;
    std::int64_t version = 0; ///< counts changes; a save with an older one is a conflict
};

/// Whether staff read at an instant, from the configured hours and nothing else. Its sentence is content, in the language of
/// whoever reads it (support/standing_words.h).
struct Staffed {
    bool now = false;
    std::optional<Instant> next; ///< when it changes; none: the service has not said when somebody reads
    std::string at;              ///< of `next`, in the service's own time zone: "09:00"
    int days_ahead = 0;          ///< of `next`, from today there
    unsigned weekday = 0;        ///< of `next`, 0 for Monday
};
Staffed staffed(const Service& service, Instant now);
/// The end of the last staffed hour of the n-th day, after that day, on which staff read; with 0 of the next such hours there
/// are. Without hours: n times 24 hours, a day at least.
Instant read_by(const Service& service, Instant from, int days);
/// "22:10" in the service's own time zone; UTC when that zone is unknown.
std::string local_time(const Service& service, Instant at);
bool known_time_zone(const std::string& name);

/// One thing that must be done before people can sign up.
struct FirstStartStep {
    std::string id;
    std::string title;
    bool done = false;
    std::string detail;
};
/// Who is there to answer, as far as opening the service asks for it.
struct StaffThere {
    int leads = 0;                          ///< active, with a second factor: escalations reach them
    int teams = 0;
    std::vector<std::string> without_clinician; ///< names of teams that have no active clinician
};
/// @param text_version  version of the fixed texts that two people must have signed for `language`
std::vector<FirstStartStep> first_start(const Service& service, const StaffThere& staff, const std::string& language,
                                        const std::string& text_version);
bool open_for_sign_up(const std::vector<FirstStartStep>& steps);

} // namespace handrail::care
