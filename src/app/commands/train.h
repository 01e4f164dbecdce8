#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "detect/trainer.h"

namespace handrail::app {

struct TrainAsked {
    bool all = false;
    bool open = false;
    std::vector<std::string> sets;
    std::filesystem::path from;
    detect::Written written;
    std::filesystem::path out = "models/research";
    unsigned threads = 0;
};

/// `handrail train`: learns models and writes each with its card and evaluation; the same corpora give the same bytes.
/// Nothing is written before everything is learnt.
/// @return 0, or 2 when something asked for is missing or cannot be written
int train(const TrainAsked& asked, std::ostream& out, std::ostream& err);

} // namespace handrail::app
