#pragma once

#include <filesystem>

#include "base/result.h"
#include "detect/corpus.h"

namespace handrail::detect {

/// The rows that the screening model is learnt from: every message that was written for it, with its category when it
/// needs a human the same day, else "soon" or "usual"; and beside it "now" or "later". Ordinary talk of open corpora is
/// usual and counts half. Posts about suicide of another open corpus count half, too.
/// @param messages  a folder of files as nlp/authored.h reads them
/// @param from      the folder of corpora, with cssrs_posts, goemotions and clinc150
Result<Corpus> read_messages(const LabelSet& set, const std::filesystem::path& messages,
                             const std::filesystem::path& from);

} // namespace handrail::detect
