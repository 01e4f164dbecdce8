#pragma once

#include <optional>
#include <string>

#include "errands/voice_note_jobs.h"
#include "errands/whatsapp_desk.h"
#include "language/transport.h"

namespace handrail::errands {

/// Turns voice notes into words: fetches the sound from Meta, gives it to the transcriber that the person agreed to, and
/// gives the words to the desk. The sound is in memory for as long as that takes, and nowhere else. A note that was taken
/// ends in words or in the sentence that it could not be listened to; a stopped machine goes on where it was.
class VoiceNotes {
public:
    VoiceNotes(trust::Record& record, const WhatsappDesk& desk, const language::Transport& transport);

    struct Heard {
        int in_words = 0;
        int unheard = 0;
        /// What only an operator can put right. Names nobody.
        std::string problem;
    };
    /// Works off what waits, one after the other. On a thread of its own: both other sides may be silent for long.
    Result<Heard> hear_due(const Actor& system);

private:
    /// What is to be done with one that was claimed.
    enum class Next { NotMine, Gone, Decline, Hear };
    Result<Next> claim(const Actor& system, const VoiceNote& note, std::string& language);
    std::optional<std::string> words_of(const VoiceNote& note, const std::string& language, std::string& problem) const;
    std::optional<std::string> sound_of(const channels::WhatsappMedia& media, std::string& problem) const;

    struct Answer {
        int status = 0; ///< 0: there was none
        std::string body;
    };
    Answer asked(language::Call call) const;
    Answer fetched(const std::string& url, std::size_t largest) const;

    trust::Record& record_;
    const WhatsappDesk& desk_;
    const language::Transport& transport_;
    const WhatsappSettings& settings_;
    const std::int64_t holder_;
};

} // namespace handrail::errands
