#include "care/quiet_rules.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "care/findings.h"
#include "care/list_entries.h"
#include "care/local_clock.h"
#include "care/service_desk.h"

namespace handrail::care {

namespace {

constexpr std::size_t longest_words = 1000;

constexpr rows::Statement insert{
    "quiet_rule.insert", "INSERT INTO quiet_rule (organisation, person, quiet, rules, made_at, made_by, ends_at, sealed_body) "
                         "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr rows::Statement select_all{
    "quiet_rule.of_person",
    "SELECT quiet, rules, made_at, made_by, ends_at, over_at, over_by, sealed_body FROM quiet_rule "
    "WHERE organisation = $1 AND person = $2 ORDER BY made_at DESC, quiet DESC"};
constexpr rows::Statement select_now{
    "quiet_rule.now", "SELECT quiet, rules, made_by FROM quiet_rule WHERE organisation = $1 AND person = $2 AND "
                      "over_at IS NULL AND ends_at > $3 ORDER BY quiet DESC"};
constexpr rows::Statement select_team{"quiet_rule.team",
                                      "SELECT team FROM person WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement end{
    "quiet_rule.take_back", "UPDATE quiet_rule SET over_at = $2, over_by = $3 WHERE organisation = $1 AND person = $4 AND "
                            "quiet = $5 AND over_at IS NULL AND ends_at > $2"};

trust::Place place_of(QuietRuleId quiet) { return {"quiet_rule", "body", quiet}; }

std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> all;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end_of = std::min(text.find('\n', begin), text.size());
        all.push_back(text.substr(begin, end_of - begin));
        begin = end_of + 1;
    }
    return all;
}

std::string joined(const std::vector<std::string>& lines)
{
    std::string text;
    for (const auto& line : lines)
        text += (text.empty() ? "" : "\n") + line;
    return text;
}

Result<TeamId> team_of(trust::Reading& reading, PersonId person)
{
    const auto found = TRY(reading.rows(select_team, {rows::Value{person}}));
    return found.empty() ? TeamId{} : found.front()[0].id<TeamId>();
}

} // namespace

std::vector<std::string> rules_of(const Finding& finding, std::string_view about)
{
    std::set<std::string> rules;
    if (!finding.combination.empty())
        rules.insert(finding.combination);
    for (const auto& each : finding.evidence)
        rules.insert(each.rule);
    if (rules.contains(std::string{}))
        return {}; // part of it came of no rule that has a name
    std::vector<std::string> all(rules.begin(), rules.end());
    if (about == "informant")
        for (auto& rule : all)
            rule = "informant:" + rule;
    return all;
}

Result<std::optional<KeptOff>> kept_off(trust::Reading& reading, PersonId person, const Finding& finding, std::string_view about)
{
    std::optional<KeptOff> off;
    const auto wanted = rules_of(finding, about);
    if (finding.urgency != Urgency::Soon || wanted.empty())
        return off;
    const auto found = TRY(reading.rows(select_now, {person, reading.now()}));
    if (found.empty())
        return off;
    const auto owners = TRY(Owners::read(reading));
    const auto team = TRY(team_of(reading, person));
    std::set<std::string> quiet;
    for (const auto& row : found) {
        const auto by = row[2].id<AccountId>();
        if (!owners.may_own(team, by))
            continue;
        const auto rules = lines_of(row[1].text());
        quiet.insert(rules.begin(), rules.end());
        const bool says_it = std::find(rules.begin(), rules.end(), wanted.front()) != rules.end();
        if (says_it && !off)
            off = KeptOff{row[0].id<QuietRuleId>(), by};
    }
    if (!std::includes(quiet.begin(), quiet.end(), wanted.begin(), wanted.end()))
        off.reset();
    return off;
}

