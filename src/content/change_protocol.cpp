#include "content/change_protocol.h"

#include <algorithm>
#include <array>

#include "content/document.h"
#include "content/expected_courses.h"

namespace handrail::content {

namespace {

/// What monitoring/treatment_course.cpp can find; each needs a line that says what it calls for.
constexpr std::array<const char*, 14> known_flags{
    "behind_expected_course", "critical_item_missing", "insufficient_response_6w", "measure_overdue", "no_baseline",           "no_response_10w",
    "not_on_track",          "partial_response",         "relapse_signal",  "reliable_deterioration", "reliable_improvement",
    "remission",             "response",                 "suicidality_item_rise"};

void marked(const Node& node)
{
    const auto mark = node["mark"].text();
    if (mark != "verified" && mark != "second-hand" && mark != "unverified" && mark != "house")
        node["mark"].wrong("expected verified, second-hand, unverified or house");
    if (mark == "unverified")
        node["mark"].wrong("an unverified number judges nobody: leave it out until it was read in its source");
}

double figure(const Node& node, double lowest, double highest)
{
    marked(node);
    const double value = node["value"].number();
    if (value < lowest || value > highest)
        node["value"].wrong("is out of range");
    return value;
}

int whole(const Node& node, int lowest, int highest)
{
    marked(node);
    const int value = node["value"].whole();
    if (value < lowest || value > highest)
        node["value"].wrong("is out of range");
    return value;
}

std::string instrument_in(const Node& node, const Instruments& instruments)
{
    const auto id = node.text();
    if (instruments.find(id) == nullptr)
        node.wrong("names an instrument that is not there: " + id);
    return id;
}

CourseFlag read_flag(const Node& node)
{
    CourseFlag flag{node["flag"].text(), Urgency::Usual, node["told"].text(), node["source"].text()};
    const auto urgency = urgency_from(node["urgency"].text());
    if (!urgency || (*urgency != Urgency::Usual && *urgency != Urgency::Soon))
        node["urgency"].wrong("expected usual or soon: a total alone calls for nothing sooner");
    flag.urgency = urgency.value_or(Urgency::Soon);
    if (std::find(known_flags.begin(), known_flags.end(), flag.flag) == known_flags.end())
        node["flag"].wrong("nothing finds this: " + flag.flag);
    return flag;
}

} // namespace

Result<ChangeProtocol> load_change_protocol(const std::filesystem::path& content_folder, const Instruments& instruments)
{
    const std::string name = "protocols/change.json";
    Document document = TRY(Document::open(content_folder / name, name));
    const Node root = document.root();
    if (root["schema"].text() != "handrail.change/1")
        root["schema"].wrong("expected handrail.change/1");
    ChangeProtocol protocol;
    protocol.version = root["version"].text();
    protocol.certainty = figure(root["certainty"], 1, 4);
    protocol.baseline_days_before = whole(root["baseline_days_before"], 0, 365);
    protocol.baseline_days_after = whole(root["baseline_days_after"], 0, 60);
    protocol.new_episode_days = whole(root["new_episode_days"], 28, 3650);
    protocol.overdue_days = whole(root["overdue_days"], 1, 365);
    protocol.response_percent = figure(root["response_percent"], 1, 100);
    protocol.partial_percent = figure(root["partial_percent"], 1, protocol.response_percent);
    for (const auto& node : root["staged"].elements())
        protocol.staged.push_back(instrument_in(node, instruments));
    marked(root["on_track"]);
    for (const auto& node : root["on_track"]["points"].elements())
        protocol.on_track.push_back({node["week"].whole(), node["at_least"].number()});
    protocol.on_track_weeks_around = whole(root["on_track_weeks_around"], 0, 4);
    protocol.medication_weeks = whole(root["medication_weeks"], 1, 52);
    protocol.decision_weeks = whole(root["decision_weeks"], protocol.medication_weeks, 104);
    protocol.depression = instrument_in(root["two_measures"]["depression"], instruments);
    protocol.anxiety = instrument_in(root["two_measures"]["anxiety"], instruments);
    for (const auto& node : root["flags"].elements())
        protocol.flags.push_back(read_flag(node));
    for (const auto* known : known_flags)
        if (protocol.flag(known) == nullptr)
            root["flags"].wrong(std::string("says nothing about ") + known);
    protocol.steps = root["not_on_track_steps"]["steps"].texts();
    protocol.steps_source = root["not_on_track_steps"]["source"].text();
    if (protocol.steps.empty())
        root["not_on_track_steps"]["steps"].wrong("expected what to go through");
    if (!document.sound())
        return document.error();
    protocol.courses = TRY(load_expected_courses(content_folder, instruments));
    return protocol;
}

} // namespace handrail::content
