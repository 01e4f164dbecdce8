#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "care/documents.h"

namespace handrail::support {

/// A line of the person's safety plan, as they wrote it.
struct PlanLine {
    care::PlanPart part = care::PlanPart::WarningSigns;
    care::Contact line;
};
/// What is forgotten: one item by its id, or, without one, everything.
struct Forgotten {
    std::optional<std::string> id;
};
/// What a reply keeps or lets go. Only the person's own words, and only what they said yes to or were asked for.
using Keep = std::variant<care::ExerciseRun, PlanLine, care::MemoryItem, Forgotten>;

/// What a person has of their own, as far as this conversation may know it.
struct Own {
    /// False in a conversation begun without memory: nothing is offered, used or kept (safety.md E6).
    bool may_keep = true;
    std::vector<care::MemoryItem> remembered = {};
    std::set<care::PlanPart> plan = {};        ///< the parts that hold something
    std::map<std::string, int> helped = {};    ///< exercise by id: how often it was easier after it, less how often harder
    std::vector<care::ExerciseRun> runs = {};  ///< those that were rated, the newest first; without their words
};

/// Nothing at all where the conversation has no memory.
Result<Own> own_of(trust::Reading& reading, PersonId person, bool memory);
/// In the transaction of the message. What the page changed in between (an item gone, a part full) stays as the page left
/// it.
Result<void> keep_all(trust::Writing& writing, PersonId person, const std::vector<Keep>& keeps);

} // namespace handrail::support
