#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/finding.h"
#include "support/conversation_desk.h"

namespace handrail::support {

/// A conversation in one look (safety.md G4): how soon somebody is needed and why, what was asked already, how long the
/// person has waited. Where the person did not agree that the team reads along and no danger was found, it holds no word
/// of theirs: levels, categories and instants only.
struct ConversationSummary {
    /// One thing that screening heard, in this conversation.
    struct Heard {
        Instant at;
        Urgency urgency = Urgency::Usual;
        Category category = Category::None;
        std::string why;                ///< with words only
        std::vector<Evidence> evidence; ///< with words only
    };
    /// A direct question of the crisis protocol.
    struct Asked {
        std::string text;
        bool answered = false;
    };
    struct Tried {
        std::string title;
        int helped = 0; ///< how often it was easier after it, less how often harder
    };

    ConversationId conversation;
    PersonId person;
    ConversationState state = ConversationState::Ai;
    AccountId held_by;
    Urgency urgency = Urgency::Usual;
    Category category = Category::None; ///< of the gravest that was heard
    bool words = false;                 ///< whether the actor may read what was said
    std::string country;                ///< ISO 3166; empty when nobody knows
    std::string language;
    std::string age_band;
    std::optional<Instant> asked_at;    ///< since when the person waits for a human
    std::optional<Instant> due_at;      ///< when that becomes an alert, or the fixed words go out
    std::vector<Heard> heard;           ///< newest first
    std::vector<Asked> asked;           ///< with words only
    std::vector<Tried> tried;           ///< with words only
};

} // namespace handrail::support
