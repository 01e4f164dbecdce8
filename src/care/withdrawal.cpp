#include "care/withdrawal.h"

#include "care/alert_rows.h"
#include "care/list_entries.h"

namespace handrail::care {

namespace {

// The id says what was found: the same thing, found again in other data, is a finding again. So this one takes another.
constexpr rows::Statement insert{
    "finding.insert_withdrawn",
    "INSERT INTO finding (organisation, finding, person, about, about_id, urgency, category, rule, at, sealed_body, judged, "
    "judged_by, judged_at) SELECT organisation, $2, person, about, about_id, $3, category, rule, at, $4, judged, judged_by, "
    "judged_at FROM finding WHERE organisation = $1 AND finding = $5"};
constexpr rows::Statement remove{"finding.remove_withdrawn",
                                 "DELETE FROM finding WHERE organisation = $1 AND finding = $2"};
constexpr rows::Statement point{
    "alert.of_withdrawn", "UPDATE alert SET finding = $2 WHERE organisation = $1 AND person = $3 AND finding = $4"};

} // namespace

Result<bool> withdraw_finding(trust::Writing& writing, const KeptFinding& kept, const std::string& reason)
{
    auto finding = kept.finding;
    finding.why = "Withdrawn: " + reason + " It said (" + std::string(name(kept.finding.urgency)) + "): " + kept.finding.why;
    finding.urgency = Urgency::Usual;
    const auto alert = TRY(read_open_alert(writing, kept.person));
    const auto id = FindingId::at(writing.now());
    const auto sealed = TRY(writing.seal(kept.person, {"finding", "body", id}, Confidential{encoded(finding).encoded()}));
    TRY(writing.change(insert, {id, name(finding.urgency), sealed, kept.id}));
    TRY(writing.change(remove, {kept.id}));
    TRY(withdraw_from_list(writing, kept.id));
    TRY(writing.change(point, {id, kept.person, kept.id}));
    if (!alert || alert->finding != kept.id)
        return false;
    TRY(add_step(writing, *alert, "data_withdrawn", writing.actor().account(), "The data this came of was withdrawn: " + reason));
    writing.announce("alert", alert->id.text() + " " + std::string(name(alert->urgency)));
    return true;
}

} // namespace handrail::care
