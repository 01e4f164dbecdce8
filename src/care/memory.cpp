#include "care/memory.h"

#include <algorithm>
#include <array>

#include "base/ids.h"
#include "base/text.h"
#include "care/document_rows.h"
#include "care/documents.h"

namespace handrail::care {

namespace {

constexpr std::string_view kind_of_document = "memory";
constexpr std::size_t most_items = 60;
constexpr std::size_t longest = 300;
constexpr std::array<std::string_view, 5> kinds{"name", "goal", "person", "helps", "trigger"};

Result<void> fits(const std::string& text)
{
    if (trimmed(text).empty())
        return invalid("Write what is to be remembered.", "/text");
    if (code_points(text) > longest)
        return Error{ErrorKind::TooMuch, "An item has up to 300 characters. Make it shorter.", {}, "/text"};
    return {};
}

Result<void> put_all(trust::Writing& writing, PersonId person, std::int64_t version, const std::vector<MemoryItem>& items)
{
    Fields body;
    for (const auto& item : items) {
        Fields one{{"id", item.id}, {"kind", name(item.kind)}, {"text", item.text}};
        body.add("item", one.add("at", to_stored(item.at)));
    }
    TRY(put_only_document(writing, person, kind_of_document, version, body));
    writing.note({"write.memory", person, "document", {}, {}, {}});
    return {};
}

Result<std::vector<MemoryItem>> items_in(const LatestDocument& document)
{
    std::vector<MemoryItem> items;
    for (const auto& each : document.body.inner("item"))
        items.push_back({each.text("id"), TRY(memory_kind(each.text("kind"))), each.text("text"), from_stored(each.number("at"))});
    std::stable_sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return a.kind < b.kind; });
    return items;
}

} // namespace

std::string_view name(MemoryItem::Kind kind) { return kinds.at(static_cast<std::size_t>(kind)); }

Result<MemoryItem::Kind> memory_kind(std::string_view wanted)
{
    const auto found = std::find(kinds.begin(), kinds.end(), wanted);
    if (found == kinds.end())
        return invalid("Choose name, goal, person, helps or trigger.", "/kind");
    return static_cast<MemoryItem::Kind>(found - kinds.begin());
}

Result<std::vector<MemoryItem>> read_memory(trust::Reading& reading, PersonId person)
{
    return items_in(TRY(latest_document(reading, person, kind_of_document)));
}

Result<MemoryItem> keep_memory(trust::Writing& writing, PersonId person, MemoryItem item)
{
    item.text = std::string(trimmed(item.text));
    TRY(fits(item.text));
    const auto before = TRY(latest_document(writing, person, kind_of_document));
    auto items = TRY(items_in(before));
    for (const auto& each : items)
        if (each.kind == item.kind && lower_ascii(each.text) == lower_ascii(item.text))
            return each;
    if (item.kind == MemoryItem::Kind::Name)
        std::erase_if(items, [](const auto& each) { return each.kind == MemoryItem::Kind::Name; });
    if (items.size() >= most_items)
        return Error{ErrorKind::TooMuch, "The list holds up to 60 items. Take one out first.", {}, "/text"};
    item.id = to_text(timed_id(writing.now()));
    item.at = writing.now();
    items.push_back(item);
    TRY(put_all(writing, person, before.version + 1, items));
    return item;
}

Result<void> forget_memory(trust::Writing& writing, PersonId person, std::string_view id)
{
    const auto before = TRY(latest_document(writing, person, kind_of_document));
    auto items = TRY(items_in(before));
    if (std::erase_if(items, [&](const auto& each) { return each.id == id; }) == 0)
        return not_found("That is not among what is remembered.");
    return put_all(writing, person, before.version + 1, items);
}

Result<void> forget_all_memory(trust::Writing& writing, PersonId person)
{
    const auto before = TRY(latest_document(writing, person, kind_of_document));
    if (before.version == 0)
        return {};
    return put_all(writing, person, before.version + 1, {});
}

Result<std::vector<MemoryItem>> DocumentDesk::memory(const Actor& actor, PersonId person) const
{
    TRY(only_themselves(actor, person));
    std::vector<MemoryItem> items;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        items = TRY(read_memory(reading, person));
        reading.note({"read.memory", person, "document", {}, {}, {}});
        return {};
    }));
    return items;
}

Result<MemoryItem> DocumentDesk::remember(const Actor& actor, PersonId person, const MemoryItem& item) const
{
    TRY(only_themselves(actor, person));
    MemoryItem kept;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        kept = TRY(keep_memory(writing, person, item));
        return {};
    }));
    return kept;
}

Result<MemoryItem> DocumentDesk::correct(const Actor& actor, PersonId person, const std::string& id,
                                         const std::string& text) const
{
    TRY(only_themselves(actor, person));
    TRY(fits(text));
    MemoryItem kept;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto before = TRY(latest_document(writing, person, kind_of_document));
        auto items = TRY(items_in(before));
        const auto found = std::find_if(items.begin(), items.end(), [&](const auto& each) { return each.id == id; });
        if (found == items.end())
            return not_found("That is not among what is remembered.");
        found->text = std::string(trimmed(text));
        found->at = writing.now();
        kept = *found;
        return put_all(writing, person, before.version + 1, items);
    }));
    return kept;
}

Result<void> DocumentDesk::forget(const Actor& actor, PersonId person, const std::optional<std::string>& id) const
{
    TRY(only_themselves(actor, person));
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        return id ? forget_memory(writing, person, *id) : forget_all_memory(writing, person);
    });
}

} // namespace handrail::care
