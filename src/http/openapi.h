#pragma once

#include <string>

namespace handrail::http
{

class Router;

/// The OpenAPI 3.1 document of every route under /api/, made from what the routes declare. Same routes, same
/// bytes. Named shapes stand under components.schemas; every operation has an operationId made of its method
/// and path.
std::string openapi(const Router& router, const std::string& version);

} // namespace handrail::http
