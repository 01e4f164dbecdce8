#pragma once

#include <optional>
#include <string>
#include <vector>

#include "care/alert.h"
#include "trust/account_desk.h"
#include "trust/record.h"

namespace handrail::errands {

/// One point of the last 28 days: mood 1 to 5, or no answer that day.
struct SparkPoint {
    int day = 0; ///< 0 is today, -27 the first
    std::optional<int> value;
};

struct CaseRow {
    PersonId person;
    std::string name;
    std::string age_band;
    Urgency urgency = Urgency::Usual;
    std::string reason;         ///< in words; never cut for now and today
    std::optional<care::Alert> alert;
    bool is_new = false;        ///< something the actor has not opened yet
    std::optional<Instant> looked_at; ///< when the actor last opened this person; nothing: never
    std::vector<std::string> changed; ///< since then, in words; empty when they never looked
    std::optional<Instant> since;     ///< since when what the reason says stands
    /// Findings for soon that nobody has looked at: they stay until somebody records what was done.
    struct ToLookAt {
        std::vector<FindingId> findings; ///< what is due first first
        Instant since;                   ///< of the oldest
        Instant due_at;                  ///< of the one that is due first
        AccountId owner;
    };
    std::optional<ToLookAt> to_look_at;
    std::vector<SparkPoint> spark;
    std::optional<Instant> heard_at;
    AccountId who;              ///< who has it; empty: nobody yet
    std::string who_name;
    std::string doing;
};

struct CaseGroups {
    TeamId team;
    std::string team_name;
    std::int64_t people = 0;
    std::vector<CaseRow> rows;             ///< now, today, unknown, soon, usual; inside, longest waiting first
    std::vector<care::Alert> test_pages;   ///< open ones for the actor
};

/// How the last days' alerts were answered; for the lead, without any person's words.
struct AlertReport {
    int days = 28;
    int raised = 0;
    int acknowledged = 0;
    int in_time = 0;
    int escalated = 0;
    std::optional<std::int64_t> median_seconds;
    std::optional<std::int64_t> ninetieth_seconds; ///< nine of ten were acknowledged sooner
    /// By urgency, those that were raised; now first.
    struct Level {
        Urgency urgency = Urgency::Unknown;
        int raised = 0;
        int acknowledged = 0;
        int in_time = 0;
        std::vector<std::int64_t> waits; ///< seconds until the first acknowledgement, the shortest first
        std::optional<std::int64_t> median_seconds;
        std::optional<std::int64_t> ninetieth_seconds;
    };
    std::vector<Level> levels;
    int unanswered = 0; ///< open, and nobody has acknowledged them
    struct Open {
        AlertId id;
        Urgency urgency;
        Instant raised_at;
        std::optional<Instant> due_at;
        int step = 0;
        care::AlertState state = care::AlertState::Open;
    };
    std::vector<Open> open; ///< all that are open, however old; the oldest first
};

/// Who needs me first, and why.
class Caseload {
public:
    Caseload(trust::Record& record, const trust::AccountDesk& accounts) : record_(record), accounts_(accounts) {}

    enum class Of { Mine, Team };
    /// Clinician: the people of their teams (Mine: those whose clinician they are, and alerts they have). Lead: people
    /// with an alert that has gone up to them.
    Result<CaseGroups> list(const Actor& actor, Of whose) const;
    /// People of the actor's teams whose name contains the text.
    Result<std::vector<CaseRow>> search(const Actor& actor, const std::string& text) const;
    Result<AlertReport> report(const Actor& lead) const;

private:
    trust::Record& record_;
    const trust::AccountDesk& accounts_;
};

} // namespace handrail::errands
