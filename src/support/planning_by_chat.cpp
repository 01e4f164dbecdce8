#include "support/planning_by_chat.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"

namespace handrail::support::planning {
namespace {

using care::PlanPart;

constexpr auto& parts = care::plan_parts;
constexpr int last_part = static_cast<int>(parts.size());
constexpr std::size_t longest = 4000;

/// Somebody who could read this device may be the danger: from then on no plan is written in this conversation.
bool abuse_heard(Turn& turn)
{
    const auto& categories = turn.finding.categories;
    if (turn.finding.category == Category::Abuse || turn.state.category == Category::Abuse ||
        std::find(categories.begin(), categories.end(), Category::Abuse) != categories.end() ||
        has(turn.heard.obstacles, "phone_watched"))
        turn.state.note("abuse_heard");
    return turn.state.did("abuse_heard");
}

/// "Joss 085 555 0142" is Joss, who can be called from the page.
care::Contact contact_in(std::string_view words)
{
    std::size_t best = 0, length = 0;
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (std::isdigit(static_cast<unsigned char>(words[at])) == 0 && words[at] != '+')
            continue;
        auto end = at;
        std::size_t digits = 0, after_digit = at;
        while (end < words.size() && (std::isdigit(static_cast<unsigned char>(words[end])) != 0 ||
                                      std::string_view("+ -/().").find(words[end]) != std::string_view::npos)) {
            if (std::isdigit(static_cast<unsigned char>(words[end])) != 0) {
                ++digits;
                after_digit = end + 1;
            }
            ++end;
        }
        if (digits >= 5 && after_digit - at > length) {
            best = at;
            length = after_digit - at;
        }
        at = std::max(at, end - 1);
    }
    care::Contact out{std::string(trimmed(words)), {}};
    if (length == 0)
        return out;
    out.phone = std::string(words.substr(best, length));
    auto name = std::string(words.substr(0, best)) + std::string(words.substr(best + length));
    const auto is_mark = [](char c) { return std::string_view(" ,:;-()\n").find(c) != std::string_view::npos; };
    while (!name.empty() && is_mark(name.back()))
        name.pop_back();
    while (!name.empty() && is_mark(name.front()))
        name.erase(name.begin());
    if (!name.empty())
        out.name = name;
    return out;
}

bool filled_already(const Turn& turn, int part)
{
    return turn.situation.own.plan.count(parts.at(static_cast<std::size_t>(part - 1)).first) > 0;
}

/// The first part from this one on that holds nothing yet; 0 when all do.
int next_empty(const Turn& turn, int from)
{
    for (int part = from; part <= last_part; ++part)
        if (!filled_already(turn, part))
            return part;
    return 0;
}

/// Where the plan is: on the page it opens by a touch.
void show_where(Turn& turn)
{
    Call plan;
    plan.action = "safety_plan";
    Block block;
    block.kind = Block::Kind::Calls;
    block.items = {plan};
    turn.draft.block(std::move(block), turn.wording.fresh(turn.say("plan.where")));
}

void ask_part(Turn& turn, int part)
{
    const std::string id(parts.at(static_cast<std::size_t>(part - 1)).second);
    turn.state.plan_part = part;
    turn.draft.text(turn.wording.next(turn.say("plan.part"), {{"part", std::to_string(part)}, {"parts", std::to_string(last_part)}}));
    const auto& wordings = turn.say("plan.ask." + id);
    auto words = turn.wording.next(wordings);
    if (words.empty() && !wordings.empty())
        words = wordings.back(); // asked again rather than not asked
    turn.draft.question(std::move(words), "plan");
    turn.state.pending = "plan";
    turn.move("plan_part_" + id);
}

void end(Turn& turn)
{
    turn.state.plan_part = 0;
    turn.draft.text(turn.wording.fresh(turn.say("plan.done")));
    show_where(turn);
    turn.move("plan_done");
}

void begin(Turn& turn)
{
    if (abuse_heard(turn)) {
        const auto contacts = turn.contacts(Category::Abuse);
        turn.draft.text(turn.wording.fresh(turn.say("plan.not_here"), contacts.filling()));
        contacts.put(turn.draft, turn.wording, false, turn.cannot_speak(), false);
        turn.move("plan_not_here");
        return;
    }
    if (!turn.situation.own.may_keep) {
        turn.draft.text(turn.wording.fresh(turn.say("plan.no_memory")));
        show_where(turn);
        turn.move("plan_no_memory");
        return;
    }
    const bool again = turn.state.plan_part < 0;
    const int part = next_empty(turn, again ? -turn.state.plan_part : 1);
    if (part == 0) {
        turn.draft.text(turn.wording.fresh(turn.say("plan.all_filled")));
        show_where(turn);
        turn.move("plan_all_filled");
        return;
    }
    turn.draft.text(turn.wording.fresh(turn.say(again || part > 1 ? "plan.again" : "plan.begin")));
    turn.move(again ? "plan_again" : "plan_begin");
    ask_part(turn, part);
}

} // namespace

