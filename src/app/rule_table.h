#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace handrail::app {

/// One rule of docs/protocol_rules.tsv, and what shows it: the same that docs/protocol.md says. tools/protocol writes both.
struct ShownRule {
    std::string id;   ///< "A1"
    std::string says; ///< what it asks, in English
    std::vector<std::string> by;    ///< rules that carry it out
    std::vector<std::string> tests; ///< by name
    std::size_t cases = 0;          ///< scripted conversations
    std::vector<std::string> guard; ///< languages in which replies are read for it
};

/// content/protocols/table.json. Empty when a site's own content has none.
Result<std::vector<ShownRule>> rule_table(const std::filesystem::path& content_folder);

} // namespace handrail::app
