#include "care/list_load.h"

#include <algorithm>
#include <tuple>

#include "care/finding_counts.h"
#include "http/json_text.h"
#include "http/routes/desks.h"
#include "http/routes/names.h"

namespace handrail::http::routes {

namespace {

constexpr int load_days = 28;       ///< as the report of alerts beside it
constexpr int precision_days = 365; ///< a rule that seldom finds something is judged seldom

JsonObject precision_json(std::int64_t judged, std::int64_t agreed, const care::ShareInterval& interval)
{
    JsonObject out;
    out.add("judged", judged).add("agreed", agreed);
    if (judged >= care::fewest_judged)
        out.add("low", interval.low).add("high", interval.high);
    return out;
}

std::int64_t of(const care::RuleCounts& rule, Urgency urgency)
{
    const auto found = rule.findings.find(urgency);
    return found == rule.findings.end() ? 0 : found->second;
}

/// Those that asked a human for something, the ones that raised most alerts first.
Result<JsonList> rules_json(Desks& desks, const Actor& lead)
{
    const auto now = desks.clock.now();
    const auto counts = TRY(care::count_findings(desks.record, lead, now - std::chrono::hours{24} * precision_days, now));
    std::vector<std::pair<std::string, care::RuleCounts>> rules;
    for (const auto& [rule, counted] : counts.by_rule)
        if (counted.alerts + counted.asked_the_same_day() + of(counted, Urgency::Soon) > 0)
            rules.emplace_back(rule, counted);
    std::stable_sort(rules.begin(), rules.end(), [](const auto& a, const auto& b) {
        return std::tuple(b.second.alerts, b.second.asked_the_same_day(), of(b.second, Urgency::Soon)) <
               std::tuple(a.second.alerts, a.second.asked_the_same_day(), of(a.second, Urgency::Soon));
    });
    JsonList items;
    for (const auto& [rule, counted] : rules) {
        const auto judged = counted.agreed + counted.disagreed;
        auto one = precision_json(judged, counted.agreed, care::share_interval(counted.agreed, judged));
        items.add(one.add("rule", rule)
                      .add("soon", of(counted, Urgency::Soon))
                      .add("same_day", counted.asked_the_same_day())
                      .add("alerts", counted.alerts));
    }
    return items;
}

Result<Response> list_load(Desks& desks, const Request& request)
{
    const auto now = desks.clock.now();
    const auto load = TRY(care::list_load(desks.record, request.actor(), now - std::chrono::hours{24} * load_days, now));
    const auto service = TRY(desks.service.read(request.actor()));
    Names names(desks, request.actor());
    JsonList by_account;
    for (const auto& each : load.by_account) {
        JsonObject one;
        one.add("who", named(names, each.account)).add("had", each.had).add("looked", each.looked);
        one.add("open", each.open).add("overdue", each.overdue).add("of_others", each.of_others);
        by_account.add(one);
    }
    return Response::ok(JsonObject{}
                            .add("days", load_days)
                            .add("people_a_day", service.soon_people > 0 ? service.soon_people : desks.alerts.times().soon_people)
                            .add("own_number", service.soon_people > 0)
                            .add("by_account", by_account)
                            .add("to_colleagues", load.to_colleagues)
                            .add("beyond_team", load.beyond_team)
                            .add("kept_off", load.kept_off)
                            .add("rule_days", precision_days)
                            .add("fewest_judged", care::fewest_judged)
                            .add("rules", TRY(rules_json(desks, request.actor())))
                            .done());
}

} // namespace

void add_list_load_routes(Router& router, Desks& desks)
{
    router.shape({"RulePrecision",
                  {{"judged", "integer", "of its last 100 at most, by clinicians of the whole service"},
                   {"agreed", "integer"},
                   {"low?", "number", "Wilson's 95 % interval of the share; absent: too few were judged to tell"},
                   {"high?", "number"}}});
    router.shape({"LoadOf",
                  {{"who", "Named"},
                   {"had", "integer", "entries given to them when they came, or that a lead named them for"},
                   {"looked", "integer", "of these somebody recorded what was done"},
                   {"open", "integer", "nobody has looked"},
                   {"overdue", "integer", "of the open ones, past their time"},
                   {"of_others", "integer", "came because a colleague had theirs for the day"}}});
    router.shape({"RuleLoad",
                  {{"rule", "text", "empty: no rule was named"},
                   {"soon", "integer"},
                   {"same_day", "integer", "today, now and unknown"},
                   {"alerts", "integer"},
                   {"judged", "integer"},
                   {"agreed", "integer"},
                   {"low?", "number", "Wilson's 95 % interval; absent: too few were judged to tell"},
                   {"high?", "number"}}});
    router.shape({"ListLoad",
                  {{"days", "integer"},
                   {"people_a_day", "integer", "of how many people a day new entries come to one clinician's list"},
                   {"own_number", "flag", "the service chose it"},
                   {"by_account", "LoadOf[]", "who had most first"},
                   {"to_colleagues", "integer", "the clinician had theirs for the day: somebody else of the team has it"},
                   {"beyond_team", "integer", "everybody of the team had theirs: the leads were told"},
                   {"kept_off", "integer", "found, and written down as known beforehand"},
                   {"rule_days", "integer"},
                   {"fewest_judged", "integer", "of fewer no share is told"},
                   {"rules", "RuleLoad[]", "what raised most alerts first"}},
                  "counts that name no person"});
    router.add({.pattern = "/api/v1/list-load",
                .summary = "How much is for soon, whose it was and what became of it; how often each rule was agreed with.",
                .callers = Callers::lead(),
                .answer_type = "ListLoad",
                .handler = [&desks](const Request& request) { return list_load(desks, request); },
                .rate = RateClass::Costly});
    router.add({.pattern = "/api/v1/rule-precision",
                .summary = "How often one rule was agreed with.",
                .callers = Callers::staff(),
                .query = {{"rule", "text", "as the finding's first evidence names it; informant:… for what somebody close wrote"}},
                .answer_type = "RulePrecision",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto rule = request.query("rule").value_or("");
                    const auto precision = TRY(care::rule_precision(desks.record, request.actor(), rule));
                    return Response::ok(precision_json(precision.judged, precision.agreed, precision.interval).done());
                }});
}

} // namespace handrail::http::routes
