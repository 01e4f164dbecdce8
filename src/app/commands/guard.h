#pragma once

#include <cstddef>
#include <filesystem>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

#include "nlp/screener.h"
#include "support/dialogue.h"
#include "support/guard.h"

namespace handrail::app {

struct GuardAnswer {
    std::string text; ///< one JSON line, without the line break
    bool read = true; ///< false: the text is an error line
};

/// One line {"id","text","region"?,"lang"?,"turns"?,"urgency"?} of `handrail guard`: a reply about to go out.
/// `turns` are the person's messages; they tell the urgency when it is not given, and what a reply would confirm.
GuardAnswer guard_line(const support::Guard& guard, const support::Dialogue& dialogue, const nlp::Screener& screener,
                       std::string_view line, std::size_t number);

/// `handrail guard`: JSON Lines in and out, in the same order, flushed line by line.
/// @param second  reads the person's messages beside the rules; none: rules alone
/// @param reader  reads the reply beside the guard's rules; none: rules alone
/// @return 0 when every line was read, 1 when some were not, 2 when the content cannot be loaded.
int guard(std::istream& in, std::ostream& out, std::ostream& err, const std::filesystem::path& content,
          std::shared_ptr<const nlp::SecondReader> second = {}, std::shared_ptr<const nlp::ReplyReader> reader = {});

} // namespace handrail::app
