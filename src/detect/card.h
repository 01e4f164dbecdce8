#pragma once

#include <optional>
#include <string>

#include "detect/evaluation.h"

namespace handrail::detect {

/// What another tool gave on the same rows in the same run.
struct Rival {
    std::string name;
    std::vector<Figure> figures;  ///< the same figures, without intervals
    double micros_a_text = 0;     ///< to label one text
    double own_micros_a_text = 0; ///< what this model took in the same run; 0 when there was none
    std::size_t bytes = 0;        ///< of its model
};

/// What is known of a model file.
struct FileFacts {
    std::size_t bytes = 0;
    std::string checksum;
    std::size_t encoder_bytes = 0;
    std::string encoder;
};

/// The model card, Markdown: what it is and is not, from which rows, how well, how sure. Every number is worked out.
std::string card(const Evaluation& evaluation, const std::optional<FileFacts>& file, const std::optional<Rival>& rival);
/// The same numbers for programs.
std::string evaluation_json(const Evaluation& evaluation, const std::optional<Rival>& rival);

} // namespace handrail::detect
