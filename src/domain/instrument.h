#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "domain/figure.h"

namespace handrail {

/// One of the answers a person can choose. Stored by value, never by place in the list.
struct Choice {
    int value = 0;
    std::optional<std::string> text; ///< absent where the words are not ours to ship
};

/// One question of an instrument.
struct InstrumentItem {
    std::string id;
    std::optional<std::string> text;  ///< absent where the words are not ours to ship
    std::string topic;                ///< a short paraphrase for staff; never shown as the question
    std::string option_set;
    std::vector<int> values;          ///< what may be answered, ascending; empty when any whole number in the range may
    int lowest = 0;
    int highest = 0;
    bool scored = true;
    bool reversed = false;            ///< counts lowest + highest - value in a sum
    bool optional = false;            ///< never required, not counted
};

enum class Comparison { AtLeast, AtMost, Equal, Above, Below, Between };

/// "at least 2", "between 2 and 4".
struct Bound {
    Comparison comparison = Comparison::AtLeast;
    double value = 0;
    double upper = 0; ///< for Between, inclusive

    bool holds(double number) const;
};

/// What an installation or a clinician knows beside the answers: sex, not working.
using ContextValue = std::variant<bool, double, std::string>;

/// When a rule applies. A tree; items are places in Instrument::items. See content/instruments/README.md.
struct Condition {
    enum class Kind {
        Always,
        Item,         ///< that item's answer meets the bound; false when unanswered
        Score,        ///< that score meets the bound; false when it was not computed
        Count,        ///< how many of the items meet `inner` meets the bound
        SymptomCount, ///< items at 2 or more, and also_items at 1 or more, counted together, meet the bound
        Sum,          ///< the plain sum meets the bound; false when one is unanswered
        Missing,      ///< one of the items is unanswered or was not valid
        ContextIs,
        ContextIsNot, ///< true as well when nothing is known
        RefusedAny,   ///< the person chose "I would rather not answer" on one of them
        All,
        Any,
    };
    Kind kind = Kind::Always;
    std::string name; ///< of the score or of the piece of context
    std::vector<std::size_t> items;
    std::vector<std::size_t> also_items;
    Bound bound;
    Bound inner;
    std::vector<ContextValue> values;
    std::vector<Condition> parts;
};

/// A question that is not asked takes this value, if it was not answered.
struct SkipRule {
    std::vector<std::size_t> items;
    Condition when;
    int value = 0;
};

/// A first answer that makes the rest needless.
struct Gate {
    std::size_t item = 0;
    Bound bound;
    std::vector<std::pair<std::string, double>> then_scores;
};

struct ScoreRule {
    enum class Method { Sum, Max, ThresholdCount, Scale, Lookup };
    enum class Missing { None, ProrateWhole, ProrateOneDecimal, Ignore };
    struct Exclusion {
        Condition when;
        std::vector<std::size_t> items; ///< not applicable, which is not the same as missing
    };
    std::string id;
    Method method = Method::Sum;
    std::vector<std::size_t> items;
    std::vector<int> thresholds; ///< for ThresholdCount, one for each item
    std::vector<std::size_t> required_too;
    std::vector<Exclusion> exclusions;
    Missing missing = Missing::None;
    std::size_t most_missing = 0;
    std::string of;              ///< for Scale and Lookup: the score it starts from
    double factor = 1;
    std::map<int, double> table;
    double lowest = 0;
    double highest = 0;
};

/// A closed interval with a name: both ends belong to it.
struct Band {
    double lowest = 0;
    double highest = 0;
    std::string code;
    std::string label;
};

/// What an instrument without a total says, by the first rule that applies.
struct OrderedResult {
    struct Rule {
        std::string result;
        Condition when;
    };
    struct Requirement {
        std::vector<std::size_t> items;
        Condition when;
    };
    std::vector<std::size_t> required;
    std::vector<Requirement> required_when;
    std::vector<Rule> rules;
    std::vector<Rule> fail_safe;         ///< come before the rules
    std::vector<std::string> not_from_incomplete; ///< results that nobody may draw from half a form
    bool refusal_answers = false;        ///< an item the person refused is not missing
};

enum class FlagLevel { Critical, Review, Info };

struct FlagRule {
    std::string flag;
    FlagLevel level = FlagLevel::Info;
    Condition when;
    bool fires_when_incomplete = false;
    std::string action;
};

struct InstrumentScoring {
    std::vector<SkipRule> skips;
    std::optional<Gate> gate;
    std::vector<ScoreRule> scores;
    std::map<std::string, std::vector<Band>> bands;
    std::string bands_system; ///< which of several published bandings; empty when there is one
    bool band_by_whole_part = false;
    std::optional<OrderedResult> ordered;
    std::vector<std::size_t> profile_items;
    bool partial_scores = false;
    std::vector<FlagRule> flags;
};

struct InstrumentLicence {
    std::string status;
    std::string redistributable;
    std::string holder;
    std::string conditions;
    std::string attribution; ///< shown with the questions
    bool words_included = false;
};

/// How much a total must change before it counts as one.
struct ReliableChange {
    double points = 0;
    std::string source;
    FigureMark mark = FigureMark::Verified;
    /// From the error of measurement: a change of that size is unlikely to be chance. Else the size that the source calls
    /// an improvement (ISI, WHO-5), which says nothing about chance.
    bool beyond_chance = true;

