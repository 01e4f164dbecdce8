#pragma once

#include <filesystem>
#include <iosfwd>
#include <memory>

#include "nlp/feeling_reader.h"

namespace handrail::app {

/// `handrail evaluate --understanding DIR`: in how many messages the conversation hears a feeling, a topic or a wish, by
/// rules and with the model, and how often the feeling is right. Reads goemotions/dev.jsonl.gz, whose labels say what is
/// right, esconv, which says what each conversation is about, and what clients in annomi say, which only counts.
/// @param show  prints the messages in which nothing was heard on standard error; without it no text is printed
/// @return 0; 2 when the content or the corpora cannot be read
int evaluate_understanding(const std::filesystem::path& corpora, const std::filesystem::path& content, std::ostream& out,
                           std::ostream& err, const std::shared_ptr<const nlp::FeelingReader>& feelings, bool show);

} // namespace handrail::app
