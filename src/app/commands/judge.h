#pragma once

#include <iosfwd>
#include <string>

#include "app/keeping.h"

namespace handrail::app {

/// `handrail judge --all`: judges everybody of every organisation from their course blocks. Asks the running server, or
/// opens the store itself when none runs. With `replay` it makes the blocks again from all answers, compares, and changes nothing.
int judge_all(const Where& where, bool replay, std::ostream& out, std::ostream& err);
/// The same within the server; one line in words.
Result<std::string> judged_words(House& house);
Result<std::string> replayed_words(House& house);

} // namespace handrail::app
