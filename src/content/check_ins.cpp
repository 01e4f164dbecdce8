#include "content/check_ins.h"

#include <algorithm>

#include "content/check_in_groups.h"

namespace handrail::content {

LocalText read_local(const Node& node, bool needed)
{
    LocalText out;
    for (const auto& [language, words] : node.members())
        out[language] = words.text();
    if (needed && out.empty())
        node.wrong("expected words in at least one language, such as {\"en\": …}");
    return out;
}

namespace {

CheckInChoice read_choice(const Node& node, CheckInGroup::Kind kind)
{
    CheckInChoice choice;
    if (kind == CheckInGroup::Kind::One)
        choice.value = node["value"].whole();
    else
        choice.id = node["id"].text();
    choice.text = read_local(node["text"], true);
    if (const auto hours = node["hours"].elements(); hours.size() == 2) {
        choice.hours_from = hours[0].number();
        choice.hours_below = hours[1].number();
    }
    return choice;
}

} // namespace

CheckInGroup read_group(const Node& node)
{
    using Kind = CheckInGroup::Kind;
    CheckInGroup group;
    group.id = node["id"].text();
    const auto kind = node["kind"].text();
    if (kind == "many")
        group.kind = Kind::Many;
    else if (kind == "text")
        group.kind = Kind::Text;
    else if (kind != "one")
        node["kind"].wrong("expected one, many or text");
    group.question = read_local(node["question"], true);
    group.hint = read_local(node["hint"], false);
    group.below = read_local(node["below"], false);
    group.better = node["better"].text_or("");
    if (group.kind == Kind::Text) {
        const int longest = node["longest"].whole();
        if (longest < 1 || longest > 20000)
            node["longest"].wrong("expected 1 to 20000 characters");
        group.longest = static_cast<std::size_t>(std::max(longest, 0));
        return group;
    }
    for (const auto& each : node["choices"].elements()) {
        auto choice = read_choice(each, group.kind);
        const bool twice = group.kind == Kind::One ? group.choice(choice.value) != nullptr
                                                   : group.choice(std::string_view(choice.id)) != nullptr;
        if (twice)
            each.wrong("stands twice");
        group.choices.push_back(std::move(choice));
    }
    if (group.choices.size() < 2)
        node["choices"].wrong("expected at least two choices");
    return group;
}

Result<CheckInForm> load_check_in_form(const std::filesystem::path& content_folder, const std::string& id)
{
    const auto name = "check_ins/" + id + ".json";
    Document document = TRY(Document::open(content_folder / name, name));
    const Node root = document.root();
    if (root["schema"].text() != "handrail.check-in/1")
        root["schema"].wrong("expected handrail.check-in/1");
    CheckInForm form;
    form.id = root["id"].text();
    if (form.id != id)
        root["id"].wrong("is not the name of the file");
    form.version = root["version"].text();
    form.about = read_local(root["about"], false);
    for (const auto& node : root["groups"].elements()) {
        auto group = read_group(node);
        if (form.group(group.id) != nullptr)
            node["id"].wrong("the group " + group.id + " stands twice");
        form.groups.push_back(std::move(group));
    }
    if (form.groups.empty())
        root["groups"].wrong("expected at least one group");
    if (!document.sound())
        return document.error();
    return form;
}

} // namespace handrail::content
