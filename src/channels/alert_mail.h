#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace handrail::channels {

/// What letters to staff say: content/channels/alert_mail.json. The same words for every alert.
struct AlertMailTexts {
    std::string subject, text;           ///< {link} stands in the text
    std::string test_subject, test_text; ///< of a test page
    static Result<AlertMailTexts> load(const std::filesystem::path& content_folder);
};

/// One letter about one delivery.
struct AlertLetter {
    std::string delivery; ///< makes the Message-ID: the same at every try, so that a mail server knows it again
    std::string alert;    ///< letters of one alert refer to it: mail programs show them together
    std::string from, to; ///< addresses alone
    Instant at;
    std::string link;
    bool test = false;
};
/// As it goes over the wire, lines ending in CR LF (RFC 5322).
std::string letter_text(const AlertLetter& letter, const AlertMailTexts& texts);

/// "name@example.org": one address of plain letters, digits and marks, nothing that could end a line or begin another.
bool mail_address(std::string_view text);

} // namespace handrail::channels
