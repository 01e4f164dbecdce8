#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "errands/imports.h"
#include "http/router.h"
#include "monitoring/daily_desk.h"
#include "monitoring/import_reading.h"

/// What comes from other programs: files that somebody takes in, and daily summaries that a person or an app sends.
namespace handrail::http::routes {

struct Desks;

/// What these routes call, besides the desks. app makes it; everything outlives the server.
struct TakingIn {
    const errands::Imports& imports;
    const monitoring::ImportKinds& kinds;
    const monitoring::DailyDesk& daily;
    /// The name of the app whose key this is, when it may send daily summaries. NotSignedIn or NotAllowed otherwise.
    std::function<Result<std::string>(std::string_view secret)> app_of_key;
};

void add_import_routes(Router& router, Desks& desks, const TakingIn& taking_in);
void add_daily_routes(Router& router, Desks& desks, const TakingIn& taking_in);

} // namespace handrail::http::routes
