#include "care/findings.h"

#include <cctype>

#include "http/json_body.h"
#include "http/routes/desks.h"
#include "http/routes/finding_json.h"

namespace handrail::http::routes {

namespace {

/// What a rule is called where people read it: what it carries out, not its id, and not the reason, which stands beside it.
std::string title_of(const std::string& rule, const std::string& source, const content::Source* known)
{
    std::string title = known == nullptr ? source.substr(source.find(": ") == std::string::npos ? 0 : source.find(": ") + 2)
                        : known->says.empty() ? known->citation
                                              : known->says;
    if (title.empty())
        return rule;
    title.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(title.front())));
    return title;
}

/// How well a published figure or rule is known, in words.
std::string mark_of(const content::Source& known)
{
    return known.mark == "V"   ? "verified"
           : known.mark == "S" ? "second-hand"
           : known.mark == "U" ? "unverified"
                               : "Handrail's own rule, not reviewed";
}

} // namespace

JsonObject source_json(const std::string& id, const content::Sources& sources)
{
    JsonObject out;
    out.add("id", id);
    if (const auto* known = sources.find(id)) {
        out.add("citation", known->citation);
        if (!known->says.empty())
            out.add("says", known->says);
        return out.add("mark", mark_of(*known));
    }
    return out.add("citation", id).add("mark", "not read by Handrail's authors");
}

JsonObject finding_json(const care::KeptFinding& kept, const content::Sources& sources)
{
    const auto& finding = kept.finding;
    JsonObject out;
    out.add("id", kept.id).add("at", kept.at).add("person", kept.person);
    out.add("urgency", name(finding.urgency)).add("category", name(finding.category));
    out.add("subject", name(finding.subject)).add("time", name(finding.time)).add("lang", finding.lang);
    out.add("why", finding.why);
    std::string rule = finding.combination;
    std::string source = finding.combination_source;
    if (rule.empty() && !finding.evidence.empty()) {
        rule = finding.evidence.front().rule;
        source = finding.evidence.front().source;
    }
    const auto* known = sources.find(source);
    out.add("rule", rule).add("rule_title", title_of(rule, source, known));
    JsonObject from;
    if (known != nullptr) {
        from.add("id", source).add("citation", known->citation).add("says", known->says).add("mark", mark_of(*known));
    } else {
        from.add("id", rule).add("citation", source).add("mark", "Handrail's own rule, not reviewed");
    }
    out.add("source", from);
    JsonObject versions;
    for (const auto& [part, version] : finding.versions)
        versions.add(part, version);
    out.add("versions", versions);
    JsonList evidence;
    for (const auto& each : finding.evidence) {
        JsonObject one;
        one.add("begin", static_cast<std::int64_t>(each.begin)).add("end", static_cast<std::int64_t>(each.end));
        one.add("text", each.text).add("rule", each.rule).add("source", each.source);
        if (each.context_index >= 0)
            one.add("context_index", each.context_index);
        evidence.add(one);
    }
    out.add("evidence", evidence);
    if (!kept.judged.empty())
        out.add("judged", kept.judged).add("judged_by", kept.judged_by).add("judged_at", kept.judged_at);
    out.add("about", JsonObject{}.add("kind", kept.about).add("id", kept.about_id));
    out.add("due_at", kept.due_at);
    if (const auto& looked = kept.looked) {
        JsonObject one;
        one.add("how", care::name(looked->how)).add("at", looked->at).add("by", looked->by);
        if (!looked->words.empty())
            one.add("words", looked->words);
        out.add("looked", one);
    }
    return out;
}

void add_finding_routes(Router& router, Desks& desks)
{
    router.shape({"Finding",
                  {{"id", "id"},
                   {"at", "instant"},
                   {"person", "id"},
                   {"urgency", "Urgency"},
                   {"category", "text"},
                   {"subject", "text"},
                   {"time", "text"},
                   {"lang", "text"},
                   {"why", "text"},
                   {"rule", "text"},
                   {"rule_title", "text"},
                   {"source", "FindingSource"},
                   {"versions", "map<text>"},
                   {"evidence", "Evidence[]"},
                   {"judged?", R"("agree"|"disagree")"},
                   {"judged_by?", "id"},
                   {"judged_at?", "instant"},
                   {"due_at?", "instant", "for soon, and nobody has looked: by when somebody has to have"},
                   {"looked?", "FindingLooked"},
                   {"about", "FindingAbout"}}});
    router.shape({"FindingLooked",
                  {{"how", R"("talked"|"arranged"|"known"|"mistaken"|"nothing"|"reviewed"|"quiet")"},
                   {"words?", "text"},
                   {"at", "instant"},
                   {"by", "id"}},
                  "what somebody recorded who looked; it took the finding off the list. quiet: it never was on it, by had written down that it is known"});
    router.shape({"FindingSource",
                  {{"id", "text"}, {"citation", "text"}, {"says?", "text"}, {"mark", "text", "how well it is known"}}});
    router.shape({"FindingAbout", {{"kind", R"("message"|"check_in"|"questionnaire"|"silence"|"course"|"request"|"gateway"|"first_assessment"|"informant")"}, {"id", "id"}}});
    router.shape({"Evidence",
                  {{"begin", "integer", "code points"},
                   {"end", "integer"},
                   {"text", "text"},
                   {"rule", "text"},
                   {"source", "text"},
                   {"context_index?", "integer", "it stands in an earlier message of the person"}}});
    router.add({.pattern = "/api/v1/findings",
                .summary = "Findings of one's teams that nobody has judged yet, newest first.",
                .callers = Callers::staff(),
                .query = {{"unjudged?", "flag"}},
                .answer = {{"items", "Finding[]"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    JsonList items;
                    for (const auto& kept : TRY(desks.findings.unjudged(request.actor(), 100)))
                        items.add(finding_json(kept, desks.sources));
                    return Response::ok(JsonObject{}.add("items", items).done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/findings/{finding}/judgement",
                .summary = "Agrees or disagrees with a finding.",
                .callers = Callers::staff(),
                .fields = {{"judgement", R"("agree"|"disagree")"}, {"note?", "text"}},
                .example = R"({"judgement":"agree"})",
                .answer_type = "Finding",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<FindingId>("finding"));
                    struct Form {
                        std::string judgement, note;
                    };
                    const auto form = TRY(read_body(request, [](Body& body) {
                        return Form{body.one_of("judgement", {"agree", "disagree"}), body.text_or("note", 2000, "")};
                    }));
                    return Response::ok(
                        finding_json(TRY(desks.findings.judge(request.actor(), id, form.judgement, form.note)), desks.sources).done());
                }});
}

} // namespace handrail::http::routes
