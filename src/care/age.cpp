#include "care/age.h"

#include <array>
#include <optional>

namespace handrail::care {

namespace {

/// By what a service knows how old somebody is: the age that a band begins with.
struct Band {
    std::string_view name;
    int lowest;
};
constexpr std::array<Band, 5> bands{{{"under_13", 0}, {"13_17", 13}, {"18_25", 18}, {"26_64", 26}, {"65_plus", 65}}};

std::optional<int> lowest_of(std::string_view band)
{
    for (const auto& each : bands)
        if (each.name == band)
            return each.lowest;
    return std::nullopt;
}

} // namespace

bool may_be_below(int years, std::string_view age_band, std::string_view youngest_taken)
{
    const auto lowest = lowest_of(age_band);
    return lowest ? *lowest < years : lowest_of(youngest_taken).value_or(0) < years;
}

} // namespace handrail::care
