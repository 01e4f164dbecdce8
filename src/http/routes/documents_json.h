#pragma once

#include "care/documents.h"
#include "http/json_text.h"

namespace handrail::http::routes {

JsonObject plan_parts_json(const care::SafetyPlan& plan);
JsonObject safety_plan_json(const care::SafetyPlan& plan);
JsonObject safe_contact_json(const care::SafeContact& contact);

} // namespace handrail::http::routes
