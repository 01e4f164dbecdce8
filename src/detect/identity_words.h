#pragma once

#include <span>
#include <string_view>

namespace handrail::detect {

/// Words that say what somebody is by ethnicity, origin, religion, orientation, gender or disability, in five
/// languages. Blind models read them all as one: whoever writes, the same words weigh the same. Age is not among them,
/// as a child in danger is not the same as an adult; neither are words of kinship.
std::span<const std::string_view> identity_words();

} // namespace handrail::detect
