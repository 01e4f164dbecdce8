#pragma once

#include <filesystem>
#include <iosfwd>
#include <memory>
#include <vector>

#include "nlp/second_reader.h"

namespace handrail::app {

/// `handrail evaluate --screening FILE…`: how the screener judges messages whose authors said how soon a human is
/// needed, each by itself, as Markdown.
/// @param show  prints every message that was judged otherwise; a file whose name holds "frozen" is never shown, so
/// that
///              nobody writes rules for it
/// @return 0, or 2 when a file or the rules cannot be read
int evaluate_screening(const std::vector<std::filesystem::path>& files, const std::filesystem::path& content, bool show,
                       std::ostream& out, std::ostream& err, std::shared_ptr<const nlp::SecondReader> second = {});

} // namespace handrail::app
