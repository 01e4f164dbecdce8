#include "care/documents.h"
#include "http/json_body.h"
#include "http/json_text.h"
#include "http/routes/desks.h"
#include "http/routes/documents_json.h"

namespace handrail::http::routes {

namespace {

constexpr std::size_t lines = 31; ///< one more than a part holds, so that the desk can say so
constexpr std::size_t longest = 4001;

JsonList contacts_json(const std::vector<care::Contact>& contacts, bool named)
{
    JsonList list;
    for (const auto& contact : contacts) {
        JsonObject one;
        one.add(named ? "name" : "text", contact.name);
        if (!contact.phone.empty())
            one.add("phone", contact.phone);
        list.add(one);
    }
    return list;
}

std::vector<care::Contact> contacts_in(Body& parts, const char* part, bool named)
{
    std::vector<care::Contact> contacts;
    for (auto& each : parts.list(part, lines))
        contacts.push_back({each.text_or(named ? "name" : "text", longest, ""), each.text_or("phone", 100, "")});
    return contacts;
}

PersonId self(const Request& request) { return *request.actor().person(); }

} // namespace

JsonObject plan_parts_json(const care::SafetyPlan& plan)
{
    return JsonObject{}
        .add("warning_signs", plan.warning_signs)
        .add("coping", plan.coping)
        .add("distraction", contacts_json(plan.distraction, false))
        .add("people", contacts_json(plan.people, true))
        .add("professionals", contacts_json(plan.professionals, true))
        .add("safer_place", plan.safer_place);
}

JsonObject safety_plan_json(const care::SafetyPlan& plan)
{
    return JsonObject{}
        .add("version", plan.version)
        .add("parts", plan_parts_json(plan))
        .add("shared_with_team", plan.shared_with_team)
        .add("kept_on_device", plan.kept_on_device)
        .add("updated_at", plan.updated_at);
}

JsonObject safe_contact_json(const care::SafeContact& contact)
{
    JsonObject out;
    out.add("version", contact.version);
    for (const auto& [name, text] : std::initializer_list<std::pair<const char*, const std::string&>>{
             {"phone", contact.phone}, {"email", contact.email}, {"times", contact.times},
             {"address", contact.address}, {"medicines", contact.medicines}})
        if (!text.empty())
            out.add(name, text);
    out.add("voicemail_ok", contact.voicemail_ok).add("text_ok", contact.text_ok);
    if (contact.emergency_contact)
        out.add("emergency_contact", JsonObject{}
                                         .add("name", contact.emergency_contact->name)
                                         .add("relation", contact.emergency_contact->relation)
                                         .add("phone", contact.emergency_contact->phone)
                                         .add("may_call", contact.emergency_contact->may_call));
    out.add("updated_at", contact.updated_at);
    return out;
}

void add_plan_routes(Router& router, Desks& desks)
{
    router.shape({"PlanPerson", {{"name", "text"}, {"phone?", "text"}}});
    router.shape({"PlanPlace", {{"text", "text"}, {"phone?", "text"}}});
    router.shape({"PlanParts",
                  {{"warning_signs", "text[]"},
                   {"coping", "text[]"},
                   {"distraction", "PlanPlace[]"},
                   {"people", "PlanPerson[]"},
                   {"professionals", "PlanPerson[]"},
                   {"safer_place", "text[]"}}});
    router.shape({"NewPlanParts",
                  {{"warning_signs?", "text[]"},
                   {"coping?", "text[]"},
                   {"distraction?", "PlanPlace[]"},
                   {"people?", "PlanPerson[]"},
                   {"professionals?", "PlanPerson[]"},
                   {"safer_place?", "text[]"}}});
    router.shape({"EmergencyContact",
                  {{"name", "text"},
                   {"relation", "text"},
                   {"phone", "text"},
                   {"may_call", "flag", "the person agreed that staff may call them"}}});
    router.shape({"SafetyPlan",
                  {{"version", "integer"},
                   {"parts", "PlanParts"},
                   {"shared_with_team", "flag"},
                   {"kept_on_device", "flag"},
                   {"updated_at?", "instant"}}});
    router.shape({"SafeContact",
                  {{"version?", "integer"},
                   {"phone?", "text"},
                   {"email?", "text"},
                   {"times?", "text"},
                   {"voicemail_ok", "flag"},
                   {"text_ok", "flag"},
                   {"address?", "text"},
                   {"emergency_contact?", "EmergencyContact"},
                   {"medicines?", "text"},
                   {"updated_at?", "instant"}}});
    router.add({.pattern = "/api/v1/safety-plan",
                .summary = "One's own safety plan.",
                .callers = Callers::person(),
                .answer_type = "SafetyPlan",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    return Response::ok(
                        safety_plan_json(TRY(desks.documents.safety_plan(request.actor(), self(request)))).done());
                }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/safety-plan",
                .summary = "Saves it; `version` is the one that was read.",
                .callers = Callers::person(),
                .fields = {{"version", "integer"}, {"parts", "NewPlanParts"}, {"shared_with_team?", "flag"},
                           {"kept_on_device?", "flag"}},
                .example = R"({"version":0,"parts":{"warning_signs":["I stop answering messages"]}})",
                .answer_type = "SafetyPlan",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto plan = TRY(read_body(request, [](Body& body) {
                        care::SafetyPlan read;
                        read.version = body.number("version", 0, INT64_C(1) << 40);
                        auto parts = body.object("parts");
                        read.warning_signs = parts.texts("warning_signs", lines, longest);
                        read.coping = parts.texts("coping", lines, longest);
                        read.distraction = contacts_in(parts, "distraction", false);
                        read.people = contacts_in(parts, "people", true);
                        read.professionals = contacts_in(parts, "professionals", true);
                        read.safer_place = parts.texts("safer_place", lines, longest);
                        read.shared_with_team = body.flag_or("shared_with_team", false);
                        read.kept_on_device = body.flag_or("kept_on_device", false);
                        return read;
                    }));
                    return Response::ok(
                        safety_plan_json(TRY(desks.documents.save(request.actor(), self(request), plan))).done());
                }});
    router.add({.pattern = "/api/v1/safe-contact",
                .summary = "How to reach oneself safely.",
                .callers = Callers::person(),
                .answer_type = "SafeContact",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    return Response::ok(
                        safe_contact_json(TRY(desks.documents.safe_contact(request.actor(), self(request)))).done());
                }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/safe-contact",
                .summary = "Saves it.",
                .callers = Callers::person(),
                .fields = {{"phone?", "text"},
                           {"email?", "text"},
                           {"times?", "text"},
                           {"voicemail_ok?", "flag"},
                           {"text_ok?", "flag"},
                           {"address?", "text"},
                           {"medicines?", "text"},
                           {"emergency_contact?", "EmergencyContact|null"}},
                .example = R"({"phone":"085 555 0142","times":"after six","voicemail_ok":false,"text_ok":true})",
                .answer_type = "SafeContact",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto contact = TRY(read_body(request, [](Body& body) {
                        care::SafeContact read;
                        read.phone = body.text_or("phone", 100, "");
                        read.email = body.text_or("email", 200, "");
                        read.times = body.text_or("times", longest, "");
                        read.voicemail_ok = body.flag_or("voicemail_ok", false);
                        read.text_ok = body.flag_or("text_ok", false);
                        read.address = body.text_or("address", longest, "");
                        read.medicines = body.text_or("medicines", longest, "");
                        if (auto emergency = body.optional_object("emergency_contact"))
                            read.emergency_contact = care::EmergencyContact{
                                emergency->text_or("name", 200, ""), emergency->text_or("relation", 200, ""),
                                emergency->text_or("phone", 100, ""), emergency->flag_or("may_call", false)};
                        return read;
                    }));
                    return Response::ok(
                        safe_contact_json(TRY(desks.documents.save(request.actor(), self(request), contact))).done());
                }});
}

} // namespace handrail::http::routes
