#pragma once

#include <optional>
#include <vector>

/// Small counts name people who are not named. Here it is decided what of a table of counts may be told.
namespace handrail::errands {

constexpr int fewest_people = 10; ///< a group of fewer is not told at all
constexpr int fewest_counted = 5; ///< of its people, fewer than so many, or all but fewer, are not counted out loud

/// So many of so many people.
struct Counted {
    int of = 0;
    int count = 0;
};

/// What may be told of it. Without `of` the group is too small; without `count` the count is.
struct ToldCount {
    std::optional<int> of;
    std::optional<int> count;
};

ToldCount told(const Counted& counted);

/// Rows of one division of the same people, whose sum is known too: when a single one would be hidden, it could be worked
/// out from the others, so the smallest of those is hidden with it. Order is kept. Pure.
std::vector<ToldCount> told(const std::vector<Counted>& rows);

} // namespace handrail::errands
