#include "errands/since_looked.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace handrail::errands {

namespace {

using std::chrono::hours;

constexpr std::size_t most = 3;
constexpr hours silent_after{3 * 24};      // somebody who answers every other day is not silent
constexpr hours used_to_answer{14 * 24};   // before the look

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text;
}

std::string plain(double total)
{
    const auto tenths = std::llround(total * 10);
    const auto whole = std::to_string(tenths / 10);
    return tenths % 10 == 0 ? whole : whole + "." + std::to_string(std::abs(tenths % 10));
}

struct Seen {
    const monitoring::CourseTotal* before = nullptr; ///< the last complete one that was seen
    const monitoring::CourseTotal* newest = nullptr; ///< since then, complete or not
};

std::string words_of(const std::string& instrument, const Seen& seen)
{
    const auto name = upper(instrument);
    if (!seen.newest->total)
        return name + ", some answers left open";
    if (seen.before == nullptr)
        return name + " " + plain(*seen.newest->total) + ", the first";
    if (*seen.before->total == *seen.newest->total)
        return name + " again " + plain(*seen.newest->total);
    return name + " " + plain(*seen.before->total) + " to " + plain(*seen.newest->total);
}

} // namespace

std::vector<std::string> changed_since(const monitoring::Course& course, Instant looked, Instant now)
{
    std::map<std::string, Seen> totals;
    for (const auto& total : course.totals()) { // oldest first
        auto& seen = totals[total.instrument];
        if (total.at > looked && total.at <= now)
            seen.newest = &total;
        else if (total.at <= looked && total.total)
            seen.before = &total;
    }
    std::vector<std::string> changes;
    for (const auto& [instrument, seen] : totals)
        if (seen.newest != nullptr)
            changes.push_back(words_of(instrument, seen));
    const auto answered = [&](Instant from, Instant to) {
        return std::count_if(course.answers().begin(), course.answers().end(),
                             [&](const auto& each) { return each.at > from && each.at <= to; });
    };
    if (const auto new_ones = answered(looked, now); new_ones > 0)
        changes.push_back(std::to_string(new_ones) + (new_ones == 1 ? " check-in" : " check-ins"));
    else if (now - looked >= silent_after && answered(looked - used_to_answer, looked) >= 3)
        changes.emplace_back("No check-in since");
    if (changes.size() > most)
        changes.resize(most);
    return changes;
}

} // namespace handrail::errands
