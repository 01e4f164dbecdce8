#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "detect/trainer.h"

namespace handrail::app {

struct EvaluateAsked {
    std::vector<std::string> sets; ///< all when empty
    std::filesystem::path from;
    std::filesystem::path models;
    detect::Written written;
    std::filesystem::path held_out; ///< when not empty: the models as they are, on its test files
    bool table = false;             ///< only prints what the evaluations beside the models say
    bool fasttext = true;
    unsigned threads = 0;
};

/// `handrail evaluate`: cross-validates every label set anew, beside fastText on the same rows and folds, prints the
/// card and writes it beside the model when there is one.
/// @return 0, 1 when a set could not be evaluated, 2 when a corpus is missing or nothing to evaluate was named
int evaluate(const EvaluateAsked& asked, std::ostream& out, std::ostream& err);

} // namespace handrail::app
