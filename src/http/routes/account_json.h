#pragma once

#include "http/json_text.h"
#include "http/routes/desks.h"
#include "trust/account.h"
#include "trust/totp.h"

/// Account and second factor as the page reads them.
namespace handrail::http::routes {

Result<JsonObject> own_account(Desks& desks, const Actor& actor);
JsonObject account_json(const trust::Account& account);
JsonObject totp_json(const trust::TotpSetUp& set_up);
/// "MD" for Maeve Dorrigan.
std::string initials(std::string_view display_name);

} // namespace handrail::http::routes
