#include <array>

#include "base/phone_number.h"
#include "care/service_desk.h"
#include "channels/alert_mail.h"
#include "errands/whatsapp_desk.h"
#include "http/json_body.h"
#include "http/problem.h"
#include "http/routes/asking_pause.h"
#include "http/routes/check_in_designs.h"
#include "http/routes/clock_time.h"
#include "http/routes/desks.h"
#include "http/routes/forms_json.h"
#include "http/routes/message_json.h"
#include "http/routes/progress_json.h"
#include "http/routes/unkept.h"
#include "monitoring/ask_desk.h"
#include "monitoring/ask_once.h"
#include "monitoring/questionnaire_told.h"
#include "trust/actor_desk.h"
#include "trust/link_desk.h"

namespace handrail::http::routes {

namespace {

constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::string language_of(const Request& request)
{
    const auto languages = request.languages();
    return languages.empty() ? "en" : languages.front().substr(0, 2);
}

/// @param design  where the service designed the form; null otherwise
std::string title_of(const monitoring::Asking& asking, const std::string& form, const monitoring::KeptDesign* design,
                     const std::string& language)
{
    if (design != nullptr)
        return designed_title(*design, language);
    const auto* instrument = asking.instruments.find(form);
    return instrument == nullptr ? std::string{} : monitoring::title_for_people(*instrument, asking.progress, language);
}

JsonObject schedule_json(const monitoring::Asking& asking, const monitoring::KeptSchedule& kept,
                         const monitoring::KeptDesign* design, const std::string& language)
{
    const auto& plan = kept.plan;
    JsonList times;
    for (const auto& time : plan.schedule.times) {
        JsonList days;
        for (std::size_t i = 0; i < weekdays.size(); ++i)
            if (time.days.at(i))
                days.add(std::string(weekdays.at(i)));
        JsonObject one;
        one.add("days", days).add("from", clock_time(time.from));
        if (time.to > time.from)
            one.add("to", clock_time(time.to));
        times.add(one);
    }
    JsonObject out;
    out.add("id", kept.id).add("form", plan.instrument).add("running", kept.running);
    if (const auto title = title_of(asking, plan.instrument, design, language); !title.empty())
        out.add("title", title);
    out.add("made_at", kept.made_at).add("next_at", kept.next_at).add("time_zone", plan.schedule.zone);
    out.add("times", times).add("least_gap_minutes", static_cast<std::int64_t>(plan.schedule.least_gap.count()));
    if (plan.schedule.anchor)
        out.add("anchor_at", *plan.schedule.anchor)
            .add("offset_minutes", static_cast<std::int64_t>(plan.schedule.offset.count()));
    out.add("usual_every", plan.bounds.usual).add("at_least_every", plan.bounds.least);
    if (plan.sensitive)
        out.add("sensitive", true);
    out.add("rhythm", monitoring::name(kept.rhythm));
    out.add("why", in_language(monitoring::why(kept.rhythm, asking.asks.burden), language));
    return out;
}

/// The same where no designs were read with it: a retired one has no title any more.
JsonObject schedule_of_caller(Desks& desks, const Request& request, const monitoring::KeptSchedule& kept)
{
    std::optional<monitoring::KeptDesign> design;
    if (monitoring::design_named(kept.plan.instrument))
        if (auto shown = monitoring::DesignDesk(desks.record, desks.asks.asking().asks).shown(request.actor(), kept.plan.instrument); shown.ok())
            design = *std::move(shown);
    return schedule_json(desks.answers.asking(), kept, design ? &*design : nullptr, language_of(request));
}

Result<monitoring::AskPlan> plan_in(Desks& desks, const Request& request)
{
    const auto service = TRY(desks.service.read(trust::ActorDesk::system(desks.organisation)));
    return read_body(request, [&](Body& body) {
        monitoring::AskPlan plan;
        plan.instrument = body.text("form", 60);
        plan.schedule.zone = body.text_or("time_zone", 60, service.time_zone);
        for (auto& each : body.list("times", 12)) {
            monitoring::AskTime time;
            const auto days = each.texts("days", 7, 3);
            for (const auto& day : days) {
                const auto* const found = std::find(weekdays.begin(), weekdays.end(), day);
                if (found == weekdays.end())
                    each.refuse("days", "Days are mon, tue, wed, thu, fri, sat and sun.");
                else
                    time.days.at(static_cast<std::size_t>(found - weekdays.begin())) = true;
            }
            if (days.empty())
                time.days.fill(true);
            const auto from = each.text("from", 5, 5);
            const auto to = each.text_or("to", 5, from);
            const auto begin = minute_of(from);
            const auto end = minute_of(to);
            if (!begin && !from.empty())
                each.refuse("from", "A time of day is written like 09:00.");
            if (!end && !to.empty() && to != from)
                each.refuse("to", "A time of day is written like 12:00.");
            time.from = begin.value_or(0);
            time.to = end.value_or(time.from);
            plan.schedule.times.push_back(time);
        }
        plan.schedule.least_gap = std::chrono::minutes{body.optional_number("least_gap_minutes", 0, 720).value_or(0)};
        plan.schedule.anchor = body.optional_instant("anchor_at");
        plan.schedule.offset =
            std::chrono::minutes{body.optional_number("offset_minutes", -60 * 24 * 60, 366 * 24 * 60).value_or(0)};
        plan.sensitive = body.flag_or("sensitive", false);
        plan.bounds.usual = static_cast<int>(body.optional_number("usual_every", 1, 14).value_or(1));
        plan.bounds.least = static_cast<int>(body.optional_number("at_least_every", 1, 28).value_or(plan.bounds.usual));
        return plan;
    });
}

JsonObject asked_json(const monitoring::Asking& asking, const monitoring::AskDesk::Now& now, const std::string& language)
{
    JsonObject out;
    const auto* design = now.design ? &*now.design : nullptr;
    const bool check_in = now.ask.instrument == asking.daily.id || design != nullptr;
    out.add("id", now.ask.id).add("kind", check_in ? "check_in" : "questionnaire").add("form", now.ask.instrument);
    if (const auto title = title_of(asking, now.ask.instrument, design, language); !title.empty())
        out.add("title", title);
    out.add("until", now.ask.ends_at).add("rhythm", monitoring::name(now.rhythm));
    return out.add("why", in_language(monitoring::why(now.rhythm, asking.asks.burden), language));
}

/// What WhatsApp can do for somebody: see the field of that name.
Result<std::string_view> whatsapp_can(Desks& desks, const Actor& person)
{
    if (desks.whatsapp == nullptr)
        return std::string_view{"no"};
    if (!TRY(desks.whatsapp->joined(person)).at)
        return std::string_view{"no_number"};
    return std::string_view{desks.whatsapp->settings().templates.empty() ? "day" : "always"};
}

/// A link that opens nothing and one whose form is over are told the same.
Error as_no_link(const Error& error)
{
    return error.kind == ErrorKind::NotFound ? trust::no_such_link() : error;
}

Result<Response> open_link(Desks& desks, const Request& request)
{
    const auto token = TRY(read_body(request, [](Body& body) { return body.text("token", 200); }));
    const auto led = TRY(trust::LinkDesk{desks.record}.follow(desks.organisation, token));
    const auto now = desks.asks.open(led.actor, monitoring::AskId{led.ask});
    if (!now.ok())
        return as_no_link(now.error());
    const auto& asking = desks.answers.asking();
    const auto language = language_of(request);
    JsonObject out;
    const auto* instrument = asking.instruments.find(now->ask.instrument);
    out.add("form", now->ask.instrument).add("until", now->ask.ends_at);
    if (now->ask.instrument == asking.daily.id)
        out.add("check_in", form_json(asking.daily, language));
    else if (now->design)
        out.add("check_in", designed_form_json(*now->design, asking.daily, language));
    else if (instrument != nullptr && instrument->why_not().empty())
        out.add("questionnaire", questionnaire_json(asking, *instrument, language));
    else
        return conflict("This form may not be shown here at the moment.");
    return Response::ok(out.done());
}

struct Given {
    std::string token, form;
    bool checks_in = false; ///< the daily one, or one that the service designed
    monitoring::AnswerDesk::CheckIn check_in;
    monitoring::AnswerDesk::Questionnaire questionnaire;
};

Result<Given> given_in(Desks& desks, const Request& request)
{
    return read_body(request, [&](Body& body) {
        Given given;
        given.token = body.text("token", 200);
        given.form = body.text("form", 60);
        const auto version = body.text("version", 60);
        auto answers = body.object("answers");
        given.check_in.form = designed_or_daily(given.form);
        given.checks_in = given.form == desks.answers.asking().daily.id || !given.check_in.form.empty();
        if (given.checks_in) {
            given.check_in.version = version;
            given.check_in.answers = given_check_in(answers);
        } else {
            given.questionnaire.instrument = given.form;
            given.questionnaire.version = version;
            given.questionnaire.language = body.text_or("language", 20, "en");
            given.questionnaire.answers = given_answers(answers);
            given.questionnaire.partial = body.flag_or("partial", false);
        }
        return given;
    });
}

Result<Response> answer_link(Desks& desks, const Request& request)
{
    auto given = TRY(given_in(desks, request));
    const auto led = TRY(trust::LinkDesk{desks.record}.follow(desks.organisation, given.token));
    const monitoring::AskId ask{led.ask};
    const auto now = desks.asks.open(led.actor, ask);
    if (!now.ok())
        return as_no_link(now.error());
    if (now->ask.instrument != given.form)
        return trust::no_such_link();
    JsonObject out;
    std::vector<Block> blocks;
    if (given.checks_in) {
        given.check_in.only = ask;
        const auto saved = desks.answers.save_check_in(led.actor, given.check_in);
        if (!saved.ok())
            return as_no_link(saved.error());
        out.add("saved_at", saved->saved_at);
        blocks = saved->help.blocks;
    } else {
        given.questionnaire.only = ask;
        const auto saved = desks.answers.save_questionnaire(led.actor, given.questionnaire);
        if (!saved.ok())
            return as_no_link(saved.error());
        out.add("saved_at", saved->saved_at);
        if (!given.questionnaire.partial)
            out.add("told", told_json(*desks.answers.asking().instruments.find(given.form), *saved));
        blocks = saved->help.blocks;
    }
    if (!blocks.empty())
        out.add("blocks", blocks_json(blocks));
    return Response::created(out.done());
}

Result<Response> no_more_letters(Desks& desks, const Request& request)
{
    const auto token = TRY(read_body(request, [](Body& body) { return body.text("token", 200); }));
    const auto led = TRY(trust::LinkDesk{desks.record}.follow(desks.organisation, token));
    auto reminding = TRY(desks.asks.reminding(led.actor));
    reminding.mail.clear();
    reminding.phone.clear();
    reminding.whatsapp = false;
    TRY(desks.asks.set_reminding(led.actor, reminding));
    return Response::no_content();
}

void declare_shapes(Router& router)
{
    router.shape({"Asked",
                  {{"id", "id"},
                   {"kind", R"("check_in"|"questionnaire")"},
                   {"form", "text"},
                   {"title?", "text"},
                   {"until", "instant"},
                   {"rhythm", R"("usual"|"less"|"more")"},
                   {"why", "text", "why it is asked as often as now"}}});
    router.shape({"AskTime",
                  {{"days?", "text[]", "mon to sun; none given: every day"},
                   {"from", "text", "\"09:00\", by the person's clock"},
                   {"to?", "text", "later than `from`: a moment between the two is drawn, one a day"}}});
    router.shape({"AskSchedule",
                  {{"id", "id"},
                   {"form", "text"},
                   {"title?", "text"},
                   {"running", "flag"},
                   {"made_at", "instant"},
                   {"next_at?", "instant"},
                   {"time_zone", "text"},
                   {"times", "AskTime[]"},
                   {"least_gap_minutes", "integer"},
                   {"anchor_at?", "instant"},
                   {"offset_minutes?", "integer"},
                   {"usual_every", "integer"},
                   {"at_least_every", "integer"},
                   {"sensitive?", "flag", "marked: its link never goes by WhatsApp"},
                   {"left_out?", "flag", "to be asked once, and never asked: a pause lasted until after its event, or the service was away"},
                   {"rhythm", R"("usual"|"less"|"more")"},
                   {"why", "text"}}});
    router.shape({"Ask",
                  {{"id", "id"},
                   {"form", "text"},
                   {"asked_at", "instant"},
                   {"ends_at", "instant"},
                   {"state", R"("open"|"answered"|"missed"|"withdrawn")"},
                   {"reminded_at?", "instant", "a letter, a text, a notification or WhatsApp went"}}});
}

void add_routes_of_the_person(Router& router, Desks& desks)
{
    router.add({.pattern = "/api/v1/asked",
                .summary = "What one is asked at this moment, what one will be asked and when, and why as often as now.",
                .callers = Callers::person(),
                .answer = {{"items", "Asked[]"},
                           {"schedules", "AskSchedule[]"},
                           {"pause?", "AskPause", "nothing is asked while it lasts"},
                           {"longest_pause_days", "integer"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto& asking = desks.answers.asking();
                    const auto language = language_of(request);
                    JsonList items, schedules;
                    for (const auto& each : TRY(desks.asks.asked_now(request.actor())))
                        items.add(asked_json(asking, each, language));
                    for (const auto& each : TRY(desks.asks.coming(request.actor())))
                        schedules.add(schedule_of_caller(desks, request, each));
                    JsonObject out;
                    out.add("items", items).add("schedules", schedules);
                    if (const auto pause = TRY(desks.asks.paused(request.actor())))
                        out.add("pause", pause_json(*pause));
                    return Response::ok(out.add("longest_pause_days", asking.asks.pause.longest_days).done());
                }});
    router.add({.pattern = "/api/v1/reminders",
                .summary = "Whether letters, texts or WhatsApp remind one, and the time zone in which one is asked.",
                .callers = Callers::person(),
                .answer = {{"mail?", "text"},
                           {"time_zone?", "text"},
                           {"phone?", "text"},
                           {"letters", "flag", "this service can send some"},
                           {"texts", "flag", "this service can send some"},
                           {"whatsapp", "flag", "the link goes by WhatsApp where it may"},
                           {"whatsapp_can", R"("no"|"no_number"|"day"|"always")",
                            "this service does not; a number has to be joined first; within 24 hours of what one wrote there; "
                            "later as well, a message says first that something waits"},
                           {"quiet_from?", "text", "\"21:00\": from then on none goes, by the person's clock"},
                           {"quiet_to?", "text"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto reminding = TRY(desks.asks.reminding(request.actor()));
                    JsonObject out;
                    if (!reminding.mail.empty())
                        out.add("mail", reminding.mail);
                    if (!reminding.time_zone.empty())
                        out.add("time_zone", reminding.time_zone);
                    if (!reminding.phone.empty())
                        out.add("phone", reminding.phone);
                    out.add("letters", desks.asks.ways().letters).add("texts", desks.asks.ways().texts);
                    out.add("whatsapp", reminding.whatsapp).add("whatsapp_can", TRY(whatsapp_can(desks, request.actor())));
                    if (const auto quiet = desks.asks.quiet(); quiet.from != quiet.to)
                        out.add("quiet_from", clock_time(quiet.from)).add("quiet_to", clock_time(quiet.to));
                    return Response::ok(out.done());
                }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/reminders",
                .summary = "Agrees to letters at an address, texts to a number or WhatsApp, or takes it back. They name nobody and "
                           "nothing of health.",
                .callers = Callers::person(),
                .fields = {{"mail?", "text", "none: no letters; an address that was taken back is not kept"},
                           {"phone?", "text", "with its country: +353 87 123 4567; none: no texts, and it is not kept"},
                           {"whatsapp?", "flag", "at the number that is joined to one's account"},
                           {"agreed?", "flag", "needed with an address, a number or WhatsApp"},
                           {"time_zone?", "text", "IANA; none: the schedule's own"}},
                .example = R"({"mail":"someone@example.org","agreed":true,"time_zone":"Europe/Dublin"})",
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto reminding = TRY(read_body(request, [](Body& body) {
                        monitoring::Reminding read;
                        read.mail = body.text_or("mail", 254, "");
                        read.time_zone = body.text_or("time_zone", 60, "");
                        const bool agreed = body.flag_or("agreed", false);
                        const auto phone = body.text_or("phone", 40, "");
                        read.whatsapp = body.flag_or("whatsapp", false);
                        if ((!read.mail.empty() || !phone.empty() || read.whatsapp) && !agreed)
                            body.refuse("agreed", "Letters, texts and WhatsApp go only to whoever agrees to them.");
                        if (!phone.empty())
                            read.phone = phone_number(phone).value_or("");
                        if (!phone.empty() && read.phone.empty())
                            body.refuse("phone", "A number is written with its country, like +353 87 123 4567.");
                        if (!read.mail.empty() && !channels::mail_address(read.mail))
                            body.refuse("mail", "This is no e-mail address, such as someone@example.org.");
                        return read;
                    }));
                    if (reminding.whatsapp && !TRY(desks.asks.reminding(request.actor())).whatsapp) {
                        const auto can = TRY(whatsapp_can(desks, request.actor()));
                        if (can == "no")
                            return invalid("This service does not answer on WhatsApp.", "/whatsapp");
                        if (can == "no_number")
                            return invalid("Join your number first, under More, \"Write on WhatsApp\".", "/whatsapp");
                    }
                    TRY(desks.asks.set_reminding(request.actor(), reminding));
                    return Response::no_content();
                }});
}

void add_routes_of_links(Router& router, Desks& desks)
{
    router.add({.method = Method::Post,
                .pattern = "/api/v1/asked/open",
                .summary = "Shows the one form that a link opens: its questions, and nobody's name or answers.",
                .callers = Callers::anyone(),
                .fields = {{"token", "text", "what stands after # in the link"}},
                .example = R"({"token":"0jS3lD4kq1mZ5xV7bN8cT2yR6wP9aU0eHgFiKoLmQsE"})",
                .answer = {{"form", "text"},
                           {"until", "instant"},
                           {"check_in?", "CheckInForm"},
                           {"questionnaire?", "Questionnaire"}},
                .handler = [&desks](const Request& request) { return open_link(desks, request); },
                .rate = RateClass::SignIn});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/asked/answer",
                .summary = "Answers that form, once: scored, screened and judged as by page. `partial` sends a critical answer "
                           "at once, mid-form, and leaves the link open.",
                .callers = Callers::anyone(),
                .query = {country_of_lines},
                .fields = {{"token", "text"},
                           {"form", "text"},
                           {"version", "text"},
                           {"language?", "text"},
                           {"answers", "map<integer|text|text[]|null>"},
                           {"partial?", "flag"}},
                .example = R"({"token":"0jS3lD4kq1mZ5xV7bN8cT2yR6wP9aU0eHgFiKoLmQsE","form":"daily","version":"1",)"
                           R"("answers":{"mood":3}})",
                .status = 201,
                .answer = {{"saved_at", "instant"}, {"told?", "QuestionnaireTold"}, {"blocks?", "Block[]"}},
                .handler = [&desks](const Request& request) { return answer_link(desks, request); },
                .rate = RateClass::SignIn,
                .not_kept = [&desks](const Request& request) -> std::optional<Response> {
                    const auto given = given_in(desks, request);
                    if (!given.ok())
                        return std::nullopt;
                    return not_kept(desks, request, {},
                                    given->checks_in ? desks.answers.judged(given->check_in)
                                                     : desks.answers.judged(given->questionnaire));
                },
                .for_help = true});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/asked/no-more",
                .summary = "No more letters, texts and WhatsApp to whoever this link was sent to; address and number are not kept any "
                           "longer.",
                .callers = Callers::anyone(),
                .fields = {{"token", "text"}},
                .example = R"({"token":"0jS3lD4kq1mZ5xV7bN8cT2yR6wP9aU0eHgFiKoLmQsE"})",
                .status = 204,
                .handler = [&desks](const Request& request) { return no_more_letters(desks, request); },
                .rate = RateClass::SignIn});
}

