#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fields.h"
#include "base/ids.h"
#include "base/result.h"
#include "domain/check_in.h"
#include "domain/urgency.h"
#include "monitoring/course.h"
#include "monitoring/daily_form.h"

/// Check-ins that a service designs for itself: scales, choices and free text in its own words. Pure. They give series and
/// words and nothing else: there is no place in a design for a total, a band or a threshold.
namespace handrail::monitoring {

using DesignId = Id<struct CheckInDesignNoun>;

/// One thing that is asked. Nothing in a check-in has to be answered.
struct DesignItem {
    enum class Kind { Scale, Choice, Text };
    using Worse = CourseValue::Worse;

    std::string id; ///< the service's own short name: "energy"
    Kind kind = Kind::Scale;
    LocalText question;
    LocalText hint; ///< may be empty

    int lowest = 0; ///< of a scale: the numbers that are shown, from `lowest` to `highest` in steps
    int highest = 10;
    int step = 1;
    LocalText at_lowest; ///< what the two ends mean
    LocalText at_highest;
    Worse worse = Worse::Neither;
    bool series = false; ///< its days are drawn, and compared with the person's own where a direction is worse

    bool several = false; ///< of a choice: more than one may be chosen
    std::vector<LocalText> options; ///< answered by their place, from 1

    std::size_t longest = 2000; ///< of free text: code points

    /// Answers that need a human, by the service's own judgement. Free text has none: it is screened.
    struct Call {
        std::vector<int> answers; ///< numbers of a scale, or options by their place
        Urgency urgency = Urgency::Today; ///< soon, today or now
        Category category = Category::None;
    };
    std::vector<Call> calls;
    bool no_danger = false; ///< words of danger stand in it, and it asks about none
};
std::string_view name(DesignItem::Kind kind);
std::string_view name(DesignItem::Worse worse); ///< up, down, or "" for neither

struct CheckInDesign {
    /// Whom it asks: the person about themselves, or somebody close about them. Never the one in place of the other.
    enum class Asks { Person, Informant };
    Asks asks = Asks::Person;
    std::vector<std::string> languages; ///< BCP 47 primary subtags; the first is for whoever reads none of them
    LocalText title;
    LocalText about;     ///< above the questions; may be empty
    std::string purpose; ///< for staff: why this is asked; people never read it
    bool sensitive = false; ///< its link never goes by WhatsApp
    std::vector<DesignItem> items;

    const DesignItem* item(std::string_view id) const;
    /// The language in which it is shown to somebody: theirs where it has it, else its first.
    const std::string& language_for(std::string_view wanted) const;
    /// Marked, or one of its answers needs a human.
    bool kept_off_whatsapp() const;
};

std::string_view name(CheckInDesign::Asks asks); ///< person, informant

/// Everything that is wrong with a design, at once: where (a JSON pointer), which item, and what would be right.
std::vector<FieldProblem> problems_of(const CheckInDesign& design);

Fields encoded(const CheckInDesign& design);
/// Reads any bytes without harm; Invalid when they are damaged.
Result<CheckInDesign> design_in(const Fields& body);

/// What answers, asks and schedules call it: "own-" and its id.
std::string form_name(DesignId id);
std::optional<DesignId> design_named(std::string_view form);

/// The design as a form that answers are checked against: a scale and a choice of one are groups of one.
CheckInForm form_of(const CheckInDesign& design, DesignId id, int version);

/// Answers as they are kept: groups by id, choices one by one, words as they are.
Fields encoded(const CheckInAnswers& answers);
/// Question and answer in words, in the order of the design; what was left open is not among them.
std::vector<std::pair<std::string, std::string>> told(const CheckInDesign& design, const Fields& answers,
                                                      std::string_view language);
/// What goes into the person's course: the answered scales that become series.
std::vector<CourseValue> series_in(const CheckInDesign& design, const std::string& form, int version,
                                   const CheckInAnswers& answers, Instant at);

} // namespace handrail::monitoring
