#include "errands/whatsapp_desk.h"

#include "http/json_text.h"
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

Result<Response> line_of(const Desks& desks, const Request& request)
{
    JsonObject out;
    out.add("on", desks.whatsapp != nullptr);
    if (desks.whatsapp == nullptr)
        return Response::ok(out.add("joined", false).done());
    if (const auto& number = desks.whatsapp->settings().number; !number.empty())
        out.add("number", "+" + number);
    const auto joined = TRY(desks.whatsapp->joined(request.actor()));
    out.add("joined", joined.at.has_value());
    if (joined.at)
        out.add("joined_at", *joined.at).add("ends_in", joined.ends_in);
    return Response::ok(out.done());
}

Result<Response> fresh_code(const Desks& desks, const Request& request)
{
    if (desks.whatsapp == nullptr)
        return conflict("This service does not answer on WhatsApp.");
    const auto code = TRY(desks.whatsapp->fresh_code(request.actor()));
    JsonObject out;
    out.add("code", code.code).add("text", code.text).add("ends_at", code.ends_at);
    if (!code.link.empty())
        out.add("link", code.link);
    return Response::created(out.done());
}

Result<Response> part(const Desks& desks, const Request& request)
{
    if (desks.whatsapp != nullptr)
        TRY(desks.whatsapp->part(request.actor()));
    return Response::no_content();
}

/// One's own number, joined to the account on the page.
void add_own_line_routes(Router& router, Desks& desks)
{
    router.add({.pattern = "/api/v1/whatsapp",
                .summary = "Whether the service answers on WhatsApp, and whether a number there belongs to oneself.",
                .callers = Callers::person(),
                .answer = {{"on", "flag"},
                           {"number?", "text", "the service's own"},
                           {"joined", "flag"},
                           {"joined_at?", "instant"},
                           {"ends_in?", "text", "the last two digits of one's own; empty when WhatsApp gives no number"}},
                .handler = [&desks](const Request& request) { return line_of(desks, request); }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/whatsapp/code",
                .summary = "A code that makes the WhatsApp number one's own from which it is sent: once, within ten minutes. An "
                           "earlier one ends. Five in an hour.",
                .callers = Callers::person(),
                .status = 201,
                .answer = {{"code", "text"},
                           {"text", "text", "what to send"},
                           {"ends_at", "instant"},
                           {"link?", "text", "opens WhatsApp with it"}},
                .handler = [&desks](const Request& request) { return fresh_code(desks, request); }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/whatsapp",
                .summary = "Takes the number away again. What was written stays.",
                .callers = Callers::person(),
                .status = 204,
                .handler = [&desks](const Request& request) { return part(desks, request); }});
}

} // namespace

void add_whatsapp_routes(Router& router, Desks& desks)
{
    add_own_line_routes(router, desks);
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
