#include "care/alert.h"

#include <array>
#include <utility>

namespace handrail::care {

namespace {

constexpr std::array<std::pair<AlertState, std::string_view>, 4> states{{{AlertState::Open, "open"},
                                                                         {AlertState::Acknowledged, "acknowledged"},
                                                                         {AlertState::SecondWanted, "second_wanted"},
                                                                         {AlertState::Closed, "closed"}}};
constexpr std::array<std::pair<Outcome, std::string_view>, 4> outcomes{
    {{Outcome::Reached, "reached"},
     {Outcome::NotReached, "not_reached"},
     {Outcome::HandedOver, "handed_over"},
     {Outcome::NoContactNeeded, "no_contact_needed"}}};

template <class Names, class Enum>
std::string_view name_in(const Names& names, Enum value)
{
    for (const auto& [each, text] : names)
        if (each == value)
            return text;
    return "";
}

template <class Enum, class Names>
std::optional<Enum> value_in(const Names& names, std::string_view text)
{
    for (const auto& [each, written] : names)
        if (written == text)
            return each;
    return std::nullopt;
}

} // namespace

std::string_view name(AlertState state) { return name_in(states, state); }
std::string_view name(Outcome outcome) { return name_in(outcomes, outcome); }
std::optional<AlertState> alert_state_from(std::string_view text) { return value_in<AlertState>(states, text); }
std::optional<Outcome> outcome_from(std::string_view text) { return value_in<Outcome>(outcomes, text); }

std::string told(const AlertStep& step)
{
    std::string all = step.named;
    if (!step.text.empty())
        all += (all.empty() ? "" : ": ") + step.text;
    for (const auto& each : step.answers)
        all += (all.empty() ? "" : "\n") + each.text + " " + (each.answer == "not_asked" ? "not asked" : each.answer);
    return all.empty() ? step.kind : all;
}

} // namespace handrail::care
