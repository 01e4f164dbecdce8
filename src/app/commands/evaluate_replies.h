#pragma once

#include <filesystem>
#include <iosfwd>
#include <memory>
#include <vector>

#include "nlp/reply_reader.h"

namespace handrail::app {

/// `handrail evaluate --replies FILE…`: how the guard judges authored replies (.jsonl with text, allowed, rule, lang), with and
/// without the model that reads beside its rules, by language and by the rule that a reply breaks or looks like breaking.
/// Missing crisis words and numbers (C1, H2) do not count: they have tests of their own. No reply is printed.
/// @return 0; 2 when the content or a file cannot be read
int evaluate_replies(const std::vector<std::filesystem::path>& files, const std::filesystem::path& content, std::ostream& out,
                     std::ostream& err, std::shared_ptr<const nlp::ReplyReader> reader);

} // namespace handrail::app
