#include <algorithm>
#include <set>

#include "care/open_now.h"
#include "care/service_desk.h"
#include "content/crisis_lines.h"
#include "http/json_text.h"
#include "http/routes/desks.h"
#include "http/routes/line_json.h"
#include "http/routes/local_help.h"
#include "trust/actor_desk.h"

namespace handrail::http::routes {

namespace {

/// Nothing is said of hours that cannot be read, or where the country's time zones do not agree.
void tell_hours(JsonObject& out, const std::string& written, const std::vector<std::string>& zones, Instant now)
{
    const auto hours = opening_hours(written);
    out.add("always_open", hours && hours->always);
    if (hours)
        if (const auto found = care::open_now(*hours, zones, now))
            out.add("open", found->open).add("until", found->until);
}

/// The lines this service shows in a country, with whose word stands behind each, and the help near by that it knows itself.
/// Nothing else is in the directory: an organisation that nobody answers for is none of ours to name.
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
        tell_hours(one, line.hours, line.zone.empty() ? country->zones : std::vector<std::string>{line.zone}, desks.clock.now());
        for (const auto& each : service.lines)
            if (each.line == line.id)
                one.add("checked_on", each.checked_on);
        items.add(one);
    }
    JsonList own;
    for (const auto& help : TRY(care::LocalHelpDesk(desks.record).read(trust::ActorDesk::system(desks.organisation))).items) {
        const bool speaks = language.empty() || help.languages.empty() ||
                            std::find(help.languages.begin(), help.languages.end(), language) != help.languages.end();
        if (help.country != country->iso || !speaks || !audience.empty())
            continue;
        auto one = local_help_json(help);
        tell_hours(one, help.hours, country->zones, desks.clock.now());
        own.add(one);
    }
    JsonList known;
    for (const auto& each : audiences)
        known.add(each);
    return Response::ok(JsonObject{}
                            .add("items", items)
                            .add("own", own)
                            .add("audiences", known)
                            .add("country", country->iso)
                            .add("country_name", country->name)
                            .done());
}

} // namespace

void add_resource_routes(Router& router, Desks& desks)
{
    auto listed = line_fields();
    const std::vector<Field> hours{
        {"always_open", "flag", "day and night; otherwise see `hours`, in the country's own time"},
        {"open?", "flag", "by its hours; absent where they cannot be read or the time zone is not known"},
        {"until?", "instant", "when that changes; absent where it is not known"}};
    listed.push_back({"lists", "integer", "how many public lists name it"});
    listed.push_back({"source_date", "text"});
    listed.push_back({"checked_on?", "text", "the day on which this service checked it"});
    listed.insert(listed.end(), hours.begin(), hours.end());
    router.shape({"Resource", listed, "a line that this service shows"});
    auto own = local_help_fields();
    own.insert(own.end(), hours.begin(), hours.end());
    router.shape({"OwnResource", own, "help near by that this service knows"});
    router.add({.pattern = "/api/v1/resources",
                .summary = "Where help is in a country, for whom: only what a public list names and this service accepted; and what it knows near by itself.",
                .callers = Callers::person(),
                .query = {{"country", "text", "ISO 3166"},
                          {"audience?", "text", "\"eating_disorder\", \"domestic_violence\" …"},
                          {"language?", "text"}},
                .answer = {{"items", "Resource[]"}, {"own", "OwnResource[]", "without an audience only"}, {"audiences", "text[]"}, {"country", "text"}, {"country_name", "text"}},
                .handler = [&desks](const Request& request) { return resources(desks, request); }});
}

} // namespace handrail::http::routes
