#include "care/service_desk.h"
#include "content/crisis_lines.h"
#include "content/freshness.h"
#include "http/json_body.h"
#include "http/json_text.h"
#include "http/routes/desks.h"
#include "http/routes/line_json.h"
#include "support/conversation_desk.h"
#include "trust/account_desk.h"

namespace handrail::http::routes {

namespace {

std::string clock_text(int minutes)
{
    char out[16];
    std::snprintf(out, sizeof out, "%02d:%02d", minutes / 60, minutes % 60);
    return out;
}

/// "09:00" to minutes after midnight; -1 when it is no time of day. "24:00" is the end of the day.
int minutes_in(const std::string& text)
{
    if (text.size() != 5 || text[2] != ':')
        return -1;
    for (const std::size_t at : {0U, 1U, 3U, 4U})
        if (text[at] < '0' || text[at] > '9')
            return -1;
    const int hours = (text[0] - '0') * 10 + (text[1] - '0');
    const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
    return hours > 24 || minutes > 59 || hours * 60 + minutes > 24 * 60 ? -1 : hours * 60 + minutes;
}

JsonObject settings_json(const care::Service& service, int soon_people_shipped)
{
    JsonObject out;
    out.add("service_name", service.name).add("version", service.version);
    if (!service.safety_officer.empty())
        out.add("safety_officer", service.safety_officer);
    out.add("responders", service.responders);
    JsonList hours;
    for (const auto& each : service.hours) {
        JsonList days;
        for (std::size_t day = 0; day < each.days.size(); ++day)
            if (each.days.at(day))
                days.add(static_cast<int>(day) + 1);
        hours.add(JsonObject{}.add("days", days).add("from", clock_text(each.from)).add("to", clock_text(each.to)));
    }
    out.add("staffed_hours", hours).add("time_zone", service.time_zone);
    out.add("out_of_hours_number", service.out_of_hours_number);
    out.add("own_line", JsonObject{}
                            .add("name", service.own_line.name)
                            .add("phone", service.own_line.phone)
                            .add("hours", service.own_line.hours));
    out.add("leave_url", service.leave_url).add("retention_days", service.retention_days);
    out.add("minimum_age_band", service.minimum_age_band);
    if (service.soon_people > 0)
        out.add("soon_people", service.soon_people);
    out.add("soon_people_shipped", soon_people_shipped);
    JsonList pages;
    for (const auto& page : service.test_pages)
        pages.add(JsonObject{}
                      .add("account", page.to)
                      .add("alert", page.alert)
                      .add("sent_at", page.sent_at)
                      .add("acknowledged", page.acknowledged));
    out.add("test_pages", pages);
    return out;
}

care::Service settings_in(Body& body, care::Service service)
{
    service.version = body.number("version", 0, INT64_C(1) << 40);
    service.name = body.text("service_name", 100);
    service.safety_officer = body.optional_id<AccountId>("safety_officer").value_or(AccountId{});
    service.responders = body.ids<AccountId>("responders", 200);
    service.hours.clear();
    for (auto& each : body.list("staffed_hours", 50)) {
        care::StaffedHours hours;
        auto days = each.raw("days");
        for (std::size_t day = 0; day < 7; ++day)
            hours.days.at(day) = days.find(static_cast<char>('1' + day)) != std::string::npos;
        hours.from = minutes_in(each.text("from", 5));
        hours.to = minutes_in(each.text("to", 5));
        if (hours.from < 0)
            each.refuse("from", "A time of day is written like 09:00.");
        if (hours.to < 0)
            each.refuse("to", "A time of day is written like 17:00.");
        service.hours.push_back(hours);
    }
    service.time_zone = body.text("time_zone", 60);
    service.out_of_hours_number = body.text_or("out_of_hours_number", 60, "");
    if (auto own = body.optional_object("own_line"))
        service.own_line = {own->text_or("name", 100, ""), own->text_or("phone", 60, ""),
                            own->text_or("hours", 200, "")};
    service.leave_url = body.text("leave_url", 300);
    service.retention_days = static_cast<int>(body.number("retention_days", 1, 36500));
    service.minimum_age_band = body.one_of("minimum_age_band", {"under_13", "13_17", "18_25", "26_64", "65_plus"});
    service.soon_people = static_cast<int>(body.optional_number("soon_people", 1, 200).value_or(0));
    return service;
}

Result<Response> lines(Desks& desks, const Request& request)
{
    const auto service = TRY(desks.service.read(request.actor()));
    const auto country = request.query("country").value_or("");
    const auto* found = desks.lines.country(country);
    if (found == nullptr)
        return not_found("The list has no such country. Give it like ?country=IE.");
    JsonList items;
    for (const auto& line : found->lines) {
        auto one = line_json(line);
        one.add("status", content::name(line.status)).add("sources", line.sources).add("source_date", line.source_date);
        if (!line.conflict.empty())
            one.add("conflict", line.conflict);
        if (!line.note.empty())
            one.add("note", line.note);
        auto dated = line.source_date;
        for (const auto& accepted : service.lines)
            if (accepted.line == line.id) {
                dated = accepted.checked_on;
                const auto by = desks.accounts.staff(request.actor(), accepted.by);
                one.add("accepted", JsonObject{}
                                        .add("by", by.ok() ? by->display_name : std::string("demo"))
                                        .add("at", accepted.at)
                                        .add("how", accepted.how)
                                        .add("checked_on", accepted.checked_on));
            }
        one.add("check_again", content::checked_long_ago(dated, desks.clock.now()));
        items.add(one);
    }
    return Response::ok(JsonObject{}
                            .add("items", items)
                            .add("country", found->iso)
                            .add("compiled_on", desks.lines.compiled_on())
                            .done());
}

} // namespace

void add_admin_service_routes(Router& router, Desks& desks)
{
    const auto administrator = Callers::administrator();
    const std::string age_band = R"("under_13"|"13_17"|"18_25"|"26_64"|"65_plus")";
    router.shape({"StaffedHours",
                  {{"days", "integer[]", "1 is Monday"}, {"from", "text", "like 09:00"}, {"to", "text"}}});
    router.shape({"SentTestPage",
                  {{"account", "id"}, {"alert", "id"}, {"sent_at", "instant"}, {"acknowledged", "flag"}}});
    router.shape({"Settings",
                  {{"service_name", "text"},
                   {"version", "integer"},
                   {"safety_officer?", "id"},
                   {"responders", "id[]"},
                   {"staffed_hours", "StaffedHours[]"},
                   {"time_zone", "text"},
                   {"out_of_hours_number", "text"},
                   {"own_line", "OwnLine"},
                   {"leave_url", "text"},
                   {"retention_days", "integer"},
                   {"minimum_age_band", age_band},
                   {"soon_people?", "integer", "of how many people a day new entries come to one clinician's list; absent: as shipped"},
                   {"soon_people_shipped", "integer"},
                   {"test_pages", "SentTestPage[]"}}});
    router.shape({"AcceptedLine",
                  {{"by", "text"}, {"at", "instant"}, {"how", "text"}, {"checked_on", "text"}},
                  "in whose name a line is shown"});
    auto listed = line_fields();
    for (const auto& field : std::initializer_list<Field>{{"status", "text"},
                                                          {"sources", "text[]"},
                                                          {"source_date", "text"},
                                                          {"conflict?", "text"},
                                                          {"note?", "text"},
                                                          {"accepted?", "AcceptedLine"},
                                                          {"check_again", "flag", "nobody checked it within 180 days"}})
        listed.push_back(field);
    router.shape({"ListedLine", listed, "a line as the list has it"});
    router.shape({"SafetyText",
                  {{"id", "text"},
                   {"kind", "text"},
                   {"text", "text"},
                   {"version", "integer"},
                   {"reviewed", "text"},
                   {"rules", "text[]"}}});
    router.shape({"Signature", {{"by", "text"}, {"at", "instant"}}});
    router.shape({"SafetyTexts",
                  {{"items", "SafetyText[]"}, {"language", "text"}, {"version", "text"}, {"signed", "Signature[]"}},
                  "all texts of a language; they are signed together"});
    router.add({.pattern = "/api/v1/admin/settings",
                .summary = "What the service has set up.",
                .callers = administrator,
                .answer_type = "Settings",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    return Response::ok(settings_json(TRY(desks.service.read(request.actor())), desks.alerts.times().soon_people).done());
                }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/admin/settings",
                .summary = "Saves it; `version` is the one that was read.",
                .callers = administrator,
                .fields = {{"version", "integer"},
                           {"service_name", "text"},
                           {"safety_officer?", "id"},
                           {"responders", "id[]"},
                           {"staffed_hours", "StaffedHours[]"},
                           {"time_zone", "text"},
                           {"out_of_hours_number?", "text"},
                           {"own_line?", "OwnLine|null"},
                           {"leave_url", "text"},
                           {"retention_days", "integer"},
                           {"minimum_age_band", age_band},
                           {"soon_people?", "integer|null"}},
                .example = R"({"version":0,"service_name":"Harbour Street","responders":[],"staffed_hours":[],)"
                           R"("time_zone":"Europe/Dublin","leave_url":"https://www.wikipedia.org/",)"
                           R"("retention_days":3650,"minimum_age_band":"18_25"})",
                .answer_type = "Settings",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto before = TRY(desks.service.read(request.actor()));
                    const auto wanted =
                        TRY(read_body(request, [&](Body& body) { return settings_in(body, before); }));
                    return Response::ok(settings_json(TRY(desks.service.save(request.actor(), wanted)), desks.alerts.times().soon_people).done());
                }});
    router.add({.pattern = "/api/v1/admin/crisis-lines",
                .summary = "A country's lines with their sources and marks, and who accepted them.",
                .callers = administrator,
                .query = {{"country", "text"}},
                .answer = {{"items", "ListedLine[]"}, {"country", "text"}, {"compiled_on", "text"}},
                .handler = [&desks](const Request& request) { return lines(desks, request); }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/admin/crisis-lines/{line}/accept",
                .summary = "Accepts one line in one's own name, saying how and when it was checked.",
                .callers = administrator,
                .fields = {{"how", R"("called"|"page_read")"}, {"checked_on", "day"}},
                .example = R"({"how":"called","checked_on":"2026-11-20"})",
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto& id = request.path("line");
                    if (desks.lines.line(id) == nullptr)
                        return not_found("There is no such line.");
                    auto accepted = TRY(read_body(request, [](Body& body) {
                        care::AcceptedLine read;
                        read.how = body.one_of("how", {"called", "page_read"});
                        read.checked_on = body.text("checked_on", 10);
                        return read;
                    }));
                    accepted.line = id;
                    TRY(desks.service.accept_line(request.actor(), accepted));
                    return Response::no_content();
                }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/admin/crisis-lines/{line}/accept",
                .summary = "Takes an acceptance back.",
                .callers = administrator,
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    TRY(desks.service.withdraw_line(request.actor(), request.path("line")));
                    return Response::no_content();
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/admin/test-page",
                .summary = "Sends a test page that the named account acknowledges on their caseload.",
                .callers = administrator,
                .fields = {{"account", "id"}},
                .example = R"({"account":"00000000000000000000000000"})",
                .status = 201,
                .answer = {{"alert", "id"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto to =
                        TRY(read_body(request, [](Body& body) { return body.id<AccountId>("account"); }));
                    const auto alert = TRY(desks.service.send_test_page(request.actor(), to));
                    return Response::created(JsonObject{}.add("alert", alert).done());
                },
                .rate = RateClass::Costly});
    const auto staff = Callers::only({Role::Clinician, Role::Lead, Role::Administrator});
    router.add({.pattern = "/api/v1/admin/texts",
                .summary = "The fixed safety and consent texts of a language, and who signed them.",
                .callers = staff,
                .query = {{"language?", "text"}},
                .answer_type = "SafetyTexts",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto language = request.query("language").value_or("en");
                    const auto version = desks.conversations.text_version(language);
                    const auto service = TRY(desks.service.read(request.actor()));
                    JsonList signed_by;
                    for (const auto& each : service.signatures)
                        if (each.language == language && each.version == version) {
                            const auto by = desks.accounts.staff(request.actor(), each.by);
                            signed_by.add(JsonObject{}
                                              .add("by", by.ok() ? by->display_name : std::string("demo"))
                                              .add("at", each.at));
                        }
                    return Response::ok(JsonObject{}
                                            .raw("items", TRY(desks.safety_texts(language)))
                                            .add("language", language)
                                            .add("version", version)
                                            .add("signed", signed_by)
                                            .done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/admin/texts/{language}/sign",
                .summary = "Signs the texts of a language in one's own name; two different people are needed.",
                .callers = staff,
                .fields = {{"version", "text"}},
                .example = R"({"version":"en-1"})",
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto version = TRY(read_body(request, [](Body& body) { return body.text("version", 60); }));
                    if (version != desks.conversations.text_version(request.path("language")))
                        return conflict("The texts have changed since this page was loaded. Read them again.");
                    TRY(desks.service.sign(request.actor(), request.path("language"), version));
                    return Response::no_content();
                }});
}

} // namespace handrail::http::routes
