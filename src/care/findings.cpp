#include "care/findings.h"

#include <charconv>

namespace handrail::care {

namespace {

constexpr rows::Statement insert{
    "finding.insert", "INSERT INTO finding (organisation, finding, person, about, about_id, urgency, category, rule, at, "
                      "sealed_body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"};
constexpr rows::Statement select_one{
    "finding.read",
    "SELECT f.finding, f.person, f.about, f.about_id, f.at, f.sealed_body, f.judged, f.judged_by, f.judged_at, f.urgency, "
    "f.category, e.made_at, e.due_at, e.looked, e.looked_at, e.looked_by, e.sealed_body FROM finding f "
    "LEFT JOIN list_entry e ON e.organisation = f.organisation AND e.finding = f.finding "
    "WHERE f.organisation = $1 AND f.finding = $2"};
constexpr rows::Statement select_there{"finding.there",
                                       "SELECT finding FROM finding WHERE organisation = $1 AND finding = $2"};
constexpr rows::Statement select_of_person{
    "finding.of_person",
    "SELECT f.finding, f.person, f.about, f.about_id, f.at, f.sealed_body, f.judged, f.judged_by, f.judged_at, f.urgency, "
    "f.category, e.made_at, e.due_at, e.looked, e.looked_at, e.looked_by, e.sealed_body FROM finding f "
    "LEFT JOIN list_entry e ON e.organisation = f.organisation AND e.finding = f.finding "
    "WHERE f.organisation = $1 AND f.person = $2 AND f.at < $3 ORDER BY f.at DESC LIMIT $4"};
constexpr rows::Statement select_unjudged{
    "finding.unjudged",
    "SELECT f.finding, f.person, f.about, f.about_id, f.at, f.sealed_body, f.judged, f.judged_by, f.judged_at, f.urgency, "
    "f.category, e.made_at, e.due_at, e.looked, e.looked_at, e.looked_by, e.sealed_body FROM finding f "
    "JOIN person p ON p.organisation = f.organisation AND p.person = f.person "
    "JOIN team_member m ON m.organisation = p.organisation AND m.team = p.team "
    "LEFT JOIN list_entry e ON e.organisation = f.organisation AND e.finding = f.finding "
    "WHERE f.organisation = $1 AND f.judged IS NULL AND m.account = $2 ORDER BY f.at DESC LIMIT $3"};
constexpr rows::Statement update_judged{
    "finding.judge",
    "UPDATE finding SET judged = $2, judged_by = $3, judged_at = $4 WHERE organisation = $1 AND finding = $5"};

double probability_from(const std::string& written)
{
    double value = 0;
    std::from_chars(written.data(), written.data() + written.size(), value);
    return value;
}

Result<KeptFinding> kept_from(trust::Reading& reading, const rows::Row& row)
{
    KeptFinding kept;
    kept.id = row[0].id<FindingId>();
    kept.person = row[1].id<PersonId>();
    kept.about = row[2].text();
    kept.about_id = row[3].raw_id();
    kept.at = row[4].instant();
    if (row[5].blob().bytes.empty()) {
        TRY(reading.admit(kept.person, trust::Scope::Words));
        kept.finding.urgency = urgency_from(row[9].text()).value_or(Urgency::Unknown);
        kept.finding.category = category_from(row[10].text()).value_or(Category::None);
        kept.finding.why = "What this was about is no longer kept.";
    } else {
        const auto words = TRY(reading.open(kept.person, {"finding", "body", kept.id}, row[5].blob()));
        kept.finding = finding_from(TRY(Fields::decoded(words.reveal())));
    }
    kept.judged = row[6].text();
    kept.judged_by = row[7].id<AccountId>();
    if (!row[8].null())
        kept.judged_at = row[8].instant();
    if (!row[12].null())
        kept.due_at = row[12].instant();
    else if (!row[13].null())
        kept.looked = TRY(looked_in(reading, kept.person, kept.id, rows::Values(row).subspan(11)));
    return kept;
}

} // namespace

Fields encoded(const Finding& finding)
{
    Fields out;
    out.add("urgency", name(finding.urgency)).add("category", name(finding.category));
    for (const auto category : finding.categories)
        out.add("also", name(category));
    out.add("subject", name(finding.subject)).add("time", name(finding.time));
    out.add("lang", finding.lang).add("why", finding.why);
    if (!finding.combination.empty())
        out.add("combination", finding.combination).add("combination_source", finding.combination_source);
    for (const auto& each : finding.evidence) {
        Fields evidence;
        evidence.add("begin", static_cast<std::int64_t>(each.begin)).add("end", static_cast<std::int64_t>(each.end));
        evidence.add("text", each.text).add("rule", each.rule).add("source", each.source);
        evidence.add("context", each.context_index);
        out.add("evidence", evidence);
    }
    for (const auto& [label, probability] : finding.probability) {
        Fields one;
        out.add("probability", one.add("label", label).add("p", std::to_string(probability)));
    }
    for (const auto& [part, version] : finding.versions) {
        Fields one;
        out.add("version", one.add("part", part).add("version", version));
    }
    return out;
}

Finding finding_from(const Fields& fields)
{
    Finding finding;
    finding.urgency = urgency_from(fields.text("urgency")).value_or(Urgency::Unknown);
    finding.category = category_from(fields.text("category")).value_or(Category::None);
    for (const auto& also : fields.texts("also"))
        if (const auto category = category_from(also))
            finding.categories.push_back(*category);
    finding.subject = subject_from(fields.text("subject")).value_or(Subject::None);
    finding.time = when_from(fields.text("time")).value_or(When::None);
    finding.lang = fields.text("lang");
    finding.why = fields.text("why");
    finding.combination = fields.text("combination");
    finding.combination_source = fields.text("combination_source");
    for (const auto& each : fields.inner("evidence"))
        finding.evidence.push_back({static_cast<std::size_t>(each.number("begin")),
                                    static_cast<std::size_t>(each.number("end")), each.text("text"), each.text("rule"),
                                    each.text("source"), static_cast<int>(each.number("context"))});
    for (const auto& each : fields.inner("probability"))
        finding.probability[each.text("label")] = probability_from(each.text("p"));
    for (const auto& each : fields.inner("version"))
        finding.versions[each.text("part")] = each.text("version");
    return finding;
}

Result<FindingId> keep_finding(trust::Writing& writing, PersonId person, std::string_view about, const RawId& about_id,
                               const Finding& finding, FindingId id)
{
    if (id.empty())
        id = FindingId::at(writing.now());
    const auto body =
        TRY(writing.seal(person, {"finding", "body", id}, Confidential{encoded(finding).encoded()}));
    const std::string rule = finding.evidence.empty() ? std::string{} : finding.evidence.front().rule;
    TRY(writing.change(insert, {id, person, about, about_id, name(finding.urgency), name(finding.category), rule,
                                writing.now(), body}));
    return id;
}

Result<bool> is_kept(trust::Reading& reading, FindingId id)
{
    return !TRY(reading.rows(select_there, {rows::Value{id}})).empty();
}

Result<KeptFinding> read_finding(trust::Reading& reading, FindingId id)
{
    const auto found = TRY(reading.rows(select_one, {rows::Value{id}}));
    if (found.empty())
        return not_found("There is no such finding.");
    return kept_from(reading, found.front());
}

Result<std::vector<KeptFinding>> findings_of(trust::Reading& reading, PersonId person, std::optional<Instant> before,
                                             int most)
{
    std::vector<KeptFinding> kept;
    const auto until = before.value_or(reading.now() + std::chrono::hours{24});
    for (const auto& row : TRY(reading.rows(select_of_person, {person, until, most})))
        kept.push_back(TRY(kept_from(reading, row)));
    return kept;
}

Result<KeptFinding> FindingDesk::judge(const Actor& actor, FindingId id, const std::string& judgement,
                                       const std::string& words) const
{
    if (judgement != "agree" && judgement != "disagree")
        return invalid("A judgement is agree or disagree.", "/judgement");
    std::optional<KeptFinding> kept;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        if (actor.role() != Role::Clinician && actor.role() != Role::Lead)
            return not_allowed("Only a clinician or a lead judges a finding.");
        kept = TRY(read_finding(writing, id));
        TRY(writing.change(update_judged, {judgement, actor.account(), writing.now(), id}));
        kept->judged = judgement;
        kept->judged_by = actor.account();
        kept->judged_at = writing.now();
        writing.note({judgement == "agree" ? "agree.finding" : "disagree.finding", kept->person, "finding", id, {},
                      words});
        writing.announce("finding", id.text());
        return {};
    }));
    return *kept;
}

Result<std::vector<KeptFinding>> FindingDesk::unjudged(const Actor& actor, int most) const
{
    std::vector<KeptFinding> kept;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        kept.clear();
        trust::Deed deed{"read.findings", std::nullopt, "finding", {}, {}, {}};
        for (const auto& row : TRY(reading.rows(select_unjudged, {actor.account(), most}))) {
            kept.push_back(TRY(kept_from(reading, row)));
            deed.listed.push_back(kept.back().person);
        }
        reading.note(std::move(deed));
        return {};
    }));
    return kept;
}

} // namespace handrail::care
