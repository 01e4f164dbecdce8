#include "care/on_call_notes.h"

#include <algorithm>

#include "base/fields.h"
#include "base/text.h"

namespace handrail::care {

namespace {

constexpr std::string_view setting = "on_call_notes";

constexpr rows::Statement select_team{"on_call.team", "SELECT team FROM team WHERE organisation = $1 AND team = $2"};
constexpr rows::Statement select_member{
    "on_call.member", "SELECT added_at FROM team_member WHERE organisation = $1 AND team = $2 AND account = $3"};

Result<void> may_read(const Actor& actor)
{
    if (actor.role() == Role::Clinician || actor.role() == Role::Lead)
        return {};
    return not_allowed("Only clinicians and leads hand over.");
}

Result<bool> is_theirs(trust::Reading& reading, TeamId team)
{
    if (reading.actor().role() == Role::Lead)
        return true;
    return !TRY(reading.rows(select_member, {team, reading.actor().account()})).empty();
}

/// Those whose time is not over, the oldest first.
Result<std::vector<OnCallNote>> notes_in(const std::optional<std::string>& written, Instant now)
{
    std::vector<OnCallNote> notes;
    if (!written)
        return notes;
    for (const auto& each : TRY(Fields::decoded(*written)).inner("note")) {
        OnCallNote note;
        note.id = TRY(OnCallNoteId::from(each.text("id")));
        note.team = TRY(TeamId::from(each.text("team")));
        note.by = TRY(AccountId::from(each.text("by")));
        note.at = from_stored(each.number("at"));
        note.until = from_stored(each.number("until"));
        note.text = each.text("text");
        if (note.until > now)
            notes.push_back(std::move(note));
    }
    return notes;
}

Result<void> keep(trust::Writing& writing, const trust::SettingDesk& settings, const std::vector<OnCallNote>& notes)
{
    Fields body;
    for (const auto& each : notes)
        body.add("note", Fields{}
                             .add("id", each.id.text())
                             .add("team", each.team.text())
                             .add("by", each.by.text())
                             .add("at", to_stored(each.at))
                             .add("until", to_stored(each.until))
                             .add("text", each.text));
    return settings.put(writing, setting, body.encoded());
}

void note_deed(trust::Reading& reading, std::string_view deed, const RawId& id)
{
    reading.note({deed, std::nullopt, "on_call_note", id, {}, {}});
}

} // namespace

Result<std::vector<OnCallNote>> OnCallNotes::read(const Actor& actor) const
{
    TRY(may_read(actor));
    std::vector<OnCallNote> seen;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        seen.clear();
        for (auto& each : TRY(notes_in(TRY(settings_.get(reading, setting)), reading.now())))
            if (TRY(is_theirs(reading, each.team)))
                seen.push_back(std::move(each));
        std::reverse(seen.begin(), seen.end());
        if (!seen.empty())
            note_deed(reading, "read.on_call_notes", RawId{});
        return {};
    }));
    return seen;
}

Result<OnCallNote> OnCallNotes::leave(const Actor& actor, TeamId team, const std::string& text) const
{
    TRY(may_read(actor));
    const auto shown = trimmed(text);
    if (shown.empty() || code_points(shown) > longest)
        return invalid("A note has 1 to 1,000 characters.", "/text");
    OnCallNote left;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        if (TRY(writing.rows(select_team, {rows::Value{team}})).empty() || !TRY(is_theirs(writing, team)))
            return invalid("Choose a care team of yours.", "/team");
        auto notes = TRY(notes_in(TRY(settings_.get(writing, setting)), writing.now()));
        if (notes.size() >= most)
            return conflict("There are a hundred notes already. Take one back first.");
        left = {OnCallNoteId::at(writing.now()), team,         actor.account(),
                writing.now(),                   writing.now() + kept, std::string(shown)};
        notes.push_back(left);
        TRY(keep(writing, settings_, notes));
        note_deed(writing, "write.on_call_note", left.id);
        return {};
    }));
    return left;
}

Result<void> OnCallNotes::take_back(const Actor& actor, OnCallNoteId id) const
{
    TRY(may_read(actor));
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        auto notes = TRY(notes_in(TRY(settings_.get(writing, setting)), writing.now()));
        const auto found = std::find_if(notes.begin(), notes.end(), [&](const auto& each) { return each.id == id; });
        if (found == notes.end() || !TRY(is_theirs(writing, found->team)))
            return not_found("This note is not here any more.");
        if (found->by != actor.account() && actor.role() != Role::Lead)
            return not_allowed("Only whoever wrote it, or a lead, takes a note back.");
        notes.erase(found);
        TRY(keep(writing, settings_, notes));
        note_deed(writing, "remove.on_call_note", id);
        return {};
    });
}

Result<std::int64_t> OnCallNotes::forget_old(const Actor& system) const
{
    if (system.role() != Role::System)
        return not_allowed("Only the service itself does this.");
    const auto count = [&](trust::Reading& reading, Instant now) -> Result<std::size_t> {
        return TRY(notes_in(TRY(settings_.get(reading, setting)), now)).size();
    };
    const auto over = [&](trust::Reading& reading) -> Result<std::int64_t> {
        return static_cast<std::int64_t>(TRY(count(reading, from_stored(0))) - TRY(count(reading, reading.now())));
    };
    std::int64_t gone = 0;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        gone = TRY(over(reading));
        return {};
    }));
    if (gone == 0)
        return gone;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        gone = TRY(over(writing));
        TRY(keep(writing, settings_, TRY(notes_in(TRY(settings_.get(writing, setting)), writing.now()))));
        note_deed(writing, "remove.on_call_notes", RawId{});
        return {};
    }));
    return gone;
}

} // namespace handrail::care
