#include "http/event_stream.h"

#include "http/routes/desks.h"

namespace handrail::http::routes {

std::string channel(OrganisationId organisation, AccountId account)
{
    return organisation.text() + account.text();
}

void add_event_routes(Router& router, Desks& desks)
{
    router.add({.pattern = "/api/v1/events",
                .summary = "Server-sent events of one's own: ids only, the page fetches the rest. Last-Event-ID resumes.",
                .produces = "text/event-stream",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto& actor = request.actor();
                    return Response::event_stream(
                        TRY(desks.events.subscribe(channel(actor.organisation(), actor.account()),
                                                   actor.session().text(), request.header("Last-Event-ID"))));
                }});
}

} // namespace handrail::http::routes