std::vector<Field> plan_fields()
{
    return {{"form", "text", "\"daily\", a questionnaire's id, or what a designed check-in is called"},
            {"time_zone?", "text", "IANA; none: the service's own. The person's own choice goes first."},
            {"times?", "AskTime[]"},
            {"least_gap_minutes?", "integer"},
            {"anchor_at?", "instant", "an appointment or an event, instead of times"},
            {"offset_minutes?", "integer", "after it; less than 0: before it"},
            {"usual_every?", "integer", "at every so many of these times; 1"},
            {"at_least_every?", "integer", "never less often, however well somebody is; `usual_every`"},
            {"sensitive?", "flag", "its link never goes by WhatsApp; forms that ask about suicide and its like never do"}};
}

void add_routes_of_staff(Router& router, Desks& desks)
{
    const auto staff = Callers::staff();
    router.add({.pattern = "/api/v1/people/{person}/schedules",
                .summary = "What somebody is asked and when, why as often as now, and what became of the last thirty times.",
                .callers = staff,
                .answer = {{"items", "AskSchedule[]"},
                           {"asks", "Ask[]"},
                           {"own_time_zone?", "text", "that the person chose: it goes before a schedule's"},
                           {"letters", "flag", "they agreed to reminders, and this service can send some"},
                           {"pause?", "AskPause", "nothing is asked while it lasts"},
                           {"longest_pause_days", "integer"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto seen = desks.asks.seen(request.actor(), TRY(request.id<PersonId>("person")));
                    if (!seen.ok())
                        return outside_team(seen.error());
                    JsonList items, asks;
                    for (const auto& each : seen->schedules) {
                        const auto design = seen->designs.find(each.plan.instrument);
                        auto item = schedule_json(desks.answers.asking(), each,
                                                  design == seen->designs.end() ? nullptr : &design->second,
                                                  language_of(request));
                        if (monitoring::was_left_out(each, seen->asks, seen->asks.size() < monitoring::asks_shown))
                            item.add("left_out", true);
                        items.add(item);
                    }
                    for (const auto& each : seen->asks)
                        asks.add(JsonObject{}
                                     .add("id", each.id)
                                     .add("form", each.instrument)
                                     .add("asked_at", each.asked_at)
                                     .add("ends_at", each.ends_at)
                                     .add("state", monitoring::name(each.state))
                                     .add("reminded_at", each.reminded_at));
                    JsonObject out;
                    out.add("items", items).add("asks", asks).add("letters", seen->reminded);
                    out.add("longest_pause_days", desks.answers.asking().asks.pause.longest_days);
                    if (seen->pause)
                        out.add("pause", pause_json(*seen->pause));
                    if (!seen->own_zone.empty())
                        out.add("own_time_zone", seen->own_zone);
                    return Response::ok(out.done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/people/{person}/schedules",
                .summary = "Asks somebody something at times of their week, in windows, or once around an event.",
                .callers = staff,
                .fields = plan_fields(),
                .example = R"({"form":"daily","times":[{"from":"09:00","to":"12:00"}],"usual_every":1,"at_least_every":3})",
                .status = 201,
                .answer_type = "AskSchedule",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<PersonId>("person"));
                    const auto kept = desks.asks.schedule(request.actor(), id, TRY(plan_in(desks, request)));
                    if (!kept.ok())
                        return outside_team(kept.error());
                    return Response::created(schedule_of_caller(desks, request, *kept).done());
                }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/people/{person}/schedules/{schedule}",
                .summary = "Another plan in place of this one, in one step: it gets an id of its own. What waits for an answer goes on "
                           "waiting, unless another form is asked now.",
                .callers = staff,
                .fields = plan_fields(),
                .example = R"({"form":"daily","times":[{"days":["mon","thu"],"from":"17:30"}]})",
                .answer_type = "AskSchedule",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<PersonId>("person"));
                    const auto before = TRY(request.id<monitoring::ScheduleId>("schedule"));
                    const auto kept = desks.asks.change(request.actor(), id, before, TRY(plan_in(desks, request)));
                    if (!kept.ok())
                        return outside_team(kept.error());
                    return Response::ok(schedule_of_caller(desks, request, *kept).done());
                }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/people/{person}/schedules/{schedule}",
                .summary = "Asks nothing more of it; what waits for an answer is withdrawn.",
                .callers = staff,
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<PersonId>("person"));
                    const auto stopped =
                        desks.asks.stop(request.actor(), id, TRY(request.id<monitoring::ScheduleId>("schedule")));
                    return done_for_person(stopped);
                }});
}

} // namespace

void add_asking_routes(Router& router, Desks& desks)
{
    declare_shapes(router);
    add_routes_of_the_person(router, desks);
    add_routes_of_links(router, desks);
    add_routes_of_staff(router, desks);
    add_asking_pause_routes(router, desks);
}

} // namespace handrail::http::routes
