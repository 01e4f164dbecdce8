#pragma once

#include <string>
#include <vector>

#include "detect/measures.h"
#include "detect/trainer.h"

namespace handrail::detect {

/// A figure and the middle 95 % of what it was on rows drawn again with replacement.
struct Figure {
    std::string name;
    double value = 0;
    double low = 0;
    double high = 0;
};

/// How a label set's answers compare with the labels of its corpus.
struct Evaluation {
    const LabelSet* set = nullptr;
    std::size_t rows = 0;
    bool held_out = false; ///< on rows that no model learnt from, by the model as it is; otherwise by cross-validation
    std::vector<Figure> figures; ///< the first is what the set is judged by
    struct Label {
        std::string name;
        Counts counts;
        double auroc = 0;
    };
    std::vector<Label> labels;
    /// How often each label (down) was answered with each (across); only for one label out of several.
    std::vector<std::vector<std::uint32_t>> confusion;
    double calibration_error = 0; ///< ECE, 15 bins of equal width
    double brier = 0;
    struct Bin {
        double said = 0; ///< mean probability
        double so = 0;   ///< share that was so
        std::size_t count = 0;
    };
    std::vector<Bin> reliability;
    struct Coverage {
        double covered = 0;  ///< share of texts answered, the least certain left out
        double accuracy = 0; ///< share of those whose whole answer is right
    };
    std::vector<Coverage> coverage;
    double answered = 0;          ///< share not abstained from
    double answered_accuracy = 0; ///< of those
    struct Part {
        std::string name;
        std::size_t rows = 0;
        double value = 0; ///< of the first figure
    };
    std::vector<Part> by_length;
};

Evaluation evaluate(const LabelSet& set, const Corpus& corpus, const CrossValidated& said);
/// Only the figures, without intervals.
std::vector<Figure> figures_of(const LabelSet& set, const Corpus& corpus, const CrossValidated& said);

} // namespace handrail::detect
