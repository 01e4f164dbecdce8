#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

/// What Meta's WhatsApp Business Cloud API sends to us. Pure: no store, no clock, no network.
namespace handrail::channels {

/// The answer to Meta's call when the address is configured: the challenge, or none when the token is another one.
std::optional<std::string> handshake(std::string_view mode, std::string_view token, std::string_view challenge,
                                     std::string_view expected_token);

enum class Signature { Missing, Wrong, Right };
/// X-Hub-Signature-256 over the bytes as they came. They are never written anew first: the sender may escape letters.
Signature signature_of(std::string_view header, std::string_view raw_body, std::string_view app_secret);
/// "sha256=" and 64 hexadecimal digits, as Meta writes it.
std::string signature_for(std::string_view raw_body, std::string_view app_secret);

/// Who wrote. Since 2026 a telephone number may be absent, and a business-scoped id ("US.1349…") stands in its place.
struct WhatsappUser {
    std::string user_id; ///< business-scoped; may be empty
    std::string number;  ///< digits only; may be empty
};

/// A file that Meta keeps for some days, and gives to whoever has the token.
struct WhatsappMedia {
    std::string id;
    std::string sha256; ///< in base64 or hexadecimal, as Meta writes it; may be empty
};

struct WhatsappInbound {
    enum class Kind {
        Words,    ///< text, or a button without a choice of ours
        Choice,   ///< a button or a row that we offered: `choice` is its id
        Reaction, ///< `words` is the emoji; empty when it was taken back
        Edit,     ///< `words` is the new text of `about`
        Revoke,   ///< `about` was taken back
        Voice,    ///< a voice note: `media`
        Spoken,   ///< `words` were made of a voice note
        Unheard,  ///< a voice note that no words could be made of
        Media,    ///< image, video, document, sticker, audio file; `words` is what was written beside it
        Place,    ///< a location or a contact card; `words` is its text
        NewNumber,///< the user has another number: `new_number`
        Unreadable, ///< the sender's app says so, or a flow's answer: something was sent that is not for us to read
        Ignored,    ///< a type that carries nothing for us
    };
    Kind kind = Kind::Ignored;
    std::string phone_number_id; ///< of the service's own number
    std::string id;              ///< "wamid.…": opaque
    WhatsappUser user;
    Instant at;                  ///< by Meta's clock; the epoch when it was missing
    std::string words;
    std::string choice;
    std::string about;           ///< another message's id
    std::string new_number;
    WhatsappMedia media;
};

/// What became of a message of ours.
struct WhatsappStatus {
    std::string phone_number_id;
    std::string id; ///< of the message
    enum class State { Sent, Delivered, Read, Played, Failed, Other };
    State state = State::Other;
    Instant at;
    int error = 0; ///< of Failed
};
/// Order is not guaranteed: a status never moves down, and failed is always noted.
bool moves_up(WhatsappStatus::State from, WhatsappStatus::State to);

struct WhatsappEvent {
    std::vector<WhatsappInbound> messages; ///< in the order of the delivery
    std::vector<WhatsappStatus> statuses;
};
/// Reads one delivery, which may hold many messages of many users. Invalid only when it is no JSON: what is not known is
/// left out, so that a new field or type never makes Meta send the whole delivery again.
Result<WhatsappEvent> read_event(std::string_view raw_body);

} // namespace handrail::channels
