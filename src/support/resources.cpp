#include "support/resources.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace handrail::support::resources {
namespace {

/// Whom a line is for, by the cue that asks for it.
struct Audience {
    std::string_view cue;
    std::string_view audience; ///< of the data file
    Category category = Category::None;
};
constexpr std::array<Audience, 7> audiences{{
    {"for_eating", "eating_disorder", Category::EatingDisorder},
    {"for_sexual_violence", "sexual_violence", Category::None},
    {"for_abuse", "domestic_violence", Category::Abuse},
    {"for_substance", "substance", Category::Substance},
    {"for_lgbtq", "lgbtq", Category::None},
    {"for_veterans", "veterans", Category::None},
    {"for_young", "youth", Category::None},
}};

const Audience* asked_for(const Turn& turn)
{
    for (const auto& each : audiences)
        if (turn.heard.cue(each.cue))
            return &each;
    return nullptr;
}

} // namespace

bool wanted(const Turn& turn)
{
    // "Is there anything for me to do?" asks for something else: whom it is for, or where, has to be said.
    return turn.heard.cue("asks_help_for") && turn.heard.intent != "asks_human" &&
           (asked_for(turn) != nullptr || turn.heard.cue("near_me"));
}

void reply(Turn& turn)
{
    turn.move("resources");
    auto& state = turn.state;
    const auto* audience = asked_for(turn);
    auto whom = state.audiences;
    if (audience != nullptr)
        whom.insert(whom.begin(), std::string(audience->audience));
    const bool young = turn.minor || (audience != nullptr && audience->audience == "youth");
    // Without a word about whom it is for, it is for what was spoken of before.
    const Contacts contacts(turn.directory, turn.book, turn.situation, turn.region,
                            audience == nullptr ? state.category : audience->category, young, whom);
    const bool for_them = audience != nullptr &&
                          std::any_of(contacts.lines().begin(), contacts.lines().end(),
                                      [&](const auto& line) { return line.audience == audience->audience; });
    if (audience != nullptr && contacts.country_known() && !for_them)
        turn.draft.text(turn.wording.next(turn.say("resources.none_for")));
    else
        turn.draft.text(turn.wording.next(turn.say("say.resources")), 2);
    contacts.put(turn.draft, turn.wording, true, turn.cannot_speak(), false);
    turn.move(for_them ? "resources_for_" + std::string(audience->audience) : "resources_for_everybody");
    if (!contacts.country_known() && !state.did("country")) {
        state.note("country");
        turn.draft.text(turn.wording.next(turn.say("crisis.contact.ask_country")));
        turn.move("ask_country");
    }
    // Nothing in the directory has a place on the map: that is said, not guessed.
    if (turn.heard.cue("near_me"))
        turn.draft.text(turn.wording.next(turn.say("resources.no_distance")), 1);
    turn.draft.text(turn.wording.next(turn.say("say.resources_therapy")), 3);
    turn.move("contacts");
}

} // namespace handrail::support::resources
