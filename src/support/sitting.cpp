#include "support/sitting.h"

#include <algorithm>
#include <array>

namespace handrail::support::sitting {

namespace {

using namespace std::chrono_literals;

constexpr Duration session_gap = 30min; ///< after that, a message begins a new sitting
constexpr Duration remind_adult = 3h;   ///< A3
constexpr Duration remind_minor = 1h;
constexpr Duration away = 24h * 7;      ///< A2

/// In words not used yet; when all were, in the first ones: it has to be said, in whatever words.
std::string certainly(Turn& turn, std::string_view key, const Filling& filling = {})
{
    auto words = turn.wording.next(turn.say(key), filling);
    const auto& all = turn.say(key);
    return words.empty() && !all.empty() ? filled(all.front(), filling) : words;
}

void rest(Turn& turn)
{
    auto words = certainly(turn, "notice.rest");
    if (words.empty())
        return;
    turn.draft.text(std::move(words));
    turn.move("break");
    turn.state.clocks.rested_at = turn.situation.now;
    turn.state.clocks.owes_rest = false;
}

/// What a limit never stands in the way of: honesty about what this is, ways to people, and leaving.
bool always_heard(const Heard& heard)
{
    constexpr std::array<std::string_view, 9> intents{"asks_human",   "asks_if_human",  "asks_who_is_called",
                                                      "asks_privacy", "asks_resources", "goodbye",
                                                      "asks_methods", "asks_medication", "complaint"};
    return std::find(intents.begin(), intents.end(), heard.intent) != intents.end();
}

int place_of(std::string_view band)
{
    constexpr std::array<std::string_view, 5> bands{"under_13", "13_17", "18_25", "26_64", "65_plus"};
    const auto* found = std::find(bands.begin(), bands.end(), band);
    return found == bands.end() ? -1 : static_cast<int>(found - bands.begin());
}

} // namespace

bool minor_band(std::string_view band) { return band == "under_13" || band == "13_17"; }

void give_notice(Turn& turn, Calm calm)
{
    auto& state = turn.state;
    const auto now = turn.situation.now;
    const auto last_notice = state.noticed_at;
    bool with_rest = false;
    std::string words;
    if (last_notice == Instant{}) {
        words = turn.wording.next(turn.say("notice.first"));
    } else if (now - state.last_at >= away) {
        words = turn.wording.next(turn.say("notice.back"));
        if (words.empty())
            words = certainly(turn, "notice.again");
    } else if (now - last_notice >= (turn.minor ? remind_minor : remind_adult)) {
        words = certainly(turn, "notice.again");
        with_rest = now - state.last_at < session_gap;
    }
    if (words.empty())
        return;
    state.noticed_at = now;
    turn.draft.text(std::move(words));
    turn.move("ai_notice");
    if (with_rest && calm == Calm::Yes)
        rest(turn);
    else
        state.clocks.owes_rest = state.clocks.owes_rest || with_rest;
}

void suggest_break(Turn& turn, Calm calm)
{
    const auto& clocks = turn.state.clocks;
    const auto every = turn.situation.limits.rest_after;
    const auto since = turn.situation.now - std::max(clocks.began_at, clocks.rested_at);
    if (calm == Calm::Yes && (clocks.owes_rest || (every.count() > 0 && since >= every)))
        rest(turn);
}

void hear_age(Turn& turn, Calm calm)
{
    if (calm == Calm::No || !turn.heard.age || !minor_band(turn.state.age_band) || turn.state.did("minor_told"))
        return;
    turn.state.note("minor_told");
    turn.draft.text(turn.wording.next(turn.say("say.minor")), 1);
}

bool under_age(Turn& turn, Calm calm)
{
    const auto& limits = turn.situation.limits;
    const auto& band = turn.state.age_band.empty() ? turn.situation.age_band : turn.state.age_band;
    if (calm == Calm::No || limits.under_age != Limits::UnderAge::Helpline || place_of(band) < 0 ||
        place_of(band) >= place_of(limits.least_age_band) || always_heard(turn.heard))
        return false;
    const bool first = !turn.state.did("under_age");
    turn.state.note("under_age");
    turn.draft.text(certainly(turn, first ? "minor.helpline" : "minor.helpline_again"));
    const auto contacts = turn.contacts(Category::None);
    contacts.put(turn.draft, turn.wording, first, turn.cannot_speak(), false);
    if (!contacts.country_known() && !turn.state.did("country")) {
        turn.state.note("country");
        turn.draft.text(turn.wording.next(turn.say("crisis.contact.ask_country")));
    } else if (auto adult = turn.wording.next(turn.say("minor.adult")); !adult.empty()) {
        turn.draft.text(std::move(adult), 1);
    }
    turn.move("under_age");
    turn.move("contacts");
    return true;
}

bool over(Turn& turn, Calm calm, std::chrono::minutes pause)
{
    auto& clocks = turn.state.clocks;
    const auto& here = turn.situation;
    const bool exercising = !turn.state.exercise.empty() && turn.state.step > 0;
    if (here.limits.sitting.count() == 0 || calm == Calm::No || exercising || always_heard(turn.heard))
        return false;
    const bool first = clocks.paused_until == Instant{};
    if (first && here.now - clocks.began_at < here.limits.sitting)
        return false;
    if (first)
        clocks.paused_until = here.now + pause;
    const Filling filling{{"minutes", std::to_string(here.limits.sitting.count())},
                          {"at", local_time(clocks.paused_until, here.local_offset).text()}};
    turn.draft.text(certainly(turn, first ? "limit.reached" : "limit.still", filling));
    turn.move("sitting_over");
    return true;
}

} // namespace handrail::support::sitting
