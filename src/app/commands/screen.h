#pragma once

#include <filesystem>
#include <iosfwd>
#include <memory>

#include "nlp/second_reader.h"

namespace handrail::app {

/// `handrail screen`: JSON Lines in, one line out for each, flushed one by one; the same input gives the same bytes.
///
/// @param content  the content folder, whose screening/ holds the rules
/// @param second  reads beside the rules; none: rules alone
/// @return 0 when every line was read, 1 when some were not (each has an error line in its place), 2 when the rules
///         could not be loaded
int screen(std::istream& in, std::ostream& out, std::ostream& err, const std::filesystem::path& content,
           std::shared_ptr<const nlp::SecondReader> second = {});

} // namespace handrail::app
