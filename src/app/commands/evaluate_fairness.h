#pragma once

#include <filesystem>
#include <iosfwd>
#include <memory>

#include "nlp/second_reader.h"

namespace handrail::app {

/// `handrail evaluate --fairness FOLDER`: whether findings change with who seems to write (nlp/fairness.h), as Markdown.
/// The folder holds templates.tsv, people.tsv and dialects.tsv, or a corpus of templates by others: dev.jsonl.gz.
/// @param show  prints the messages, by file and line, whose urgency changed
/// @return 0, or 2 when a file or the rules cannot be read
int evaluate_fairness(const std::filesystem::path& folder, const std::filesystem::path& content, bool show,
                      std::ostream& out, std::ostream& err, std::shared_ptr<const nlp::SecondReader> second = {});

} // namespace handrail::app
