#include <algorithm>
#include <cstdint>
#include <map>

#include "care/service_desk.h"
#include "care/supporter_links.h"
#include "errands/own_record.h"
#include "http/json_body.h"
#include "http/json_text.h"
#include "http/problem.h"
#include "http/routes/desks.h"
#include "support/conversation_desk.h"
#include "support/wording.h"
#include "trust/account_desk.h"
#include "trust/actor_desk.h"
#include "trust/audit_book.h"
#include "trust/consent_desk.h"
#include "trust/erasure_desk.h"

namespace handrail::http::routes {

namespace {

/// What the person is asked, purpose by purpose; the words, and what follows from a yes, are content that two people sign.
constexpr const char* purposes[] = {"record", "staff_reading", "language_model", "research", "wearables"};

constexpr const char* language_model = "language_model";

/// In the person's language.
std::string words_of(const Desks& desks, const std::string& language, const std::string& purpose, const char* part)
{
    return desks.conversations.words(language, "consent." + purpose + "." + part);
}

/// What follows from a yes to language models as they are configured now: whose they are stands in it (safety.md I1).
std::string consequence(const Desks& desks, const std::string& language, const std::string& purpose)
{
    if (purpose != language_model || desks.models.told.empty())
        return words_of(desks, language, purpose, "consequence");
    std::string all;
    for (const auto& each : desks.models.told)
        all += (all.empty() ? "" : "; ") + each;
    return support::filled(words_of(desks, language, purpose, "sent"), {{"to", all}});
}

/// Id of the text that is shown for a purpose.
std::string wording(const Desks& desks, std::string_view purpose, std::string_view language)
{
    return purpose == language_model && !desks.models.named.empty() ? desks.models.named : desks.read_version(language);
}

PersonId self(const Request& request) { return *request.actor().person(); }

Result<Response> consents(Desks& desks, const Request& request)
{
    std::map<std::string, trust::Consent> current;
    for (const auto& consent : TRY(desks.consents.current(request.actor(), self(request))))
        current[consent.purpose] = consent;
    const auto language = TRY(desks.conversations.language_of(request.actor()));
    JsonList list;
    for (const std::string purpose : purposes) {
        const auto& consent = current[purpose];
        list.add(JsonObject{}
                     .add("id", purpose)
                     .add("text", words_of(desks, language, purpose, "text"))
                     .add("consequence", consequence(desks, language, purpose))
                     // A yes to another vendor is none to this one.
                     .add("granted", consent.granted && (purpose != language_model || desks.models.named.empty() ||
                                                         consent.wording == desks.models.named))
                     .add("at", consent.at)
                     .add("version", consent.version));
    }
    return Response::ok(JsonObject{}.add("purposes", list).done());
}

Result<Response> change_consents(Desks& desks, const Request& request)
{
    const auto language = TRY(desks.conversations.language_of(request.actor()));
    const auto answers = TRY(read_body(request, [&](Body& body) {
        std::vector<trust::ConsentDesk::Answer> read;
        for (auto& each : body.list("purposes", 10)) {
            const auto purpose = each.one_of("id", {"record", "staff_reading", "language_model", "research", "wearables"});
            read.push_back({purpose, each.flag("granted"), wording(desks, purpose, language), std::nullopt});
        }
        return read;
    }));
    TRY(desks.consents.put(request.actor(), self(request), answers));
    return consents(desks, request);
}

/// A deed of the audit record in words that a person understands.
std::string plain_words(const trust::AuditLine& line)
{
    if (line.of_list)
        return "Saw your name and how you are doing in their list of people";
    static const std::map<std::string_view, const char*> words{
        {"read.person", "Opened your page"},
        {"read.alert", "Opened the alert about you"},
        {"read.conversation", "Read your conversation"},
        {"read.timeline", "Looked at your page"},
        {"read.safety_plan", "Read your safety plan"},
        {"acknowledge.alert", "Answered the alert about you"},
        {"record.alert_outcome", "Wrote down what was done about the alert"},
        {"raise.alert", "Called your care team"},
        {"escalate.alert", "Called the lead of your care team"},
        {"take.conversation", "Took over the conversation with you"},
        {"hand_back.conversation", "Handed the conversation back to the AI"},
        {"write.message", "Wrote to you"},
        {"write.staff_note", "Wrote a note about you"},
        {"write.treatment", "Wrote down what help you get"},
        {"write.known_and_planned", "Noted that an answer of yours is known"},
        {"write.course_event", "Noted something that happened to you"},
        {"write.course_review", "Went through what may be in the way"},
        {"read.first_assessment", "Read your first assessment"},
        {"acknowledge.first_assessment", "Read your first assessment"},
        {"change.first_assessment_reader", "Named who reads your first assessment"},
        {"read.informant_answers", "Looked at what somebody close to you answers"},
        {"write.informant_plan", "Chose what somebody close to you is asked"},
        {"stop.informant_plan", "Ended what somebody close to you is asked"},
        {"follow.supporter_link", "Opened what you share of your safety plan"},
        {"read.supporter_links", "Looked at whom you let see parts of your safety plan"},
        {"write.supporter_understood", "Noted that you understand what you share"},
        {"write.informant_understood", "Noted that you understand whom you let be asked"},
        {"record.list_entry", "Wrote down what was done about what Handrail noticed"},
        {"write.quiet_rule", "Wrote down that something about you is known, until a day"},
        {"take_back.quiet_rule", "Took back that something about you is known"},
        {"agree.finding", "Checked what Handrail noticed"},
        {"disagree.finding", "Checked what Handrail noticed"},
        {"open.break_glass", "Opened your page from outside your care team"}};
    const auto found = words.find(line.deed);
    return found == words.end() ? "Looked at your record" : found->second;
}

constexpr std::string_view by_link = "follow.supporter_link";

/// Who opened it: the one whom the person made the link for, as far as a link can tell.
Result<std::map<RawId, std::string>> names_of_supporters(Desks& desks, const Request& request)
{
    std::map<RawId, std::string> names;
    TRY(desks.record.read(request.actor(), [&](trust::Reading& reading) -> Result<void> {
        names.clear();
        for (const auto& each : TRY(care::read_supporters(reading, self(request))))
            names.emplace(each.id, each.name);
        return {};
    }));
    return names;
}

Result<Response> accesses(Desks& desks, const Request& request)
{
    std::optional<Instant> before;
    if (const auto text = request.query("before"); text && !text->empty())
        before = TRY(from_rfc3339(*text));
    constexpr int page = 200;
    const auto lines = TRY(desks.audit.who_looked(request.actor(), before, page));
    // A page that is open asks again and again: what one person did within a quarter of an hour is one line.
    constexpr std::chrono::minutes one_visit{15};
    struct Folded {
        const trust::AuditLine* newest;
        Instant oldest;
        int times;
    };
    std::vector<Folded> folded;
    for (const auto& line : lines) {
        // What the service does by itself to carry out the person's own request is no look of anybody's; that it called
        // someone is told.
        if (line.role == Role::System && line.deed != "raise.alert" && line.deed != "escalate.alert" && line.deed != by_link)
            continue;
        const auto same = std::find_if(folded.begin(), folded.end(), [&](const Folded& each) {
            return each.newest->account == line.account && each.newest->deed == line.deed &&
                   (line.deed != by_link || each.newest->about_id == line.about_id) &&
                   each.newest->of_list == line.of_list && each.newest->reason == line.reason &&
                   each.oldest - line.at <= one_visit;
        });
        if (same == folded.end()) {
            folded.push_back({&line, line.at, 1});
        } else {
            same->oldest = line.at;
            ++same->times;
        }
    }
    const bool linked = std::any_of(folded.begin(), folded.end(), [](const Folded& each) { return each.newest->deed == by_link; });
    auto supporters = linked ? TRY(names_of_supporters(desks, request)) : std::map<RawId, std::string>{};
    JsonList items;
    for (const auto& [newest, oldest, times] : folded) {
        const auto& line = *newest;
        const bool supporter = line.deed == by_link;
        JsonObject one;
        one.add("at", line.at).add("role", name(supporter ? Role::Supporter : line.role)).add("what", plain_words(line));
        if (times > 1)
            one.add("times", times).add("first_at", oldest);
        one.add("who", supporter ? supporters.emplace(line.about_id, "Someone with a link of yours").first->second
                       : line.role == Role::System ? std::string("Handrail, by itself")
                       : line.who.empty()        ? std::string("Someone whose account is gone")
                                                 : line.who);
        if (!line.reason.empty())
            one.add("why", line.reason);
        items.add(one);
    }
    JsonObject out;
    out.add("items", items);
    if (lines.size() == page)
        out.add("next", to_rfc3339(lines.back().at));
    return Response::ok(out.done());
}

Result<Response> readers(Desks& desks, const Request& request)
{
    const auto service = TRY(desks.service.read(trust::ActorDesk::system(desks.organisation)));
    const auto found = TRY(desks.own_record.readers(request.actor()));
    JsonList sentences;
    sentences.add(found.staff_reading
                      ? "Your care team may read what you write here."
                      : "Your care team reads what you write only when words sound like danger.");
    sentences.add(desks.conversations.staffed_words("en", care::staffed(service, desks.clock.now())));
    const auto days = std::to_string(service.retention_days) + " days";
    bool kept = false;
    for (const auto& consent : TRY(desks.consents.current(request.actor(), self(request))))
        kept = kept || (consent.purpose == "record" && consent.granted);
    sentences.add(kept ? "What you write is kept for " + days + ", then it is removed. You can erase it sooner."
                       : "Talk here is temporary: it is removed when you close it, or 24 hours after the last message. If it "
                         "called someone to help you, it is kept for " +
                             days + ", then it is removed.");
    sentences.add("The lead of the service sees numbers, and your words only while an alert about you has gone up to them.");
    sentences.add("Whoever has a link of yours sees the parts of your safety plan that you ticked.");
    sentences.add("The administrator looks after the machine and cannot read your words here.");
    sentences.add("Every look is written down under Who looked. Nobody can hide one.");
    JsonList people;
    for (const auto& reader : found.people)
        people.add(JsonObject{}.add("name", reader.name).add("role", name(reader.role)).add("why", reader.why));
    return Response::ok(JsonObject{}.add("sentences", sentences).add("people", people).done());
}

/// What was sent to language models, to the letter.
Result<Response> sent(Desks& desks, const Request& request)
{
    Instant before = from_stored(INT64_MAX);
    if (const auto text = request.query("before"); text && !text->empty())
        before = TRY(from_rfc3339(*text));
    constexpr int page = 20;
    const auto all = TRY(desks.conversations.sent_to_models(request.actor(), before, page));
    JsonList items;
    for (const auto& each : all)
        items.add(JsonObject{}
                      .add("at", each.at)
                      .add("to", each.to)
                      .add("address", each.address)
                      .add("model", each.model)
                      .add("words", each.words));
    JsonObject out;
    out.add("items", items);
    if (all.size() == page)
        out.add("next", to_rfc3339(all.back().at));
    return Response::ok(out.done());
}

JsonObject erasure_json(const trust::ErasureDesk::State& state)
{
    return JsonObject{}.add("asked_at", state.asked_at).add("due_at", state.due_at).add("kept", state.kept);
}

} // namespace

std::string Desks::read_version(std::string_view language) const
{
    const auto version = conversations.text_version(language);
    return version.empty() ? text_version : version;
}

void add_privacy_routes(Router& router, Desks& desks)
{
    const auto person = Callers::person();
    const std::string purpose = R"("record"|"staff_reading"|"language_model"|"research"|"wearables")";
    router.shape({"Purpose",
                  {{"id", purpose},
                   {"text", "text"},
                   {"consequence", "text", "what follows from a yes, and from a no"},
                   {"granted", "flag"},
                   {"at?", "instant"},
                   {"version", "integer", "counts this person's answers; 0: never asked"}}});
    router.shape({"PurposeAnswer", {{"id", purpose}, {"granted", "flag"}}});
    router.shape({"Reader", {{"name", "text"}, {"role", "text"}, {"why", "text"}}});
    router.shape({"Readers", {{"sentences", "text[]"}, {"people", "Reader[]"}}});
    router.shape({"Access",
                  {{"at", "instant"},
                   {"who", "text"},
                   {"role", "text"},
                   {"what", "text"},
                   {"why?", "text"},
                   {"times?", "integer", "more than once within a quarter of an hour"},
                   {"first_at?", "instant", "the first of those"}}});
    router.shape({"SentWords",
                  {{"at", "instant"},
                   {"to", "text", "whose model"},
                   {"address", "text", "the host it went to"},
                   {"model", "text"},
                   {"words", "text", "all that was sent, names replaced"}}});
    router.shape({"Erasure",
                  {{"asked_at?", "instant"}, {"due_at?", "instant"}, {"kept", "text[]", "what stays, and why"}}});
    const std::vector<Field> purposes_field{{"purposes", "Purpose[]"}};
    router.add({.pattern = "/api/v1/consents",
                .summary = "What one has agreed to, purpose by purpose.",
                .callers = person,
                .answer = purposes_field,
                .handler = [&desks](const Request& request) { return consents(desks, request); }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/consents",
                .summary = "Agrees or withdraws, purpose by purpose.",
                .callers = person,
                .fields = {{"purposes", "PurposeAnswer[]"}},
                .example = R"({"purposes":[{"id":"research","granted":false}]})",
                .answer = purposes_field,
                .handler = [&desks](const Request& request) { return change_consents(desks, request); }});
    router.add({.pattern = "/api/v1/privacy/readers",
                .summary = "Who can read this, in sentences made from the configuration.",
                .callers = person,
                .answer_type = "Readers",
                .handler = [&desks](const Request& request) { return readers(desks, request); }});
    router.add({.pattern = "/api/v1/privacy/accesses",
                .summary = "Who looked, newest first.",
                .callers = person,
                .query = {{"before?", "instant"}},
                .answer = {{"items", "Access[]"}, {"next?", "instant"}},
                .handler = [&desks](const Request& request) { return accesses(desks, request); }});
    router.add({.pattern = "/api/v1/privacy/sent",
                .summary = "What was sent to language models about oneself, word by word, newest first.",
                .callers = person,
                .query = {{"before?", "instant"}},
                .answer = {{"items", "SentWords[]"}, {"next?", "instant"}},
                .handler = [&desks](const Request& request) { return sent(desks, request); }});
    router.add({.pattern = "/api/v1/privacy/download",
                .summary = "Everything that is kept about oneself, as JSON.",
                .callers = person,
                .answer = {{"made_at", "instant"},
                           {"person", "json"},
                           {"consents", "json"},
                           {"messages", "json"},
                           {"answers", "json"},
                           {"first_assessment?", "json"},
                           {"daily_summaries", "json"},
                           {"asking", "json"},
                           {"somebody_close", "json"},
                           {"findings", "json"},
                           {"known_until", "json"},
                           {"alerts", "json"},
                           {"safety_plan", "json"},
                           {"memory", "json"},
                           {"exercise_runs", "json"},
                           {"treatment?", "json"},
                           {"known_and_planned", "json"},
                           {"course_events", "json"},
                           {"course_reviews", "json"},
                           {"safe_contact", "json"},
                           {"emergency_contact?", "EmergencyContact"},
                           {"supporters", "json"},
                           {"staff_notes", "json"},
                           {"sent_to_language_models", "json"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    return Response::attachment(TRY(desks.own_record.everything(request.actor())), "application/json",
                                                "my-record.json");
                },
                .rate = RateClass::Costly});
    router.add({.pattern = "/api/v1/privacy/erase",
                .summary = "Whether erasing was asked for, and what stays.",
                .callers = person,
                .answer_type = "Erasure",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    return Response::ok(erasure_json(TRY(desks.erasures.state(request.actor()))).done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/privacy/erase",
                .summary = "Asks to be erased: done after 7 days, in which it can be called off.",
                .callers = person,
                .answer_type = "Erasure",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto state = desks.erasures.ask(request.actor());
                    if (!state.ok() && state.error().where == "reauthenticate")
                        return typed(ErrorKind::NotSignedIn, "reauthenticate", state.error().told);
                    return Response::ok(erasure_json(TRY(Result{state})).done());
                }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/privacy/erase",
                .summary = "Calls it off.",
                .callers = person,
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    TRY(desks.erasures.call_off(request.actor()));
                    return Response::no_content();
                }});
}

} // namespace handrail::http::routes