    bool judges() const { return mark != FigureMark::Unverified; }
};

/// Which totals count as a case: somebody whom a service would treat for it. The bound holds for a case.
struct Caseness {
    Bound bound;
    std::string source;
    FigureMark mark = FigureMark::Verified;
};

/// Totals of people in treatment and of people in general, from which cut-offs between them are worked out.
struct ChangeNorms {
    struct Group {
        double mean = 0;
        double sd = 0;
    };
    Group clinical;
    Group general;
    double reliability = 0; ///< 0 to 1; alpha or test-retest, as the source says
    std::string source;
};

/// The published words in one language, item by item. Wordings are never mixed.
struct InstrumentWording {
    struct Question {
        std::string item;
        std::string text;
        std::vector<Choice> choices;
    };
    std::string language;
    std::string stem;
    std::vector<Question> questions; ///< optional items without words in this language are left out
};

enum class ScoreDirection { HigherIsWorse, HigherIsBetter, Neither };

/// A published questionnaire as data.
struct Instrument {
    std::string id;
    std::string name;
    std::string language;
    std::string version;
    InstrumentLicence licence;
    std::string purpose;
    std::string respondent;
    ScoreDirection direction = ScoreDirection::HigherIsWorse;
    std::optional<int> recall_days;
    std::string recall_text;
    int age_lowest = 0;
    std::optional<int> age_highest;
    std::vector<InstrumentItem> items;
    InstrumentScoring scoring;
    std::optional<ReliableChange> reliable_change;
    std::optional<Caseness> caseness;
    std::optional<Figure> remission_below; ///< a total under this counts as remission
    std::optional<ChangeNorms> norms;
    std::vector<InstrumentWording> wordings; ///< complete ones only, the original first; empty: may not be displayed
    std::vector<std::string> sources;
    std::vector<std::string> unverified;

    /// Where an item stands; nothing when the instrument has no such item.
    std::optional<std::size_t> item(std::string_view item_id) const;
    const FlagRule* flag(std::string_view name) const;
    /// The score that is followed over time: the converted one where there is one (WHO-5 percent, SWEMWBS metric), else
    /// the first. Null for instruments without a sum.
    const ScoreRule* main_score() const;
    /// The words in that language ("de" finds "de-DE"), or null.
    const InstrumentWording* wording(std::string_view language) const;
    /// Empty when the questions may be shown; otherwise why not, in words for anyone.
    std::string why_not() const;
};

std::string_view name(FlagLevel level);

} // namespace handrail
