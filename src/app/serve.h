#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>

#include "app/config.h"

namespace handrail::app {

struct ServeOptions {
    std::optional<std::filesystem::path> config;
    bool demo = false;
    std::optional<int> port;                     ///< over the configuration's
    std::optional<std::filesystem::path> folder; ///< over the configuration's
};

/// `handrail serve`: runs until SIGINT or SIGTERM, then finishes what is in flight.
/// @return 0 after a clean stop, 1 when it could not start (one sentence on `err`).
int serve(const ServeOptions& options, std::ostream& out, std::ostream& err);

/// `handrail openapi`: the document that a demo serves at /api/openapi.json, without a server or a service: the routes are
/// added over an empty store in a scratch folder, which is removed again. Same binary, same bytes.
int print_openapi(std::ostream& out, std::ostream& err);

} // namespace handrail::app
