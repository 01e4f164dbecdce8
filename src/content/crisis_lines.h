#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/crisis_line.h"
#include "domain/urgency.h"

namespace handrail::content {

std::string_view name(LineStatus status); ///< "agreed_flagged"

/// Every country's emergency numbers and lines, from content/crisis_lines.json, and the rule that says which are shown.
class CrisisLines {
public:
    /// @return Invalid names each pointer that is wrong; nothing is half loaded.
    static Result<CrisisLines> load(const std::filesystem::path& content_folder);

    /// Null when the country is not in the file. `iso` in any case.
    const CountryHelp* country(std::string_view iso) const;
    const CrisisLine* line(std::string_view id) const;
    const std::map<std::string, CountryHelp, std::less<>>& countries() const { return countries_; }
    const std::vector<HelpDirectory>& international() const { return international_; }
    const std::string& compiled_on() const { return compiled_on_; }

    /// What --demo and converse accept: the lines marked agreed, and, for an audience of a country that has none, those
    /// marked agreed_flagged or agreed_undated, shown as not confirmed here. Never conflict, single_source, unverified.
    std::vector<CrisisLine> accepted_for_demo(std::string_view iso) const;
    /// What an installation shows: the lines its administrator has accepted one by one.
    std::vector<CrisisLine> accepted(std::string_view iso, const std::set<std::string, std::less<>>& line_ids) const;

private:
    std::map<std::string, CountryHelp, std::less<>> countries_;
    std::vector<HelpDirectory> international_;
    std::string compiled_on_;
};

/// The lines that fit, best first: those for the category's own audience, then (for a person under 18) the lines for
/// young people, then the lines for everybody; inside each the country's first line, then those that answer day and
/// night, then the rest. Lines that reach the emergency service or give advice on poison are never among them: the
/// data says never to offer either in place of a crisis line.
/// @param audiences More audiences the person named themselves (veterans, lgbtq ...), put first.
std::vector<CrisisLine> fitting(const std::vector<CrisisLine>& accepted, Category category, bool minor,
                                const std::vector<std::string>& audiences = {});
/// The line to text, chat or write to, for people who cannot speak aloud; none when every line is by voice.
std::optional<CrisisLine> without_speaking(const std::vector<CrisisLine>& fitting);

/// The emergency numbers that reach what the category needs (police for violence, an ambulance otherwise) or reach
/// everything; the file's first number when none says what it reaches.
std::vector<EmergencyNumber> emergency_for(const CountryHelp& country, Category category);

} // namespace handrail::content
