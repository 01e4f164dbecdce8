#include "http/routes/reach.h"

#include "base/text.h"
#include "errands/push_sender.h"
#include "http/json_body.h"
#include "http/json_text.h"
#include "http/routes/desks.h"
#include "trust/actor_desk.h"
#include "trust/push_desk.h"
#include "trust/staff_contact.h"

namespace handrail::http::routes {

namespace {

/// What the browser gave, with its keys as bytes.
Result<trust::PushDesk::Given> given_in(Body& body, bool anywhere)
{
    trust::PushDesk::Given given;
    given.endpoint = body.text("endpoint", 1000);
    const auto key = body.text_or("p256dh", 120, "");
    const auto auth = body.text_or("auth", 60, "");
    if (!from_base64url(key, given.p256dh) || !from_base64url(auth, given.auth))
        return invalid("The keys of a browser are written in base64url.", "/p256dh");
    TRY(channels::check_subscription({given.endpoint, given.p256dh, given.auth}, anywhere));
    return given;
}

Result<Response> own_reach(Desks& desks, const Reach& reach, const trust::PushDesk& devices, const Request& request)
{
    const auto& actor = request.actor();
    JsonObject out;
    std::vector<std::string> endpoints;
    if (reach.notifications) {
        const auto key = TRY(errands::push_key(desks.record, trust::ActorDesk::system(actor.organisation())));
        out.add("push_key", to_base64url(key.public_point()));
        for (const auto& each : TRY(devices.own(actor)))
            endpoints.push_back(each.endpoint);
    }
    out.add("devices", endpoints).add("texts", reach.texts);
    if (is_staff(actor.role())) {
        const auto contact = TRY(trust::staff_contact(desks.record, actor, actor.account()));
        if (!contact.phone.empty())
            out.add("work_phone", contact.phone).add("takes_texts", contact.takes_texts);
    }
    return Response::ok(out.done());
}

Result<Response> switch_device(const Reach& reach, const trust::PushDesk& devices, const Request& request)
{
    struct Form {
        bool on = false;
        std::string endpoint;
        Result<trust::PushDesk::Given> given;
    };
    const auto form = TRY(read_body(request, [&](Body& body) {
        const bool on = body.flag("on");
        auto endpoint = body.text("endpoint", 1000);
        if (on)
            return Form{on, std::move(endpoint), given_in(body, reach.anywhere)};
        return Form{on, std::move(endpoint), trust::PushDesk::Given{}};
    }));
    if (form.on && !reach.notifications)
        return conflict("This service sends no notifications.");
    TRY(form.on ? devices.switch_on(request.actor(), TRY(form.given)) : devices.switch_off(request.actor(), form.endpoint));
    return Response::no_content();
}

} // namespace

void add_reach_routes(Router& router, Desks& desks, const Reach& reach)
{
    const auto devices = std::make_shared<trust::PushDesk>(desks.record, reach.keyring);
    const auto who = Callers::only({Role::Person, Role::Clinician, Role::Lead, Role::Administrator});
    router.add({.pattern = "/api/v1/me/reach",
                .summary = "How one is reached away from the page: the devices with notifications on, and of staff the work number.",
                .callers = who,
                .answer = {{"push_key?", "text", "what a browser is given to switch notifications on; absent: there are none here"},
                           {"devices", "text[]", "the addresses that one's own browsers gave"},
                           {"texts", "flag", "text messages can go out"},
                           {"work_phone?", "text"},
                           {"takes_texts?", "flag", "false: the gateway said that this number takes none any more"}},
                .handler = [&desks, reach, devices](const Request& request) { return own_reach(desks, reach, *devices, request); }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/me/device",
                .summary = "Switches notifications on or off for the browser that this is asked from. They name nobody and nothing of "
                           "health.",
                .callers = who,
                .fields = {{"endpoint", "text", "as the browser gave it: https, of the internet"},
                           {"on", "flag"},
                           {"p256dh?", "text", "base64url; needed to switch it on, as the next one"},
                           {"auth?", "text"}},
                .example = R"({"endpoint":"https://push.example.net/x","on":false})",
                .status = 204,
                .handler = [reach, devices](const Request& request) { return switch_device(reach, *devices, request); }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/me/work-phone",
                .summary = "The number at which one is told of alerts by text; none given: no number.",
                .callers = Callers::only({Role::Clinician, Role::Lead, Role::Administrator}),
                .fields = {{"work_phone?", "text", "with its country: +353 87 123 4567"}},
                .example = R"({"work_phone":"+353 87 123 4567"})",
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto phone = TRY(read_body(request, [](Body& body) { return body.text_or("work_phone", 40, ""); }));
                    const auto& actor = request.actor();
                    auto contact = TRY(trust::staff_contact(desks.record, actor, actor.account()));
                    contact.phone = phone;
                    TRY(trust::change_staff_contact(desks.record, actor, actor.account(), contact));
                    return Response::no_content();
                }});
}

} // namespace handrail::http::routes
