#include "care/service_desk.h"

#include <set>

#include "content/crisis_lines.h"
#include "http/json_text.h"
#include "http/routes/desks.h"
#include "http/routes/line_json.h"
#include "support/conversation_desk.h"
#include "trust/actor_desk.h"

namespace handrail::http::routes {

namespace {

/// "112 reaches any emergency service": made from what the data says each number reaches.
std::string reaches(const std::vector<EmergencyNumber>& numbers)
{
    std::string out;
    std::set<std::string> said;
    for (const auto& each : numbers) {
        const std::string what = each.reaches.empty() ? "the emergency services" : each.reaches;
        if (said.insert(what).second)
            out += (out.empty() ? "" : ", ") + what;
    }
    return out;
}

std::vector<CrisisLine> shown_lines(const Desks& desks, const care::Service& service, const std::string& country)
{
    if (desks.demo && service.lines.empty())
        return desks.lines.accepted_for_demo(country);
    std::set<std::string, std::less<>> accepted;
    for (const auto& line : service.lines)
        accepted.insert(line.line);
    return desks.lines.accepted(country, accepted);
}

Result<Response> help(Desks& desks, const Request& request)
{
    const auto service =
        TRY(desks.service.read_or_last(trust::ActorDesk::system(desks.organisation), desks.keeping().away));
    const auto country = request.query("country").value_or("");
    const auto audience = request.query("audience").value_or("");
    const auto* found = country.empty() ? nullptr : desks.lines.country(country);
    JsonObject out;
    if (found == nullptr) {
        out.null("country");
        out.add("emergency", JsonObject{}
                                 .add("numbers", JsonList{})
                                 .add("reaches", "Call the emergency number of the place where you are.")
                                 .add("check_locally", true));
        out.add("lines", JsonList{});
        out.add("gap", "Choose your country, and its lines are shown here.");
    } else {
        out.add("country", found->iso).add("country_name", found->name);
        JsonList numbers;
        bool check = false;
        for (const auto& each : found->emergency) {
            numbers.add(each.number);
            check = check || each.check_locally;
        }
        out.add("emergency", JsonObject{}
                                 .add("numbers", numbers)
                                 .add("reaches", reaches(found->emergency))
                                 .add("check_locally", check)
                                 .add("note", found->emergency_note));
        JsonList lines;
        bool any = false;
        for (const auto& line : shown_lines(desks, service, found->iso)) {
            if (!audience.empty() && audience != "all" && line.audience != audience && line.audience != "all")
                continue;
            lines.add(line_json(line));
            any = true;
        }
        out.add("lines", lines);
        if (!any)
            out.add("gap", found->gap.empty() ? "This service has not confirmed a crisis line for " + found->name +
                                                    " yet. The emergency number and the directory below still help."
                                              : found->gap);
    }
    if (!service.own_line.phone.empty())
        out.add("own_line", JsonObject{}
                                .add("name", service.own_line.name)
                                .add("phone", service.own_line.phone)
                                .add("hours", service.own_line.hours)
                                .add("staffed_now", care::staffed(service, desks.clock.now()).now));
    if (!service.out_of_hours_number.empty())
        out.add("out_of_hours_number", service.out_of_hours_number);
    JsonList international;
    for (const auto& each : desks.lines.international()) {
        // What nobody confirmed is not shown by itself.
        if (each.what.find("UNVERIFIED") != std::string::npos)
            continue;
        international.add(JsonObject{}.add("name", each.name).add("url", each.url).add("what", each.what));
    }
    out.add("international", international);
    return Response::ok(out.done());
}

Result<Response> about(Desks& desks, const std::string& language)
{
    const auto system = trust::ActorDesk::system(desks.organisation);
    const auto keeping = desks.keeping();
    const auto service = TRY(desks.service.read_or_last(system, keeping.away));
    const auto now = care::staffed(service, desks.clock.now());
    const auto reads = desks.conversations.staffed_words(language, now);
    JsonList needs;
    bool open = false;
    if (!keeping.keeps) {
        needs.add("Nothing can be kept at the moment.");
    } else {
        const auto steps = care::first_start(service, TRY(care::staff_there(system, desks.accounts, desks.teams)), "en",
                                             desks.text_version);
        open = desks.demo || care::open_for_sign_up(steps);
        for (const auto& step : steps)
            if (!step.done)
                needs.add(step.title);
    }
    JsonObject out;
    out.add("name", service.name).add("demo", desks.demo);
    out.add("open", open).add("open_needs", needs);
    out.add("languages", desks.conversations.offered_languages(service));
    out.add("staffed", JsonObject{}.add("now", now.now).add("text", reads).add("next", now.next));
    if (!service.own_line.phone.empty())
        out.add("own_line", JsonObject{}
                                .add("name", service.own_line.name)
                                .add("phone", service.own_line.phone)
                                .add("hours", service.own_line.hours));
    out.add("leave_url", service.leave_url).add("retention_days", service.retention_days);
    out.add("minimum_age_band", service.minimum_age_band);
    out.add("privacy",
            JsonObject{}
                .add("who_reads",
                     "Your care team reads what you write here, if you say yes to that. Without your yes they read "
                     "only when words sound like danger. They do not watch all the time.")
                .add("when", reads));
    JsonList notice;
    notice.add("I am an AI: not a person, not a clinician, not an emergency service. I can get things wrong.");
    notice.add(now.now ? "Your care team reads here in staffed hours. " + reads
                       : "Your care team reads here in staffed hours. " + reads + " Get help now always works.");
    notice.add("Words about danger to you or someone else call a person on the team. You are told when that happens.");
    notice.add("What you write is locked with a key of your own. You can take it with you or have it erased.");
    out.add("notice", notice);
    JsonList models;
    for (const auto& each : desks.models.told)
        models.add(each);
    out.add("language_models", models);
    JsonList countries;
    for (const auto& [iso, country] : desks.lines.countries())
        countries.add(JsonObject{}.add("code", iso).add("name", country.name));
    out.add("countries", countries).add("version", HANDRAIL_VERSION);
    return Response::ok(out.done());
}

} // namespace

std::vector<Field> line_fields()
{
    return {
        {"id", "text"},         {"name", "text"},        {"country", "text"},
        {"audience", "text"},   {"phone?", "text"},      {"dial?", "text"},
        {"sms?", "TextNumber"}, {"whatsapp?", "text"},   {"chat_url?", "text"},
        {"hours?", "text"},     {"how?", "text"},        {"where?", "text"},
        {"free?", "flag"},      {"languages", "text[]"}, {"confirmed", "flag", "false: shown as not confirmed here"}};
}

JsonObject line_json(const CrisisLine& line)
{
    JsonObject out;
    out.add("id", line.id).add("name", line.name).add("country", line.country).add("audience", line.audience);
    for (const auto& [field, text] :
         std::initializer_list<std::pair<const char*, const std::string&>>{{"phone", line.phone},
                                                                           {"dial", line.dial},
                                                                           {"whatsapp", line.whatsapp},
                                                                           {"chat_url", line.chat_url},
                                                                           {"hours", line.hours},
                                                                           {"how", line.how},
                                                                           {"where", line.where}})
        if (!text.empty())
            out.add(field, text);
    if (line.sms) {
        JsonObject sms;
        sms.add("number", line.sms->number);
        if (!line.sms->keyword.empty())
            sms.add("keyword", line.sms->keyword);
        out.add("sms", sms);
    }
    out.add("free", line.free_call).add("languages", line.languages).add("confirmed", line.confirmed);
    return out;
}

void add_service_routes(Router& router, Desks& desks)
{
    router.shape({"Line", line_fields()});
    router.shape({"TextNumber", {{"number", "text"}, {"keyword?", "text", "what to write"}}});
    router.shape({"OwnLine",
                  {{"name", "text"}, {"phone", "text"}, {"hours", "text"}, {"staffed_now?", "flag"}},
                  "the service's own crisis number"});
    router.shape(
        {"Staffed", {{"now", "flag"}, {"text", "text", "in words"}, {"next?", "instant", "when that changes"}}});
    router.shape({"Country", {{"code", "text", "ISO 3166, two letters"}, {"name", "text"}}});
    router.shape({"WhoReads", {{"who_reads", "text"}, {"when", "text"}}});
    router.shape({"Service",
                  {{"name", "text"},
                   {"demo", "flag"},
                   {"open", "flag", "new people may begin"},
                   {"open_needs", "text[]", "what is missing before they may"},
                   {"languages", "text[]", "in which one may read the page and write; English first"},
                   {"staffed", "Staffed"},
                   {"own_line?", "OwnLine"},
                   {"leave_url", "text", "the neutral page that Leave opens"},
                   {"retention_days", "integer"},
                   {"minimum_age_band", "text"},
                   {"privacy", "WhoReads"},
                   {"notice", "text[]"},
                   {"language_models", "text[]", "whose may word replies of those who agree; empty: none"},
                   {"countries", "Country[]"},
                   {"version", "text"}}});
    router.shape({"Emergency",
                  {{"numbers", "text[]"},
                   {"reaches", "text"},
                   {"check_locally", "flag", "true: a number that was not verified"},
                   {"note?", "text"}}});
    router.shape({"Directory", {{"name", "text"}, {"url", "text"}, {"what", "text"}}});
    router.shape({"Help",
                  {{"country", "text|null"},
                   {"country_name?", "text"},
                   {"emergency", "Emergency"},
                   {"lines", "Line[]"},
                   {"gap?", "text", "why there is no line"},
                   {"own_line?", "OwnLine"},
                   {"out_of_hours_number?", "text"},
                   {"international", "Directory[]"}}});
    router.shape({"Section", {{"heading", "text"}, {"text", "text"}}});
    router.shape({"FixedWords", {{"id", "text", "level, danger, and who could be hurt: now.suicide.self"}, {"heading", "text"}, {"text", "text"}}});
    router.shape({"ShownRule", {{"id", "text"}, {"says", "text", "in English"}, {"shown", "text[]", "what shows that it is kept"}}});
    router.shape({"CrisisProtocol",
                  {{"title", "text"},
                   {"language", "text"},
                   {"sections", "Section[]"},
                   {"fixed_heading", "text"},
                   {"fixed", "FixedWords[]"},
                   {"rules_heading", "text"},
                   {"rules_text", "text"},
                   {"rules", "ShownRule[]", "every rule, as docs/protocol.md has it"},
                   {"versions", "map<text>"}}});
    router.add({.pattern = "/api/v1/service",
                .summary = "What this service is, who reads and when, and whether it is open.",
                .callers = Callers::anyone(),
                .query = {{"language?", "text", "of the sentence about who reads now"}},
                .answer_type = "Service",
                .handler = [&desks](const Request& request) { return about(desks, request.query("language").value_or("en")); },
                .needs_store = false});
    router.add({.pattern = "/api/v1/keeping",
                .summary = "Whether what is written here can be kept at this moment. Asks nothing of the store.",
                .callers = Callers::anyone(),
                .answer = {{"keeps", "flag"}, {"since", "instant", "since when it is so"}},
                .handler = [&desks](const Request&) -> Result<Response> {
                    const auto now = desks.keeping();
                    return Response::ok(JsonObject{}.add("keeps", now.keeps).add("since", now.since).done());
                },
                .light = true});
    router.add({.pattern = "/api/v1/help",
                .summary = "Emergency number and accepted lines of a country. Needs no log-in.",
                .callers = Callers::anyone(),
                .query = {{"country?", "text", "ISO 3166, two letters"}, {"audience?", "text"}},
                .answer_type = "Help",
                .handler = [&desks](const Request& request) { return help(desks, request); },
                .needs_store = false});
    router.add({.pattern = "/api/v1/protocol",
                .summary = "The crisis protocol, made from what this server is configured to say.",
                .callers = Callers::anyone(),
                .query = {{"language?", "text", "of its words; English where there are none in it"}},
                .answer_type = "CrisisProtocol",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    return Response::ok(TRY(desks.protocol(request.query("language").value_or("en"))));
                },
                .needs_store = false});
}

} // namespace handrail::http::routes
