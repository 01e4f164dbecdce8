#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/asking_protocol.h"
#include "monitoring/answer_rows.h"
#include "monitoring/design_rows.h"
#include "trust/record.h"

namespace handrail::monitoring {

/// One answer to a designed check-in, with the version of the design that it was given to.
struct DesignedAnswer {
    KeptAnswer answer;
    KeptDesign design;
};

/// Check-ins that a service designs itself. Clinicians, leads and administrators design them; nothing that was answered
/// changes with them.
class DesignDesk {
public:
    DesignDesk(trust::Record& record, const AskingProtocol& protocol) : record_(record), protocol_(protocol) {}

    /// Invalid names every problem, one JSON pointer a line in `where`.
    Result<KeptDesign> create(const Actor& actor, const CheckInDesign& design) const;
    /// A new version of one. Conflict when it was not made from the newest, or when the design is retired.
    Result<KeptDesign> revise(const Actor& actor, DesignId id, int from_version, const CheckInDesign& design) const;
    /// Nobody is asked it any more: schedules end when they come due, and what waits is nobody's miss. What was answered
    /// stays, and what is on somebody's screen just now is still taken for as long as an ask waits.
    Result<void> retire(const Actor& actor, DesignId id) const;

    /// The newest version of each, retired ones last.
    Result<std::vector<KeptDesign>> all(const Actor& actor) const;
    /// Newest first; NotFound when there is no such design.
    Result<std::vector<KeptDesign>> versions(const Actor& actor, DesignId id) const;

    /// What may be shown to a person who is asked, or to staff who want to see it. NotFound when it is retired; for a person
    /// also when it asks somebody close.
    Result<KeptDesign> shown(const Actor& actor, const std::string& form) const;
    /// Newest first: one's own, or those of a person whose words the actor may read.
    Result<std::vector<DesignedAnswer>> answers(const Actor& actor, PersonId person, std::optional<Instant> before,
                                                int most) const;

private:
    Result<void> sound(const CheckInDesign& design) const;

    trust::Record& record_;
    const AskingProtocol& protocol_;
};

/// The kind under which they are kept.
constexpr const char* designed_kind = "designed_check_in";

/// Reads each version once, however many answers were given to it.
class DesignsRead {
public:
    explicit DesignsRead(trust::Reading& reading) : reading_(reading) {}
    /// Null when there is none.
    Result<const KeptDesign*> of(const std::string& form, const std::string& version);

private:
    trust::Reading& reading_;
    std::map<std::pair<std::string, std::string>, std::optional<KeptDesign>> read_;
};

} // namespace handrail::monitoring
