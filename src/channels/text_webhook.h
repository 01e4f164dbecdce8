#pragma once

#include <string>
#include <string_view>

namespace handrail::channels {

/// What a site's gateway for text messages is asked to send. Signed like a page (pager_webhook.h).
struct TextMessage {
    std::string delivery;  ///< the same at every try: the receiver counts by it
    std::string to;        ///< "+353871234567"
    std::string text;      ///< one sentence of content/channels/notices.json, and a link
    std::string_view kind; ///< "reminder", "alert" or "test"
};
std::string text_body(const TextMessage& message);

/// What the gateway answers to say that this number takes no texts any more.
inline constexpr int number_is_gone = 410;

} // namespace handrail::channels
