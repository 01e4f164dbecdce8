#pragma once

#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

#include "nlp/screener.h"
#include "support/dialogue.h"

namespace handrail::app {

struct ConverseAnswer {
    std::string text; ///< one JSON line, without the line break
    bool read = true; ///< false: the text is an error line
};

/// One line {"id","lang"?,"region"?,"age_band"?,"turns":[…]} of `handrail converse`: a fresh conversation with the real
/// engine and the built-in composer, one minute between turns, nobody on duty.
/// @param number The line's number in the input, from 1.
ConverseAnswer converse_line(const support::Dialogue& dialogue, const nlp::Screener& screener, std::string_view line,
                             std::size_t number);

/// `handrail converse`: JSON Lines in and out, in the same order, flushed line by line. Deterministic.
/// @param second    reads beside the rules; none: rules alone
/// @param feelings  hears a feeling where the rules hear none; none: rules alone
/// @return 0 when every line was read, 1 when some were not, 2 when the content cannot be loaded.
int converse(std::istream& in, std::ostream& out, std::ostream& err, const std::filesystem::path& content,
             std::shared_ptr<const nlp::SecondReader> second = {},
             std::shared_ptr<const nlp::FeelingReader> feelings = {});

} // namespace handrail::app
