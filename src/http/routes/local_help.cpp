#include "http/routes/local_help.h"

#include "content/freshness.h"
#include "http/json_body.h"
#include "http/routes/desks.h"
#include "trust/account_desk.h"

namespace handrail::http::routes {

namespace {

constexpr std::size_t most = 300;

Result<Response> listed(Desks& desks, const Actor& actor, const care::LocalHelps& helps)
{
    JsonList items;
    for (const auto& help : helps.items) {
        const auto by = desks.accounts.staff(actor, help.checked_by);
        items.add(local_help_json(help)
                      .add("checked_by", by.ok() ? by->display_name : std::string())
                      .add("check_again", content::checked_long_ago(help.checked_on, desks.clock.now())));
    }
    return Response::ok(JsonObject{}.add("items", items).add("version", helps.version).done());
}

care::LocalHelps helps_in(Body& body)
{
    care::LocalHelps helps;
    helps.version = body.number("version", 0, INT64_C(1) << 40);
    for (auto& each : body.list("items", most)) {
        care::LocalHelp help;
        help.name = each.text("name", 100);
        help.kind = each.text("kind", 20);
        help.what = each.text_or("what", 400, "");
        help.cost = each.text_or("cost", 10, "");
        help.hours = each.text_or("hours", 200, "");
        help.languages = each.texts("languages", 20, 3);
        help.country = each.text("country", 2);
        help.place = each.text_or("place", 200, "");
        help.town = each.text_or("town", 60, "");
        if (auto at = each.optional_object("at"))
            help.at = {at->real("latitude", -90, 90), at->real("longitude", -180, 180)};
        help.phone = each.text_or("phone", 60, "");
        help.web = each.text_or("web", 300, "");
        help.checked_on = each.text("checked_on", 10);
        helps.items.push_back(std::move(help));
    }
    return helps;
}

} // namespace

std::vector<Field> local_help_fields()
{
    return {{"name", "text"},
            {"kind", R"("talking"|"group"|"clinic"|"drop_in"|"practical"|"other")"},
            {"what?", "text", "what it is for"},
            {"cost?", R"("free"|"some"|"paid")", "absent: not known"},
            {"hours?", "text", "like Mon-Fri 09:00-17:00, on the clock of its country"},
            {"languages", "text[]"},
            {"country", "text", "ISO 3166"},
            {"place?", "text", "the address"},
            {"town?", "text", "by which people say what is near them"},
            {"at?", "Coordinates"},
            {"phone?", "text"},
            {"web?", "text"},
            {"checked_on", "day"}};
}

JsonObject local_help_json(const care::LocalHelp& help)
{
    JsonObject out;
    out.add("name", help.name).add("kind", help.kind).add("languages", help.languages).add("country", help.country);
    out.add("checked_on", help.checked_on);
    for (const auto& [name, text] : {std::pair{"what", &help.what}, std::pair{"cost", &help.cost}, std::pair{"hours", &help.hours},
                                     std::pair{"place", &help.place}, std::pair{"town", &help.town}, std::pair{"phone", &help.phone},
                                     std::pair{"web", &help.web}})
        if (!text->empty())
            out.add(name, *text);
    if (help.at)
        out.add("at", JsonObject{}.add("latitude", help.at->latitude).add("longitude", help.at->longitude));
    return out;
}

void add_local_help_routes(Router& router, Desks& desks)
{
    const auto administrator = Callers::administrator();
    router.shape({"Coordinates", {{"latitude", "number"}, {"longitude", "number"}}, "degrees"});
    auto fields = local_help_fields();
    router.shape({"LocalHelpWanted", fields, "help near by, as an administrator writes it"});
    fields.push_back({"checked_by", "text", "in whose name it stands"});
    fields.push_back({"check_again", "flag", "nobody checked it within 180 days"});
    router.shape({"LocalHelp", fields, "help near by that the service itself knows; never a crisis line"});
    router.add({.pattern = "/api/v1/admin/local-help",
                .summary = "Help near by that the service itself knows.",
                .callers = administrator,
                .answer = {{"items", "LocalHelp[]"}, {"version", "integer"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    return listed(desks, request.actor(), TRY(care::LocalHelpDesk(desks.record).read(request.actor())));
                }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/admin/local-help",
                .summary = "Saves all of it; `version` is the one that was read. What was changed stands in one's own name.",
                .callers = administrator,
                .fields = {{"items", "LocalHelpWanted[]"}, {"version", "integer"}},
                .example = R"({"version":0,"items":[{"name":"Walk-in centre","kind":"drop_in","languages":["en"],"country":"IE",)"
                           R"("place":"1 Quay Street","phone":"01 000 0000","checked_on":"2026-11-20"}]})",
                .answer = {{"items", "LocalHelp[]"}, {"version", "integer"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto wanted = TRY(read_body(request, [](Body& body) { return helps_in(body); }));
                    return listed(desks, request.actor(), TRY(care::LocalHelpDesk(desks.record).save(request.actor(), wanted)));
                }});
}

} // namespace handrail::http::routes
