#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/fwd.hpp>

#include "base/result.h"
#include "detect/label_sets.h"

namespace handrail::detect {

/// Labels that exclude each other stand side by side: one question. A label by itself is a question of its own.
struct Question {
    std::uint16_t begin = 0; ///< first label
    std::uint16_t end = 0;
    bool one_of() const { return end - begin > 1; }
    bool operator==(const Question&) const = default;
};

/// One labelled text. What a person wrote is in it: it is never printed.
struct Row {
    std::string text;
    std::string group;                 ///< rows of one group never stand on both sides of a split; may be empty
    std::vector<std::uint16_t> labels; ///< indices into Corpus::labels, ascending
    float weight = 1;                  ///< how far the annotators agreed
    bool ordinary = false;             ///< talk of every day that was put beside the corpus' own texts
};

/// Whether a label is among ascending ones.
bool holds(const std::vector<std::uint16_t>& labels, std::size_t label);

/// The labelled rows of one corpus.
struct Corpus {
    std::vector<std::string> labels; ///< sorted within each question
    std::vector<Question> questions;
    std::vector<Row> rows;
};

/// Reads a file of JSON Lines, packed with gzip or not. Fails, by file and line, at the first that is no object or that
/// `take` refuses.
Result<void> read_json_lines(const std::filesystem::path& file,
                             const std::function<Result<void>(const boost::json::object&)>& take);

/// Reads rows of JSON Lines packed with gzip, one file after another.
/// Fails, by file and line, at the first row that does not hold what the label set needs.
/// @param labels  the labels of a model, which the rows must keep to; empty: those that occur
Result<Corpus> read_corpus(const LabelSet& set, const std::vector<std::filesystem::path>& files,
                           const std::vector<std::string>& labels = {});

} // namespace handrail::detect
