#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "channels/whatsapp_webhook.h"
#include "domain/block.h"

/// What we send: bodies for POST /<version>/<phone_number_id>/messages, within the limits that Meta sets.
namespace handrail::channels {

constexpr std::size_t longest_text = 4096;        ///< characters
constexpr std::size_t longest_interactive = 1024; ///< of the words above buttons or a list
constexpr std::size_t most_buttons = 3;
constexpr std::size_t longest_button = 20;
constexpr std::size_t longest_button_id = 256;
constexpr std::size_t most_rows = 10;
constexpr std::size_t longest_row = 24;
constexpr std::size_t longest_row_id = 200;
constexpr std::size_t longest_row_description = 72;

/// Parts of at most `most` characters that together are the text: cut between paragraphs, else between sentences, else
/// between words, and never inside a telephone number.
std::vector<std::string> split_text(std::string_view text, std::size_t most = longest_text);

/// One message without its recipient. A plain value, so that it can be kept until it is sent.
struct WhatsappPart {
    std::string text;
    std::vector<ReplyChoice> choices; ///< with ids of our own; offered as buttons or a list
    std::string list_button;          ///< what opens the list, in the person's language
};

/// A reply as parts, in reading order: as few as fit. The choices of its question stand under the last one; where they do
/// not fit the limits, they are written out with numbers.
/// @param text      the whole reply as plain text
/// @param choice_id what comes before a choice's own id, so that an answer finds its question again
std::vector<WhatsappPart> parts_of(std::string_view text, const std::vector<Block>& blocks, std::string_view choice_id,
                                   std::string_view list_button);

/// The JSON to send. `tracker` comes back in statuses.
std::string message_body(const WhatsappUser& to, const WhatsappPart& part, std::string_view tracker);
/// A template without parameters: nothing of health can stand in it.
std::string template_body(const WhatsappUser& to, std::string_view name, std::string_view language,
                          std::string_view tracker);

/// messages[0].id of the answer to a message; empty when there is none.
std::string sent_id_in(std::string_view answer);

} // namespace handrail::channels
