#pragma once

#include "http/router.h"

namespace handrail::trust {
class Keyring;
}

namespace handrail::http::routes {

struct Desks;

/// How somebody is reached away from the page.
struct Reach {
    trust::Keyring& keyring;
    bool notifications = false; ///< can go out
    bool anywhere = false;      ///< tests: to push services that are not of the internet
    bool texts = false;         ///< can go out
};
void add_reach_routes(Router& router, Desks& desks, const Reach& reach);

} // namespace handrail::http::routes
