#pragma once

#include <memory>

#include "app/house.h"
#include "content/wearable_protocol.h"
#include "errands/imports.h"
#include "gateway/key_desk.h"
#include "http/routes/taking_in.h"

namespace handrail::app {

/// What comes from other programs, with what it needs of the house.
class TakingIn {
public:
    /// Invalid when content/imports or content/protocols/wearables.json is wrong.
    static Result<std::unique_ptr<TakingIn>> open(House& house);

    void add_routes(http::Router& router, http::routes::Desks& desks) const;

private:
    TakingIn(House& house, monitoring::ImportKinds kinds);
    Result<std::string> app_of(std::string_view secret);

    const Actor system_;
    monitoring::ImportKinds kinds_;
    errands::Imports imports_;
    monitoring::DailyDesk daily_;
    gateway::KeyDesk keys_;
    http::routes::TakingIn routes_;
};

} // namespace handrail::app
