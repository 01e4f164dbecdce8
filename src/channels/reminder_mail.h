#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace handrail::channels {

/// What a letter says that reminds somebody of what they are asked: content/channels/reminder_mail.json, in every language
/// of the page. The same words for every form: no name, nothing of health, not even what is asked.
struct ReminderTexts {
    struct Words {
        std::string subject, text; ///< {link} stands in the text
    };
    std::map<std::string, Words, std::less<>> by_language;

    /// @param name  of the file: another one holds the letter to somebody close (content/channels/informant_mail.json)
    static Result<ReminderTexts> load(const std::filesystem::path& content_folder,
                                      const std::string& name = "channels/reminder_mail.json");
    /// English when that language is not there.
    const Words& in(std::string_view language) const;
};

struct ReminderLetter {
    std::string id; ///< makes the Message-ID: the same at every try
    std::string from, to; ///< addresses alone
    std::string link;
    std::string language;
    Instant at;
};
/// As it goes over the wire, lines ending in CR LF.
std::string letter_text(const ReminderLetter& letter, const ReminderTexts& texts);

} // namespace handrail::channels
