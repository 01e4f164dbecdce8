#include "monitoring/import_preview.h"

#include <algorithm>

namespace handrail::monitoring {

namespace {

std::string date_of(Instant at) { return to_rfc3339(at).substr(0, 10); }

std::string lines_of(const ImportRemarks& remarks)
{
    std::string out;
    for (const auto& each : remarks.kept())
        out += "Line " + std::to_string(each.line) + ": " + each.told + ".\n";
    if (remarks.all() > remarks.kept().size())
        out += "And " + std::to_string(remarks.all() - remarks.kept().size()) + " lines more.\n";
    return out;
}

} // namespace

void ImportRemarks::add(std::size_t line, std::string told)
{
    ++all_;
    if (told.ends_with('.')) // one is put behind each where it is shown
        told.pop_back();
    // What is found at the end of reading may be about an early line.
    if (kept_.size() == 2 * most)
        put_in_order();
    kept_.push_back({line, std::move(told)});
}

void ImportRemarks::put_in_order()
{
    std::stable_sort(kept_.begin(), kept_.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
    if (kept_.size() > most)
        kept_.resize(most);
}

std::string plain_number(double value)
{
    auto out = std::to_string(value);
    out.erase(out.find_last_not_of('0') + 1);
    if (out.ends_with('.'))
        out.pop_back();
    return out;
}

std::string preview_text(const ImportPreview& preview)
{
    std::string out = "Read as: " + preview.title + " (" + preview.mapping + ")\n";
    std::string left_out;
    for (const auto& column : preview.columns) {
        if (column.becomes.empty())
            left_out += (left_out.empty() ? "" : ", ") + column.name;
        else
            out += "  " + column.name + " → " + column.becomes + "\n";
    }
    if (!left_out.empty())
        out += "  left out: " + left_out + "\n";
    for (const auto& note : preview.notes)
        out += note + "\n";
    for (const auto& row : preview.first) {
        out += "  line " + std::to_string(row.line) + ": " + (preview.each == "days" ? date_of(row.at) : to_rfc3339(row.at));
        for (const auto& [what, much] : row.values)
            out += ", " + what + " " + much;
        out += "\n";
    }
    out += std::to_string(preview.rows) + " rows: " + std::to_string(preview.taken) + " " + preview.each + ", " +
           std::to_string(preview.without_answers) + " without an answer, " + std::to_string(preview.problems.all()) +
           " not taken.\n";
    if (preview.first_at && preview.last_at)
        out += "From " + date_of(*preview.first_at) + " to " + date_of(*preview.last_at) + ".\n";
    if (!preview.remarks.kept().empty())
        out += "Taken, but look at:\n" + lines_of(preview.remarks);
    return out + lines_of(preview.problems);
}

} // namespace handrail::monitoring
