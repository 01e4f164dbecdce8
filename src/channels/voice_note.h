#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

/// A voice note on its way to words: where Meta keeps it, whether it is what it claims to be, and the wire form of a
/// transcriber (POST …/audio/transcriptions, as OpenAI's API has it). Pure: no store, no clock, no network.
namespace handrail::channels {

inline constexpr std::size_t largest_voice_note = 16u << 20; ///< bytes; Meta takes no larger one
inline constexpr std::chrono::minutes longest_voice_note{5};

/// What Meta says of a file: GET /<media id>.
struct MediaPlace {
    std::string url; ///< short-lived
    std::string mime_type;
    std::string sha256;
    std::int64_t size = 0; ///< 0: not said
};
/// Invalid when it names no address.
Result<MediaPlace> media_place_in(std::string_view answer);

/// Whether the token may go to this address: Meta's own hosts over https, or below the address of the API as it is set.
bool may_fetch(std::string_view url, std::string_view graph_url);

/// Whether these bytes have this SHA-256, written in hexadecimal or base64. True when none was said.
bool has_sha256(std::string_view bytes, std::string_view expected);

/// How long an Ogg file with one Opus stream plays, from its pages; none when it is no such file or is cut off.
std::optional<std::chrono::milliseconds> length_of_opus(std::string_view ogg);

/// The body of a question to a transcriber, and its Content-Type.
struct TranscriptionForm {
    std::string content_type;
    std::string body;
};
/// @param language "en", or empty when it is not known
TranscriptionForm transcription_form(std::string_view sound, std::string_view model, std::string_view language,
                                     const std::string& boundary);

/// The words of {"text": …}: trimmed, well-formed and at most `most` code points. None when there are none, when there is
/// no letter among them, or the answer is something else.
std::optional<std::string> transcript_in(std::string_view answer, std::size_t most);

/// The address to ask, from one that ends with or without /audio/transcriptions.
std::string transcriptions_at(std::string_view url);

} // namespace handrail::channels
