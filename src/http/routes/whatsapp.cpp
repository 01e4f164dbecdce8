#include "errands/whatsapp_desk.h"

#include "http/problem.h"
#include "http/routes/desks.h"
#include "trust/actor_desk.h"

namespace handrail::http::routes {

namespace {

Error off() { return not_found("There is nothing under this address."); }

Result<Response> verify(const Desks& desks, const Request& request)
{
    if (desks.whatsapp == nullptr)
        return off();
    const auto challenge =
        channels::handshake(request.query("hub.mode").value_or(""), request.query("hub.verify_token").value_or(""),
                            request.query("hub.challenge").value_or(""), desks.whatsapp->settings().verify_token);
    if (!challenge)
        return problem(403, "whatsapp-token", "This is not the token that was agreed on.");
    return Response::text(*challenge);
}

Result<Response> receive(const Desks& desks, const Request& request)
{
    if (desks.whatsapp == nullptr)
        return off();
    // Over the bytes as they came, and before anything of them is read.
    switch (channels::signature_of(request.header("X-Hub-Signature-256"), request.body,
                                   desks.whatsapp->settings().app_secret)) {
    case channels::Signature::Missing:
        return problem(401, "signature-missing", "A delivery is signed in X-Hub-Signature-256.");
    case channels::Signature::Wrong:
        return problem(403, "signature-wrong", "The signature does not belong to these bytes.");
    case channels::Signature::Right:
        break;
    }
    TRY(channels::read_event(request.body)); // Invalid when it is no JSON: 400
    // On disk before the 200, and worked off afterwards: a crash in between loses nothing.
    TRY(desks.whatsapp->receive(trust::ActorDesk::system(desks.organisation), request.body));
    return Response::ok(R"({"kept":true})");
}

} // namespace

void add_whatsapp_routes(Router& router, Desks& desks)
{
    router.add({.pattern = "/channels/whatsapp/webhook",
                .summary = "Meta asks once whether this address is ours: the challenge comes back.",
                .callers = Callers::anyone(),
                .query = {{"hub.mode?", "text"}, {"hub.challenge?", "text"}, {"hub.verify_token?", "text"}},
                .produces = "text/plain",
                .handler = [&desks](const Request& request) { return verify(desks, request); },
                .needs_store = false});
    router.add({.method = Method::Post,
                .pattern = "/channels/whatsapp/webhook",
                .summary = "A delivery of WhatsApp messages and statuses, signed by Meta over the raw body. Kept, then "
                           "worked off.",
                .callers = Callers::anyone(),
                .answer = {{"kept", "flag"}},
                .answer_example = R"({"kept":true})",
                .handler = [&desks](const Request& request) { return receive(desks, request); },
                .from_anywhere = true,
                .largest_body = 4u << 20,
                .rate = RateClass::None,
                .for_help = true});
}

} // namespace handrail::http::routes
