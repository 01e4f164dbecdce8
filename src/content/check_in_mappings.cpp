#include "content/check_in_mappings.h"

#include <algorithm>

#include "content/document.h"

namespace handrail::content {

namespace {

MappedColumn read_column(const Node& node)
{
    MappedColumn column;
    column.column = node["column"].text();
    column.lowest = node["lowest"].number();
    column.highest = node["highest"].number();
    if (column.highest <= column.lowest)
        node["highest"].wrong("must be above lowest");
    const auto better = node["better"].text();
    if (better != "up" && better != "down")
        node["better"].wrong("expected up or down");
    column.higher_is_better = better == "up";
    return column;
}

Result<CheckInMapping> read_mapping(const std::filesystem::path& file, const std::string& name)
{
    Document document = TRY(Document::open(file, name));
    const Node root = document.root();
    if (root["schema"].text() != "handrail.check-in-import/1")
        root["schema"].wrong("expected handrail.check-in-import/1");
    CheckInMapping mapping;
    mapping.id = root["id"].text();
    mapping.title = root["title"].text();
    mapping.recognised_by = root["recognised_by"].texts();
    if (mapping.recognised_by.empty())
        root["recognised_by"].wrong("expected at least one column");
    const auto time = root["time"];
    mapping.at_column = time["at"].text_or("");
    mapping.day_column = time["day"].text_or("");
    mapping.minute_column = time["minute_of_day"].text_or("");
    if (mapping.at_column.empty() == mapping.day_column.empty())
        time.wrong("expected either at, or day with minute_of_day");
    for (const auto& each : root["mood"]["columns"].elements())
        mapping.mood.push_back(read_column(each));
    mapping.mood_needs = static_cast<std::size_t>(std::max(1, root["mood"]["needs"].whole_or(1)));
    mapping.sleep_hours_column = root["sleep_hours"].text_or("");
    mapping.note_column = root["note"].text_or("");
    for (const auto& each : root["series"].elements())
        mapping.series.push_back({each["measure"].text(), read_column(each)});
    if (!document.sound())
        return document.error();
    return mapping;
}

} // namespace

Result<std::vector<CheckInMapping>> load_check_in_mappings(const std::filesystem::path& content_folder)
{
    std::vector<std::filesystem::path> files;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(content_folder / "imports", failed))
        if (entry.path().extension() == ".json")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<CheckInMapping> out;
    out.reserve(files.size());
    for (const auto& file : files)
        out.push_back(TRY(read_mapping(file, "imports/" + file.filename().string())));
    return out;
}

Result<CheckInMapping> load_check_in_mapping(const std::filesystem::path& file)
{
    return read_mapping(file, file.filename().string());
}

} // namespace handrail::content