Result<std::vector<QuietRule>> quiet_rules_of(trust::Reading& reading, PersonId person)
{
    std::vector<QuietRule> all;
    for (const auto& row : TRY(reading.rows(select_all, {rows::Value{person}}))) {
        QuietRule one;
        one.id = row[0].id<QuietRuleId>();
        one.rules = lines_of(row[1].text());
        one.made_at = row[2].instant();
        one.by = row[3].id<AccountId>();
        one.ends_at = row[4].instant();
        if (!row[5].null()) {
            one.over_at = row[5].instant();
            one.over_by = row[6].id<AccountId>();
        }
        one.because = TRY(reading.open(person, place_of(one.id), row[7].blob())).reveal();
        all.push_back(std::move(one));
    }
    return all;
}

Result<std::vector<QuietRule>> quiet_rules_in_force(trust::Reading& reading, PersonId person)
{
    auto all = TRY(quiet_rules_of(reading, person));
    std::erase_if(all, [&](const auto& each) { return each.over_at || each.ends_at <= reading.now(); });
    if (all.empty())
        return all;
    const auto owners = TRY(Owners::read(reading));
    const auto team = TRY(team_of(reading, person));
    std::erase_if(all, [&](const auto& each) { return !owners.may_own(team, each.by); });
    return all;
}

Result<QuietRuleId> QuietRuleDesk::make(const Actor& actor, FindingId finding, std::int64_t last_day,
                                        const std::string& given) const
{
    const auto because = std::string(trimmed(given));
    if (because.empty())
        return invalid("Write what is known.", "/because");
    if (because.size() > longest_words)
        return invalid("This is too long.", "/because");
    QuietRuleId id;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        if (actor.role() != Role::Clinician)
            return not_allowed("A clinician of the person's care team says what is known of them.");
        const auto kept = TRY(read_finding(writing, finding)); // admits to this person's words
        // An open break-glass reads, and decides nothing for the team.
        if (!TRY(Owners::read(writing)).may_own(TRY(team_of(writing, kept.person)), actor.account()))
            return not_allowed("A clinician of the person's care team says what is known of them.");
        if (kept.finding.urgency != Urgency::Soon)
            return conflict("Only what is for soon can be known beforehand. Anything sooner calls for somebody each time.");
        const auto rules = rules_of(kept.finding, kept.about);
        if (rules.empty())
            return conflict("No rule found this: there is nothing that could find it again.");
        const LocalClock clock{TRY(service_.read(writing)).time_zone};
        const auto today = clock.day_of(writing.now());
        if (last_day < today || last_day > today + longest_days_)
            return invalid("Choose a day between today and in " + std::to_string(longest_days_) + " days.", "/until");
        id = QuietRuleId::at(writing.now());
        const auto sealed = TRY(writing.seal(kept.person, place_of(id), Confidential{because}));
        TRY(writing.change(insert, {kept.person, id, joined(rules), writing.now(), actor.account(), clock.at(last_day + 1, 0), sealed}));
        for (const auto& entry : TRY(open_entries_of(writing, kept.person))) {
            const auto open = TRY(read_finding(writing, entry.finding));
            if (TRY(kept_off(writing, kept.person, open.finding, open.about)))
                TRY(take_off_as_known(writing, kept.person, entry.finding, id));
        }
        writing.note({"write.quiet_rule", kept.person, "quiet_rule", id, {}, {}});
        writing.announce("caseload", {});
        return {};
    }));
    return id;
}

Result<void> QuietRuleDesk::take_back(const Actor& actor, PersonId person, QuietRuleId quiet) const
{
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        if (actor.role() != Role::Clinician && actor.role() != Role::Lead)
            return not_allowed("Clinicians and leads take this back.");
        TRY(writing.admit(person, trust::Scope::Presence));
        if (TRY(writing.change(end, {writing.now(), actor.account(), person, quiet})) == 0)
            return not_found("This is over already.");
        TRY(put_back_on_list(writing, person, quiet, read_by(TRY(service_.read(writing)), writing.now(), soon_days_)));
        writing.note({"take_back.quiet_rule", person, "quiet_rule", quiet, {}, {}});
        writing.announce("caseload", {});
        return {};
    });
}

} // namespace handrail::care
