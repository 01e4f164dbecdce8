#pragma once

#include <iosfwd>
#include <string>

#include "app/keeping.h"

namespace handrail::app {

/// `handrail judge --all`: judges everybody of every organisation from their course blocks. Asks the running server, or
/// opens the store itself when none runs.
int judge_all(const Where& where, std::ostream& out, std::ostream& err);
/// The same within the server; one line in words.
Result<std::string> judged_words(House& house);

} // namespace handrail::app
