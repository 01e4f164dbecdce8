#include <algorithm>
#include <set>

#include "care/service_desk.h"
#include "content/crisis_lines.h"
#include "http/json_text.h"
#include "http/routes/desks.h"
#include "http/routes/line_json.h"
#include "trust/actor_desk.h"

namespace handrail::http::routes {

namespace {

/// The lines this service shows in a country, with whose word stands behind each. Nothing else is in the directory: an
/// organisation that no list names is none of ours to name.
Result<Response> resources(Desks& desks, const Request& request)
{
    const auto service = TRY(desks.service.read(trust::ActorDesk::system(desks.organisation)));
    const auto* country = desks.lines.country(request.query("country").value_or(""));
    if (country == nullptr)
        return not_found("The list has no such country. Give it like ?country=IE.");
    const auto audience = request.query("audience").value_or("");
    const auto language = request.query("language").value_or("");
    std::set<std::string, std::less<>> accepted;
    for (const auto& line : service.lines)
        accepted.insert(line.line);
    const auto lines = desks.demo && service.lines.empty() ? desks.lines.accepted_for_demo(country->iso)
                                                           : desks.lines.accepted(country->iso, accepted);
    JsonList items;
    std::set<std::string> audiences;
    for (const auto& line : lines) {
        audiences.insert(line.audience);
        const bool speaks = language.empty() || line.languages.empty() ||
                            std::find(line.languages.begin(), line.languages.end(), language) != line.languages.end();
        if (!speaks || (!audience.empty() && line.audience != audience))
            continue;
        auto one = line_json(line);
        one.add("lists", static_cast<std::int64_t>(line.sources.size())).add("source_date", line.source_date);
        // Hours stand in the country's own time, which is not known here: open is said only of what never shuts.
        one.add("always_open", line.hours.starts_with("24/7"));
        for (const auto& each : service.lines)
            if (each.line == line.id)
                one.add("checked_on", each.checked_on);
        items.add(one);
    }
    JsonList known;
    for (const auto& each : audiences)
        known.add(each);
    return Response::ok(JsonObject{}
                            .add("items", items)
                            .add("audiences", known)
                            .add("country", country->iso)
                            .add("country_name", country->name)
                            .done());
}

} // namespace

void add_resource_routes(Router& router, Desks& desks)
{
    auto listed = line_fields();
    for (const auto& field : std::initializer_list<Field>{
             {"lists", "integer", "how many public lists name it"},
             {"source_date", "text"},
             {"checked_on?", "text", "the day on which this service checked it"},
             {"always_open", "flag", "day and night; otherwise see `hours`, in the country's own time"}})
        listed.push_back(field);
    router.shape({"Resource", listed, "a line that this service shows"});
    router.add({.pattern = "/api/v1/resources",
                .summary = "Where help is in a country, for whom: only what a public list names and this service accepted.",
                .callers = Callers::person(),
                .query = {{"country", "text", "ISO 3166"},
                          {"audience?", "text", "\"eating_disorder\", \"domestic_violence\" …"},
                          {"language?", "text"}},
                .answer = {{"items", "Resource[]"}, {"audiences", "text[]"}, {"country", "text"}, {"country_name", "text"}},
                .handler = [&desks](const Request& request) { return resources(desks, request); }});
}

} // namespace handrail::http::routes
