#include "content/progress_protocol.h"

#include "content/document.h"

namespace handrail::content {

Result<ProgressProtocol> load_progress_protocol(const std::filesystem::path& content_folder)
{
    const std::string name = "protocols/progress.json";
    Document document = TRY(Document::open(content_folder / name, name));
    const Node root = document.root();
    if (root["schema"].text() != "handrail.progress/1")
        root["schema"].wrong("expected handrail.progress/1");
    const auto days = [&](const char* key, int lowest, int highest) {
        const int value = root[key]["value"].whole();
        if (value < lowest || value > highest)
            root[key]["value"].wrong("expected " + std::to_string(lowest) + " to " + std::to_string(highest));
        return value;
    };
    ProgressProtocol protocol;
    protocol.version = root["version"].text();
    protocol.needed_answers = days("needed_answers", 1, 100);
    protocol.average_days = days("average_days", 2, 90);
    protocol.average_needs = days("average_needs", 3, 90);
    protocol.gap_days = days("gap_days", 1, 90);
    protocol.usual_needs_days = days("usual_needs_days", 5, 90);
    protocol.smallest_told_change = root["smallest_told_change"]["value"].number();
    protocol.clear_change = root["clear_change"]["value"].number();
    protocol.enough_sleep_hours = root["enough_sleep_hours"]["value"].number();
    protocol.help_needs_days = days("help_needs_days", 5, 90);
    protocol.help_false_share = root["help_false_share"]["value"].number();
    if (protocol.help_false_share <= 0 || protocol.help_false_share > 0.2)
        root["help_false_share"]["value"].wrong("expected more than 0 and at most 0.2");
    for (const auto& [instrument, node] : root["names"].members())
        for (const auto& [language, words] : node.members())
            protocol.names[instrument][language] = words.text();
    if (!document.sound())
        return document.error();

    const std::string words_name = "messages/helps.json";
    Document words = TRY(Document::open(content_folder / words_name, words_name));
    const Node said = words.root();
    if (said["schema"].text() != "handrail.messages/1")
        said["schema"].wrong("expected handrail.messages/1");
    for (const auto& [id, node] : said["texts"].members())
        for (const auto& [language, text] : node.members())
            protocol.words[id][language] = text.text();
    for (const char* needed : {"longer_sleep_better", "more_steps_better", "so_many_days", "nothing_found", "looked_at_sleep", "looked_at_steps", "activity_better", "activity_next_day", "more_steps_next_day", "longer_sleep_better_scale", "more_steps_better_scale", "activity_better_scale", "looked_at_activities"})
        if (!protocol.words.contains(needed))
            said["texts"].wrong(std::string("has no ") + needed);
    if (!words.sound())
        return words.error();
    return protocol;
}

} // namespace handrail::content
