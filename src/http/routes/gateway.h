#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "gateway/gateway_desk.h"
#include "http/router.h"
#include "http/workers.h"

namespace handrail::http::routes {

/// The gateway as clients of the OpenAI API see it. Its calls of the model have threads of their own: the server's workers
/// go on answering, however slow the model is.
class Gateway {
public:
    /// @param calls how many answers of the model may be on their way at once; one more is told to come back
    Gateway(gateway::GatewayDesk& desk, std::size_t calls);
    ~Gateway();

    void add_routes(Router& router);
    /// What stands in for the answer to an address of the API that is not here.
    std::optional<Response> no_route(const Request& request) const;
    /// Ends what is on its way, and its threads.
    void stop();

private:
    Result<Response> chat(const Request& request);
    Result<Response> models(const Request& request) const;
    Result<Response> moderate(const Request& request) const;

    gateway::GatewayDesk& desk_;
    std::atomic<bool> stopping_{false};
    Workers calls_;
};

} // namespace handrail::http::routes
