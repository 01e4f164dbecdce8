#include "monitoring/treatment_desk.h"

#include <algorithm>

#include "base/fields.h"
#include "base/text.h"
#include "care/document_rows.h"
#include "monitoring/answer_rows.h"

namespace handrail::monitoring {

namespace {

constexpr const char* treatment_kind = "treatment";
constexpr const char* known_kind = "known_and_planned";

Result<void> only_clinicians(const Actor& actor)
{
    if (actor.role() == Role::Clinician || actor.role() == Role::Lead)
        return {};
    return not_allowed("Only a clinician or a lead records this.");
}

Fields encoded(const std::vector<KnownAndPlanned>& notes)
{
    Fields body;
    for (const auto& note : notes)
        body.add("note", Fields{{"instrument", note.instrument},
                                {"at", to_rfc3339(note.at)},
                                {"by", note.by.text()},
                                {"text", note.text}});
    return body;
}

Result<void> replace_note(trust::Writing& writing, PersonId person, const std::string& instrument,
                          const std::optional<KnownAndPlanned>& by)
{
    const auto before = TRY(care::latest_document(writing, person, known_kind));
    auto notes = TRY(read_known_and_planned(writing, person));
    std::erase_if(notes, [&](const auto& note) { return note.instrument == instrument; });
    if (by)
        notes.push_back(*by);
    return care::put_document(writing, person, known_kind, before.version + 1, encoded(notes));
}

} // namespace

Result<std::vector<TreatmentEpisode>> read_treatments(trust::Reading& reading, PersonId person)
{
    constexpr int most = 200;
    std::vector<TreatmentEpisode> episodes;
    auto versions = TRY(care::documents_before(reading, person, treatment_kind, from_stored(INT64_MAX), most));
    std::reverse(versions.begin(), versions.end());
    for (const auto& version : versions) {
        const bool goes_on = !episodes.empty() && !episodes.back().ended_at;
        if (!version.body.has("started_on")) {
            if (goes_on)
                episodes.back().ended_at = version.at;
            continue;
        }
        if (!goes_on)
            episodes.emplace_back();
        const auto day = TRY(from_rfc3339(version.body.text("started_on")));
        episodes.back() = {{std::chrono::floor<std::chrono::days>(day), version.body.number("psychological") != 0,
                            version.body.number("medication") != 0},
                           version.by,
                           std::nullopt};
    }
    return episodes;
}

Result<std::vector<KnownAndPlanned>> read_known_and_planned(trust::Reading& reading, PersonId person)
{
    const auto found = TRY(care::latest_document(reading, person, known_kind));
    std::vector<KnownAndPlanned> notes;
    for (const auto& each : found.body.inner("note")) {
        KnownAndPlanned note;
        note.instrument = each.text("instrument");
        note.at = TRY(from_rfc3339(each.text("at")));
        note.by = TRY(AccountId::from(each.text("by")));
        note.text = each.text("text");
        notes.push_back(std::move(note));
    }
    return notes;
}

Result<void> TreatmentDesk::set_treatment(const Actor& actor, PersonId person,
                                          const std::optional<Treatment>& treatment) const
{
    TRY(only_clinicians(actor));
    if (treatment && !treatment->psychological && !treatment->medication)
        return invalid("Say what the treatment is: psychological, with a medicine, or both.", "/psychological");
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto today = std::chrono::floor<std::chrono::days>(writing.now());
        if (treatment && (treatment->started_on > today + std::chrono::days{1} ||
                          treatment->started_on < today - std::chrono::days{3650}))
            return invalid("The first day of treatment is not in the future, and at most ten years ago.", "/started_on");
        const auto before = TRY(care::latest_document(writing, person, treatment_kind));
        Fields body;
        if (treatment)
            body.add("started_on", to_rfc3339(Instant{treatment->started_on}).substr(0, 10))
                .add("psychological", treatment->psychological ? 1 : 0)
                .add("medication", treatment->medication ? 1 : 0);
        TRY(care::put_document(writing, person, treatment_kind, before.version + 1, body));
        auto course = TRY(read_course(writing, person));
        course.set_treatment(treatment);
        TRY(write_course(writing, person, course));
        writing.note({"write.treatment", person, "document", {}, {}, {}});
        return {};
    });
}

Result<void> TreatmentDesk::note_known(const Actor& actor, PersonId person, const std::string& instrument,
                                       const std::string& text) const
{
    TRY(only_clinicians(actor));
    if (trimmed(text).empty())
        return invalid("Write what is known and what is planned.", "/text");
    if (code_points(text) > 4000)
        return Error{ErrorKind::TooMuch, "This text has more than 4,000 characters. Make it shorter.", {}, "/text"};
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto course = TRY(read_course(writing, person));
        const bool answered = std::any_of(course.totals().begin(), course.totals().end(), [&](const auto& each) {
            return each.instrument == instrument && each.critical.value_or(0) > 0;
        });
        if (!answered)
            return conflict("There is no such answer on this questionnaire to note anything about.");
        TRY(replace_note(writing, person, instrument,
                         KnownAndPlanned{instrument, writing.now(), writing.actor().account(), text}));
        writing.note({"write.known_and_planned", person, "document", {}, {}, {}});
        return {};
    });
}

Result<void> TreatmentDesk::withdraw_known(const Actor& actor, PersonId person, const std::string& instrument) const
{
    TRY(only_clinicians(actor));
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        TRY(replace_note(writing, person, instrument, std::nullopt));
        writing.note({"write.known_and_planned", person, "document", {}, {}, {}});
        return {};
    });
}

} // namespace handrail::monitoring
