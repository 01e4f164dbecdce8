#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/block.h"
#include "domain/finding.h"
#include "domain/urgency.h"
#include "support/keep.h"

namespace handrail::support {

/// "text", "question", ... as the HTTP contract names them.
std::string_view name(Block::Kind kind);

/// Moves that lower what is held of danger; each is noted in the record (safety.md B6).
inline constexpr std::string_view eased_by_safety_answer = "level_eased_by_safety_answer";
inline constexpr std::string_view let_go_after_seven_days = "level_let_go_after_seven_days";

/// What is said to the person.
struct Reply {
    std::string text;               ///< the same content flattened, for channels without blocks
    std::vector<Block> blocks;
    std::vector<std::string> moves; ///< what the engine did: "notice", "crisis_today", "reflect", ...
    Urgency urgency = Urgency::Usual; ///< the conversation's level after this message; staff only, never shown to the person
    Category category = Category::None;
    std::string text_id;            ///< the fixed text that was used: "today.suicide.self/en@1"; empty for listening
    bool by_model = false;          ///< a language model chose the words
    bool wants_person = false;      ///< the person asked for a human, or now started a hand-over
    /// What the dialogue itself found out: an answer to a direct question that raises the level.
    std::optional<Finding> found;
    std::vector<Keep> keeps; ///< what of the person's own is kept or forgotten with it
};

} // namespace handrail::support
