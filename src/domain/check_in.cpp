#include "domain/check_in.h"

#include <algorithm>

namespace handrail {

const std::string& in_language(const LocalText& text, std::string_view language)
{
    static const std::string nothing;
    const auto primary = language.substr(0, language.find('-'));
    auto found = text.find(primary);
    if (found == text.end())
        found = text.find(std::string_view("en"));
    return found == text.end() ? nothing : found->second;
}

const CheckInChoice* CheckInGroup::choice(int value) const
{
    const auto found = std::find_if(choices.begin(), choices.end(), [&](const auto& each) { return each.value == value; });
    return found == choices.end() ? nullptr : &*found;
}

const CheckInChoice* CheckInGroup::choice(std::string_view choice_id) const
{
    const auto found =
        std::find_if(choices.begin(), choices.end(), [&](const auto& each) { return each.id == choice_id; });
    return found == choices.end() ? nullptr : &*found;
}

const CheckInGroup* CheckInForm::group(std::string_view group_id) const
{
    const auto found = std::find_if(groups.begin(), groups.end(), [&](const auto& each) { return each.id == group_id; });
    return found == groups.end() ? nullptr : &*found;
}

std::optional<int> CheckInAnswers::value(std::string_view group) const
{
    const auto found = one.find(group);
    if (found == one.end())
        return std::nullopt;
    return found->second;
}

} // namespace handrail
