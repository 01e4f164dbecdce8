#include "monitoring/trend_words.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace handrail::monitoring {

namespace {

double number_of(const TrendEvent& event, std::string_view name)
{
    for (const auto& [each, value] : event.numbers)
        if (each == name)
            return value;
    return 0;
}

/// One decimal, and none where it says nothing.
std::string tenths(double value)
{
    char written[32];
    std::snprintf(written, sizeof written, "%.1f", value);
    std::string out = written;
    if (out.size() > 2 && out.compare(out.size() - 2, 2, ".0") == 0)
        out.resize(out.size() - 2);
    return out == "-0" ? "0" : out;
}

std::string hundredths(double value)
{
    char written[32];
    std::snprintf(written, sizeof written, "%.2f", value);
    return written;
}

std::string in_days(double number)
{
    const auto whole = std::lround(number);
    return std::to_string(whole) + (whole == 1 ? " day" : " days");
}

std::string in_hundred(double share) { return std::to_string(std::lround(share * 100)) + " of 100"; }

/// How much something is lower or higher, with its interval: one that holds both says so by its signs.
std::string changed_by(double change, double low, double high)
{
    const bool lower = change < 0;
    const double nearest = lower ? -high : low;
    const double furthest = lower ? -low : high;
    return tenths(std::abs(change)) + (lower ? " lower" : " higher") + " (95 %: " + tenths(nearest) + " to " +
           tenths(furthest) + ")";
}

std::string what_differs(const TrendEvent& event)
{
    const auto low = number_of(event, "low");
    const auto high = number_of(event, "high");
    if (event.kind == "worse_than_usual" || event.kind == "slowly_worse")
        return tenths(number_of(event, "today")) + " that day, " + tenths(number_of(event, "usual")) +
               " on this person's usual days. Lately " + changed_by(number_of(event, "change"), low, high) + ".";
    if (event.kind == "reliably_worse")
        return tenths(number_of(event, "value")) + ", and " + tenths(number_of(event, "first")) + " the first time: " +
               changed_by(number_of(event, "change"), low, high) + "; " + tenths(number_of(event, "reliable_change")) +
               " is beyond chance.";
    if (event.kind == "silence")
        return "Usually there are " + tenths(number_of(event, "usual_interval_days")) + " days between answers (95 %: " +
               tenths(low) + " to " + tenths(high) + ").";
    if (event.kind == "entry_fatigue")
        return (number_of(event, "same_answers") > 0 ? "The same answer as before: " : "Days with an answer: ") +
               in_hundred(number_of(event, "before")) + " earlier, " + in_hundred(number_of(event, "now")) +
               " now (the difference, 95 %: " + std::to_string(std::lround(low * 100)) + " to " +
               std::to_string(std::lround(high * 100)) + ").";
    if (event.kind == "slowing_down")
        return "Each day goes with the day before it by " + hundredths(number_of(event, "correlation")) + " (95 %: " +
               hundredths(low) + " to " + hundredths(high) + "; 0 is not at all, 1 is wholly).";
    return {};
}

/// How late it is known: what was needed to know it lies between.
std::string how_late(const TrendEvent& event)
{
    const auto delay = number_of(event, "delay_days");
    if (event.kind == "slowing_down")
        return "Seen to rise over " + in_days(delay) + ".";
    if (std::lround(delay) < 1)
        return "Known at once.";
    return event.kind == "entry_fatigue" ? "It may have begun " + in_days(delay) + " before."
                                         : "Known " + in_days(delay) + " after it may have begun.";
}

} // namespace

std::string in_words(const TrendEvent& event, const TrendProtocol& protocol)
{
    auto out = what_differs(event);
    out += (out.empty() ? "" : " ") + how_late(event);
    return out + " Of the last " + in_days(protocol.completeness_days) + ", " +
           in_hundred(number_of(event, "completeness")) + " have an answer.";
}

} // namespace handrail::monitoring
