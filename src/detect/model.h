#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detect/combination.h"
#include "detect/compact.h"
#include "detect/decision.h"
#include "detect/vocabulary.h"
#include "detect/word_vectors.h"

namespace handrail::detect {

/// Reads a text into a few numbers that several models share.
struct Encoder {
    std::string name;     ///< "open" or "research"
    std::string checksum; ///< of its file, hexadecimal; models name the one they were learnt with
    Vocabulary vocabulary;
    CompactVectors vectors;
    WordVectors words;
};

/// What a model says of one text.
struct Detection {
    std::vector<double> probabilities; ///< of each label
    Decision::Answer answer;
    double known = 0; ///< the share of the text's n-grams that the model has seen
    bool abstain = false;
};

/// What the scores of a text's three ways come to.
/// @param known  the share of its n-grams that the model has seen
Detection concluded(std::span<const std::span<const float>> ways, const Combination& combination,
                    const Decision& decision, double known);

/// One label set, learnt. Const and without hidden state: one model serves all threads.
struct Model {
    std::string set;
    std::string encoder_name;
    std::string encoder_checksum;
    std::string checksum; ///< of its file, hexadecimal
    std::vector<std::string> labels;
    Vocabulary vocabulary;
    CompactLinear linear;
    std::vector<float> pooled; ///< (what a text is by its words + 1) × labels; the last row is the bias
    std::vector<float> head;   ///< labels × the encoder's width
    std::vector<float> head_bias;
    Combination combination;
    Decision decision;

    Detection detect(std::string_view utf8, const Encoder& encoder) const;
};

} // namespace handrail::detect
