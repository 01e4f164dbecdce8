#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "detect/combination.h"
#include "detect/corpus.h"
#include "detect/label_sets.h"
#include "detect/model.h"

namespace handrail::detect {

/// Said while it goes on, a line at a time: names of sets and counts, never a text.
using Progress = std::function<void(const std::string&)>;

/// One label set on its way to a model.
struct Material {
    const LabelSet* set = nullptr;
    Corpus corpus;
    std::vector<std::uint8_t> folds;
    /// What each way of scoring says of each row, learnt without the row's fold: linear ways over n-grams first,
    /// then the one over word vectors, the network last.
    std::vector<Scores> ways;
    std::vector<float> known; ///< share of each row's n-grams that the other folds hold
    /// Learnt from all rows; only when models were asked for.
    std::vector<LinearWeights> linear;
    Model model;
};

/// What was learnt, and what it would have said of each row had it not seen the row's fold.
struct CrossValidated {
    std::vector<double> probabilities; ///< rows × labels
    std::vector<Decision::Answer> answers;
    std::vector<std::uint8_t> abstained;
};

/// Where the texts lie that were written for a set.
struct Written {
    std::filesystem::path messages; ///< of `screening` (messages.h)
    std::filesystem::path replies;  ///< of `reply` (replies.h)
    const std::filesystem::path& of(const LabelSet& set) const { return set.name == reply_set ? replies : messages; }
};

/// Reads train and dev of every set's corpus and deals out the folds. NotFound names every corpus that is not there.
Result<std::vector<Material>> gather(const std::vector<const LabelSet*>& sets, const std::filesystem::path& from,
                                     const Written& written = {});

/// Learns each way of scoring once without each fold, and for models once from all rows. Jobs run side by side; what is
/// learnt does not depend on which thread did it.
/// @return the encoders, one for each licence that occurs; empty unless models were asked for
std::vector<Encoder> learn(std::vector<Material>& materials, bool models, unsigned threads, const Progress& progress);

/// Combines the ways of scoring: the rows of a fold by what was fitted on the other folds.
CrossValidated cross_validate(const Material& material);

/// Does each of `count` jobs once, on this many threads.
void side_by_side(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& job);

/// The model with its combination and cuts, fitted on all folds.
Model finished(const Material& material, const Encoder& encoder);

} // namespace handrail::detect
