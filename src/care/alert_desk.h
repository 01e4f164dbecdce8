#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "care/alert.h"
#include "care/alert_watch.h"
#include "care/escalation.h"
#include "care/telling.h"
#include "domain/actor.h"
#include "trust/record.h"

namespace handrail::care {

/// What raises an alert, in the same transaction as the message or answer that led to it.
struct Cause {
    PersonId person;
    FindingId finding;
    ConversationId conversation; ///< empty for an answer
    Urgency urgency = Urgency::Unknown;
    Category category = Category::None;
    std::string reason;
    std::string told_text;
    std::string told_text_id;
    bool person_waiting = false; ///< a live conversation with a human is open or asked for
    bool unanswered = false;     ///< who took it did not answer in time: open again, whatever its state
};

struct OutcomeRecord {
    Outcome outcome = Outcome::NotReached;
    std::string record;     ///< what was done, in the human's words; may follow later
    AccountId colleague;    ///< required for HandedOver
    std::string reason;     ///< required for NoContactNeeded: nobody was heard, and nothing else shows why
    std::string what = {};  ///< which one, as the service names it, and its words on that day
    std::string named = {};
    bool wants_words = false; ///< the service wants `record` too
    std::vector<AskedAnswer> answers = {}; ///< kept before it, as a form of their own
};

/// Alerts: raised once, escalated until a person acts, closed only by a named human's action.
class AlertDesk {
public:
    /// @param channels  by which staff are told beside the page; none: only by the page
    AlertDesk(trust::Record& record, const AlertPolicy& policy, std::vector<Channel> channels = {})
        : record_(record), times_(times_of(policy)), telling_(record, std::move(channels), policy),
          answered_(std::make_shared<AnswerTimes>())
    {
    }

    /// Raises an alert, or adds to the person's open one: one open alert a person. A graver signal makes it graver and
    /// opens it again; danger renewed at now opens an acknowledged one again (safety.md C15, G2).
    Result<AlertId> raise(trust::Writing& writing, const Cause& cause) const;
    /// A test page to one named account; no person is behind it.
    Result<AlertId> raise_test(const Actor& administrator, AccountId to) const;
    /// The service itself needs somebody: leads and administrators are told at once, by every channel, and again each time
    /// that nobody acted in today's time. Acknowledging ends it. System only.
    /// @param reason  one sentence; names nobody
    Result<AlertId> raise_about_service(trust::Writing& writing, const std::string& reason) const;

    Result<Alert> find(const Actor& actor, AlertId alert) const;
    /// Not closed, of one person; inside a transaction.
    Result<std::optional<Alert>> open_alert(trust::Reading& reading, PersonId person) const;

    // What a named human does. Each also comes for a transaction that does more, as the page does that is read right
    // after (errands::AlertPage).
    /// Only this stops the first timer. Conflict, with the name's account in `where`, when a colleague was first.
    Result<void> acknowledge(const Actor& actor, AlertId alert, const std::string& note) const;
    Result<void> acknowledge(trust::Writing& writing, AlertId alert, const std::string& note) const;
    Result<void> add_note(const Actor& actor, AlertId alert, const std::string& text) const;
    Result<void> add_note(trust::Writing& writing, AlertId alert, const std::string& text) const;
    /// What was done at a step, of those that the service names: one tap.
    /// @param what   "step.deed"
    Result<void> note_deed(trust::Writing& writing, AlertId alert, const std::string& what, const std::string& named) const;
    /// What was asked and heard, as a form of its own. Invalid when nothing was answered.
    Result<void> keep_answers(trust::Writing& writing, AlertId alert, const std::vector<AskedAnswer>& answers) const;
    /// Words that follow an alert which one closed, or agreed to close, oneself. Reads nothing: closing may have ended what
    /// one may read.
    Result<void> add_words_after(trust::Writing& writing, AlertId alert, const std::string& text) const;
    /// It was a slip: the alert that one closed alone is one's own again, with its time. Conflict after `within`, and when
    /// another alert about the person is open.
    Result<void> take_back(trust::Writing& writing, AlertId alert, Duration within) const;
    Result<void> record_outcome(const Actor& actor, AlertId alert, const OutcomeRecord& outcome) const;
    Result<void> record_outcome(trust::Writing& writing, AlertId alert, const OutcomeRecord& outcome) const;
    /// The colleague's yes to a hand-over; until then the alert counts as unanswered.
    Result<void> accept(const Actor& actor, AlertId alert) const;
    Result<void> accept(trust::Writing& writing, AlertId alert) const;
    /// The second person for "no contact needed" at now; never the one who asked.
    Result<void> second(const Actor& actor, AlertId alert, bool agree, const std::string& note) const;
    Result<void> second(trust::Writing& writing, AlertId alert, bool agree, const std::string& note) const;

    /// Takes every alert whose time is over one step up. Called about once a second by every node; each alert goes up
    /// once. Gives how many went up; one that cannot holds no other back, and is told when the others are done.
    Result<int> escalate_due(const Actor& system) const;
    /// How long the first human may take: what the person is told, and when the next one is.
    Duration time_to_answer(Urgency urgency, bool person_waiting = false) const;
    /// The next instant at which escalate_due has work, of all organisations; none when no timer runs.
    Result<std::optional<Instant>> next_due(const Actor& system) const;

    const AnswerTimes& answer_times() const { return *answered_; }
    const EscalationTimes& times() const { return times_; }
    /// By which staff are told beside the page.
    const std::vector<Channel>& channels() const { return telling_.channels(); }

private:
    /// Open again for the next human in line, whose time begins now.
    void go_up(Alert& alert, Instant now) const;
    Result<bool> take_up(const Actor& system, AlertId alert) const;

    trust::Record& record_;
    EscalationTimes times_;
    Telling telling_;
    std::shared_ptr<AnswerTimes> answered_; ///< shared with what runs after a commit
};

} // namespace handrail::care
