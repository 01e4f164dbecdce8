#pragma once

#include <string_view>

namespace handrail::care {

/// Whether somebody of this age, where "" is unknown, may be younger than so many years; of an unknown age whether the
/// service takes anybody so young.
bool may_be_below(int years, std::string_view age_band, std::string_view youngest_taken);

} // namespace handrail::care
