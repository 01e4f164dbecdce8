#include "http/event_stream.h"

#include "care/presence.h"

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
                .query = {{"last_event_id?", "text"}},
                .produces = "text/event-stream",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto& actor = request.actor();
                    if (is_staff(actor.role()))
                        static_cast<void>(care::mark_here(desks.record, actor)); // the page says it again itself
                    // A tab that takes over from another cannot set the header and says it in the address.
                    const std::string seen = request.header("Last-Event-ID").empty()
                                                 ? request.query("last_event_id").value_or("")
                                                 : std::string(request.header("Last-Event-ID"));
                    return Response::event_stream(
                        TRY(desks.events.subscribe(channel(actor.organisation(), actor.account()),
                                                   actor.session().text(), seen)));
                },
                .for_help = true});
}

} // namespace handrail::http::routes
