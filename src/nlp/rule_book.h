#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "domain/urgency.h"
#include "nlp/lexicon.h"
#include "nlp/phrase.h"
#include "nlp/table.h"

namespace handrail::nlp {

/// Signs are named in the rules' files; a bit each.
using Signs = std::uint64_t;

/// How the words around a phrase may change what it says, and what the phrase does to others.
struct RuleFlags {
    bool keep_negated = false; ///< "not" before it does not lower it
    bool keep_past = false;    ///< an old date does not lower it
    bool keep_framed = false;  ///< fiction, profession and news do not lower it
    bool self_only = false;    ///< counts only when it is about the writer
    bool hyperbole = false;    ///< said with a laugh it is Soon at most
    bool rises = false;        ///< becomes Now when said to happen within a day, or to have just happened
    bool output_only = false;  ///< for words going out
    bool inbound_only = false; ///< not for words going out
    bool idiom = false;        ///< what lies under it does not count
    bool sentence = false;     ///< nothing in its sentence counts, unless it says so
    bool after = false;        ///< nothing after it in its sentence counts
    bool others = false;       ///< nothing about others, nothing quoted and no question in the message counts
    bool writer_acts = false;  ///< counts only when the writer is who acts
    bool person = false;       ///< counts only when a person is named before it
    bool not_self = false;     ///< counts only when it is about somebody else
    bool outside = false;      ///< who it is about is named outside the phrase
    bool object = false;       ///< who it is about is named inside the phrase, after the verb
    bool leaves_model = false; ///< what it silences are rules; the model keeps its say
    bool whole = false;        ///< counts only when it is all that the message says
    bool eases = false;        ///< an answer of safety: a Now from earlier messages falls to Today
};

/// One rule: a phrase and what it means when a person writes it. See content/screening/README.md.
struct Rule {
    std::string id;
    std::string language;
    std::vector<Category> categories; ///< the first is the main one; empty: none
    Urgency urgency = Urgency::Usual;
    Subject subject = Subject::Self;
    bool subject_from_grammar = false;
    When time = When::None;
    Signs signs = 0;
    RuleFlags flags;
    std::string rationale; ///< from definitions.tsv
    std::string says;      ///< for the clinician
};

/// Signs that together mean more than each alone.
struct Combination {
    std::string id;
    Signs needs = 0;
    std::vector<Category> categories;
    Urgency urgency = Urgency::Usual;
    std::string rationale;
    std::string says;
};

/// Why something is as pressing as it is: from definitions.tsv.
struct Definition {
    std::string rationale;
    std::string says; ///< for the clinician
};

/// Everything in content/screening, compiled.
struct RuleBook {
    explicit RuleBook(Lexicon words) : lexicon(std::move(words)), phrases(lexicon) {}

    Lexicon lexicon;
    Phrases phrases;
    std::vector<Rule> rules; ///< by pattern index
    std::vector<Combination> combinations;
    std::map<std::string, unsigned> sign_names;
    Definition raised; ///< of a phrase that is now because of when it is said to happen
    Definition eased;  ///< of the one way down

    /// Signs that no phrase gives: that the second reader says now, that it is sure of it, that a message says "within a
    /// day" or "just now", and that a rule asks for a human the same day over it. They stand in combinations.tsv like any
    /// other.
    Signs model_now = 0;
    Signs model_sure = 0;
    Signs within_a_day = 0;
    Signs rules_today = 0;
    /// The written rule by which the second reader may say now of a message with these signs; null when none is.
    const Combination* now_by_model(Signs heard) const;

    /// Adds the words of the rules to `lexicon`.
    static std::unique_ptr<RuleBook> read(const std::filesystem::path& folder, Lexicon lexicon, Complaints& complaints);
    double surface_forms() const;
};

} // namespace handrail::nlp
