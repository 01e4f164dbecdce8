#pragma once

#include "http/json_text.h"
#include "http/router.h"
#include "support/message.h"

namespace handrail::http::routes {

/// "Message", "Block" and their parts, for the document; and "Urgency", "Mark" and "Choice", which others use too.
void declare_message_shapes(Router& router);
JsonObject block_json(const Block& block);
JsonList blocks_json(const std::vector<Block>& blocks);
/// @param author_name,author_role  of a human on the team
/// @param for_staff  staff see what screening said; nobody sees their own urgency
JsonObject message_json(const support::Message& message, const std::string& author_name,
                        const std::string& author_role, bool for_staff);

} // namespace handrail::http::routes
