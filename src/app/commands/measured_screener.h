#pragma once

#include <filesystem>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>

#include "nlp/screener.h"

namespace handrail::app {

/// The screener that `handrail evaluate` measures; none after saying why on `err`.
/// @param second  reads beside the rules; without it the rules are measured alone
std::optional<nlp::Screener> measured_screener(const std::filesystem::path& content,
                                               std::shared_ptr<const nlp::SecondReader> second, std::ostream& err);
/// "rules 0123456789abcdef, model 0123456789abcdef", or "…, no model".
std::string what_was_measured(const nlp::Screener& screener);

} // namespace handrail::app
