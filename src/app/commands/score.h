#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

#include "content/instruments.h"
#include "monitoring/scoring.h"

namespace handrail::app {

struct LineAnswer {
    std::string text; ///< one JSON line, without the line break
    bool read = true; ///< false: the text is an error line
};

/// Scores one line {"id","instrument"?,"answers":{item:value},"context"?} of `handrail score`.
///
/// Numbers: 2 is a whole number; 2.0, "2" and true are `not_integer`, because the instrument schema counts a decimal
/// number, a text and a truth value as errors, and an answer is never guessed at.
/// @param otherwise The instrument of lines that name none; may be empty.
/// @param number The line's number in the input, from 1.
LineAnswer score_line(const content::Instruments& instruments, std::string_view otherwise, std::string_view line,
                      std::size_t number);

/// The result object of the instrument schema as JSON, with the id before it.
std::string score_json(std::string_view id_json, const monitoring::ScoringResult& result);

/// `handrail score [INSTRUMENT]`: JSON Lines in and out, in the same order, flushed line by line.
/// @return 0 when every line was read, 1 when some were not, 2 when INSTRUMENT is not known (said on `errors`).
int run_score(const content::Instruments& instruments, std::string_view instrument, std::istream& in, std::ostream& out,
              std::ostream& errors);

} // namespace handrail::app
