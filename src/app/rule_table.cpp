#include "app/rule_table.h"

#include <fstream>

#include <boost/json.hpp>

namespace handrail::app {

namespace {

namespace json = boost::json;

std::vector<std::string> texts_in(const json::object& rule, std::string_view name)
{
    std::vector<std::string> out;
    if (const auto* found = rule.if_contains(name); found != nullptr && found->is_array())
        for (const auto& each : found->get_array())
            if (each.is_string())
                out.emplace_back(each.get_string());
    return out;
}

std::string text_in(const json::object& rule, std::string_view name)
{
    const auto* found = rule.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

} // namespace

Result<std::vector<ShownRule>> rule_table(const std::filesystem::path& content_folder)
{
    std::vector<ShownRule> rules;
    std::ifstream in(content_folder / "protocols" / "table.json", std::ios::binary);
    if (!in)
        return rules;
    boost::system::error_code failed;
    const auto read = json::parse(std::string{std::istreambuf_iterator<char>(in), {}}, failed);
    const auto* list = !failed && read.is_object() ? read.get_object().if_contains("rules") : nullptr;
    if (list == nullptr || !list->is_array())
        return invalid("The table of rules cannot be read.", "protocols/table.json");
    for (const auto& each : list->get_array()) {
        if (!each.is_object())
            continue;
        const auto& rule = each.get_object();
        rules.push_back({text_in(rule, "id"), text_in(rule, "says"), texts_in(rule, "by"), texts_in(rule, "tests"),
                         texts_in(rule, "cases").size(), texts_in(rule, "guard")});
    }
    return rules;
}

} // namespace handrail::app
