#pragma once

#include <filesystem>

#include "base/result.h"
#include "detect/corpus.h"

namespace handrail::detect {

/// The labels of a reply: whether it breaks a rule (or is `harmless`), and beside it which, or none.
constexpr std::string_view broken = "broken";
constexpr std::string_view no_rule = "none";

/// The rows that the model of the reply guard is learnt from: replies as a language model could write them. What counsellors answered in an open corpus is usual and counts half, a
/// few sentences at a time: replies that were not written to look like bad ones.
/// @param replies  a folder of .jsonl files, a line {"text","allowed","rule"} each
/// @param from     the folder of corpora, with counselchat
Result<Corpus> read_replies(const std::filesystem::path& replies, const std::filesystem::path& from);

} // namespace handrail::detect
