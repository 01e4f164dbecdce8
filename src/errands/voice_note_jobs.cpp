#include "errands/voice_note_jobs.h"

#include <algorithm>

namespace handrail::errands {

namespace {

constexpr rows::Statement insert_note{
    "voice_note.keep", "INSERT INTO job (organisation, job, kind, due_at, tries, claimed_until, sealed_body) "
                       "VALUES ($1, $2, 'voice_note', $3, 0, NULL, $4)"};
constexpr rows::Statement select_notes{
    "voice_note.next", "SELECT job, due_at, tries, claimed_until, sealed_body FROM job WHERE organisation = $1 "
                       "AND due_at <= $2 AND kind = 'voice_note' ORDER BY due_at, job LIMIT 50"};

trust::Place place_of(WhatsappJobId id) { return {"job", "body", id}; }

} // namespace

Result<void> keep_voice_note(trust::Writing& writing, PersonId person, const channels::WhatsappInbound& message)
{
    const auto id = WhatsappJobId::at(writing.now());
    Fields body{{"person", person.text()},
                {"phone_number_id", message.phone_number_id},
                {"message", message.id},
                {"user_id", message.user.user_id},
                {"number", message.user.number},
                {"media", message.media.id},
                {"sha256", message.media.sha256}};
    body.add("at", to_stored(message.at));
    const auto sealed = TRY(writing.seal(place_of(id), Confidential{body.encoded()}));
    TRY(writing.change(insert_note, {id, writing.now(), sealed}));
    return {};
}

Result<std::vector<VoiceNote>> voice_notes(trust::Reading& reading)
{
    std::vector<VoiceNote> all;
    for (const auto& row : TRY(reading.rows(select_notes, {rows::Value{reading.now()}}))) {
        VoiceNote note;
        note.id = row[0].id<WhatsappJobId>();
        note.since = row[1].instant();
        note.tries = static_cast<int>(row[2].number());
        note.claimed = !row[3].null() && row[3].instant() > reading.now();
        const auto words = TRY(reading.open(place_of(note.id), row[4].blob()));
        const auto body = TRY(Fields::decoded(words.reveal()));
        note.person = TRY(PersonId::from(body.text("person")));
        note.message.kind = channels::WhatsappInbound::Kind::Voice;
        note.message.phone_number_id = body.text("phone_number_id");
        note.message.id = body.text("message");
        note.message.user = {body.text("user_id"), body.text("number")};
        note.message.media = {body.text("media"), body.text("sha256")};
        note.message.at = from_stored(body.number("at"));
        all.push_back(std::move(note));
    }
    std::ranges::stable_sort(all, {}, [](const VoiceNote& note) { return note.message.at; });
    return all;
}

} // namespace handrail::errands
