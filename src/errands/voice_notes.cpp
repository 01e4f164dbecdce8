#include "errands/voice_notes.h"

#include <set>

#include "base/crypto.h"
#include "base/text.h"
#include "care/heard.h"
#include "channels/voice_note.h"
#include "channels/whatsapp_errors.h"

namespace handrail::errands {

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

// With the transcriber's time less than the turn of 90 seconds: nobody else begins while one is being listened to.
constexpr seconds to_find{10};
constexpr seconds to_fetch{20};
/// Whoever waited this long hears that it could not be listened to, without another try.
constexpr minutes waited_too_long{5};
constexpr int most_tries = 3; ///< so that a sound that stops the machine does not stop it for ever
constexpr std::size_t longest_message = 20'000;

std::int64_t random_number()
{
    std::int64_t number = 0;
    for (const char each : random_bytes(7))
        number = number * 256 + static_cast<unsigned char>(each);
    return number;
}

bool good(int status) { return status >= 200 && status < 300; }

} // namespace

VoiceNotes::VoiceNotes(trust::Record& record, const WhatsappDesk& desk, const language::Transport& transport)
    : record_(record), desk_(desk), transport_(transport), settings_(desk.settings()), holder_(random_number())
{
}

VoiceNotes::Answer VoiceNotes::asked(language::Call call) const
{
    Answer answer;
    const auto head = transport_.post(call, {{},
                                             [&](std::string_view bytes) {
                                                 answer.body += bytes;
                                                 return true;
                                             },
                                             {}});
    answer.status = head.ok() ? head->status : 0;
    return answer;
}

VoiceNotes::Answer VoiceNotes::fetched(const std::string& url, std::size_t largest) const
{
    language::Call call;
    call.method = language::Call::Method::Get;
    call.url = url;
    call.headers = {{"Authorization", "Bearer " + settings_.token}};
    call.first_byte_within = to_find;
    call.silent_at_most = to_find;
    call.all_within = largest > 1u << 20 ? to_fetch : to_find;
    call.largest_answer = largest;
    return asked(std::move(call));
}

std::optional<std::string> VoiceNotes::sound_of(const channels::WhatsappMedia& media, std::string& problem) const
{
    const auto asked_at = settings_.graph_url + "/" + settings_.version + "/" + media.id +
                          "?phone_number_id=" + settings_.phone_number_id;
    const auto found = fetched(asked_at, 1u << 16);
    if (!good(found.status)) {
        problem = "a voice note was not given out: status " + std::to_string(found.status) + ", error " +
                  std::to_string(channels::graph_error_in(found.body).code);
        return std::nullopt;
    }
    const auto place = channels::media_place_in(found.body);
    if (!place || place->size > static_cast<std::int64_t>(channels::largest_voice_note) ||
        !place->mime_type.starts_with("audio/"))
        return std::nullopt;
    if (!channels::may_fetch(place->url, settings_.graph_url)) {
        problem = "a voice note lies at an address that is not Meta's";
        return std::nullopt;
    }
    auto sound = fetched(place->url, channels::largest_voice_note);
    if (!good(sound.status) || !channels::has_sha256(sound.body, place->sha256) ||
        !channels::has_sha256(sound.body, media.sha256))
        return std::nullopt;
    const auto length = channels::length_of_opus(sound.body);
    if (!length || *length > channels::longest_voice_note)
        return std::nullopt;
    return std::move(sound.body);
}

std::optional<std::string> VoiceNotes::words_of(const VoiceNote& note, const std::string& language,
                                                std::string& problem) const
{
    const auto sound = sound_of(note.message.media, problem);
    if (!sound)
        return std::nullopt;
    const auto& to = settings_.transcriber;
    const auto form = channels::transcription_form(*sound, to.model, language.substr(0, language.find('-')),
                                                   to_hex(random_bytes(16)));
    language::Call call;
    call.url = channels::transcriptions_at(to.url);
    call.headers = {{"Content-Type", form.content_type}};
    if (!to.key.empty())
        call.headers.emplace_back("Authorization", "Bearer " + to.key.reveal());
    call.body = form.body;
    call.first_byte_within = to.within;
    call.silent_at_most = to.within;
    call.all_within = to.within;
    call.largest_answer = 1u << 20;
    const auto answer = asked(std::move(call));
    if (!good(answer.status)) {
        problem = "the transcriber of voice notes gave no words: status " + std::to_string(answer.status);
        return std::nullopt;
    }
    return channels::transcript_in(answer.body, longest_message);
}

Result<VoiceNotes::Next> VoiceNotes::claim(const Actor& system, const VoiceNote& note, std::string& language)
{
    auto next = Next::NotMine;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        next = Next::NotMine;
        if (!TRY(take_turn(writing, "whatsapp-hearing", holder_)) || !TRY(claim_to_send(writing, note.id)))
            return {};
        const auto state = care::read_person_state(writing, note.person);
        if (!state.ok() && state.error().kind != ErrorKind::NotFound)
            return state.error();
        if (!state.ok() || TRY(desk_.was_heard(system, writing, note))) { // erased, or done
            next = Next::Gone;
            return drop_job(writing, note.id);
        }
        language = state->language;
        next = Next::Decline;
        if (note.tries >= most_tries || writing.now() >= note.since + waited_too_long ||
            !TRY(desk_.may_hear(writing, note.person)))
            return {};
        next = Next::Hear;
        // On disk before a voice leaves.
        writing.note({"send.voice_note", note.person, "person", note.person, {}, {}});
        return {};
    }));
    return next;
}

Result<VoiceNotes::Heard> VoiceNotes::hear_due(const Actor& system)
{
    Heard heard;
    std::vector<VoiceNote> due;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        due = TRY(voice_notes(reading));
        return {};
    }));
    std::set<PersonId> waiting;
    for (const auto& note : due) {
        if (waiting.count(note.person) > 0)
            continue; // in order: one person's come one after the other
        std::string language;
        const auto next = note.claimed ? Next::NotMine : TRY(claim(system, note, language));
        if (next == Next::NotMine) {
            waiting.insert(note.person);
            continue;
        }
        if (next == Next::Gone)
            continue;
        const auto words = next == Next::Hear ? words_of(note, language, heard.problem) : std::nullopt;
        TRY(desk_.heard(system, note, words));
        words ? ++heard.in_words : ++heard.unheard;
    }
    return heard;
}

} // namespace handrail::errands
