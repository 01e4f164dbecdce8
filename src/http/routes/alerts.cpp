#include "care/alert_desk.h"

#include <map>

#include "errands/alert_page.h"
#include "http/json_body.h"
#include "http/problem.h"
#include "http/routes/account_json.h"
#include "http/routes/alert_steps.h"
#include "http/routes/card_json.h"
#include "http/routes/desks.h"
#include "http/routes/finding_json.h"
#include "http/routes/message_json.h"
#include "http/routes/names.h"
#include "support/conversation_desk.h"
#include "trust/account_desk.h"

namespace handrail::http::routes {

namespace {

std::string step_words(const care::AlertStep& step, const std::string& who)
{
    const auto by = who.empty() ? std::string("Handrail") : who;
    static const std::map<std::string_view, const char*> words{
        {"raised", "Raised"},
        {"raised_again", "Raised again"},
        {"escalated", "Nobody acted in time: the lead was told"},
        {"reopened", "Nobody acted in time: open again"},
        {"acknowledged", "acknowledged"},
        {"note", "wrote a note"},
        {"handed_over", "was asked to take it"},
        {"second_wanted", "A second person is needed"},
        {"second_agreed", "agreed that no contact is needed"},
        {"second_refused", "did not agree: open again"},
        {"outcome_reached", "reached the person"},
        {"outcome_not_reached", "did not reach the person"},
        {"outcome_handed_over", "hands it over"},
        {"outcome_no_contact_needed", "says no contact is needed"},
        {"closed", "closed it"},
        {"asked", "asked"},
        {"words_after", "added words"},
        {"taken_back", "took it back: it was a slip"},
        {"undone_closed", "had closed it"}};
    const auto found = words.find(step.kind);
    if (!step.named.empty())
        return by + ": " + step.named + (step.kind.starts_with("undone_") ? " (taken back)" : "");
    const std::string what = found == words.end() ? step.kind : found->second;
    return step.by.empty() ? what : by + " " + what;
}

JsonObject alert_json(Desks& desks, const Actor& actor, const errands::AlertView& view)
{
    Names names(desks, actor);
    const auto& alert = view.alert;
    JsonObject out;
    out.add("id", alert.id).add("urgency", name(alert.urgency)).add("category", name(alert.category));
    out.add("state", care::name(alert.state)).add("reason", alert.reason).add("test", alert.test);
    out.add("raised_at", alert.raised_at).add("due_at", alert.due_at).add("step", alert.step);
    JsonList path;
    for (const auto& step : alert.path) {
        const auto& by = names.of(step.by).display_name;
        JsonObject one;
        one.add("kind", step.kind).add("at", step.at).add("text", step_words(step, by));
        if (!by.empty())
            one.add("by", by);
        if (!step.text.empty())
            one.add("words", step.text);
        if (!step.what.empty())
            one.add("what", step.what);
        if (!step.answers.empty()) {
            JsonList answers;
            for (const auto& each : step.answers)
                answers.add(JsonObject{}.add("question", each.question).add("text", each.text).add("answer", each.answer));
            one.add("answers", answers);
        }
        path.add(one);
    }
    out.add("path", path);
    if (alert.closed_at && alert.state == care::AlertState::Closed && !alert.person.empty())
        out.add("take_back_until", *alert.closed_at + desks.answers.asking().next_steps.take_back);
    JsonList deliveries;
    for (const auto& each : view.deliveries) {
        JsonObject one;
        one.add("id", each.id).add("channel", care::name(each.channel)).add("state", care::name(each.state));
        if (!each.account.empty())
            one.add("to", names.of(each.account).display_name);
        one.add("at", each.made_at).add("done_at", each.done_at).add("tries", each.tries);
        if (!each.problem.empty())
            one.add("problem", each.problem);
        deliveries.add(one);
    }
    out.add("deliveries", deliveries);
    if (!alert.acknowledged_by.empty()) {
        const auto& by = names.of(alert.acknowledged_by);
        out.add("acknowledged_by",
                JsonObject{}.add("id", by.id).add("name", by.display_name).add("initials", initials(by.display_name)));
    }
    if (!alert.told.empty()) {
        const auto& told = names.of(alert.told);
        out.add("told", JsonObject{}.add("id", told.id).add("name", told.display_name));
    }
    out.add("needs_second", alert.state == care::AlertState::SecondWanted);
    out.add("outcomes", outcomes_json(desks.answers.asking().next_steps, alert.urgency));
    if (!view.person)
        return out;
    out.add("person", head_json(*view.person));
    if (view.finding)
        out.add("finding", finding_json(*view.finding, desks.sources));
    JsonList messages;
    for (const auto& message : view.messages) {
        const auto& author = names.of(message.author_account);
        auto one = message_json(message, author.display_name, std::string(name(author.role)), true);
        JsonList marks;
        if (view.finding && view.finding->about_id == message.id)
            for (const auto& each : view.finding->finding.evidence)
                if (each.context_index < 0)
                    marks.add(JsonObject{}
                                  .add("begin", static_cast<std::int64_t>(each.begin))
                                  .add("end", static_cast<std::int64_t>(each.end))
                                  .add("rule", each.rule));
        messages.add(one.add("marks", marks));
    }
    out.add("messages", messages);
    if (!alert.told_text.empty())
        out.add("told_person", JsonObject{}
                                   .add("at", alert.told_at.value_or(alert.raised_at))
                                   .add("text", alert.told_text)
                                   .add("text_id", alert.told_text_id)
                                   .add("answered", view.answered));
    JsonList agreed;
    for (const auto& each : view.agreed)
        agreed.add(JsonObject{}.add("what", each.what).add("text", each.text));
    out.add("consents", agreed).add("card", card_json(view.card)).add("next_steps", next_steps_json(desks.answers.asking(), view, desks.clock.now()));
    if (!alert.conversation.empty())
        out.add("conversation", alert.conversation);
    return out;
}

using Deed = errands::AlertPage::Deed;

} // namespace

void add_alert_routes(Router& router, Desks& desks)
{
    const auto page = std::make_shared<errands::AlertPage>(desks.record, desks.accounts, desks.consents);
    declare_card_shapes(router);
    router.shape({"AlertStep",
                  {{"kind", "text"},
                   {"at", "instant"},
                   {"text", "text", "in words"},
                   {"by?", "text"},
                   {"words?", "text", "what somebody wrote with it"},
                   {"what?", "text", "of a deed step.deed, of an outcome its id; absent in records of before"},
                   {"answers?", "AskedAnswer[]", "of what was asked"}}});
    router.shape({"AskedAnswer",
                  {{"question", "text"}, {"text", "text", "as it stood on that day"}, {"answer", R"("yes"|"no"|"not_asked")"}}});
    router.shape({"Delivery",
                  {{"id", "id", "the receiver knows it by this"},
                   {"channel", R"("pager"|"mail"|"push"|"text")"},
                   {"state", R"("waiting"|"sent"|"not_needed"|"given_up")"},
                   {"to?", "text", "absent: whoever answers the channel"},
                   {"at", "instant", "when it was to go out"},
                   {"done_at?", "instant"},
                   {"tries", "integer"},
                   {"problem?", "text", "what the receiver said last"}}});
    router.shape({"Outcome",
                  {{"id", "text"},
                   {"text", "text"},
                   {"closes", "flag"},
                   {"needs", R"(("colleague"|"reason"|"second_person"|"words")[])", "one tap keeps what needs nothing"},
                   {"why", "text", "why it needs that"}}});
    router.shape({"AlertQuestion",
                  {{"id", "text"},
                   {"text", "text"},
                   {"mark?", R"("verified"|"second-hand"|"unverified"|"house")", "how well it is known that it matters; a screener's own have none"},
                   {"said?", R"("yes"|"no")", "what the person answered to it themselves"},
                   {"said_at?", "instant"},
                   {"heard?", R"("yes"|"no"|"not_asked")", "what whoever had the alert kept last"},
                   {"heard_at?", "instant"}}});
    router.shape({"StepDeed", {{"id", "text"}, {"text", "text"}}});
    router.shape({"PlanSuggestion",
                  {{"part", R"("warning_signs"|"coping"|"distraction"|"people"|"professionals"|"safer_place")"},
                   {"text", "text"},
                   {"phone?", "text"},
                   {"from", R"("exercise"|"first_assessment"|"emergency_contact"|"clinician")"}}});
    router.shape({"NextStep",
                  {{"id", "text"},
                   {"does", R"("call_person"|"call_contact"|"ask"|"go_through_plan"|"make_plan"|"else")"},
                   {"title", "text"},
                   {"detail?", "text"},
                   {"phone?", "text"},
                   {"questions?", "AlertQuestion[]"},
                   {"deeds", "StepDeed[]", "one tap each"},
                   {"suggestions?", "PlanSuggestion[]", "what the person said or has, for a plan that is not there yet"}}});
    router.shape({"ToldPerson",
                  {{"at", "instant"},
                   {"text", "text", "exactly what the person was told"},
                   {"text_id", "text"},
                   {"answered", "flag", "the person has written since"}}});
    router.shape({"ConsentLine", {{"what", "text"}, {"text", "text"}}});
    router.shape({"Colleague",
                  {{"id", "id"}, {"name", "text"}, {"role", R"("clinician"|"lead")"}, {"initials", "text"}}});
    router.shape({"Alert",
                  {{"id", "id"},
                   {"urgency", R"("today"|"now"|"unknown")"},
                   {"category", "text"},
                   {"state", R"("open"|"acknowledged"|"second_wanted"|"closed")"},
                   {"reason", "text"},
                   {"test", "flag"},
                   {"raised_at", "instant"},
                   {"due_at?", "instant"},
                   {"step", "integer"},
                   {"path", "AlertStep[]"},
                   {"deliveries", "Delivery[]", "who was told beside the page"},
                   {"acknowledged_by?", "Initialed"},
                   {"told?", "Named", "who is told at this moment"},
                   {"needs_second", "flag"},
                   {"take_back_until?", "instant", "of a closed one: until then whoever closed it alone says that it was a slip"},
                   {"outcomes", "Outcome[]"},
                   {"person?", "PersonHead", "absent for a test page"},
                   {"finding?", "Finding"},
                   {"messages?", "Message[]"},
                   {"told_person?", "ToldPerson"},
                   {"consents?", "ConsentLine[]"},
                   {"card?", "Card"},
                   {"next_steps?", "NextStep[]"},
                   {"conversation?", "id"}}});
    const auto act = [&desks, page](auto how) {
        return [&desks, page, how](const Request& request) -> Result<Response> {
            const auto id = TRY(request.id<AlertId>("alert"));
            const Deed deed = TRY(how(request, id));
            const auto view = page->act(request.actor(), id, deed);
            if (!view.ok())
                return with_name(desks, request.actor(), view.error());
            return Response::ok(alert_json(desks, request.actor(), *view).done());
        };
    };
    const auto all_staff = Callers::only({Role::Clinician, Role::Lead, Role::Administrator});
    router.add({.pattern = "/api/v1/alerts/{alert}",
                .summary = "An alert with everything that is needed to act on it.",
                .callers = all_staff,
                .answer_type = "Alert",
                .handler = [&desks, page](const Request& request) -> Result<Response> {
                    const auto view = TRY(page->open(request.actor(), TRY(request.id<AlertId>("alert"))));
                    return Response::ok(alert_json(desks, request.actor(), view).done());
                },
                .for_help = true});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/alerts/{alert}/acknowledge",
                .summary = "Says that one has it: only this stops the timer.",
                .callers = all_staff,
                .fields = {{"note?", "text"}},
                .example = R"({"note":"calling her now"})",
                .answer_type = "Alert",
                .handler = act([&desks](const Request& request, AlertId id) -> Result<Deed> {
                    const auto note = TRY(read_body(request, [](Body& body) { return body.text_or("note", 2000, ""); }));
                    return Deed{[&desks, id, note](trust::Writing& writing) -> Result<void> {
                        TRY(desks.alerts.acknowledge(writing, id, note));
                        return desks.conversations.tell_opened(writing, id);
                    }};
                }),
                .for_help = true});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/alerts/{alert}/notes",
                .summary = "Adds a note.",
                .callers = Callers::staff(),
                .fields = {{"text", "text"}},
                .example = R"({"text":"rang twice, no answer"})",
                .answer_type = "Alert",
                .handler = act([&desks](const Request& request, AlertId id) -> Result<Deed> {
                    const auto text = TRY(read_body(request, [](Body& body) { return body.text("text", 4000); }));
                    return Deed{[&desks, id, text](trust::Writing& writing) {
                        return desks.alerts.add_note(writing, id, text);
                    }};
                }),
                .for_help = true});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/alerts/{alert}/outcome",
                .summary = "Records what was done. Reached closes it; not reached keeps it open and takes it up.",
                .callers = Callers::staff(),
                .fields = {{"outcome", "text", "an id of the alert's outcomes"},
                           {"record?", "text"},
                           {"colleague?", "id"},
                           {"reason?", "text"},
                           {"answers?", R"(map<"yes"|"no"|"not_asked">)"}},
                .example = R"({"outcome":"reached"})",
                .answer_type = "Alert",
                .handler = act([&desks](const Request& request, AlertId id) -> Result<Deed> {
                    const auto outcome = TRY(read_body(request, [&desks](Body& body) {
                        care::OutcomeRecord read;
                        const auto& asking = desks.answers.asking();
                        if (const auto* which = asking.next_steps.outcome(body.text("outcome", 100))) {
                            read.outcome = care::outcome_from(which->does).value_or(care::Outcome::NotReached);
                            read.what = which->id;
                            read.named = which->text;
                            read.wants_words = which->words;
                        } else {
                            body.refuse("outcome", "Choose what happened.");
                        }
                        read.record = body.text_or("record", 4000, "");
                        read.colleague = body.optional_id<AccountId>("colleague").value_or(AccountId{});
                        read.reason = body.text_or("reason", 4000, "");
                        read.answers = answers_in(body, asking);
                        return read;
                    }));
                    return Deed{[&desks, id, outcome](trust::Writing& writing) {
                        return desks.alerts.record_outcome(writing, id, outcome);
                    }};
                }),
                .for_help = true});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/alerts/{alert}/deeds",
                .summary = "What was done at a step: one tap, kept in the record in the words of today.",
                .callers = Callers::staff(),
                .fields = {{"step", "text"}, {"deed", "text"}},
                .example = R"({"step":"call_person","deed":"no_answer"})",
                .answer_type = "Alert",
                .handler = act([&desks](const Request& request, AlertId id) -> Result<Deed> {
                    struct Form {
                        std::string step, deed;
                    };
                    const auto form = TRY(read_body(request, [](Body& body) { return Form{body.text("step", 100), body.text("deed", 100)}; }));
                    return Deed{[&desks, id, form](trust::Writing& writing) -> Result<void> {
                        const auto done = TRY(named_deed(writing, desks.accounts, desks.answers.asking().next_steps, id, form.step, form.deed));
                        return desks.alerts.note_deed(writing, id, done.what, done.named);
                    }};
                }),
                .for_help = true});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/alerts/{alert}/answers",
                .summary = "Keeps what was asked and heard, as a form of its own. No answer ends an alert or makes it less urgent.",
                .callers = Callers::staff(),
                .fields = {{"answers", R"(map<"yes"|"no"|"not_asked">)"}},
                .example = R"({"answers":{"someone_there":"yes","within_reach":"not_asked"}})",
                .answer_type = "Alert",
                .handler = act([&desks](const Request& request, AlertId id) -> Result<Deed> {
                    const auto answers = TRY(read_body(request, [&desks](Body& body) { return answers_in(body, desks.answers.asking()); }));
                    return Deed{[&desks, id, answers](trust::Writing& writing) {
                        return desks.alerts.keep_answers(writing, id, answers);
                    }};
                }),
                .for_help = true});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/alerts/{alert}/words-after",
                .summary = "Words that follow an alert which one closed oneself; reads nothing.",
                .callers = Callers::staff(),
                .fields = {{"text", "text"}},
                .example = R"({"text":"Ten minutes. Her brother stays with her."})",
                .answer = {{"at", "instant"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<AlertId>("alert"));
                    const auto text = TRY(read_body(request, [](Body& body) { return body.text("text", 4000); }));
                    Instant at;
                    TRY(desks.record.write(request.actor(), [&](trust::Writing& writing) -> Result<void> {
                        at = writing.now();
                        return desks.alerts.add_words_after(writing, id, text);
                    }));
                    return Response::ok(JsonObject{}.add("at", at).done());
                },
                .for_help = true});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/alerts/{alert}/take-back",
                .summary = "It was a slip: the alert that one closed alone is open again, for the minutes that next_steps.json gives.",
                .callers = Callers::staff(),
                .answer_type = "Alert",
                .handler = act([&desks](const Request&, AlertId id) -> Result<Deed> {
                    return Deed{[&desks, id](trust::Writing& writing) {
                        return desks.alerts.take_back(writing, id, desks.answers.asking().next_steps.take_back);
                    }};
                }),
                .for_help = true});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/alerts/{alert}/accept",
                .summary = "The colleague's yes to a hand-over.",
                .callers = Callers::staff(),
                .answer_type = "Alert",
                .handler = act([&desks](const Request&, AlertId id) -> Result<Deed> {
                    return Deed{[&desks, id](trust::Writing& writing) { return desks.alerts.accept(writing, id); }};
                }),
                .for_help = true});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/alerts/{alert}/second",
                .summary = "The second person for \"no contact needed\" at now.",
                .callers = Callers::staff(),
                .fields = {{"agree", "flag"}, {"note?", "text"}},
                .example = R"({"agree":true})",
                .answer_type = "Alert",
                .handler = act([&desks](const Request& request, AlertId id) -> Result<Deed> {
                    struct Form {
                        bool agree;
                        std::string note;
                    };
                    const auto form = TRY(read_body(request, [](Body& body) {
                        return Form{body.flag("agree"), body.text_or("note", 2000, "")};
                    }));
                    return Deed{[&desks, id, form](trust::Writing& writing) {
                        return desks.alerts.second(writing, id, form.agree, form.note);
                    }};
                }),
                .for_help = true});
    router.add({.pattern = "/api/v1/colleagues",
                .summary = "Clinicians and leads, for handing over.",
                .callers = all_staff,
                .answer = {{"items", "Colleague[]"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    JsonList items;
                    for (const auto& each : TRY(desks.accounts.all_staff(request.actor())))
                        if (!each.suspended && each.role != Role::Administrator)
                            items.add(JsonObject{}
                                          .add("id", each.id)
                                          .add("name", each.display_name)
                                          .add("role", name(each.role))
                                          .add("initials", initials(each.display_name)));
                    return Response::ok(JsonObject{}.add("items", items).done());
                }});
}

} // namespace handrail::http::routes
