#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "trust/record.h"

/// What the person lets the AI remember, item by item (safety.md E6): each visible, editable and forgettable. Everything
/// else stays in the record only.
namespace handrail::care {

struct MemoryItem {
    enum class Kind { Name, Goal, Person, Helps, Trigger };
    std::string id;
    Kind kind = Kind::Helps;
    std::string text; ///< the person's own words
    Instant at{};
};
std::string_view name(MemoryItem::Kind kind);
/// Invalid names the kinds there are.
Result<MemoryItem::Kind> memory_kind(std::string_view name);

/// Inside a transaction. The first of a kind first; there is one name at most.
Result<std::vector<MemoryItem>> read_memory(trust::Reading& reading, PersonId person);
/// A second name takes the place of the first; the same words are kept once. Gives the item as it is kept.
Result<MemoryItem> keep_memory(trust::Writing& writing, PersonId person, MemoryItem item);
/// Gone with every earlier version. NotFound when it is not there.
Result<void> forget_memory(trust::Writing& writing, PersonId person, std::string_view id);
Result<void> forget_all_memory(trust::Writing& writing, PersonId person);

} // namespace handrail::care
