#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace handrail::detect {

/// How the labels of a text relate to each other.
enum class Kind {
    OneOf,  ///< exactly one label
    Many,   ///< any number of labels, each by itself
    Graded, ///< several questions, each answered by one level
};

/// What the corpus may be used for, as the list of corpora says.
enum class Licence {
    Open,     ///< reusable with attribution: the model ships
    Research, ///< research only, or none stated: the model is built by whoever has the corpus
};

/// What a label set is judged by.
enum class Measure { MacroF1, WeightedF1, PositiveF1, RiskAuroc, IntentAccuracy, FewFalseAlarms };

/// One set of labels: which corpus teaches it and how it is judged.
struct LabelSet {
    std::string_view name;
    std::string_view corpus;
    std::string_view about; ///< what a label says, in plain words
    std::string_view language;
    Kind kind = Kind::OneOf;
    Licence licence = Licence::Research;
    Measure measure = Measure::MacroF1;
    std::string_view positive = {}; ///< PositiveF1: this label; RiskAuroc, FewFalseAlarms: those that count as risk,
                                    ///< with spaces between; IntentAccuracy: what is out of scope
    std::string_view cite = {};
    std::string_view terms = {};  ///< the licence in words
    std::string_view limits = {}; ///< what its corpus is known to be weak in
};

/// The set whose model reads people's messages beside the rules (nlp/second_reader.h): learnt from messages that were
/// written for it, and alone.
constexpr std::string_view screening_set = "screening";
/// The set whose model reads what a language model is about to say, beside the rules of the guard (nlp/reply_reader.h).
constexpr std::string_view reply_set = "reply";
/// Of a set that is judged by few false alarms: nothing is wrong with the text.
constexpr std::string_view harmless = "usual";
/// Learnt from texts that were written for it, which lie in content/.
bool authored(const LabelSet& set);

/// Of the encoder that a set's model is learnt with: "open", "research", or its own.
std::string encoder_name(const LabelSet& set);

std::span<const LabelSet> label_sets();
/// nullptr when there is none of this name.
const LabelSet* find_label_set(std::string_view name);

/// Which of these labels are named in a text with spaces between, as `positive` is written.
std::vector<bool> labels_named(std::string_view names, const std::vector<std::string>& labels);

} // namespace handrail::detect
