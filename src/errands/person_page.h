#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "care/findings.h"
#include "care/quiet_rules.h"
#include "errands/chart_events.h"
#include "errands/designed_check_ins.h"
#include "errands/person_card.h"
#include "monitoring/course.h"
#include "monitoring/course_notes.h"
#include "monitoring/night_judge.h"
#include "monitoring/progress.h"
#include "monitoring/treatment_desk.h"

namespace handrail::errands {

/// One thing that happened, for the timeline.
struct Event {
    Instant at;
    std::string kind; ///< message, check_in, questionnaire, finding, alert, note, review
    std::string text;
    std::optional<Urgency> urgency;
    RawId id;
    std::vector<Evidence> marks; ///< of a message that led to a finding
};

struct InPlace {
    std::string what;
    std::string text;
    bool missing = false;
};

struct PersonView {
    PersonHead head;
    PersonCard card;
    Urgency urgency = Urgency::Usual;
    AlertId open_alert;            ///< empty: none
    ConversationId conversation;   ///< the latest; empty: none
    std::optional<Instant> looked_at; ///< when the actor last opened this page
    std::vector<Event> since_you_looked;
    monitoring::Course course;
    std::vector<monitoring::Did> did;  ///< of the days of the course
    monitoring::ScaleNames scales;
    std::vector<DesignedSeries> designed;           ///< scales of check-ins that the service designed
    /// Signs of slowing down and of entry fatigue, worked out for whoever opens the page.
    struct Offer {
        monitoring::TrendOffer offer;
        std::string question; ///< of a designed scale; empty: the mood of the daily check-in
    };
    std::vector<Offer> offers;
    std::vector<ChartEvent> events;                 ///< of the last 400 days
    std::vector<monitoring::CourseReview> reviews;  ///< the last three times through the steps, newest first
    std::vector<monitoring::KnownAndPlanned> known; ///< answers about death or self-harm that a clinician noted
    std::map<AccountId, std::string> noted_by;      ///< who wrote those, the reviews and what is quiet
    std::vector<care::KeptFinding> findings;
    /// For soon, and nobody has looked at it: what is due first first.
    struct ToLookAt {
        care::KeptFinding finding;
        AccountId owner; ///< empty: there is nobody
        std::string owner_name;
    };
    std::vector<ToLookAt> to_look_at;
    std::vector<care::QuietRule> quiet;             ///< that hold now, the newest first
    std::vector<InPlace> in_place;
    std::vector<Event> timeline;   ///< newest first
    std::optional<Instant> next;   ///< older ones come before this instant
};

/// Four months of a person in ten seconds.
class PersonPage {
public:
    PersonPage(trust::Record& record, const trust::AccountDesk& accounts) : record_(record), accounts_(accounts) {}
    /// Without this no offers are made. Outlives the page.
    void make_offers_by(const monitoring::NightJudge& judge) { judge_ = &judge; }
    Result<PersonView> open(const Actor& actor, PersonId person) const;
    struct Timeline {
        std::vector<Event> events;
        std::optional<Instant> next;
    };
    Result<Timeline> older(const Actor& actor, PersonId person, Instant before) const;

private:
    trust::Record& record_;
    const trust::AccountDesk& accounts_;
    const monitoring::NightJudge* judge_ = nullptr;
};

} // namespace handrail::errands
