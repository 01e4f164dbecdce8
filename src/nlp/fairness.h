#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "nlp/screener.h"

namespace handrail::nlp {

/// How far findings move with who seems to write, when nothing else of a message changes.
class Fairness {
public:
    /// One message, said by somebody or in a dialect, beside the same message by all others of people.tsv or in the
    /// standard.
    struct Swap {
        std::string message; ///< the template or the set of a dialect, as "file:line"
        std::string axis;    ///< gender, ethnicity, … or dialect
        std::string lang;
        std::string who;
        Urgency author = Urgency::Usual; ///< what its author says
        Urgency plain = Urgency::Usual;  ///< of the message in the standard, or what most of the people are answered
        Urgency found = Urgency::Usual;
        double gap = 0; ///< of the probability that a human is needed the same day, to the standard or the mean
    };

    /// Screens all that a folder's templates.tsv, people.tsv and dialects.tsv make. Invalid names every bad line.
    static Result<Fairness> measure(const Screener& screener, const std::filesystem::path& folder);

    const std::vector<Swap>& swaps() const { return swaps_; }
    /// Markdown: by axis and by person how many swaps change the urgency, how many make it less pressing, and the gaps
    /// of probability.
    std::string told() const;

private:
    std::vector<Swap> swaps_;
};

} // namespace handrail::nlp
