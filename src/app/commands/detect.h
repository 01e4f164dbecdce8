#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

namespace handrail::app {

/// `handrail detect --what SET`: JSON Lines {"id","text"} in, one line out for each, flushed one by one; the same input
/// gives the same bytes.
///
/// @param models  the models folder; research models lie in its research/
/// @return 0 when every line was read, 1 when some were not (each has an error line in its place), 2 when there is no
///         usable model
int detect(std::istream& in, std::ostream& out, std::ostream& err, const std::filesystem::path& models,
           const std::string& set);

} // namespace handrail::app
