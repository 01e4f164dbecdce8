#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "app/keeping.h"

namespace handrail::app {

struct ImportAsked {
    std::string what; ///< check-ins, daily, list, undo
    std::filesystem::path file;
    std::string person;             ///< display name of a new person whom the rows belong to
    std::string to;                 ///< or the id of one there is
    std::string only;               ///< of a file of several people: what it calls the one who is meant
    std::string source;             ///< of daily: what the days are said to come from
    std::filesystem::path mapping;  ///< that somebody wrote or changed; empty: the one of content/imports that fits
    std::string id;                 ///< of undo
    bool yes = false;               ///< without it only the preview is shown
    bool json = false;              ///< the preview as JSON
    bool again = false;             ///< although the same file was taken before
};

/// `handrail import …`: a preview with what is not taken by line, then the file taken as a batch; the list of batches; one
/// taken back. Asks the running server, or opens the store itself when none runs. A preview needs no store.
int import_files(const Where& where, const ImportAsked& asked, std::ostream& out, std::ostream& err);
/// The same within the server, for the fields of one line.
class House;
Result<std::string> import_words(House& house, const std::vector<std::string_view>& parts);

} // namespace handrail::app
