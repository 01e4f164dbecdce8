#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace handrail::content {

/// Something the content check found.
struct CheckNote {
    enum class Kind {
        Broken,             ///< a file cannot be read, or says what cannot be
        BadReference,       ///< a source, instrument or item that is not there
        NumberWithoutSource,
        MissingTranslation, ///< in a language the installation offers
        ReviewOverdue,
        Unverified,         ///< the file itself says that nobody checked this
        Unreviewed,
        Unsigned,           ///< a text for people in danger without two signatures
    };
    Kind kind = Kind::Broken;
    std::string file;  ///< relative to the content folder
    std::string where; ///< JSON pointer; may be empty
    std::string told;
};

struct CheckReport {
    std::vector<CheckNote> notes; ///< by file, then by place
    std::size_t files = 0;
    std::size_t instruments = 0;
    std::size_t displayable = 0;  ///< instruments whose questions may be shown
    std::size_t sources = 0;
    std::size_t reviewed = 0;     ///< files with a review that is not overdue

    /// Notes that say the content is wrong, not merely unfinished.
    std::size_t wrong() const;
};

/// Whether a note means that the content must not be shipped: all but unverified, unreviewed and unsigned.
bool is_wrong(CheckNote::Kind kind);
std::string_view name(CheckNote::Kind kind);

/// Reads all content and names every number without a source, overdue review, missing translation, unsigned text and bad
/// reference.
/// @param today Reviews that were due before this day are overdue.
CheckReport check_content(const std::filesystem::path& content_folder, std::chrono::sys_days today);

} // namespace handrail::content
