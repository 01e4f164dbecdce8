#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace handrail::channels {

/// What a notification on a device or a text message says: content/channels/notices.json. The same words for everything: no
/// name, nothing of health, not what waits.
struct NoticeTexts {
    std::map<std::string, std::string, std::less<>> by_language; ///< for people
    std::string alert, test;                                     ///< for staff, in English

    static Result<NoticeTexts> load(const std::filesystem::path& content_folder);
    /// English when that language is not there.
    const std::string& in(std::string_view language) const;
};

} // namespace handrail::channels
