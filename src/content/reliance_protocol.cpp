#include "content/reliance_protocol.h"

#include "content/document.h"

namespace handrail::content {

Result<RelianceProtocol> load_reliance_protocol(const std::filesystem::path& content_folder)
{
    const std::string name = "protocols/reliance.json";
    Document document = TRY(Document::open(content_folder / name, name));
    const Node root = document.root();
    if (root["schema"].text() != "handrail.reliance/1")
        root["schema"].wrong("expected handrail.reliance/1");
    const auto whole = [&](const Node& node, int lowest, int highest) {
        const int value = node["value"].whole();
        if (value < lowest || value > highest)
            node["value"].wrong("is out of range");
        return value;
    };
    RelianceProtocol protocol;
    protocol.version = root["version"].text();
    protocol.sitting_gap = std::chrono::minutes{whole(root["sitting_gap_minutes"], 5, 240)};
    protocol.lone_message = std::chrono::minutes{whole(root["lone_message_minutes"], 0, 5)};
    protocol.window_days = whole(root["window_days"], 1, 28);
    protocol.night_from_hour = whole(root["night_from_hour"], 0, 23);
    protocol.night_to_hour = whole(root["night_to_hour"], protocol.night_from_hour + 1, 24);
    protocol.night_minutes = std::chrono::minutes{whole(root["night_minutes"], 1, 300)};
    protocol.all_day_hours = whole(root["all_day_hours"], 2, 24);
    protocol.days_between = whole(root["days_between"], 1, 28);
    for (const auto& [id, mark] : root["marks"].members()) {
        if (id != "hours" && id != "nights" && id != "all_day" && id != "only_you" && id != "cancelled")
            mark.wrong("is no mark that is measured");
        protocol.marks.push_back({id, whole(mark, 1, 1000)});
    }
    if (!document.sound())
        return document.error();
    return protocol;
}

} // namespace handrail::content
