#pragma once

#include "errands/person_card.h"
#include "http/json_text.h"
#include "http/router.h"

namespace handrail::http::routes {

/// "Card" and "PersonHead" with their parts, for the document; and "Named" and "Initialed", which others use too.
void declare_card_shapes(Router& router);
JsonObject card_json(const errands::PersonCard& card);
JsonObject head_json(const errands::PersonHead& head);

} // namespace handrail::http::routes
