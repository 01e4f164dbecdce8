#pragma once

#include <filesystem>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "nlp/second_reader.h"

namespace handrail::app {

/// `handrail evaluate --replay`: how the screener answers the development texts of public corpora, by the corpus' own
/// labels, and which rules raised them, as Markdown. Each text alone, without earlier ones.
/// @param sets  names of label sets, whose corpora are read from FROM/CORPUS/dev.jsonl.gz
/// @return 0, or 2 when a corpus or the rules cannot be read
int evaluate_replay(const std::vector<std::string>& sets, const std::filesystem::path& from,
                    const std::filesystem::path& content, std::ostream& out, std::ostream& err,
                    std::shared_ptr<const nlp::SecondReader> second = {});

} // namespace handrail::app
