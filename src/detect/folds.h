#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "detect/corpus.h"

namespace handrail::detect {

/// Deals rows out to folds so that rows of one group, and rows whose words are the same, stay together: across corpora
/// too, since some of them share posts. The fold follows from the texts and groups alone.
///
/// @return for each corpus, for each row, a number below `folds`
std::vector<std::vector<std::uint8_t>> deal_folds(const std::vector<const Corpus*>& corpora, unsigned folds);

} // namespace handrail::detect
