#include "content/wearable_protocol.h"

#include <algorithm>

#include "content/document.h"

namespace handrail::content {

namespace {

Result<DailyMapping> read_mapping(const std::filesystem::path& file, const std::string& name,
                                  const WearableProtocol& protocol)
{
    Document document = TRY(Document::open(file, name));
    const Node root = document.root();
    if (root["schema"].text() != "handrail.daily-import/1")
        root["schema"].wrong("expected handrail.daily-import/1");
    DailyMapping mapping;
    mapping.id = root["id"].text();
    mapping.title = root["title"].text();
    mapping.recognised_by = root["recognised_by"].texts();
    mapping.day_column = root["day"].text();
    mapping.person_column = root["person"].text_or("");
    for (const auto& each : root["columns"].elements()) {
        DailyColumn column{each["column"].text(), each["measure"].text(), each["times"].number()};
        if (protocol.measure(column.measure) == nullptr)
            each["measure"].wrong("is no measure of protocols/wearables.json");
        if (column.times <= 0)
            each["times"].wrong("must be above zero");
        mapping.columns.push_back(std::move(column));
    }
    if (mapping.day_column.empty())
        root["day"].wrong("expected the column with the day");
    if (mapping.columns.empty())
        root["columns"].wrong("expected at least one column");
    if (!document.sound())
        return document.error();
    return mapping;
}

} // namespace

Result<WearableProtocol> load_wearable_protocol(const std::filesystem::path& content_folder)
{
    const std::string name = "protocols/wearables.json";
    Document document = TRY(Document::open(content_folder / name, name));
    const Node root = document.root();
    if (root["schema"].text() != "handrail.wearables/1")
        root["schema"].wrong("expected handrail.wearables/1");
    const auto whole = [&](const Node& node, int lowest, int highest) {
        const int value = node["value"].whole();
        if (value < lowest || value > highest)
            node["value"].wrong("is out of range");
        return value;
    };
    WearableProtocol protocol;
    protocol.version = root["version"].text();
    protocol.gap_days = whole(root["gap_days"], 1, 30);
    protocol.tell_after_days = whole(root["tell_after_days"], protocol.gap_days, 60);
    protocol.needs_days = whole(root["needs_days"], 7, 90);
    protocol.recent_days = whole(root["recent_days"], 3, protocol.needs_days - 3);
    protocol.drawn_days = whole(root["drawn_days"], protocol.needs_days, 400);
    for (const auto& each : root["measures"].elements()) {
        DailyMeasure measure;
        measure.id = each["id"].text();
        measure.name = each["name"].text();
        measure.unit = each["unit"].text_or("");
        measure.lowest = each["lowest"].number();
        measure.highest = each["highest"].number();
        measure.time_of_day = measure.unit.empty();
        if (measure.highest <= measure.lowest)
            each["highest"].wrong("must be above lowest");
        if (protocol.measure(measure.id) != nullptr)
            each["id"].wrong("stands here twice");
        protocol.measures.push_back(std::move(measure));
    }
    if (!document.sound())
        return document.error();
    return protocol;
}

Result<std::vector<DailyMapping>> load_daily_mappings(const std::filesystem::path& content_folder,
                                                      const WearableProtocol& protocol)
{
    std::vector<std::filesystem::path> files;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(content_folder / "imports" / "daily", failed))
        if (entry.path().extension() == ".json")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<DailyMapping> out;
    out.reserve(files.size());
    for (const auto& file : files)
        out.push_back(TRY(read_mapping(file, "imports/daily/" + file.filename().string(), protocol)));
    return out;
}

Result<DailyMapping> load_daily_mapping(const std::filesystem::path& file, const WearableProtocol& protocol)
{
    return read_mapping(file, file.filename().string(), protocol);
}

} // namespace handrail::content
