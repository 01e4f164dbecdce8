#pragma once

#include <string>
#include <string_view>

#include "content/crisis_lines.h"
#include "domain/finding.h"
#include "support/contacts.h"
#include "support/phrasebook.h"
#include "support/reply.h"
#include "support/situation.h"
#include "support/state.h"
#include "support/understanding.h"
#include "support/wording.h"

namespace handrail::support {

/// Everything that is known while one reply is made. Lives for that long.
struct Turn {
    const Phrasebook& book;
    const Understanding& understanding;
    const content::CrisisLines& directory;
    const Situation& situation;
    const Heard& heard;
    const Finding& finding;
    State& state;
    Wording& wording;
    Draft draft;
    Reply reply;
    std::string region;   ///< the situation's, or the one the person named
    bool minor = false;
    std::string_view words = {}; ///< of the person, as they wrote them
    bool asks_nothing = false;   ///< whoever answers after the AI asks
    bool may_be_silent = false;  ///< a human is awaited, and everything that the AI may say was said

    void move(std::string name) { reply.moves.push_back(std::move(name)); }
    Contacts contacts(Category category) const
    {
        auto audiences = state.audiences;
        // Whoever speaks for a child that is hurt needs those who protect children.
        if (category == Category::Abuse && state.did("child_hurt"))
            audiences.insert(audiences.begin(), {"child_protection", "youth"});
        return {directory, book, situation, region, category, minor, audiences};
    }
    const Variants& say(std::string_view key) const { return book.variants(key); }
    bool cannot_speak() const
    {
        for (const auto& obstacle : heard.obstacles)
            if (obstacle == "cannot_speak")
                return true;
        return state.did("cannot_speak");
    }
};

} // namespace handrail::support
