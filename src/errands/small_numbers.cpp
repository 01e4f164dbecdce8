#include "errands/small_numbers.h"

#include <algorithm>

namespace handrail::errands {

namespace {

bool counted_out_loud(const Counted& row) { return row.count >= fewest_counted && row.of - row.count >= fewest_counted; }

/// Hides the smallest of those that are told, when exactly one row is not.
template <class Told, class Hide, class Size>
void hide_another(std::size_t rows, Told is_told, Size size, Hide hide)
{
    std::size_t hidden = 0;
    std::optional<std::size_t> smallest;
    for (std::size_t i = 0; i < rows; ++i) {
        if (!is_told(i))
            ++hidden;
        else if (!smallest || size(i) < size(*smallest))
            smallest = i;
    }
    if (hidden == 1 && smallest)
        hide(*smallest);
}

} // namespace

ToldCount told(const Counted& counted)
{
    ToldCount out;
    if (counted.of < fewest_people)
        return out;
    out.of = counted.of;
    if (counted_out_loud(counted))
        out.count = counted.count;
    return out;
}

std::vector<ToldCount> told(const std::vector<Counted>& rows)
{
    std::vector<ToldCount> out;
    for (const auto& row : rows)
        out.push_back(told(row));
    hide_another(
        rows.size(), [&](std::size_t i) { return out[i].of.has_value(); }, [&](std::size_t i) { return rows[i].of; },
        [&](std::size_t i) { out[i] = {}; });
    hide_another(
        rows.size(), [&](std::size_t i) { return out[i].count.has_value(); }, [&](std::size_t i) { return rows[i].count; },
        [&](std::size_t i) { out[i].count.reset(); });
    return out;
}

} // namespace handrail::errands
