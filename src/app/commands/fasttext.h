#pragma once

#include <optional>
#include <string>

#include "detect/card.h"
#include "detect/trainer.h"

namespace handrail::app {

/// Whether the command `fasttext` is installed.
bool fasttext_is_there();

/// Trains and reads fastText (a separate program of that name) on the same rows in the same folds; its cuts are chosen
/// as ours are. Rows are written into a folder of ours that is removed again. nullopt when it fails.
std::optional<detect::Rival> fasttext_on(const detect::Material& material);

} // namespace handrail::app
