#include "support/avoiding.h"

#include <algorithm>
#include <utility>

namespace handrail::support::avoiding {
namespace {

using Named = std::pair<std::string_view, std::string_view>;

/// Heard in words, by a cue of understanding.json.
constexpr Named by_cue[] = {{"breath", "breath_frightens"}, {"heart", "heart"}, {"lungs", "lungs"}, {"injury", "injury"},
                            {"pregnancy", "pregnancy"}};
constexpr std::pair<std::string_view, Category> by_finding[] = {{"mania", Category::Mania},
                                                                {"psychosis", Category::Psychosis},
                                                                {"eating_disorder", Category::EatingDisorder},
                                                                {"substance", Category::Substance}};

std::string mark(std::string_view what) { return "avoid " + std::string(what); }

bool holds(const Turn& turn, std::string_view what)
{
    if (what == "minor")
        return turn.minor;
    for (const auto& [name, category] : by_finding)
        if (name == what && turn.state.category == category)
            return true;
    return turn.state.did(mark(what));
}

} // namespace

bool known(std::string_view what)
{
    const auto same = [&](const auto& each) { return each.first == what; };
    return what == "minor" || what == "trauma" || std::any_of(std::begin(by_cue), std::end(by_cue), same) ||
           std::any_of(std::begin(by_finding), std::end(by_finding), same);
}

void learn(Turn& turn)
{
    for (const auto& [what, cue] : by_cue)
        if (turn.heard.cue(cue))
            turn.state.note(mark(what));
    for (const auto& [what, category] : by_finding)
        if (turn.finding.category == category)
            turn.state.note(mark(what));
    // Not only while it is the subject: the title of an exercise may bring up another one.
    if (has(turn.heard.topics, "trauma"))
        turn.state.note(mark("trauma"));
}

std::string_view reason(const Turn& turn, const Exercise& exercise)
{
    for (const auto& what : exercise.avoid)
        if (holds(turn, what))
            return what;
    return {};
}

} // namespace handrail::support::avoiding
