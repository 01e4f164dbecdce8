#include "monitoring/daily_form.h"

#include <algorithm>

#include "base/text.h"

namespace handrail::monitoring {

namespace {

/// "one of 1, 2, 3, 4, 5": what would be right.
std::string offered(const CheckInGroup& group)
{
    std::string out = "one of ";
    bool first = true;
    for (const auto& choice : group.choices) {
        out += (first ? "" : ", ") +
               (group.kind == CheckInGroup::Kind::One ? std::to_string(choice.value) : choice.id);
        first = false;
    }
    return out;
}

void read_one(const CheckInGroup& group, const GivenCheckInAnswer& given, const std::string& where, CheckInReading& out)
{
    const auto* value = std::get_if<std::int64_t>(&given);
    if (value == nullptr) {
        out.problems.push_back({where, "Expected a whole number, " + offered(group) + "."});
        return;
    }
    const bool fits = *value >= -1000000 && *value <= 1000000;
    if (!fits || group.choice(static_cast<int>(*value)) == nullptr) {
        out.problems.push_back({where, "That is not one of the answers. Expected " + offered(group) + "."});
        return;
    }
    out.answers.one[group.id] = static_cast<int>(*value);
}

void read_many(const CheckInGroup& group, const GivenCheckInAnswer& given, const std::string& where, CheckInReading& out)
{
    const auto* list = std::get_if<std::vector<std::string>>(&given);
    if (list == nullptr) {
        out.problems.push_back({where, "Expected a list of " + offered(group) + "."});
        return;
    }
    std::vector<std::string> chosen;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto& each = (*list)[i];
        if (group.choice(std::string_view(each)) == nullptr) {
            out.problems.push_back(
                {where + "/" + std::to_string(i), "That is not one of the answers. Expected " + offered(group) + "."});
            return;
        }
        if (std::find(chosen.begin(), chosen.end(), each) == chosen.end())
            chosen.push_back(each);
    }
    if (!chosen.empty())
        out.answers.many[group.id] = std::move(chosen);
}

void read_text(const CheckInGroup& group, const GivenCheckInAnswer& given, const std::string& where, CheckInReading& out)
{
    const auto* text = std::get_if<std::string>(&given);
    if (text == nullptr) {
        out.problems.push_back({where, "Expected text."});
        return;
    }
    if (!valid_utf8(*text)) {
        out.problems.push_back({where, "The text is damaged: it is not well-formed UTF-8."});
        return;
    }
    if (const auto length = code_points(*text); length > group.longest) {
        out.problems.push_back({where, "This is " + std::to_string(length) + " characters long. At most " +
                                           std::to_string(group.longest) + " fit here."});
        return;
    }
    if (!trimmed(*text).empty())
        out.answers.text[group.id] = Confidential(*text);
}

} // namespace

Error error_of(const std::vector<FieldProblem>& problems)
{
    Error error = invalid({});
    for (const auto& problem : problems) {
        error.told += (error.told.empty() ? "" : "\n") + problem.told;
        error.where += (error.where.empty() ? "" : "\n") + problem.where;
    }
    return error;
}

CheckInReading read_check_in(const CheckInForm& form, const GivenCheckIn& given)
{
    CheckInReading out;
    for (const auto& [id, answer] : given) {
        const std::string where = "/answers/" + id;
        const CheckInGroup* group = form.group(id);
        if (group == nullptr) {
            out.problems.push_back({"/answers", "One of the questions is not part of this check-in."});
            continue;
        }
        if (std::holds_alternative<std::monostate>(answer))
            continue;
        switch (group->kind) {
        case CheckInGroup::Kind::One: read_one(*group, answer, where, out); break;
        case CheckInGroup::Kind::Many: read_many(*group, answer, where, out); break;
        case CheckInGroup::Kind::Text: read_text(*group, answer, where, out); break;
        }
    }
    if (out.problems.empty() && out.answers.empty())
        out.problems.push_back({"/answers", "There is no answer yet. Choose one thing, or come back later."});
    return out;
}

} // namespace handrail::monitoring
