#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/result.h"

namespace handrail::content {

/// Where a rule or a number comes from, for those who read a finding.
struct Source {
    std::string citation;
    std::string says;
    std::string mark; ///< V read in the source, S second-hand, U unverified; "" for the house's own rules
};

/// content/sources/*.json by id.
class Sources {
public:
    static Result<Sources> load(const std::filesystem::path& content_folder);
    /// Null when the text is no id of a source: then it is a rationale and says itself.
    const Source* find(std::string_view id) const;

private:
    std::map<std::string, Source, std::less<>> sources_;
};

} // namespace handrail::content
