#pragma once

#include "errands/person_card.h"
#include "http/json_text.h"

namespace handrail::http::routes {

JsonObject card_json(const errands::PersonCard& card);
JsonObject head_json(const errands::PersonHead& head);

} // namespace handrail::http::routes
