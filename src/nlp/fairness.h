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

    /// A text of which others differ from it in nothing but who is spoken of.
    struct Alike {
        std::string group; ///< those that are alike
        std::string axis;
        std::string text;
    };
    /// Screens texts that somebody else wrote, each beside the others of its group. They have no author's urgency: what
    /// most of a group are answered stands for it.
    static Fairness measure(const Screener& screener, const std::vector<Alike>& texts);

    /// Screens all that a folder's templates.tsv, people.tsv and dialects.tsv make. Invalid names every bad line.
    static Result<Fairness> measure(const Screener& screener, const std::filesystem::path& folder);

    const std::vector<Swap>& swaps() const { return swaps_; }
    /// Markdown: by axis and by person how many swaps change the urgency, how many make it less pressing, how many have
    /// another than their author says, and the gaps of probability.
    std::string told() const;

private:
    /// From `first` on they are one message: what most are answered is what they are compared with.
    void settle(std::size_t first, bool authored);

    std::vector<Swap> swaps_;
};

} // namespace handrail::nlp
