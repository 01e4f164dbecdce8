#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/house.h"
#include "domain/block.h"

namespace handrail::app {

/// The fixed words for what could not be kept, with what this process still knows of the service.
/// @param away      the store is known not to answer
/// @param languages tags in lower case, the most wanted first
/// @param country   ISO 3166; empty when nobody named one, and then no country's numbers are shown
std::optional<std::vector<Block>> unkept(const House& house, bool away, std::string_view words, const Finding& finding,
                                         const std::vector<std::string>& languages, const std::string& country);

} // namespace handrail::app
