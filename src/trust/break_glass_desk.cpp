#include "trust/break_glass_desk.h"

#include "base/text.h"

namespace handrail::trust {

namespace {

constexpr rows::Statement person_there{"break_glass.person",
                                       "SELECT state FROM person WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement opened_since{
    "break_glass.opened_since",
    "SELECT COUNT(*) FROM break_glass WHERE organisation = $1 AND account = $2 AND at > $3"};
constexpr rows::Statement insert{"break_glass.insert",
                                 "INSERT INTO break_glass (organisation, break_glass, account, person, at, ends_at, "
                                 "sealed_reason) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr rows::Statement all{
    "break_glass.all", "SELECT break_glass, account, person, at, ends_at, sealed_reason, reviewed_by, reviewed_at "
                       "FROM break_glass WHERE organisation = $1 ORDER BY at DESC"};
constexpr rows::Statement unreviewed{
    "break_glass.unreviewed",
    "SELECT break_glass, account, person, at, ends_at, sealed_reason, reviewed_by, reviewed_at "
    "FROM break_glass WHERE organisation = $1 AND reviewed_at IS NULL ORDER BY at DESC"};
constexpr rows::Statement by_id{"break_glass.by_id", "SELECT account, person, reviewed_at FROM break_glass "
                                                     "WHERE organisation = $1 AND break_glass = $2"};
constexpr rows::Statement set_reviewed{
    "break_glass.review",
    "UPDATE break_glass SET reviewed_by = $2, reviewed_at = $3 WHERE organisation = $1 AND break_glass = $4"};

/// The reason is a colleague's words and outlasts the person's key: the lead may have to answer for it.
Place reason_of(const RawId& id)
{
    return {"break_glass", "reason", id};
}

} // namespace

Result<Instant> BreakGlassDesk::open(const Actor& staff, PersonId person, const std::string& reason,
                                     const std::string& code) const
{
    if (staff.role() != Role::Clinician && staff.role() != Role::Lead)
        return not_allowed("Only a clinician or a lead can do this.");
    const auto words = std::string(trimmed(reason));
    if (!valid_utf8(words) || code_points(words) < 10 || code_points(words) > 1000)
        return invalid("Say why in 10 to 1,000 characters. The lead and the person will read it.", "reason");
    Instant ends_at;
    TRY(record_.write(staff, [&](Writing& writing) -> Result<void> {
        if (TRY(writing.rows(person_there, {person})).empty())
            return not_found("There is no such person.");
        const auto now = writing.now();
        const auto opened = TRY(writing.rows(opened_since, {staff.account(), now - std::chrono::hours(24)}));
        if (opened.front()[0].number() >= daily_limit)
            return Error{ErrorKind::TooMuch,
                         "You have opened three people outside your teams within a day. Please ask your lead.",
                         {},
                         "too-often"};
        TRY(sign_in_.use_code(writing, code));
        const auto id = random_id();
        ends_at = now + open_time;
        auto sealed = TRY(writing.seal(reason_of(id), Confidential(words)));
        TRY(writing.change(insert, {id, staff.account(), person, now, ends_at, std::move(sealed)}));
        writing.note({"break.glass", person, "break_glass", id, {}, words});
        writing.announce("break_glass", to_text(id));
        return {};
    }));
    return ends_at;
}

Result<std::vector<BreakGlass>> BreakGlassDesk::list(const Actor& lead, bool unreviewed_only) const
{
    if (lead.role() != Role::Lead && lead.role() != Role::System)
        return not_allowed("Only a lead reviews this.");
    std::vector<BreakGlass> found;
    TRY(record_.read(lead, [&](Reading& reading) -> Result<void> {
        found.clear();
        for (const auto& row : TRY(reading.rows(unreviewed_only ? unreviewed : all, {}))) {
            BreakGlass each;
            each.id = row[0].raw_id();
            each.account = row[1].id<AccountId>();
            each.person = row[2].id<PersonId>();
            each.at = row[3].instant();
            each.ends_at = row[4].instant();
            each.reason = TRY(reading.open(reason_of(each.id), row[5].blob())).reveal();
            each.reviewed_by = row[6].id<AccountId>();
            if (!row[7].null())
                each.reviewed_at = row[7].instant();
            each.review_due_at = each.at + review_time;
            found.push_back(std::move(each));
        }
        return {};
    }));
    return found;
}

Result<void> BreakGlassDesk::review(const Actor& lead, const RawId& id, const std::string& note) const
{
    if (lead.role() != Role::Lead)
        return not_allowed("Only a lead reviews this.");
    const auto words = std::string(trimmed(note));
    if (!valid_utf8(words) || code_points(words) > 1000)
        return invalid("A note has at most 1,000 characters.", "note");
    return record_.write(lead, [&](Writing& writing) -> Result<void> {
        const auto found = TRY(writing.rows(by_id, {id}));
        if (found.empty())
            return not_found("There is nothing to review here.");
        const auto& row = found.front();
        if (row[0].id<AccountId>() == lead.account())
            return not_allowed("Another lead has to review what you opened yourself.");
        if (!row[2].null())
            return conflict("This was reviewed already.");
        TRY(writing.change(set_reviewed, {lead.account(), writing.now(), id}));
        writing.note({"review.glass", row[1].id<PersonId>(), "break_glass", id, {}, words});
        return {};
    });
}

} // namespace handrail::trust
