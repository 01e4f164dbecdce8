#include "app/commands/content_check.h"

#include <chrono>
#include <map>
#include <ostream>
#include <string>

namespace handrail::app {

int run_content_check(const std::filesystem::path& content_folder, Instant now, std::ostream& out)
{
    const auto report = content::check_content(content_folder, std::chrono::floor<std::chrono::days>(now));
    std::map<std::string, std::size_t, std::less<>> counts;
    for (const auto& note : report.notes) {
        ++counts[std::string(content::name(note.kind))];
        out << (content::is_wrong(note.kind) ? "wrong  " : "open   ") << content::name(note.kind) << ": " << note.file
            << (note.where.empty() ? "" : ": ") << note.where << ": " << note.told << '\n';
    }
    out << report.files << " files, " << report.instruments << " instruments (" << report.displayable
        << " may be shown, " << report.instruments - report.displayable << " wait for their words), " << report.sources
        << " sources, " << report.reviewed << " files with a valid review.\n";
    for (const auto& [kind, count] : counts)
        out << "  " << kind << ": " << count << '\n';
    if (report.reviewed == 0)
        out << "Nothing here has been reviewed by a clinician yet.\n";
    out << (report.wrong() == 0 ? "Nothing is wrong." : "There is something to put right.") << std::endl;
    return report.wrong() == 0 ? 0 : 1;
}

} // namespace handrail::app
