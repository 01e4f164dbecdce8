#pragma once

#include <optional>
#include <string_view>

#include "http/routes/desks.h"

namespace handrail::http::routes {

/// A refusal with 503 that carries the fixed words, for whoever wrote of danger and was not kept: type "not-kept", with
/// `blocks`. Nothing when no human is needed: the plain refusal says enough.
/// The request may say which country's lines are wanted (`country_of_lines`), since nothing is known of the person
/// then.
std::optional<Response> not_kept(const Desks& desks, const Request& request, std::string_view words,
                                 const Finding& finding);

inline const Field country_of_lines{"country?", "text", "ISO 3166: whose lines are shown when this cannot be kept"};

} // namespace handrail::http::routes
