#include "support/reliance.h"

#include <algorithm>

#include "base/text.h"

namespace handrail::support::reliance {

namespace {

constexpr int first_to_go = 9; ///< of a reply's parts

int at_least(const RelianceProtocol& protocol, std::string_view mark)
{
    const auto found = std::find_if(protocol.marks.begin(), protocol.marks.end(),
                                    [&](const auto& each) { return each.id == mark; });
    return found == protocol.marks.end() ? 0 : found->at_least;
}

} // namespace

void hear(Turn& turn, const RelianceProtocol& protocol, std::string_view words)
{
    auto& clocks = turn.state.clocks;
    auto& use = today(clocks);
    if (turn.heard.cue("cancelled_plans"))
        ++use.cancelled;
    else if (turn.heard.intent == "reliance")
        ++use.only_you;
    else
        return;
    const auto least = at_least(protocol, "only_you");
    if (turn.heard.intent != "reliance" || turn.heard.cue("cancelled_plans") || least == 0 ||
        leaning(clocks, protocol).only_you != least || turn.reply.found)
        return;
    Finding found;
    found.urgency = Urgency::Soon;
    found.subject = Subject::Self;
    found.time = When::Ongoing;
    found.lang = turn.book.language();
    found.why = "Said " + std::to_string(least) + " times in " + std::to_string(protocol.window_days) +
                " days that there is only this chat for them.";
    Evidence evidence;
    evidence.end = code_points(words);
    evidence.text = std::string(words);
    evidence.rule = "dialogue.reliance.only_you";
    evidence.source = "handrail-reliance";
    found.evidence.push_back(std::move(evidence));
    turn.reply.found = std::move(found);
}

std::string speak_of_it(Turn& turn, const RelianceProtocol& protocol)
{
    const auto& clocks = turn.state.clocks;
    if (!turn.situation.limits.names_reliance || clocks.days.empty() || turn.heard.intent == "reliance")
        return {};
    if (clocks.named_on >= 0 && clocks.days.back().day < clocks.named_on + protocol.days_between)
        return {};
    const auto now = leaning(clocks, protocol);
    for (const auto& mark : protocol.marks) {
        if (now.of(mark.id) < mark.at_least)
            continue;
        const Filling filling{{"hours", std::to_string(now.hours)},
                              {"nights", std::to_string(now.nights)},
                              {"days", std::to_string(protocol.window_days)}};
        const auto said = turn.wording.next(turn.say("reliance." + mark.id), filling);
        if (said.empty())
            continue;
        const auto step = turn.wording.next(turn.say("reliance.step"));
        if (step.empty())
            return {};
        auto whole = said + " " + step;
        turn.draft.text(whole, first_to_go);
        return whole;
    }
    return {};
}

void settle(Turn& turn, const std::string& added)
{
    auto& clocks = turn.state.clocks;
    const bool answered = std::find(turn.reply.moves.begin(), turn.reply.moves.end(), "points_to_people") !=
                          turn.reply.moves.end();
    const bool stands = !added.empty() && turn.draft.flat().find(added) != std::string::npos;
    if (stands)
        turn.move("names_reliance");
    if ((stands || answered) && !clocks.days.empty())
        clocks.named_on = clocks.days.back().day;
}

} // namespace handrail::support::reliance
