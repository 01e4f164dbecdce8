#pragma once

#include <string_view>

#include "support/message.h"

namespace handrail::support {

/// How the name begins that a channel gives a message it made of a voice note. No page's own name begins so.
inline constexpr std::string_view voice_note_mark = "whatsapp-voice-";
/// How every name begins that WhatsApp gives a message.
inline constexpr std::string_view whatsapp_mark = "whatsapp-";

/// A machine wrote down what the person said: it may have misheard.
inline bool from_voice_note(const Message& message)
{
    return message.author == Author::Person && message.client_id.starts_with(voice_note_mark);
}

} // namespace handrail::support
