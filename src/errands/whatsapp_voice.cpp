#include "base/fingerprint.h"
#include "channels/whatsapp_countries.h"
#include "errands/whatsapp_desk.h"
#include "language/endpoints.h"
#include "trust/consent_desk.h"

// A voice note is kept until it was turned into words (VoiceNotes), and its words are a message like any other.
namespace handrail::errands {

namespace {

constexpr std::string_view heard_field = "whatsapp_heard";

} // namespace

std::string Transcriber::told() const { return name + " (" + language::host_of(url) + ")"; }

std::string Transcriber::named() const
{
    return "voice-" + Fingerprint{}.take(name + "\n" + language::host_of(url) + "\n").text();
}

Result<bool> WhatsappDesk::may_hear(trust::Reading& reading, PersonId person) const
{
    if (!settings_.transcriber.on())
        return false;
    // A yes names whose server it is and where: to another one no voice goes.
    for (const auto& consent : TRY(trust::ConsentDesk(record_).current(reading, person)))
        if (consent.purpose == "voice_notes")
            return consent.granted && consent.wording == settings_.transcriber.named();
    return false;
}

Result<bool> WhatsappDesk::keep_to_hear(const Actor& system, const channels::WhatsappInbound& message, PersonId person,
                                        const RawId& hash, AllSpeaking& speaking) const
{
    if (!settings_.transcriber.on() || message.media.id.empty() || !channels::serves(settings_.countries, message.user))
        return false;
    bool kept = false;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        kept = TRY(may_hear(writing, person));
        if (!kept)
            return {};
        TRY(keep_voice_note(writing, person, message));
        speaking[person] = {message.at, writing.now() + waits_for_voice};
        return remember_seen(writing, hash);
    }));
    return kept;
}

Result<void> WhatsappDesk::heard(const Actor& system, const VoiceNote& note,
                                 const std::optional<std::string>& words) const
{
    const auto hash = TRY(hash_of(system, heard_field, note.message.id));
    auto message = note.message;
    using Kind = channels::WhatsappInbound::Kind;
    message.kind = words ? Kind::Spoken : Kind::Unheard;
    message.words = words.value_or("");
    // Theirs, whoever has the number by now.
    if (const auto person = TRY(contacts_.acting(system.organisation(), note.person)))
        TRY(settle(system, note.person, hash, answer(system, message, *person, hash)));
    return record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        TRY(drop_job(writing, note.id));
        return bring_back_deliveries(writing, writing.now() + waits_for_voice);
    });
}

Result<bool> WhatsappDesk::was_heard(const Actor& system, trust::Reading& reading, const VoiceNote& note) const
{
    return seen(reading, TRY(hash_of(system, heard_field, note.message.id)));
}

} // namespace handrail::errands
