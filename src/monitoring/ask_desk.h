#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "care/heard.h"
#include "monitoring/answer_desk.h"
#include "monitoring/ask_pause.h"
#include "monitoring/ask_rows.h"
#include "monitoring/design_rows.h"
#include "trust/record.h"

namespace handrail::monitoring {

/// What a person chose about being reminded. An address or a number is here only while they agree to letters or texts;
/// notifications are switched on device by device (trust/push_desk.h).
struct Reminding {
    std::string mail;      ///< empty: no letters
    std::string time_zone; ///< IANA; empty: the schedule's own
    std::optional<Instant> since;
    std::string phone = {}; ///< "+353871234567"; empty: no texts
    bool whatsapp = false;  ///< at the number that is joined to their account
};
Result<Reminding> read_reminding(trust::Reading& reading, PersonId person);
/// No texts any more: the gateway said that the number takes none.
Result<void> forget_phone(trust::Writing& writing, PersonId person);
/// Nothing by WhatsApp any more: the number is no longer theirs, or they wrote STOP.
Result<void> forget_whatsapp(trust::Writing& writing, PersonId person);

/// By what people can be reminded at all.
struct RemindingWays {
    bool letters = false;
    bool texts = false;
    bool notifications = false;
    bool whatsapp = false;
};

/// Schedules, the asks they make, and what follows when nobody answers. Everything due is a row that any node may take.
class AskDesk {
public:
    AskDesk(trust::Record& record, const care::Listening& listening, const Asking& asking, QuietHours quiet = {},
            RemindingWays ways = {})
        : record_(record), listening_(listening), asking_(asking), quiet_(quiet), ways_(ways)
    {
    }

    /// A clinician of the team, or a lead. Invalid with a JSON pointer; NotFound for a form that does not exist.
    Result<KeptSchedule> schedule(const Actor& actor, PersonId person, const AskPlan& plan) const;
    /// Another plan in place of a running one, in one step. What waits for an answer goes on waiting, unless another form
    /// is asked now. NotFound when it is not running.
    Result<KeptSchedule> change(const Actor& actor, PersonId person, ScheduleId id, const AskPlan& plan) const;
    /// What waits for an answer of it is withdrawn. NotFound when it is not running.
    Result<void> stop(const Actor& actor, PersonId person, ScheduleId id) const;
    struct Seen {
        std::vector<KeptSchedule> schedules;
        std::vector<KeptAsk> asks; ///< the last 30
        std::string own_zone;      ///< that the person chose: it goes before a schedule's; empty: none
        bool reminded = false;     ///< they agreed to letters, texts or notifications, and those go out
        std::map<std::string, KeptDesign, std::less<>> designs; ///< of those that the service designed, by form
        std::optional<AskPause> pause = {};                     ///< while it lasts
    };
    Result<Seen> seen(const Actor& actor, PersonId person) const;
    /// What the person is going to be asked: the running ones, the newest first.
    Result<std::vector<KeptSchedule>> coming(const Actor& person) const;

    /// Nothing is asked for so many days, and then again by itself; what waits for an answer is withdrawn. The person
    /// themselves, a clinician of the team or a lead. A pause in place of a running one begins anew. Invalid: "/days".
    /// Screening, alerts and their timers go on; a person's own pause soon after something grave is a finding.
    Result<AskPause> pause(const Actor& actor, PersonId person, int days, const std::string& reason) const;
    /// From now on it is asked again. NotFound when nothing is paused.
    Result<void> end_pause(const Actor& actor, PersonId person) const;
    /// The person's own, while it lasts.
    Result<std::optional<AskPause>> paused(const Actor& person) const;

    struct Now {
        KeptAsk ask;
        Rhythm rhythm = Rhythm::Usual;
        std::optional<KeptDesign> design = {}; ///< where the service designed it: as it is asked now
    };
    /// What the person is asked at this moment.
    Result<std::vector<Now>> asked_now(const Actor& person) const;
    /// One ask, while it waits for its answer; NotFound otherwise.
    Result<Now> open(const Actor& person, AskId id) const;

    Result<Reminding> reminding(const Actor& person) const;
    /// Only the person themselves. A new time zone moves what is due next.
    Result<void> set_reminding(const Actor& person, const Reminding& reminding) const;

    struct Tally {
        int asked = 0;
        int passed = 0; ///< came due while the service was away for longer than the ask would have waited: nobody's miss
        int missed = 0;
        int findings = 0;
    };
    /// Makes what is due and ends what nobody answered. System only.
    Result<Tally> round(const Actor& system) const;

    const Asking& asking() const { return asking_; }
    QuietHours quiet() const { return quiet_; }
    const RemindingWays& ways() const { return ways_; }

private:
    Result<void> form_there(trust::Reading& reading, const std::string& instrument) const;
    std::chrono::hours waits(const std::string& instrument) const;
    Result<void> ask(const Actor& system, const DueSchedule& due, Tally& tally) const;
    Result<bool> is_reminded(trust::Reading& reading, PersonId person, const Reminding& reminding) const;
    Result<void> end(trust::Writing& writing, const KeptAsk& ask, Tally& tally) const;
    Result<void> look_at_pause(trust::Writing& writing, PersonId person, const AskPause& pause) const;

    trust::Record& record_;
    const care::Listening& listening_;
    const Asking& asking_;
    QuietHours quiet_;
    RemindingWays ways_;
};

} // namespace handrail::monitoring
