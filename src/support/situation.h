#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "care/service.h"
#include "domain/crisis_line.h"
#include "domain/urgency.h"
#include "support/keep.h"
#include "support/limits.h"

namespace handrail::support {

/// Who was told about what the person wrote, as far as it is true at this moment (safety.md C15).
struct Told {
    enum class State {
        Nobody, ///< nobody is on duty
        Told,   ///< an alert goes out with this reply, or to the named `who`; nobody has opened it
        Opened, ///< a named human opened the alert about the person before this message, which is added to it
    } state = State::Nobody;
    std::string who; ///< as colleagues show them to the person: "Maeve Dorrigan"; may be empty
    std::string initials;
    std::string at;        ///< in the person's own time: "23:14"
    int wait_minutes = 0;  ///< how long an answer can take
    bool anyone_there = true;     ///< of Told without a name: somebody of the team has a page open
    bool opened_before = false;   ///< of Told: an alert that was opened goes out again with this reply
    Urgency opened_for = Urgency::Usual; ///< of Opened: what the alert called for then
    std::string opened_at;        ///< of Opened, in the person's own time
};

/// What is known about a person and the service while a reply is made.
struct Situation {
    std::string language = "en"; ///< BCP 47 primary subtag
    std::string region;          ///< ISO 3166; empty when unknown
    std::string age_band;        ///< "13_17"; empty: adult
    Instant now{};
    std::chrono::minutes local_offset{0}; ///< of the service's own clock from UTC
    Limits limits;
    bool staffed = false;   ///< whether a person can be asked to take over now
    int person_minutes = 0; ///< how long a request for a person may wait before an alert goes out; 0: not known
    std::optional<care::Staffed> nobody_until; ///< while nobody is on duty: until when, as far as it is known
    /// Whether this is a chat that a human of the service can take over; not so for a check-in or another's app.
    bool can_be_taken = true;
    bool people_answer = false; ///< on this channel people of the service do, and the AI sorts, names help and tells the wait
    bool waiting = false;       ///< a human was asked for and none has come
    Told told;
    Own own;                    ///< what the person keeps, as far as this conversation may know it
    std::optional<CrisisLine> own_line; ///< the service's own crisis number; first while staffed
    /// In which a conversation is held: those whose words for danger the site signed. None: every one that is there, the
    /// rule of --demo and converse (safety.md B9).
    std::optional<std::set<std::string, std::less<>>> languages;
    bool speaks(std::string_view wanted) const { return !languages || languages->find(wanted) != languages->end(); }
    /// Ids of the lines the administrator accepted; none: the rule of --demo and converse.
    std::optional<std::set<std::string, std::less<>>> accepted_lines;
};

/// What the service's settings say of this moment: who is there, its own number, the lines it accepted.
Situation situation_at(const care::Service& service, Instant now);

} // namespace handrail::support
