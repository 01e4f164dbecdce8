#include "content/alert_policy.h"

#include <algorithm>

#include "content/document.h"

namespace handrail::content {

namespace {

using Who = AlertPolicy::Who;

constexpr int most_days_ahead = 42; // as far as the rota is looked through
constexpr int most_people_a_day = 200;

std::vector<Who> people_in(const Node& node)
{
    std::vector<Who> all;
    for (const auto& each : node.elements()) {
        const auto name = each.text();
        if (name == "team")
            all.push_back(Who::Team);
        else if (name == "rota")
            all.push_back(Who::Rota);
        else if (name == "lead")
            all.push_back(Who::Lead);
        else if (name == "administrator")
            all.push_back(Who::Administrator);
        else
            each.wrong("expected team, rota, lead or administrator");
    }
    if (all.empty())
        node.wrong("names nobody");
    return all;
}

std::vector<std::string> channels_in(const Node& node)
{
    std::vector<std::string> all;
    for (const auto& each : node.elements()) {
        all.push_back(each.text());
        if (all.back() != "pager" && all.back() != "mail" && all.back() != "push" && all.back() != "text")
            each.wrong("expected pager, mail, push or text");
    }
    if (all.empty())
        node.wrong("names no channel: an alert at this urgency would stay on the page");
    return all;
}

} // namespace

Result<AlertPolicy> load_alert_policy(const std::filesystem::path& content_folder)
{
    const std::string name = "protocols/alerts.json";
    Document document = TRY(Document::open(content_folder / name, name));
    const Node root = document.root();
    if (root["schema"].text() != "handrail.alerts/1")
        root["schema"].wrong("expected handrail.alerts/1");
    AlertPolicy policy;
    policy.version = root["version"].text();
    const auto minutes = [&](const char* key, std::chrono::minutes& into) {
        const Node node = root["minutes"][key]["value"];
        const std::chrono::minutes read{node.whole()};
        if (read < std::chrono::minutes{1} || read > into)
            node.wrong("is not between 1 and " + std::to_string(into.count()) + " minutes");
        else
            into = read;
    };
    minutes("now", policy.now);
    minutes("now_waiting", policy.now_waiting);
    minutes("now_again", policy.now_again);
    minutes("today", policy.today);
    minutes("today_waiting", policy.today_waiting);
    const Node days = root["soon"]["working_days"]["value"];
    if (const auto read = days.whole(); read < 0 || read > policy.soon_days)
        days.wrong("is not between 0 and " + std::to_string(policy.soon_days) + " days on which staff read");
    else
        policy.soon_days = static_cast<int>(read);
    const Node people = root["soon"]["people_a_day"]["value"];
    if (const auto read = people.whole(); read < 1 || read > most_people_a_day)
        people.wrong("is not between 1 and " + std::to_string(most_people_a_day) + " people a day");
    else
        policy.soon_people = static_cast<int>(read);
    const Node quiet = root["soon"]["longest_quiet_days"]["value"];
    if (const auto read = quiet.whole(); read < 1 || read > policy.longest_quiet_days)
        quiet.wrong("is not between 1 and " + std::to_string(policy.longest_quiet_days) + " days");
    else
        policy.longest_quiet_days = static_cast<int>(read);
    const Node ahead = root["rota_gaps"]["days_ahead"]["value"];
    if (const auto read = ahead.whole(); read < 1 || read > most_days_ahead)
        ahead.wrong("is not between 1 and " + std::to_string(most_days_ahead) + " days");
    else
        policy.gap_days = static_cast<int>(read);
    policy.channels_now = channels_in(root["channels"]["now"]);
    policy.channels_today = channels_in(root["channels"]["today"]);
    policy.channels_unknown = channels_in(root["channels"]["unknown"]);
    policy.steps.clear();
    for (const auto& each : root["steps"].elements())
        policy.steps.push_back(people_in(each));
    if (policy.steps.size() < 2)
        root["steps"].wrong("names who is told at once and who is told next, at least");
    policy.nobody_on_duty = people_in(root["nobody_on_duty"]);
    policy.nobody_there = people_in(root["nobody_there"]);
    // Going up means that somebody above the team is told.
    const auto above = [](const std::vector<Who>& who) {
        return std::any_of(who.begin(), who.end(), [](Who each) { return each == Who::Lead || each == Who::Administrator; });
    };
    if (!std::all_of(policy.steps.begin() + (policy.steps.empty() ? 0 : 1), policy.steps.end(), above))
        root["steps"].wrong("names a lead or an administrator from the second on");
    if (!above(policy.nobody_on_duty))
        root["nobody_on_duty"].wrong("names a lead or an administrator");
    if (!above(policy.nobody_there))
        root["nobody_there"].wrong("names a lead or an administrator");
    if (!document.sound())
        return document.error();
    return policy;
}

} // namespace handrail::content
