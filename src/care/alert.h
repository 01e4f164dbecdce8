#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "domain/finding.h"
#include "domain/urgency.h"

namespace handrail::care {

/// A call for a human, open until a named human did something.
enum class AlertState {
    Open,         ///< nobody has acknowledged it, or it came back
    Acknowledged, ///< a named human has it; comes back when nothing is recorded in time
    SecondWanted, ///< "no contact needed" at now waits for a second person
    Closed,
};
std::string_view name(AlertState state);
std::optional<AlertState> alert_state_from(std::string_view name);

/// How an alert may end. Not reached keeps it open and takes it up; handed over waits for the colleague's yes.
enum class Outcome { Reached, NotReached, HandedOver, NoContactNeeded };
std::string_view name(Outcome outcome);
std::optional<Outcome> outcome_from(std::string_view name);

/// What whoever has an alert asked the person, and what they heard: the question as it stood on that day, so that it can be
/// read when the file says something else.
struct AskedAnswer {
    std::string question; ///< its id; of a screener "instrument.item"
    std::string version;  ///< of the question; of a screener's, the instrument's
    std::string text;
    std::string answer;   ///< yes, no, not_asked
};

/// One thing that happened to an alert, by a named human or by the timer (empty account).
struct AlertStep {
    Instant at;
    std::string kind; ///< raised, raised_again, told, escalated, acknowledged, reopened, note, did, asked, outcome_<name>,
                      ///< handed_over, accepted, second_wanted, second_agreed, second_refused, closed, words_after,
                      ///< taken_back; undone_<name> is an outcome that was taken back, undone_closed its closing
    AccountId by;
    std::string text;  ///< a human's own words, or empty
    std::string what = {};  ///< of a deed or an outcome: its id in content/protocols/next_steps.json ("step.deed" of a deed)
    std::string named = {}; ///< and its words on that day
    std::vector<AskedAnswer> answers = {}; ///< of `asked`
};

/// What it says in a list of what happened: what was done in the words of its day, one's own words, the answers one a line; the
/// kind where it has none of these.
std::string told(const AlertStep& step);

struct Alert {
    AlertId id;
    PersonId person;
    TeamId team;
    FindingId finding;
    ConversationId conversation; ///< empty when an answer raised it
    Urgency urgency = Urgency::Unknown;
    AlertState state = AlertState::Open;
    Instant raised_at;
    std::optional<Instant> due_at; ///< when it goes up next unless somebody acts
    int step = 0;                  ///< 0 the team, 1 the lead, 2 and later the lead and the administrator again
    AccountId told;                ///< whom it waits for by name; empty: the team
    AccountId acknowledged_by;
    std::optional<Instant> acknowledged_at;
    AccountId second_by;
    std::optional<Instant> closed_at;
    Category category = Category::None;
    std::string reason;    ///< one sentence without the person's words
    std::string told_text; ///< exactly what the person was told, and which fixed text it was
    std::string told_text_id;
    std::optional<Instant> told_at;
    bool test = false;     ///< a test page: no person is behind it
    bool service = false;  ///< about the service itself: no person is behind it either, and it goes up like any other
    std::vector<AlertStep> path;
};

} // namespace handrail::care