bool concerned(Turn& turn, const Danger& danger)
{
    auto& state = turn.state;
    const auto& heard = turn.heard;
    const bool abuse = abuse_heard(turn);
    const bool offered = state.pending == "plan_offer";
    const bool running = state.plan_part > 0;
    const bool contacts_first = need(state.held) >= need(Urgency::Today) && state.given.empty();
    // What counts as soon may be a warning sign that was asked for; it goes to its reader all the same.
    const bool danger_leaves = danger.fresh && (need(danger.urgency) > need(Urgency::Soon) || state.given.empty());
    if (state.held == Urgency::Now || danger_leaves || contacts_first || danger.retracts || !danger.question.empty() ||
        (abuse && running)) {
        if (running)
            state.plan_part = -state.plan_part;
        if (offered)
            state.pending.clear();
        return false;
    }
    if (heard.cue("wants_plan") && !running)
        return true;
    if (offered) {
        const bool answers = heard.short_words && !heard.asks && (heard.intent.empty() || heard.intent == "thanks") &&
                             (heard.says_yes() || heard.answer == Answer::No || heard.answer == Answer::Refuses);
        if (!answers)
            state.pending.clear();
        return answers;
    }
    if (!running)
        return false;
    // Asking for a person, or what this is, is heard at every point; what else an answer may hold belongs to it.
    constexpr std::array<std::string_view, 6> first{"asks_human", "asks_if_human", "asks_methods", "asks_privacy", "jailbreak", "goodbye"};
    if (std::find(first.begin(), first.end(), heard.intent) != first.end() &&
        (heard.asks || heard.words.size() <= 10 || heard.intent == "asks_methods")) {
        state.plan_part = -state.plan_part;
        state.pending.clear();
        return false;
    }
    return true;
}

void go_on(Turn& turn)
{
    auto& state = turn.state;
    const auto& heard = turn.heard;
    const bool offered = state.pending == "plan_offer";
    state.pending.clear();
    if (state.plan_part <= 0) {
        if (offered && !heard.cue("wants_plan") && !heard.says_yes()) {
            turn.draft.text(turn.wording.fresh(turn.say("plan.declined")));
            turn.move("plan_declined");
            return;
        }
        begin(turn);
        return;
    }
    const auto& [part, id] = parts.at(static_cast<std::size_t>(state.plan_part - 1));
    const bool few = heard.words.size() <= 5;
    if (few && heard.cue("leaves_plan")) {
        state.plan_part = -state.plan_part;
        turn.draft.text(turn.wording.fresh(turn.say("plan.left")));
        show_where(turn);
        turn.move("plan_left");
        return;
    }
    const bool only_next = heard.words.size() <= 2 && heard.cue("continue") && heard.answer == Answer::None;
    const bool skips = heard.words.empty() || only_next ||
                       (few && (heard.cue("skips_part") || heard.answer == Answer::No || heard.answer == Answer::Unsure ||
                                heard.answer == Answer::Refuses));
    const bool names_asked = part == PlanPart::Distraction || part == PlanPart::People || part == PlanPart::Professionals;
    // "Yes" and "sure, let's try" agree to go on, and are no line of a plan.
    const bool only_agrees = !heard.asks && ((heard.words.size() <= (names_asked ? 1U : 2U) && heard.says_yes()) ||
                                             (heard.words.size() <= 4 && heard.cue("agrees") && heard.cue("wants_step")));
    if (only_agrees && !only_next) {
        ask_part(turn, state.plan_part);
        return;
    }
    if (skips) {
        turn.draft.text(turn.wording.fresh(turn.say(part == PlanPart::People ? "plan.no_name" : "plan.skipped")));
        turn.move("plan_skipped");
    } else if (code_points(turn.words) > longest) {
        turn.draft.text(turn.wording.fresh(turn.say("plan.too_long")));
        ask_part(turn, state.plan_part);
        return;
    } else {
        turn.reply.keeps.emplace_back(PlanLine{part, names_asked ? contact_in(turn.words) : care::Contact{std::string(trimmed(turn.words)), {}}});
        turn.draft.text(turn.wording.fresh(turn.say("plan.saved")));
        turn.move("plan_saved");
    }
    const int next = next_empty(turn, state.plan_part + 1);
    if (next == 0)
        end(turn);
    else
        ask_part(turn, next);
}

void offer(Turn& turn)
{
    auto& state = turn.state;
    const auto& heard = turn.heard;
    if (turn.draft.asks() || state.held != Urgency::Today || state.given.empty() || state.did("plan_offered") ||
        state.subject != Subject::Self || abuse_heard(turn) || !turn.situation.own.may_keep || state.plan_part != 0 ||
        heard.intent == "goodbye" || !heard.obstacles.empty() || has(heard.feelings, "overwhelmed") ||
        next_empty(turn, 1) == 0)
        return;
    auto words = turn.wording.fresh(turn.say("plan.offer"));
    if (words.empty())
        return;
    state.note("plan_offered");
    turn.draft.question(std::move(words), "plan_offer");
    state.pending = "plan_offer";
    turn.move("plan_offer");
}

} // namespace handrail::support::planning
